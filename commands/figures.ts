import { command } from "../src/bot/command.ts";
import { heading, list, note, type Part, reply, text } from "../src/bot/reply.ts";
import type { Figure, Network } from "../src/network/records.ts";
import { figureLine } from "../src/questions/cards/papers.ts";
import { findFigures } from "../src/questions/figures.ts";
import { searchWords } from "./parts/records.ts";

const MOST = 15;

export const figures = command({
	name: "figures",
	words: { de: ["kennzahlen", "kennzahl"], en: ["figures", "figure"] },
	summary: {
		de: "Nennt Kennzahlen, die ein Programm über sich selbst berichtet, mit Stand und Quelle",
		en: "Tells the figures that a programme reports about itself, with date and source",
	},
	example: { de: "kennzahlen ASSKomm", en: "figures ASSKomm" },
	role: "guest",
	writes: false,
	finds: true,
	args: {
		text: searchWords({ de: "Kennzahlen welches Programms?", en: "The figures of which programme?" }),
	},
	async run({ network, language, now, timezone }, args) {
		const found = findFigures(network, args.text);
		if (found.length === 0) return { status: "not_found", records: [], reply: reply(...none(network, language)) };
		const showing = { network, language, now: now.toZonedDateTimeISO(timezone) };
		const parts: Part[] = [];
		for (const [programme, own] of Map.groupBy(found.slice(0, MOST), (figure) => figure.programme)) {
			parts.push(heading(network.programme.get(programme)?.name ?? programme));
			parts.push(list(own.map((figure) => `${figureLine(figure, showing)} [${figure.key}]`)));
		}
		const more = found.length - MOST;
		const says = {
			de: `Eigene Angaben des Programms, nicht von Lotse gezählt.${more > 0 ? ` Es gibt ${more} weitere: Nennen Sie genauer, was Sie suchen.` : ""}`,
			en: `Reported by the programme itself, not counted by Lotse.${more > 0 ? ` There are ${more} more: please say more precisely what you look for.` : ""}`,
		};
		return {
			status: "done",
			records: found.map((figure: Figure) => ({ type: "figure", key: figure.key })),
			reply: reply(...parts, note(says[language])),
		};
	},
});

function none(network: Network, language: "de" | "en"): Part[] {
	const known = [...new Set([...network.figure.values()].map(({ programme }) => programme))]
		.slice(0, 10)
		.map((programme) => network.programme.get(programme)?.name ?? programme)
		.join(", ");
	const hint = {
		de: known ? `Kennzahlen gibt es zu: ${known}.` : "Es sind keine Kennzahlen eingetragen.",
		en: known ? `There are figures of: ${known}.` : "No figures are recorded.",
	};
	return [
		text({ de: "Dazu habe ich keine Kennzahl.", en: "I have no figure on that." }[language]),
		note(hint[language]),
	];
}
