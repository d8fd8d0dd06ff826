/**
 * The network in memory, brought up to date before each use: triggers note every change, by whichever instance, in `record_change`.
 *
 * Notes are read by transaction id, not by their own: a transaction that commits late has lower ids than one that was read already.
 * What is older than the oldest transaction still running (`xmin`) was seen by everybody; newer notes are remembered one by one.
 */
import { z } from "zod";
import type { Db, Tx } from "../database/client.ts";
import { byKey, EMPTY_NETWORK, loadKind, loadNetwork, loadRecords } from "./load.ts";
import { NOTES_FLOOR } from "./notes.ts";
import { type Key, type Network, RECORD_TYPES, type RecordOf, type RecordType } from "./records.ts";

export interface LiveNetwork {
	/**
	 * The network as it now is. One cheap query where nothing has changed, and then the very same object as before.
	 * Inside a transaction (read committed) hand it over: its own changes are then in what comes back, and nowhere else.
	 */
	current(tx?: Tx): Promise<Network>;
	/** Goes up with every change that was seen; what is derived from the network may be kept by it. */
	readonly revision: number;
}

interface State {
	network: Network;
	revision: number;
	/** Every committed transaction below it is in `network`. */
	xmin: bigint;
	/** Notes of transactions from `xmin` on that are in `network` too. */
	seen: ReadonlySet<bigint>;
}

const note = z.object({
	id: z.bigint().nullable(),
	type: z.enum(RECORD_TYPES).nullable(),
	key: z.string().nullable(),
	own: z.boolean().nullable(),
	xmin: z.bigint(),
	floor: z.string().nullable(),
});
type Note = { id: bigint; type: RecordType; key: Key | null };
interface Notes {
	notes: Note[];
	own: boolean;
	xmin: bigint;
	/** Notes that were yet to be read may be forgotten already (notes.ts). */
	forgotten: boolean;
}

/**
 * One statement, so that notes and `xmin` belong to the same moment. `own`: noted by this very transaction.
 * `since` null: only what the load that follows may or may not see.
 */
async function readNotes(tx: Tx, since: bigint | null): Promise<Notes> {
	const rows = z.array(note).parse(
		await tx.$queryRaw`SELECT c.id, c.type, c.key, c.xact = pg_current_xact_id_if_assigned()::text::bigint AS own, s.xmin,
				(SELECT value FROM fact WHERE scope = ${NOTES_FLOOR.scope} AND name = ${NOTES_FLOOR.name}) AS floor
			FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin) s
			LEFT JOIN record_change c ON c.xact >= coalesce(${since}::bigint, s.xmin)`,
	);
	const notes = rows.flatMap(({ id, type, key }) => (id === null || type === null ? [] : [{ id, type, key }]));
	const xmin = rows[0]?.xmin ?? 0n;
	const floor = BigInt(rows[0]?.floor ?? 0);
	// A floor above every transaction came with a dump of another database and says nothing here.
	const forgotten = since !== null && since < floor && floor <= xmin;
	return { notes, own: rows.some((row) => row.own === true), xmin, forgotten };
}

/** Starts empty and loads all at the first use. */
export function liveNetwork(db: Db): LiveNetwork {
	let state: State | null = null;

	async function current(tx: Tx = db): Promise<Network> {
		for (;;) {
			const before: State = state ?? { network: EMPTY_NETWORK, revision: 0, xmin: 0n, seen: new Set() };
			const { notes, own, xmin, forgotten } = await readNotes(tx, state === null ? null : before.xmin);
			const fresh = notes.filter(({ id }) => !before.seen.has(id));
			const anew = state === null || forgotten;
			if (!anew && fresh.length === 0) {
				// Nothing new, but the next look may begin later.
				if (!own && state === before && xmin > before.xmin) state = { ...before, xmin, seen: idsOf(notes) };
				return before.network;
			}
			const network = anew ? await loadNetwork(tx) : await applied(tx, before.network, fresh);
			// May yet be rolled back: only for whoever asked inside the transaction.
			if (own) return network;
			// Somebody else was quicker, perhaps with older records than these, perhaps with newer: look again.
			if (state !== null && state !== before) continue;
			state = { network, revision: before.revision + 1, xmin, seen: idsOf(notes) };
			return network;
		}
	}

	return {
		current,
		get revision() {
			return state?.revision ?? 0;
		},
	};
}

const idsOf = (notes: readonly Note[]): ReadonlySet<bigint> => new Set(notes.map(({ id }) => id));

async function applied(tx: Tx, network: Network, notes: readonly Note[]): Promise<Network> {
	const touched = new Map<RecordType, Set<Key> | "all">();
	for (const { type, key } of notes) {
		const keys = touched.get(type);
		if (key === null) touched.set(type, "all");
		else if (keys === undefined) touched.set(type, new Set([key]));
		else if (keys !== "all") keys.add(key);
	}
	let next = network;
	for (const [type, keys] of touched) next = { ...next, [type]: await kindWith(tx, network, type, keys) };
	return next;
}

/** Records that did not change stay the same objects, so that what is derived from them may stay too. */
async function kindWith<T extends RecordType>(
	tx: Tx,
	network: Network,
	type: T,
	keys: ReadonlySet<Key> | "all",
): Promise<ReadonlyMap<Key, RecordOf[T]>> {
	if (keys === "all") return await loadKind(tx, type);
	const former: ReadonlyMap<Key, RecordOf[T]> = network[type];
	const map = new Map(former);
	for (const key of keys) map.delete(key);
	for (const record of await loadRecords(tx, type, [...keys])) map.set(record.key, record);
	return byKey(map.values());
}
