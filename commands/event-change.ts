import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { heading } from "../src/bot/reply.ts";
import { say } from "../src/bot/say.ts";
import { readRule } from "../src/lib/time/rule-words.ts";
import { channelsOf } from "../src/network/audience.ts";
import { getEvent, updateEvent } from "../src/network/events.ts";
import { isOccurrence } from "../src/network/occurrences.ts";
import type { NetworkEvent } from "../src/network/records.ts";
import { validateRule } from "../src/network/rules.ts";
import { eventArg, eventParts, invalid, kind, on, properties, start } from "./parts/event.ts";
import { missingChange, presentValues, what } from "./parts/event-form.ts";
import { occurrenceOn } from "./parts/occurrence.ts";

const args = {
	event: eventArg,
	on,
	title: arg.optional(
		arg.text(
			{
				de: ["titel"],
				en: ["title"],
				label: { de: "Titel", en: "title" },
				ask: { de: "Wie heißt der Termin jetzt?", en: "What is it called now?" },
			},
			300,
		),
	),
	start: arg.optional(start),
	kind: arg.optional(kind),
	duration: properties.duration,
	rule: arg.clearable(properties.rule),
	except: arg.clearable(properties.except),
	holidays: arg.clearable(properties.holidays),
	place: arg.clearable(properties.place),
	link: arg.clearable(properties.link),
	host: arg.clearable(properties.host),
	agreement: arg.clearable(properties.agreement),
	region: arg.clearable(properties.region),
	channel: arg.clearable(properties.channel),
	remind: properties.remind,
	what,
};

type Changes = arg.Values<typeof args>;

export const eventChange = command({
	name: "event change",
	words: { de: ["termin ändern"], en: ["event change"] },
	summary: {
		de: "Termin ändern: die Reihe oder mit --am einen Tag verlegen",
		en: "Change an event: the series, or with --on move one date",
	},
	example: {
		de: 'termin ändern "Grundkurs Opferhilfe" --am 02.01.2027 --beginn "09.01.2027 9:00"',
		en: 'event change "Grundkurs Opferhilfe" --on 2027-01-02 --start "2027-01-09 9:00"',
	},
	role: "organiser",
	writes: true,
	slack: { form: true },
	args,
	prefill: presentValues,
	async run(context, given) {
		const asked = missingChange(given);
		if (asked !== null)
			return { status: "needs", records: [], reply: say(what.ask[context.language]), missing: [asked] };
		const before = await getEvent(context.tx, given.event);
		const changes = { ...given, start: given.start && inZone(given.start, context.asker.timezone, before.timezone) };
		const after = changes.on === undefined ? changeSeries(before, changes) : moveOne(before, changes.on, changes);
		if (JSON.stringify(after) === JSON.stringify(before)) {
			throw invalid({
				de: `Damit bliebe alles, wie es ist. „${before.title}“ ist unverändert.`,
				en: `That would leave everything as it is. "${before.title}" is unchanged.`,
			});
		}
		const revision = await updateEvent(context.tx, after);
		await context.announce({
			key: `event-${after.key}-${revision}`,
			channels: channelsOf(context.network, after),
			reply: (spoken) => ({
				parts: [heading({ de: "Termin geändert", en: "Event changed" }[spoken]), ...eventParts(context, after, spoken)],
				visibility: "open",
			}),
		});
		const { language } = context;
		return {
			status: "done",
			records: [{ type: "event", key: after.key }],
			reply: {
				parts: [
					heading({ de: "Termin geändert", en: "Event changed" }[language]),
					...eventParts(context, after, language),
				],
				visibility: "open",
			},
		};
	},
});

/** A time that was meant where the person is, as a local time of the event. */
const inZone = (start: Temporal.PlainDateTime, theirs: string, events: string) =>
	theirs === events ? start : start.toZonedDateTime(theirs).withTimeZone(events).toPlainDateTime();

/** Nothing given = as before, `-` = none. */
const listOr = (given: string[] | null | undefined, before: string[]) =>
	given === null ? [] : given && given.length > 0 ? given : before;

const valueOr = <T>(given: T | null | undefined, before: T | null): T | null => (given === undefined ? before : given);

function changeSeries(before: NetworkEvent, changes: Changes): NetworkEvent {
	const start = changes.start ?? Temporal.PlainDateTime.from(before.start);
	const rule = changes.rule ? readRule(changes.rule, start) : null;
	if (changes.rule && rule === null) {
		throw invalid({
			de: `Die Wiederholung „${changes.rule}“ verstehe ich nicht.`,
			en: `I do not understand the recurrence "${changes.rule}".`,
		});
	}
	const after: NetworkEvent = {
		...before,
		title: changes.title ?? before.title,
		start: start.toString({ smallestUnit: "minute" }),
		kind: changes.kind ?? before.kind,
		duration: changes.duration ?? before.duration,
		rrule: changes.rule === null ? null : (rule?.rrule ?? before.rrule),
		exceptions: listOr(changes.except === null ? null : changes.except?.map(String), before.exceptions),
		skipHolidays: valueOr(changes.holidays, before.skipHolidays),
		place: valueOr(changes.place, before.place),
		link: valueOr(changes.link, before.link),
		host: listOr(changes.host, before.host),
		agreement: valueOr(changes.agreement, before.agreement),
		regions: listOr(changes.region, before.regions),
		channels: listOr(changes.channel, before.channels),
		remindBefore: listOr(changes.remind, before.remindBefore),
	};
	const fault = after.rrule === null ? null : validateRule(after.rrule, after.start);
	if (fault) throw invalid(fault);
	// A move of a date that the new rule no longer has means nothing.
	return { ...after, moved: after.moved.filter((move) => isOccurrence(after, move.from)) };
}

function moveOne(before: NetworkEvent, on: Temporal.PlainDate, changes: Changes): NetworkEvent {
	const others = Object.entries(changes).filter(
		([name, value]) =>
			!["start", "event", "on", "what"].includes(name) &&
			value !== undefined &&
			!(Array.isArray(value) && value.length === 0),
	);
	if (changes.start === undefined || others.length > 0) {
		throw invalid({
			de: "Für einen einzelnen Tag kann ich nur den Beginn verlegen: --am TAG --beginn NEUE ZEIT.",
			en: "For a single date I can only move the start: --on DAY --start NEW TIME.",
		});
	}
	const from = occurrenceOn(before, on);
	const to = changes.start.toString({ smallestUnit: "minute" });
	const moved = before.moved.filter((move) => move.from !== from);
	return { ...before, moved: [...moved, { from, to }].sort((a, b) => a.from.localeCompare(b.from)) };
}
