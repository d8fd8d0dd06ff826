/** What a change of an event begins with: the present values in a form, or the question what shall change. */
import * as arg from "../../src/bot/args.ts";
import type { Raw } from "../../src/bot/bind.ts";
import type { FormValues } from "../../src/bot/message.ts";
import { readRule } from "../../src/lib/time/rule-words.ts";
import { showDuration } from "../../src/lib/time/show.ts";
import { showRule } from "../../src/lib/time/show-rule.ts";
import { labelOf } from "../../src/network/label.ts";
import type { Key, Network, RecordType } from "../../src/network/records.ts";

/** What a dialogue offers to change, the most frequent first. */
const CHANGES = {
	start: { de: "Beginn", en: "start" },
	place: { de: "Ort", en: "place" },
	title: { de: "Titel", en: "title" },
	duration: { de: "Dauer", en: "duration" },
	rule: { de: "Wiederholung", en: "recurrence" },
	link: { de: "Link", en: "link" },
	region: { de: "Region", en: "region" },
	host: { de: "Träger", en: "host" },
	remind: { de: "Erinnern", en: "remind" },
} as const;

type Change = keyof typeof CHANGES;

export const what = arg.optional(
	arg.choice<Change>(
		{
			de: ["was"],
			en: ["what"],
			hidden: true,
			label: { de: "Was sich ändern soll", en: "what shall change" },
			ask: { de: "Was soll sich ändern?", en: "What shall change?" },
		},
		CHANGES,
	),
);

const isGiven = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** The argument to ask for, where a line names an event and nothing to change; null = there is something to do. */
export function missingChange(given: { event: Key; on?: unknown; what?: Change | undefined }): string | null {
	const { event: _event, on, what: chosen, ...changes } = given;
	if (Object.values(changes).some(isGiven)) return null;
	// Of a single date only its start can be changed.
	return chosen ?? (isGiven(on) ? "start" : "what");
}

/** An event's present values as a form shows them: times where the person is, records by a name that means them. */
export function presentValues(network: Network, values: Raw, world: arg.World): FormValues {
	const found = world.resolve("event", (values.event ?? []).join(" "));
	const event = found.kind === "one" ? network.event.get(found.ref.key) : undefined;
	if (!event) return {};
	const start = Temporal.PlainDateTime.from(event.start);
	const shown = start.toZonedDateTime(event.timezone).withTimeZone(world.now.timeZoneId).toPlainDateTime();
	const named = (type: RecordType, keys: readonly Key[]) =>
		keys.map((key) => {
			const label = labelOf(network, { type, key });
			const read = world.resolve(type, label);
			return read.kind === "one" && read.ref.key === key && !label.includes("|") ? label : key;
		});
	const all: Record<string, string[]> = {
		event: [event.key],
		title: [event.title],
		start: [shown.toString({ smallestUnit: "minute" })],
		kind: [event.kind],
		duration: [showDuration(event.duration, world.language)],
		rule: event.rrule === null ? [] : [ruleWords(event.rrule, start, world)],
		except: event.exceptions,
		holidays: event.skipHolidays === null ? [] : [event.skipHolidays],
		place: event.place === null ? [] : [event.place],
		link: event.link === null ? [] : [event.link],
		host: named("organisation", event.host),
		agreement: event.agreement === null ? [] : named("agreement", [event.agreement]),
		region: event.regions,
		channel: named("channel", event.channels),
		remind: event.remindBefore.map((lead) => showDuration(lead, world.language)),
	};
	return Object.fromEntries(Object.entries(all).filter(([, given]) => given.length > 0));
}

/** In words where they mean the same rule, else the rule itself. */
function ruleWords(rrule: string, start: Temporal.PlainDateTime, world: arg.World): string {
	const words = showRule(rrule, world.language);
	return readRule(words, start)?.rrule === rrule ? words : rrule;
}
