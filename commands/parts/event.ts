/** What the event commands share: arguments, the card of what was just written, its next dates. */
import * as arg from "../../src/bot/args.ts";
import type { Context } from "../../src/bot/command.ts";
import type { Part } from "../../src/bot/reply.ts";
import { UserError } from "../../src/lib/errors.ts";
import { fold } from "../../src/lib/fold.ts";
import type { Language, Text } from "../../src/lib/text.ts";
import { readLeadTimes } from "../../src/lib/time/read.ts";
import { GUEST } from "../../src/network/access.ts";
import type { EventKind } from "../../src/network/enums.ts";
import { EVENT_KIND } from "../../src/network/labels.ts";
import type { Network, NetworkEvent } from "../../src/network/records.ts";
import { card } from "../../src/questions/cards/card.ts";
import { organisations, regions } from "./records.ts";

const LAENDER = ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"];

/** A Land's code, from `DE-SN`, `SN` or the Land's own name or alias in the network. */
function readLand(typed: string, network: Network | null): string | null {
	const code = /^(?:DE-)?([A-Z]{2})$/iu.exec(typed.trim())?.[1]?.toUpperCase();
	if (code && LAENDER.includes(code)) return `DE-${code}`;
	const named = [...(network?.region.values() ?? [])].find(
		(region) => region.kind === "land" && [region.name, ...region.aliases].some((name) => fold(name) === fold(typed)),
	);
	const alias = named?.aliases.find((each) => LAENDER.includes(each.toUpperCase()));
	return alias ? `DE-${alias.toUpperCase()}` : null;
}

export const eventArg = arg.record("event", {
	de: ["termin"],
	en: ["event"],
	position: "words",
	label: { de: "Termin", en: "event" },
	ask: { de: "Welcher Termin?", en: "Which event?" },
});

export const on = arg.optional(
	arg.date({
		de: ["am"],
		en: ["on"],
		label: { de: "Am", en: "on" },
		ask: { de: "An welchem Tag?", en: "On which day?" },
		hint: { de: "Nur dieser eine Tag einer Reihe.", en: "Only this one day of a series." },
	}),
);

export const kind = arg.choice<EventKind>(
	{
		de: ["art"],
		en: ["kind"],
		label: { de: "Art", en: "kind" },
		ask: { de: "Was für ein Termin ist es?", en: "What kind of event is it?" },
	},
	EVENT_KIND,
);

export const start = arg.dateTime({
	de: ["beginn"],
	en: ["start"],
	label: { de: "Beginn", en: "start" },
	ask: { de: "Wann beginnt der Termin? (Tag und Uhrzeit)", en: "When does it begin? (day and time)" },
});

