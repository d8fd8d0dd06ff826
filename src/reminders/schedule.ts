/**
 * Writes the reminders of the next weeks into the ledger, so that they are owed whatever happens meanwhile. Only what has changed since
 * the last look is planned anew; a look at an unchanged network costs one query and one row.
 */
import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { Db, Tx } from "../database/client.ts";
import { findFact, setFact } from "../database/facts.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../lib/clock.ts";
import type { Key, Network, NetworkEvent } from "../network/records.ts";
import { type PlannedReminder, remindersOf, startOf } from "./plan.ts";

export interface PlanPorts {
	db: Db;
	live: { current(): Promise<Network> };
	clock: Clock;
	/** Prefix of ledger keys, unique for this database. */
	installation: string;
}

const HORIZON = { hours: 60 * 24 };
/** The horizon moves on in steps, since each step looks at every event. */
const STEP = { hours: 24 };
/** A transaction that entered an event may have been committed this long after the look that its time precedes. */
const OVERLAP = { minutes: 10 };
/** Events for one transaction: few enough that answers need not wait. */
const CHUNK = 500;

interface Planned {
	network: Network;
	/** Everything that becomes due before is in the ledger. */
	until: Temporal.Instant;
}

/** What this process has planned, by the network that it reads. */
const states = new WeakMap<object, Planned>();

/** One look: what is new, changed or comes into the horizon is written, what no longer holds is taken out. */
export async function planTick({ db, live, clock, installation }: PlanPorts): Promise<void> {
	const now = clock.now();
	const network = await live.current();
	const state = states.get(live);
	const stands = state && Temporal.Instant.compare(state.until, now.add(HORIZON).subtract(STEP)) >= 0;
	if (stands && state.network === network) {
		await setFact(db, "reminders", "planned", now.toString());
		return;
	}
	const last = await findFact(db, "reminders", "planned");
	const since = last === null ? now.subtract({ hours: 400 * 24 }) : Temporal.Instant.from(last).subtract(OVERLAP);
	const until = stands ? state.until : now.add(HORIZON);
	const changed = stands ? changedEvents(state.network, network) : [...network.event.keys()];
	for (let index = 0; index < changed.length; index += CHUNK) {
		const keys = changed.slice(index, index + CHUNK);
		const write = (tx: Tx) => planEvents(tx, network, keys, { now, since, until, installation });
		await inTransaction(db, write);
		await breathe();
	}
	if (!stands) await dropOrphans(db, now);
	if (state?.network.channel !== network.channel) await readdress(db);
	await setFact(db, "reminders", "planned", now.toString());
	states.set(live, { network, until });
}

/** Whose channels may have changed is planned anew too. */
function changedEvents(before: Network, after: Network): Key[] {
	const everywhere =
		before.channel !== after.channel || before.region !== after.region || before.organisation !== after.organisation;
	if (everywhere) return [...new Set([...before.event.keys(), ...after.event.keys()])];
	if (before.event === after.event) return [];
	const removed = [...before.event.keys()].filter((key) => !after.event.has(key));
	const changed = [...after.event].filter(([key, event]) => before.event.get(key) !== event).map(([key]) => key);
	return [...removed, ...changed];
}

interface Window {
	now: Temporal.Instant;
	/** What became due before was planned by an earlier look. */
	since: Temporal.Instant;
	until: Temporal.Instant;
	installation: string;
}

const later = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) > 0 ? a : b);

