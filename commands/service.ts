import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const service = command({
	name: "service",
	words: { de: ["angebot"], en: ["service"] },
	summary: { de: "Findet ein Hilfsangebot", en: "Finds an offer of help" },
	example: { de: "angebot Traumatherapie Dresden", en: "service trauma therapy Dresden" },
	role: "guest",
	writes: false,
	finds: true,
	args: {
		text: arg.text(
			{
				de: ["text"],
				en: ["text"],
				position: "line",
				label: { de: "Suchworte", en: "search words" },
				ask: { de: "Wonach soll ich suchen?", en: "What shall I look for?" },
			},
			500,
		),
	},
	run: async (context, args) => findRecords(context, "service", args.text),
});
