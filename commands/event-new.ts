import * as arg from "../src/bot/args.ts";
import { command, type Outcome } from "../src/bot/command.ts";
import { heading, note } from "../src/bot/reply.ts";
import { say } from "../src/bot/say.ts";
import { readRule } from "../src/lib/time/rule-words.ts";
import { channelsOf } from "../src/network/audience.ts";
import { insertEvent } from "../src/network/events.ts";
import { nextOccurrences } from "../src/network/occurrences.ts";
import type { NetworkEvent } from "../src/network/records.ts";
import { validateRule } from "../src/network/rules.ts";
import { eventParts, invalid, keyFor, kind, kindOfTitle, properties, start } from "./parts/event.ts";

const HOLIDAYS = {
	de: "Ausgelassen werden die gesetzlichen Feiertage. Schulferien kenne ich nicht: nennen Sie solche Tage mit --ausnahmen.",
	en: "Public holidays are left out. I do not know school holidays: name such days with --except.",
};

export const eventNew = command({
	name: "event new",
	words: { de: ["termin neu"], en: ["event new"] },
	summary: { de: "Termin eintragen", en: "Enter an event" },
	example: {
		de: 'termin neu "Schulung Opferschutz" --beginn "19.01.2027 9:00" --regel "jeden dritten Dienstag im Monat" --region Leipzig',
		en: 'event new "Training victim support" --start "2027-01-19 9:00" --rule "every third Tuesday of the month" --region Leipzig',
	},
	role: "organiser",
	writes: true,
	once: true,
	slack: { form: true },
	args: {
		title: arg.text(
			{
				de: ["titel"],
				en: ["title"],
				position: "words",
				label: { de: "Titel", en: "title" },
				ask: { de: "Wie heißt der Termin?", en: "What is the event called?" },
			},
			300,
		),
		start,
		kind: arg.optional(kind),
		...properties,
	},
	async run(context, args) {
		const { network, language } = context;
		const rule = args.rule === undefined ? null : readRule(args.rule, args.start);
		if (args.rule !== undefined && rule === null) {
			throw invalid({
				de: `Die Wiederholung „${args.rule}“ verstehe ich nicht. Zum Beispiel: jeden Dienstag, alle 2 Wochen, jeden ersten Montag im Monat.`,
				en: `I do not understand the recurrence "${args.rule}". For example: every Tuesday, every 2 weeks, every first Monday of the month.`,
			});
		}
		const known = args.kind ?? kindOfTitle(args.title);
		if (known === null) return needsKind(language);
		const event: NetworkEvent = {
			key: keyFor(network, args.title, args.start.toPlainDate()),
			title: args.title,
			kind: known,
			start: args.start.toString({ smallestUnit: "minute" }),
			duration: args.duration ?? "PT2H",
			// As the person meant it: nine o'clock is nine where they are.
			timezone: context.asker.timezone,
			rrule: rule?.rrule ?? null,
			exceptions: args.except.map(String),
			cancelledOn: [],
			moved: [],
			skipHolidays: args.holidays ?? null,
			place: args.place ?? null,
			link: args.link ?? null,
			host: args.host.length > 0 ? args.host : ownOrganisation(context.asker.contact, network.contact),
			agreement: args.agreement ?? null,
			audience: [],
			regions: args.region,
			channels: args.channel,
			remindBefore: args.remind ?? ["P14D", "P1D", "PT1H"],
			status: "planned",
		};
		const fault = event.rrule === null ? null : validateRule(event.rrule, event.start);
		if (fault) throw invalid(fault);
		if (nextOccurrences(event, context.now, 1).length === 0) {
			throw invalid({
				de: "Dieser Termin liegt ganz in der Vergangenheit oder hat keinen einzigen Tag. Bitte prüfen Sie Beginn, Wiederholung und Ausnahmen.",
				en: "This event lies wholly in the past or has not a single date. Please check start, recurrence and exceptions.",
			});
		}
		await insertEvent(context.tx, event, context.now);
		const heard = channelsOf(network, event);
		await context.announce({
			key: `event-${event.key}-1`,
			channels: heard,
			reply: (spoken) => ({
				parts: [heading({ de: "Neuer Termin", en: "New event" }[spoken]), ...eventParts(context, event, spoken)],
				visibility: "open",
			}),
		});
		const reminded =
			heard.length > 0
				? {
						de: `Erinnert wird in: ${heard.map((each) => each.name ?? each.key).join(", ")}.`,
						en: `Reminders go to: ${heard.map((each) => each.name ?? each.key).join(", ")}.`,
					}
				: {
						de: "Noch kein Kanal hört davon: geben Sie --region oder --kanal an.",
						en: "No channel hears of it yet: give --region or --channel.",
					};
		return {
			status: "done",
			records: [{ type: "event", key: event.key }],
			reply: {
				parts: [
					heading({ de: "Termin eingetragen", en: "Event entered" }[language]),
					...eventParts(context, event, language),
					...(event.skipHolidays ? [note(HOLIDAYS[language])] : []),
					note(reminded[language]),
				],
				visibility: "open",
			},
		};
	},
});

function ownOrganisation(contact: string | null, contacts: ReadonlyMap<string, { organisation: string }>): string[] {
	const own = contact === null ? undefined : contacts.get(contact);
	return own ? [own.organisation] : [];
}

/** The dispatcher asks for it, or says that it is missing. */
function needsKind(language: "de" | "en"): Outcome {
	const line = { de: "Es fehlt die Art: geben Sie --art an.", en: "The kind is missing: give --kind." };
	return { status: "needs", reply: say(line[language]), records: [], missing: ["kind"] };
}
