/** When an event really takes place: rule, exceptions, holidays and moves, set into the event's time zone. */

import { isPublicHoliday } from "../lib/holidays.ts";
import { DAY, localMinute, showLocal } from "../lib/time/days.ts";
import { expand } from "../lib/time/expand.ts";
import { parseRule, type Rule } from "../lib/time/rule.ts";
import type { NetworkEvent } from "./records.ts";

export interface Occurrence {
	/** Local time by the rule, `YYYY-MM-DDTHH:MM`. */
	original: string;
	/** When it really starts: after a move, and moved forward where the clock skips the time (`compatible`). */
	start: Temporal.ZonedDateTime;
	end: Temporal.ZonedDateTime;
	moved: boolean;
	/** On `cancelled_on`, or the whole event is cancelled: shown, but it does not take place. */
	cancelled: boolean;
}

interface Compiled {
	rule: Rule | null;
	start: number;
	until: number | null;
	moves: Map<string, string>;
	exceptions: ReadonlySet<string>;
	cancelled: ReadonlySet<string>;
	duration: Temporal.Duration;
}

// Records are never changed in place, so what was worked out for one holds as long as the object lives.
const compiled = new WeakMap<NetworkEvent, Compiled>();

function localStart(local: string): number {
	const minute = localMinute(local);
	if (minute === null) throw new Error(`not a local time: ${local}`);
	return minute;
}

/** The last local minute that a rule may give, by its UNTIL; null = no end. */
export function lastMinute(rule: Rule, timezone: string): number | null {
	if (!rule.until) return null;
	const { kind, value } = rule.until;
	if (kind === "date") return localStart(value) + DAY - 1;
	if (kind === "local") return localStart(value);
	return localStart(
		Temporal.Instant.from(`${value}Z`).toZonedDateTimeISO(timezone).toPlainDateTime().toString().slice(0, 16),
	);
}

function compile(event: NetworkEvent): Compiled {
	const known = compiled.get(event);
	if (known) return known;
	const rule = event.rrule ? parseRule(event.rrule) : null;
	const made: Compiled = {
		rule,
		start: localStart(event.start),
		until: rule && lastMinute(rule, event.timezone),
		moves: new Map(event.moved.map((move) => [move.from, move.to])),
		exceptions: new Set(event.exceptions),
		cancelled: new Set(event.cancelledOn),
		duration: Temporal.Duration.from(event.duration),
	};
	compiled.set(event, made);
	return made;
}

function* originals({ rule, start, until }: Compiled, from: number, to: number): Generator<number, void> {
	if (rule) yield* expand(rule, start, until, from, to);
	else if (start >= from && start < to) yield start;
}

function gives(event: Compiled, local: string): boolean {
	const at = localMinute(local);
	return at !== null && [...originals(event, at, at + 1)].length > 0;
}

/** Does the rule give this local time? Exceptions, holidays and cancellations do not count: a move wins over them. */
export const isOccurrence = (event: NetworkEvent, local: string): boolean => gives(compile(event), local);

/**
 * Occurrences that begin within `from` ≤ start < `to`, in order of their start. Cancelled ones are flagged; exceptions and
 * skipped holidays are left out. A move wins over all three, and is left out only where its `from` is no occurrence.
 */
export function occurrences(event: NetworkEvent, from: Temporal.Instant, to: Temporal.Instant): Occurrence[] {
	const known = compile(event);
	const { moves, exceptions, cancelled, duration } = known;
	// A wall clock is at most 14 hours away from UTC, and no clock skips more than a day.
	const first = Math.floor(from.epochMilliseconds / 60_000) - DAY;
	const last = Math.ceil(to.epochMilliseconds / 60_000) + DAY;
	const found: Occurrence[] = [];
	const add = (original: string, local: string, moved: boolean, off: boolean) => {
		const start = Temporal.PlainDateTime.from(local).toZonedDateTime(event.timezone, { disambiguation: "compatible" });
		if (Temporal.Instant.compare(start.toInstant(), from) < 0 || Temporal.Instant.compare(start.toInstant(), to) >= 0)
			return;
		found.push({ original, start, end: start.add(duration), moved, cancelled: off || event.status === "cancelled" });
	};
	for (const at of originals(known, first, last)) {
		const local = showLocal(at);
		if (moves.has(local)) continue;
		const date = local.slice(0, 10);
		if (exceptions.has(date)) continue;
		if (event.skipHolidays && isPublicHoliday(event.skipHolidays, date)) continue;
		add(local, local, false, cancelled.has(date));
	}
	for (const [original, local] of moves) {
		const at = localStart(local);
		if (at >= first && at < last && gives(known, original)) add(original, local, true, false);
	}
	return found.sort((a, b) => Temporal.ZonedDateTime.compare(a.start, b.start) || (a.original < b.original ? -1 : 1));
}

const YEAR = 366 * 24;

/**
 * The next occurrences that take place at `from` or later, at most `count`; looks 30 years ahead.
 * With `cancelled`, cancelled ones are among them, flagged.
 */
export function nextOccurrences(
	event: NetworkEvent,
	from: Temporal.Instant,
	count: number,
	options: { cancelled?: boolean } = {},
): Occurrence[] {
	const found: Occurrence[] = [];
	let begin = from;
	// Growing windows: the next dates of a weekly round are found in the first, those of a rare one in few more.
	for (const hours of [60 * 24, YEAR, 4 * YEAR, 25 * YEAR]) {
		const end = begin.add({ hours });
		found.push(...occurrences(event, begin, end).filter((occurrence) => options.cancelled || !occurrence.cancelled));
		if (found.length >= count) break;
		begin = end;
	}
	return found.slice(0, count);
}
