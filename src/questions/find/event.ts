/** Events and their dates: what comes next, what is in a span, what was, what is cancelled. */

import { nextOccurrences, type Occurrence, occurrences } from "../../network/occurrences.ts";
import type { Key, NetworkEvent } from "../../network/records.ts";
import type { Lexicon } from "../lexicon.ts";
import { eventsIn, nearby } from "./event-places.ts";
import {
	all,
	asks,
	bySubject,
	type Finder,
	type Found,
	fact,
	has,
	named,
	nothing,
	refs,
	type Search,
} from "./found.ts";

interface Dated {
	event: NetworkEvent;
	dates: Occurrence[];
}

/** So far back and ahead is looked for a single date. */
const PAST_DAYS = 1200;
const AHEAD_DAYS = 1100;

/** Events that the words fit, whatever their dates. */
function fitting(search: Search): NetworkEvent[] {
	const { query, lexicon } = search;
	const chosen = named(query, "event");
	const subject = bySubject(search, "event");
	const { network } = lexicon;
	const every = [...network.event.values()];
	if (chosen) return every.filter((event) => chosen.includes(event.key));
	const hosts = query.parties.map((party) => new Set(party.keys));
	const kindred = every.filter((event) => {
		if (query.eventKinds.length > 0 && !query.eventKinds.includes(event.kind)) return false;
		if (subject && !subject.has(event.key)) return false;
		const kinds = event.host.map((key) => network.organisation.get(key)?.kind);
		return query.organisationKinds.every((kind) => kinds.includes(kind));
	});
	const hosted = kindred.filter((event) => hosts.every((keys) => event.host.some((key) => keys.has(key))));
	if (hosted.length > 0 || hosts.length === 0) return hosted;
	return kindred.filter((event) => hosts.every((keys) => event.audience.some((key) => keys.has(key))));
}

const instant = (date: string, now: Temporal.ZonedDateTime) =>
	Temporal.PlainDate.from(date).toZonedDateTime(now.timeZoneId).toInstant();

/** First and last instant of the days that were named. Of a span that has begun, only what is still to come counts, unless the past is asked for. */
function limits(search: Search, past: boolean): { from: Temporal.Instant; to: Temporal.Instant } {
	const { query, now } = search;
	const from = query.span?.from
		? instant(query.span.from, now)
		: past
			? now.subtract({ days: PAST_DAYS }).toInstant()
			: now.toInstant();
	const to = query.span?.to
		? instant(Temporal.PlainDate.from(query.span.to).add({ days: 1 }).toString(), now)
		: past && !query.span
			? now.toInstant()
			: now.add({ days: AHEAD_DAYS }).toInstant();
	const soonest = !past && Temporal.Instant.compare(from, now.toInstant()) < 0 ? now.toInstant() : from;
	return {
		from: soonest,
		to: past && !query.span?.from && Temporal.Instant.compare(to, now.toInstant()) > 0 ? now.toInstant() : to,
	};
}

/** A single date that cannot fall into the span, whatever the zones: most of a large calendar is told from its start alone. */
function outside(event: NetworkEvent, from: string, to: string): boolean {
	return event.rrule === null && event.moved.length === 0 && (event.start < from || event.start > to);
}

function dated(
	events: readonly NetworkEvent[],
	from: Temporal.Instant,
	to: Temporal.Instant,
	cancelled: boolean,
): Dated[] {
	const [first, last] = [
		from.subtract({ hours: 36 }).toString().slice(0, 16),
		to.add({ hours: 36 }).toString().slice(0, 16),
	];
	return events
		.filter((event) => !outside(event, first, last))
		.map((event) => ({ event, dates: occurrences(event, from, to).filter((date) => date.cancelled === cancelled) }))
		.filter(({ dates }) => dates.length > 0);
}

const dateOf = (occurrence: Occurrence) => occurrence.start.toPlainDate().toString();
const timeOf = (occurrence: Occurrence) => occurrence.start.toPlainTime().toString().slice(0, 5);

/** One date of one event, or the fact that was asked for about it. */
function one(search: Search, event: NetworkEvent, date: Occurrence | undefined, step: number): Found {
	const { field } = search.query;
	const dates = date ? [dateOf(date)] : [];
	const found = { status: "answered" as const, records: refs("event", [event.key]), dates, step };
	if (field === "place") return { ...fact("event", event.key, "place", event.place), dates, step };
	if (field === "link") return { ...fact("event", event.key, "link", event.link), dates, step };
	if (field === "duration") return { ...found, value: event.duration };
	if (field === "host") return event.host.length > 0 ? found : { ...nothing(), missing: "host" };
	if (!date) return found;
	return { ...found, value: field === "time" ? timeOf(date) : dateOf(date) };
}

