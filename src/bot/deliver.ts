/**
 * Brings what is owed to the platforms. An answer is sent straight after its commit (`sendNow`); what is left over — a crash, a failure,
 * reminders that became due — is shared out by the queue (`tick`). Messages to one address go one after the other; addresses do not wait
 * for each other.
 */
import { z } from "zod";
import type { PlatformName } from "../lib/platform.ts";
import type { AtHand } from "./ledger.ts";
import { deliveryQueue, type Job } from "./queue.ts";
import { type Result, type SendPorts, sendAtHand, sendOwed } from "./send.ts";
import { turnsOf } from "./turns.ts";

export interface Deliverer {
	/** Whether this process may speak there, now and for the next moment: what it then owes may be at hand. */
	maySpeak(place: { platform: PlatformName; address: string }): Promise<boolean>;
	/** Sends what this process has just committed and has at hand; resolves when each was tried once. */
	sendAtHand(answers: readonly AtHand[]): Promise<void>;
	/** Sends what this process has just committed; resolves when each was tried once. */
	sendNow(keys: readonly string[]): Promise<void>;
	/** Takes up what is due and left over. Resolves when it was tried, or soon: what is slow goes on in the background. */
	tick(): Promise<void>;
	/** Begins nothing new; resolves when what was begun is done. */
	stop(): Promise<void>;
}

interface Due {
	id: bigint;
	/** What must stay in order: an address, or one person there. */
	lane: string;
	/** Where one instance at a time speaks. */
	spot: string;
}

/** At one look: enough to keep every channel busy until the next, few enough that no channel fills the memory. */
const EACH_ADDRESS = 20;
const AT_ONCE = 1_000;
/** A message that failed this often no longer holds back the later ones to its address. */
const HOLDS_BACK = 8;
/** How long a tick waits for what it began. */
const PATIENCE_MS = 1_000;

const dueRows = z.array(
	z.object({ id: z.bigint(), platform: z.string(), address: z.string(), recipient: z.string().nullable() }),
);
const laneOf = (row: { platform: string; address: string; recipient: string | null }) =>
	`${row.platform} ${row.address} ${row.recipient ?? ""}`;
const spotOf = (row: { platform: string; address: string }) => `${row.platform} ${row.address}`;

