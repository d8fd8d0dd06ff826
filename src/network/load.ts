/** Reads records from the database. Everybody else reads the network in memory (live.ts). */
import { z } from "zod";
import type { Tx } from "../database/client.ts";
import type { Key, Network, RecordOf, RecordType } from "./records.ts";
import { SCHEMAS } from "./schemas.ts";
import { type Place, placesOf, TABLES } from "./tables.ts";

/** Enough that a page costs little, few enough that its text stays small. */
const PAGE = 5_000;

const MOVES = `(SELECT coalesce(jsonb_agg(jsonb_build_object('from', split_part(m, '>', 1), 'to', split_part(m, '>', 2)) ORDER BY n), '[]')
	FROM unnest(t.moved) WITH ORDINALITY AS moves(m, n))`;
const SIGNATORIES = `(SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'organisation', s.organisation) ORDER BY s.position), '[]')
	FROM agreement_signatory s WHERE s.agreement = t.key)`;

function sqlOf(place: Place): string {
	if (place.in === "column") return `t."${place.name}"`;
	if (place.in === "moves") return MOVES;
	if (place.in === "signatories") return SIGNATORIES;
	return `ARRAY(SELECT j."${place.ref}" FROM "${place.table}" j WHERE j."${place.owner}" = t.key ORDER BY j.position)`;
}

/** One row with all records as text: parsed at once, which is several times faster than row by row through Prisma. */
function statement(type: RecordType, filter: string): string {
	const pairs = placesOf(type).map(([field, place]) => `'${field}', ${sqlOf(place)}`);
	return `SELECT coalesce(json_agg(page.record ORDER BY page.key), '[]')::text AS records FROM (
		SELECT t.key, jsonb_build_object(${pairs.join(", ")}) AS record FROM "${TABLES[type].name}" t ${filter}) AS page`;
}

const onlyRow = z.tuple([z.object({ records: z.string() })]);

async function fetch<T extends RecordType>(tx: Tx, type: T, filter: string, value: string): Promise<RecordOf[T][]> {
	const [{ records }] = onlyRow.parse(await tx.$queryRawUnsafe(statement(type, filter), value));
	const schema: z.ZodType<RecordOf[T]> = SCHEMAS[type];
	return z.array(schema).parse(JSON.parse(records));
}

/** Those of `keys` that exist, or all; in no order that a caller may rely on. */
export async function loadRecords<T extends RecordType>(
	tx: Tx,
	type: T,
	keys?: readonly Key[],
): Promise<RecordOf[T][]> {
	const found: RecordOf[T][] = [];
	if (keys !== undefined) {
		const filter = "WHERE t.key IN (SELECT jsonb_array_elements_text($1::text::jsonb))";
		for (let from = 0; from < keys.length; from += PAGE)
			found.push(...(await fetch(tx, type, filter, JSON.stringify(keys.slice(from, from + PAGE)))));
		return found;
	}
	for (let last: Key | null = ""; last !== null; ) {
		const page: RecordOf[T][] = await fetch(tx, type, `WHERE t.key > $1 ORDER BY t.key LIMIT ${PAGE}`, last);
		found.push(...page);
		last = page.length < PAGE ? null : (page.at(-1)?.key ?? null);
	}
	return found;
}

/** All of a kind in key order, page by page, so that few are in memory at a time: code units, so the same on every database. */
export async function* eachRecord<T extends RecordType>(tx: Tx, type: T): AsyncGenerator<RecordOf[T]> {
	for (let last: Key | null = ""; last !== null; ) {
		const filter = `WHERE t.key COLLATE "C" > $1 ORDER BY t.key COLLATE "C" LIMIT ${PAGE}`;
		const page: RecordOf[T][] = [...byKey(await fetch(tx, type, filter, last)).values()];
		yield* page;
		last = page.length < PAGE ? null : (page.at(-1)?.key ?? null);
	}
}

/** By key, in key order: code units, so the same on every database. */
export function byKey<R extends { key: Key }>(records: Iterable<R>): ReadonlyMap<Key, R> {
	const sorted = [...records].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
	return new Map(sorted.map((record) => [record.key, record]));
}

export async function loadKind<T extends RecordType>(tx: Tx, type: T): Promise<ReadonlyMap<Key, RecordOf[T]>> {
	return byKey(await loadRecords(tx, type));
}

/** The whole network as it is in the database. */
export async function loadNetwork(tx: Tx): Promise<Network> {
	return {
		region: await loadKind(tx, "region"),
		organisation: await loadKind(tx, "organisation"),
		contact: await loadKind(tx, "contact"),
		service: await loadKind(tx, "service"),
		agreement: await loadKind(tx, "agreement"),
		commitment: await loadKind(tx, "commitment"),
		event: await loadKind(tx, "event"),
		channel: await loadKind(tx, "channel"),
		decision: await loadKind(tx, "decision"),
		project: await loadKind(tx, "project"),
		membership: await loadKind(tx, "membership"),
		material: await loadKind(tx, "material"),
		programme: await loadKind(tx, "programme"),
		figure: await loadKind(tx, "figure"),
	};
}

export const EMPTY_NETWORK: Network = {
	region: new Map(),
	organisation: new Map(),
	contact: new Map(),
	service: new Map(),
	agreement: new Map(),
	commitment: new Map(),
	event: new Map(),
	channel: new Map(),
	decision: new Map(),
	project: new Map(),
	membership: new Map(),
	material: new Map(),
	programme: new Map(),
	figure: new Map(),
};
