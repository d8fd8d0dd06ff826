/** Which reminders are due when: pure, the same for `lotse preview` and for the running bot. */
import { channelsOf } from "../network/audience.ts";
import { type Occurrence, occurrences } from "../network/occurrences.ts";
import type { Channel, Key, Network, NetworkEvent } from "../network/records.ts";

export interface PlannedReminder {
	at: Temporal.Instant;
	channel: Key;
	event: Key;
	occurrence: Occurrence;
	/** As in the record: ISO 8601. */
	lead: string;
}

interface Lead {
	duration: Temporal.Duration;
	/** At least as long as the lead time, whatever the calendar. */
	hours: number;
}

const leads = new Map<string, Lead>();

function leadOf(text: string): Lead {
	const known = leads.get(text);
	if (known) return known;
	const duration = Temporal.Duration.from(text);
	const { years, months, weeks, days, hours, minutes } = duration;
	const lead = {
		duration,
		hours: (years * 366 + months * 31 + weeks * 7 + days + 2) * 24 + hours + Math.ceil(minutes / 60),
	};
	leads.set(text, lead);
	return lead;
}

/** Local time at which an occurrence really starts: `2027-01-19T09:00`. */
export const startOf = (occurrence: Occurrence) =>
	occurrence.start.toPlainDateTime().toString({ smallestUnit: "minute" });

/** An event's reminders with `from` ≤ at < `to`, by lead time, without their channels; in no particular order. */
function* dueFor(
	event: NetworkEvent,
	from: Temporal.Instant,
	to: Temporal.Instant,
): Generator<Pick<PlannedReminder, "at" | "occurrence" | "lead">> {
	if (event.status === "cancelled" || event.remindBefore.length === 0) return;
	const wanted = [...new Set(event.remindBefore)].map((text) => ({ text, ...leadOf(text) }));
	const last = to.add({ hours: Math.max(...wanted.map((lead) => lead.hours)) });
	let before: Temporal.ZonedDateTime | null = null;
	for (const occurrence of occurrences(event, from, last)) {
		if (occurrence.cancelled) continue;
		// Moved onto another occurrence of its series: one meeting, one reminder.
		if (before?.equals(occurrence.start)) continue;
		before = occurrence.start;
		for (const { text, duration } of wanted) {
			// Temporal takes the calendar part first, keeps the wall-clock time and clamps to the month's end: just what the contract asks for.
			const at = occurrence.start.subtract(duration).toInstant();
			const { epochMilliseconds } = at;
			if (epochMilliseconds >= from.epochMilliseconds && epochMilliseconds < to.epochMilliseconds)
				yield { at, occurrence, lead: text };
		}
	}
}

/** One event's reminders in all its channels. */
export function remindersOf(
	network: Network,
	event: NetworkEvent,
	from: Temporal.Instant,
	to: Temporal.Instant,
): PlannedReminder[] {
	const planned: PlannedReminder[] = [];
	let channels: readonly Channel[] | null = null;
	for (const due of dueFor(event, from, to)) {
		channels ??= channelsOf(network, event);
		for (const channel of channels) planned.push({ ...due, channel: channel.key, event: event.key });
	}
	return planned;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Every reminder with `from` ≤ at < `to`, by time, channel and event. */
export function plannedReminders(network: Network, from: Temporal.Instant, to: Temporal.Instant): PlannedReminder[] {
	const planned = [...network.event.values()].flatMap((event) => remindersOf(network, event, from, to));
	return planned.sort(
		(a, b) =>
			Temporal.Instant.compare(a.at, b.at) ||
			compare(a.channel, b.channel) ||
			compare(a.event, b.event) ||
			Temporal.ZonedDateTime.compare(a.occurrence.start, b.occurrence.start) ||
			compare(a.lead, b.lead),
	);
}