async function planEvents(
	tx: Tx,
	network: Network,
	keys: readonly Key[],
	{ now, since, until, installation }: Window,
): Promise<void> {
	const stored = await tx.event.findMany({
		where: { key: { in: [...keys] } },
		select: { key: true, revision: true, enteredAt: true },
	});
	const rows = stored.flatMap(({ key, revision, enteredAt }) => {
		const event = network.event.get(key);
		if (!event) return [];
		// Lead times that were past when the event was entered are not made up for; what an outage kept from being planned is.
		const from = later(Temporal.Instant.fromEpochMilliseconds(enteredAt.getTime()), since);
		return remindersOf(network, event, from, until)
			.filter((reminder) => reminder.occurrence.end.epochMilliseconds > now.epochMilliseconds)
			.flatMap((reminder) => rowOf(network, event, reminder, revision, installation) ?? []);
	});
	const wanted = new Set(rows.map((row) => row.key));
	const waiting = await tx.delivery.findMany({
		where: { kind: "reminder", eventKey: { in: [...keys] }, ...untouched(now, until) },
		select: { id: true, key: true },
	});
	const stale = waiting.filter((row) => !wanted.has(row.key)).map((row) => row.id);
	if (stale.length > 0) await tx.delivery.deleteMany({ where: { id: { in: stale } } });
	const known = new Set(waiting.map((row) => row.key));
	await insert(
		tx,
		rows.filter((row) => !known.has(row.key)),
		now,
	);
}

/** Not due yet and never tried: may go without a trace. What is due already is dropped, with a reason, when it would be sent. */
const untouched = (now: Temporal.Instant, until: Temporal.Instant) =>
	({ state: "owed", attempts: 0, uncertain: false, dueAt: { gt: now.toString(), lt: until.toString() } }) as const;

interface Row {
	key: string;
	platform: string;
	address: string;
	language: string;
	due: string;
	event: string;
	occurrence: string;
	channel: string;
	lead: string;
	revision: number;
}

function rowOf(
	network: Network,
	event: NetworkEvent,
	reminder: PlannedReminder,
	revision: number,
	installation: string,
): Row | null {
	const channel = network.channel.get(reminder.channel);
	if (!channel) return null;
	const occurrence = startOf(reminder.occurrence);
	// Without the revision: a change of the place must not remind twice of the same start.
	const about = JSON.stringify([event.key, occurrence, channel.key, reminder.lead]);
	return {
		key: `r-${installation}-${createHash("sha256").update(about).digest("hex").slice(0, 32)}`,
		platform: channel.platform,
		address: channel.address,
		language: channel.language,
		due: reminder.at.toString(),
		event: event.key,
		occurrence,
		channel: channel.key,
		lead: reminder.lead,
		revision,
	};
}

/** All rows as one value: many times faster than row by row. The words are found when it is sent. */
async function insert(tx: Tx, rows: readonly Row[], now: Temporal.Instant): Promise<void> {
	if (rows.length === 0) return;
	await tx.$executeRaw`
		INSERT INTO delivery (key, kind, platform, address, language, body, created_at, due_at, next_attempt_at,
			event, occurrence, channel, lead, revision)
		SELECT r.key, 'reminder', r.platform::platform_name, r.address, r.language::language, '{}'::jsonb,
			${now.toString()}::text::timestamptz, r.due, r.due, r.event, r.occurrence, r.channel, r.lead, r.revision
		FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS r(key text, platform text, address text, language text,
			due timestamptz, event text, occurrence text, channel text, lead text, revision integer)
		ON CONFLICT DO NOTHING`;
}

/** Events that were deleted while no process looked. */
async function dropOrphans(db: Db, now: Temporal.Instant): Promise<void> {
	await db.$executeRaw`
		DELETE FROM delivery d WHERE d.kind = 'reminder' AND d.state = 'owed' AND d.attempts = 0 AND NOT d.uncertain
			AND d.due_at > ${now.toString()}::text::timestamptz AND NOT EXISTS (SELECT 1 FROM event e WHERE e.key = d.event)`;
}

/** A channel that was bound to another place, or speaks another language now. */
async function readdress(db: Db): Promise<void> {
	await db.$executeRaw`
		UPDATE delivery d SET platform = c.platform, address = c.address, language = c.language FROM channel c
		WHERE d.kind = 'reminder' AND d.state = 'owed' AND NOT d.uncertain AND c.key = d.channel
			AND (d.platform, d.address, d.language) IS DISTINCT FROM (c.platform, c.address, c.language)`;
}
