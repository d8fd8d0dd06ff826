/** Writes records in bulk: each statement takes a chunk of records as one JSON value; no statement is made from data. */
import type { Tx } from "../database/client.ts";
import type { Key, RecordOf, RecordType } from "./records.ts";
import { type Place, placesOf, TABLES } from "./tables.ts";

/** When, by whom and why: what events and decisions remember of being written. */
export interface Stamp {
	at: Temporal.Instant;
	/** A person's id; null = nobody known (an import on the command line). */
	author: string | null;
	/** Kind of the new version of a decision. */
	change: "new" | "amended" | "status" | "undone" | "imported";
}

const CHUNK = 2_000;
const CHUNK_CHARACTERS = 4_000_000;

/** A field's type in the JSON that comes in. */
const typeIn = (place: Place) => (place.in === "column" ? place.type : "jsonb");

const rowsOf = (type: RecordType, fields: readonly string[]) => {
	const wanted = placesOf(type).filter(([field]) => fields.includes(field));
	return `jsonb_to_recordset($1::text::jsonb) AS r(${wanted.map(([field, place]) => `"${field}" ${typeIn(place)}`).join(", ")})`;
};

const MOVES = `ARRAY(SELECT (m->>'from') || '>' || (m->>'to') FROM jsonb_array_elements(r.moved) WITH ORDINALITY AS moves(m, n) ORDER BY n)`;

/** Columns that are set once, on insert. */
const STAMPS: Partial<Record<RecordType, [column: string, value: string][]>> = {
	event: [["entered_at", "$2::text::timestamptz"]],
	decision: [
		["logged_at", "$2::text::timestamptz"],
		["author", "$3::text::uuid"],
	],
};

/** The statements of one type, each of which takes a chunk; those that a type does not need are left out. */
function statements(type: RecordType): string[] {
	const { name } = TABLES[type];
	const places = placesOf(type);
	// A record may refer to one of its own kind that comes later, so these references are set when all are there.
	const selves = places.flatMap(([field, p]) => (p.in === "column" && p.self ? [{ field, column: p.name }] : []));
	const own = places.flatMap(([field, p]) =>
		p.in === "moves"
			? [{ field, column: "moved", value: MOVES }]
			: p.in === "column" && !p.self
				? [{ field, column: p.name, value: `r."${field}"` }]
				: [],
	);
	const stamps = STAMPS[type] ?? [];
	const columns = [...own.map(({ column }) => `"${column}"`), ...stamps.map(([column]) => `"${column}"`)];
	const values = [...own.map(({ value }) => value), ...stamps.map(([, value]) => value)];
	const updates = own
		.filter(({ column }) => column !== "key")
		.map(({ column }) => `"${column}" = excluded."${column}"`);
	// A reminder belongs to one revision of its event.
	if (type === "event") updates.push("revision = event.revision + 1");
	const fields = own.map(({ field }) => field);
	return [
		`INSERT INTO "${name}" (${columns.join(", ")}) SELECT ${values.join(", ")} FROM ${rowsOf(type, fields)}
			ON CONFLICT (key) DO UPDATE SET ${updates.join(", ")}`,
		...places.flatMap(([field, place]) => listStatements(type, field, place)),
		...selves.map(
			({ field, column }) =>
				`UPDATE "${name}" t SET "${column}" = r."${field}" FROM ${rowsOf(type, ["key", field])}
					WHERE t.key = r.key AND t."${column}" IS DISTINCT FROM r."${field}"`,
		),
	];
}

function listStatements(type: RecordType, field: string, place: Place): string[] {
	if (place.in === "refs")
		return [
			`DELETE FROM "${place.table}" j USING ${rowsOf(type, ["key"])} WHERE j."${place.owner}" = r.key`,
			`INSERT INTO "${place.table}" ("${place.owner}", "${place.ref}", position)
				SELECT r.key, v.ref, (v.n - 1)::integer FROM ${rowsOf(type, ["key", field])}
				CROSS JOIN LATERAL jsonb_array_elements_text(r."${field}") WITH ORDINALITY AS v(ref, n)`,
		];
	if (place.in === "signatories")
		return [
			`DELETE FROM agreement_signatory j USING ${rowsOf(type, ["key"])} WHERE j.agreement = r.key`,
			`INSERT INTO agreement_signatory (agreement, position, name, organisation)
				SELECT r.key, (v.n - 1)::integer, v.s->>'name', v.s->>'organisation' FROM ${rowsOf(type, ["key", field])}
				CROSS JOIN LATERAL jsonb_array_elements(r."${field}") WITH ORDINALITY AS v(s, n)`,
		];
	return [];
}

/** References within a kind come last, over all chunks. */
const isLast = (sql: string) => sql.startsWith("UPDATE");

function* chunksOf<R>(records: readonly R[]): Generator<string> {
	let chunk: string[] = [];
	let characters = 0;
	for (const record of records) {
		const json = JSON.stringify(record);
		if (chunk.length > 0 && (chunk.length === CHUNK || characters + json.length > CHUNK_CHARACTERS)) {
			yield `[${chunk.join(",")}]`;
			chunk = [];
			characters = 0;
		}
		chunk.push(json);
		characters += json.length;
	}
	if (chunk.length > 0) yield `[${chunk.join(",")}]`;
}

/**
 * Inserts or replaces records, each key at most once. References must exist already or be among `records`. Every saved decision gets a
 * new version, every event a new revision: hand over only what has really changed.
 */
export async function saveRecords<T extends RecordType>(
	tx: Tx,
	type: T,
	records: readonly RecordOf[T][],
	stamp: Stamp,
): Promise<void> {
	if (records.length === 0) return;
	const all = statements(type);
	const stamps = [stamp.at.toString(), stamp.author].slice(0, STAMPS[type]?.length ?? 0);
	for (const last of [false, true])
		for (const json of chunksOf(records))
			for (const [index, sql] of all.entries())
				if (isLast(sql) === last) await tx.$executeRawUnsafe(sql, json, ...(index === 0 ? stamps : []));
	if (type === "decision")
		for (const json of chunksOf(records)) await tx.$executeRawUnsafe(VERSIONS, json, ...versionOf(stamp));
}

const VERSIONS = `INSERT INTO decision_version (decision, version, content, change, author, at)
	SELECT r->>'key', 1 + coalesce((SELECT max(v.version) FROM decision_version v WHERE v.decision = r->>'key'), 0), r,
		$2::text, $3::text::uuid, $4::text::timestamptz
	FROM jsonb_array_elements($1::text::jsonb) AS r`;
const versionOf = ({ at, author, change }: Stamp) => [change, author, at.toString()];

/** Deletes records that nothing refers to any more. Decisions stay for ever. */
export async function deleteRecords(
	tx: Tx,
	type: Exclude<RecordType, "decision">,
	keys: readonly Key[],
): Promise<void> {
	if (keys.length === 0) return;
	await tx.$executeRawUnsafe(
		`DELETE FROM "${TABLES[type].name}" WHERE key IN (SELECT jsonb_array_elements_text($1::text::jsonb))`,
		JSON.stringify(keys),
	);
}

/** Takes these channels' addresses from them until they are saved anew or deleted: an import may hand an address from one to another. */
export async function freeAddresses(tx: Tx, channels: readonly Key[]): Promise<void> {
	if (channels.length === 0) return;
	await tx.$executeRaw`UPDATE channel SET address = 'moving ' || key
		WHERE key IN (SELECT jsonb_array_elements_text(${JSON.stringify(channels)}::text::jsonb))`;
}