/** Every further property of an event; none is asked for. */
export const properties = {
	duration: arg.optional(
		arg.duration({
			de: ["dauer"],
			en: ["duration"],
			label: { de: "Dauer", en: "duration" },
			ask: { de: "Wie lange?", en: "How long?" },
		}),
	),
	rule: arg.optional(
		arg.text(
			{
				de: ["regel"],
				en: ["rule"],
				label: { de: "Wiederholung", en: "recurrence" },
				ask: { de: "Wie oft?", en: "How often?" },
				hint: {
					de: "Zum Beispiel: jeden ersten Montag im Monat.",
					en: "For example: every first Monday of the month.",
				},
			},
			500,
		),
	),
	except: arg.many(
		arg.date({
			de: ["ausnahmen"],
			en: ["except"],
			label: { de: "Ausnahmen", en: "exceptions" },
			ask: { de: "An welchen Tagen nicht?", en: "On which days not?" },
		}),
	),
	holidays: arg.optional(
		arg.custom(
			{
				de: ["feiertage", "ferien"],
				en: ["holidays"],
				label: { de: "Feiertage auslassen", en: "skip public holidays" },
				ask: { de: "Die Feiertage welches Landes?", en: "The public holidays of which Land?" },
			},
			{
				de: `Erwartet wird das Kürzel eines Landes, zum Beispiel DE-SN. Möglich: ${LAENDER.join(", ")}.`,
				en: `Expected is the code of a Land, for example DE-SN. Possible: ${LAENDER.join(", ")}.`,
			},
			(typed) => readLand(typed, null),
		),
	),
	place: arg.optional(
		arg.text({ de: ["ort"], en: ["place"], label: { de: "Ort", en: "place" }, ask: { de: "Wo?", en: "Where?" } }, 300),
	),
	link: arg.optional(
		arg.custom(
			{
				de: ["link"],
				en: ["link"],
				label: { de: "Link", en: "link" },
				ask: { de: "Welcher Link?", en: "Which link?" },
			},
			{
				de: "Erwartet wird eine Adresse, die mit https:// beginnt.",
				en: "Expected is an address that begins with https://.",
			},
			(typed) => (/^https?:\/\/\S+$/iu.test(typed) && URL.canParse(typed) ? typed : null),
		),
	),
	host: organisations({
		de: ["träger", "gastgeber", "veranstalter"],
		en: ["host"],
		label: { de: "Träger", en: "host" },
		ask: { de: "Wer lädt ein?", en: "Who hosts it?" },
	}),
	agreement: arg.optional(
		arg.record("agreement", {
			de: ["vereinbarung"],
			en: ["agreement"],
			label: { de: "Vereinbarung", en: "agreement" },
			ask: { de: "Welche Vereinbarung erfüllt er?", en: "Which agreement does it fulfil?" },
		}),
	),
	region: regions,
	channel: arg.many(
		arg.record("channel", {
			de: ["kanal"],
			en: ["channel"],
			label: { de: "Kanal", en: "channel" },
			ask: { de: "In welchen Kanälen?", en: "In which channels?" },
		}),
	),
	remind: arg.optional(
		arg.custom(
			{
				de: ["erinnern"],
				en: ["remind"],
				label: { de: "Erinnern", en: "remind" },
				ask: { de: "Wie lange vorher erinnern?", en: "How long before to remind?" },
			},
			{ de: "Zum Beispiel: 14 Tage|1 Tag|1 Stunde.", en: "For example: 14 days|1 day|1 hour." },
			readLeadTimes,
		),
	),
};

/** The kind that a title's words tell; null = they tell none. The longest word wins: "Regionalkonferenz" before "Konferenz". */
export function kindOfTitle(title: string): EventKind | null {
	const folded = fold(title);
	let best: { kind: EventKind; length: number } | null = null;
	for (const [value, words] of Object.entries(EVENT_KIND)) {
		const found = kind.read([value], NOBODY);
		if (!found.ok) continue;
		for (const word of [words.de, words.en, ...(words.also ?? [])].map(fold)) {
			if (folded.includes(word) && word.length > (best?.length ?? 3)) best = { kind: found.value, length: word.length };
		}
	}
	return best?.kind ?? null;
}

const NOBODY: arg.World = {
	language: "de",
	now: Temporal.ZonedDateTime.from("2000-01-01T00:00[UTC]"),
	asker: GUEST,
	mentions: [],
	resolve: () => ({ kind: "none", nearest: [] }),
};

/** `schulung-opferschutz-2027-01-19`, unique among the events known. */
export function keyFor(network: Network, title: string, day: Temporal.PlainDate): string {
	const slug =
		fold(title)
			.replace(/[^a-z0-9]+/gu, "-")
			.replace(/^-+|-+$/gu, "")
			.slice(0, 60)
			.replace(/-+$/u, "") || "termin";
	const base = `${slug}-${day.toString()}`;
	let key = base;
	for (let count = 2; network.event.has(key); count++) key = `${base}-${count}`;
	return key;
}

/** The card of an event that this very transaction wrote: the network in memory does not have it yet. */
export function eventParts(
	context: Pick<Context, "network" | "now" | "timezone">,
	event: NetworkEvent,
	language: Language,
): Part[] {
	const network = { ...context.network, event: new Map([[event.key, event]]) };
	return card(
		network,
		{ type: "event", key: event.key },
		language,
		GUEST,
		context.now.toZonedDateTimeISO(context.timezone),
	);
}

export const invalid = (text: Text) => new UserError(text);