export function makeDeliverer(ports: SendPorts): Deliverer {
	const {
		database: { db },
		platforms,
		clock,
		log,
	} = ports;
	const queue = deliveryQueue(ports.database, log);
	const turns = turnsOf(ports.lock, ports.lingerMs);
	const lanes = new Map<string, Promise<void>>();
	const taken = new Set<bigint>();
	const held = new Map<string, Temporal.Instant>();
	let stopped = false;

	/** Puts a delivery behind what goes to the same address already. */
	function enter({ id, lane, spot }: Due, patient: boolean, done?: () => Promise<void>, given?: AtHand): Promise<void> {
		taken.add(id);
		const turn = (lanes.get(lane) ?? Promise.resolve())
			.then(() => deliver({ id, lane, spot }, patient, given))
			// The database is away: the row stays owed, a later tick takes it up.
			.catch((error) => log.error({ err: error }, "delivering failed, will be tried again"))
			.then(() => done?.())
			.catch((error) => log.warn({ err: error }, "queue: could not mark a job done"))
			.finally(() => {
				taken.delete(id);
				if (lanes.get(lane) === turn) lanes.delete(lane);
			});
		lanes.set(lane, turn);
		return turn;
	}

	/** @param patient waits where an earlier message to the same address has to be tried again first; an answer does not */
	async function deliver({ id, lane, spot }: Due, patient: boolean, given?: AtHand): Promise<void> {
		if (stopped) return;
		const until = held.get(lane);
		if (until && Temporal.Instant.compare(until, clock.now()) <= 0) held.delete(lane);
		else if (until && patient) return;
		if (!(await turns.take(spot))) {
			// Another instance speaks there and takes it up.
			await ports.hint?.();
			return;
		}
		const attempt = given ? sendAtHand(ports, given) : sendOwed(ports, id);
		const result: Result = await attempt.finally(() => turns.done(spot));
		if (result.kind === "held") held.set(lane, result.until);
	}

	async function sendNow(keys: readonly string[]): Promise<void> {
		if (keys.length === 0) return;
		const rows = await db.delivery.findMany({
			where: { key: { in: [...keys] }, state: "owed" },
			select: { id: true, kind: true, platform: true, address: true, recipient: true },
			orderBy: { id: "asc" },
		});
		// Whoever asked is answered before others are told.
		rows.sort((a, b) => Number(b.kind === "answer") - Number(a.kind === "answer"));
		// Spoken by another instance (Matrix has one device): it need not wait for its next look.
		if (rows.some((row) => platforms.get(row.platform)?.state() !== "connected")) await ports.hint?.();
		await Promise.all(
			rows
				.filter((row) => !taken.has(row.id))
				.map((row) => enter({ id: row.id, lane: laneOf(row), spot: spotOf(row) }, false)),
		);
	}

	/** What is due on platforms that are connected here, each address in order and none of it behind a message that waits to be repeated. */
	async function findDue(): Promise<bigint[]> {
		const connected = [...platforms.values()].filter((platform) => platform.state() === "connected");
		if (connected.length === 0) return [];
		const now = clock.now().toString();
		const names: PlatformName[] = connected.map((platform) => platform.name);
		const rows = z.array(z.object({ id: z.bigint() })).parse(
			await db.$queryRaw`
				SELECT id FROM (
					SELECT d.id, row_number() OVER (PARTITION BY d.platform, d.address ORDER BY d.due_at, d.id) AS place
					FROM delivery d
					WHERE d.state = 'owed' AND d.next_attempt_at <= ${now}::text::timestamptz AND d.platform::text = ANY(${names})
						AND NOT EXISTS (
							SELECT 1 FROM delivery e
							WHERE e.state = 'owed' AND e.platform = d.platform AND e.address = d.address
								AND e.recipient IS NOT DISTINCT FROM d.recipient AND (e.due_at, e.id) < (d.due_at, d.id)
								AND e.attempts BETWEEN 1 AND ${HOLDS_BACK} AND e.next_attempt_at > ${now}::text::timestamptz
						)
				) AS due
				WHERE place <= ${EACH_ADDRESS} ORDER BY place, id LIMIT ${AT_ONCE}`,
		);
		return rows.map((row) => row.id);
	}

	async function work(jobs: readonly Job[]): Promise<void> {
		const job = new Map(jobs.map((each) => [each.delivery, each]));
		const rows = dueRows.parse(
			await db.delivery.findMany({
				where: { id: { in: [...job.keys()] } },
				select: { id: true, platform: true, address: true, recipient: true },
				orderBy: [{ dueAt: "asc" }, { id: "asc" }],
			}),
		);
		// Jobs whose row is gone, or is in hand already, are done with.
		const fresh = rows.filter((row) => !taken.has(row.id));
		const rest = jobs.filter((each) => !fresh.some((row) => row.id === each.delivery));
		await queue.done(rest);
		await Promise.all(
			fresh.map((row) => {
				const mine = job.get(row.id);
				return enter({ id: row.id, lane: laneOf(row), spot: spotOf(row) }, true, mine && (() => queue.done([mine])));
			}),
		);
	}

	async function tick(): Promise<void> {
		if (stopped) return;
		const due = (await findDue()).filter((id) => !taken.has(id));
		if (due.length === 0) return;
		await queue.hand(due);
		await soon(work(await queue.take(AT_ONCE)));
	}

	return {
		async maySpeak(place) {
			if (platforms.get(place.platform)?.state() !== "connected") return false;
			const spot = spotOf(place);
			const got = await turns.take(spot).catch(() => false);
			if (got) turns.done(spot);
			return got;
		},
		async sendAtHand(answers) {
			await Promise.all(
				answers.map((each) =>
					enter({ id: each.id, lane: laneOf(each.owed), spot: spotOf(each.owed) }, false, undefined, each),
				),
			);
		},
		sendNow,
		tick,
		async stop() {
			stopped = true;
			await Promise.allSettled(lanes.values());
			await turns.close();
			await queue.stop();
		},
	};
}

/** The work's end or its patience's, whichever comes first. */
async function soon(work: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, PATIENCE_MS);
	});
	await Promise.race([work, patience]).finally(() => clearTimeout(timer));
	work.catch(() => {});
}