function next(search: Search, events: readonly NetworkEvent[], step: number): Found {
	const { query, lexicon, now } = search;
	const { from, to } = limits(search, false);
	const early = now.subtract({ hours: 36 }).toInstant().toString().slice(0, 16);
	const upcoming = events
		.filter((event) => !outside(event, early, "9999"))
		.map((event) => ({
			event,
			dates: query.span
				? occurrences(event, from, to).filter((date) => !date.cancelled)
				: nextOccurrences(event, now.toInstant(), step + 1),
		}))
		.filter(({ dates }) => dates.length > step);
	const [region = null] = named(query, "event") ? [] : query.regions;
	const keys = new Set(
		eventsIn(
			lexicon,
			upcoming.map(({ event }) => event.key),
			region,
			true,
		),
	);
	const near = upcoming.filter(({ event }) => keys.has(event.key));
	const first = Math.min(...near.map(({ dates }) => dates[step]?.start.epochMilliseconds ?? Infinity));
	const hits = near.filter(({ dates }) => dates[step]?.start.epochMilliseconds === first);
	const [hit] = hits;
	if (!hit) return nothing();
	if (hits.length === 1) return one(search, hit.event, hit.dates[step], step);
	const date = hit.dates[step];
	return {
		...all(
			"event",
			hits.map(({ event }) => event.key),
		),
		...(date ? { value: dateOf(date), dates: hits.map(() => dateOf(date)) } : {}),
		step,
	};
}

/** Those that take place in the region, or in the nearest one above it with any. */
function inRegion<Row extends { event: NetworkEvent }>(
	lexicon: Lexicon,
	rows: readonly Row[],
	region: Key | null,
): Row[] {
	const events = rows.map(({ event }) => event.key);
	const keys = new Set(eventsIn(lexicon, events, region, true));
	return rows.filter(({ event }) => keys.has(event.key));
}

/** The next three: one after the other, ordered by time. */
function several(search: Search, events: readonly NetworkEvent[], count: number): Found {
	const { query, lexicon, now } = search;
	const [region = null] = query.regions;
	const upcoming = events
		.map((event) => ({ event, dates: nextOccurrences(event, now.toInstant(), count) }))
		.filter(({ dates }) => dates.length > 0);
	const line = inRegion(lexicon, upcoming, region)
		.flatMap(({ event, dates }) => dates.map((date) => ({ event, date })))
		.sort((a, b) => a.date.start.epochMilliseconds - b.date.start.epochMilliseconds)
		.slice(0, count);
	return listed(line);
}

/** Each event once, by its first date. */
function listed(line: readonly { event: NetworkEvent; date: Occurrence }[]): Found {
	const first = new Map<Key, string>();
	for (const { event, date } of line) if (!first.has(event.key)) first.set(event.key, dateOf(date));
	return { ...all("event", first.keys()), dates: [...first.values()] };
}

function last(search: Search, events: readonly NetworkEvent[]): Found {
	const { query, lexicon } = search;
	const { from, to } = limits(search, true);
	const [region = null] = named(query, "event") ? [] : query.regions;
	const earlier = dated(events, from, to, false);
	const keys = new Set(
		eventsIn(
			lexicon,
			earlier.map(({ event }) => event.key),
			region,
			false,
		),
	);
	const hits = earlier.filter(({ event }) => keys.has(event.key));
	const latest = Math.max(...hits.map(({ dates }) => dates.at(-1)?.start.epochMilliseconds ?? -Infinity));
	const hit = hits.find(({ dates }) => dates.at(-1)?.start.epochMilliseconds === latest);
	return hit ? one(search, hit.event, hit.dates.at(-1), 0) : nothing();
}

function cancelled(search: Search, events: readonly NetworkEvent[]): Found {
	const { query, lexicon, now } = search;
	const { from, to } = limits(search, query.span?.from !== null && query.span !== null);
	const [region = null] = named(query, "event") ? [] : query.regions;
	// A series of which one date is cancelled counts while that date is ahead; a whole event whenever it would have been.
	const off = events.filter((event) => {
		if (query.span) return occurrences(event, from, to).some((date) => date.cancelled);
		return event.status === "cancelled" || event.cancelledOn.some((date) => date >= now.toPlainDate().toString());
	});
	return all(
		"event",
		eventsIn(
			lexicon,
			off.map((event) => event.key),
			region,
			false,
		),
	);
}

export const findEvent: Finder = (search) => {
	const { query, lexicon } = search;
	if (query.unknown.length > 0) return nothing();
	const events = fitting(search);
	const step = query.step || (has(query, "after_that") ? 1 : 0);
	if (has(query, "cancelled")) return cancelled(search, events);
	const going = nearby(
		search,
		events.filter((event) => event.status !== "cancelled"),
	);
	const soon = has(query, "next") || step > 0;
	if (query.count && soon) return several(search, going, query.count);
	const past =
		!soon &&
		(has(query, "past") || has(query, "last") || (query.span?.to ?? "9999") < search.now.toPlainDate().toString());
	const single = query.field !== null && !asks(query, "which", "list", "how_many");
	if (past && (single || (has(query, "last") && query.span === null))) return last(search, going);
	if (soon && (query.span === null || single)) return next(search, going, step);
	if (single && !past) {
		const found = next(search, going, step);
		// What has already been is told where it was asked for by its title.
		return found.status === "not_found" && !found.missing && query.titled ? last(search, going) : found;
	}
	const { from, to } = limits(search, past);
	const [region = null] = named(query, "event") ? [] : query.regions;
	const hits = dated(going, from, to, false);
	if (query.titled && query.span === null && !past && hits.length === 0) return last(search, going);
	const line = inRegion(lexicon, hits, region)
		.flatMap(({ event, dates }) => dates.slice(0, 1).map((date) => ({ event, date })))
		.sort((a, b) => a.date.start.epochMilliseconds - b.date.start.epochMilliseconds);
	return listed(line);
};
