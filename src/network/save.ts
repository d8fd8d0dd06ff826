/** Writes records in bulk: each statement takes a chunk of records as one JSON value; no statement is made from data. */
import type { Tx } from "../database/client.ts";
import type { Key, RecordOf, RecordType } from "./records.ts";
import { type Step, stampsOf, stepsOf } from "./steps.ts";
import { TABLES } from "./tables.ts";

/** When, by whom and why: what events and decisions remember of being written. */
export interface Stamp {
	at: Temporal.Instant;
	/** A person's id; null = nobody known (an import on the command line). */
	author: string | null;
	/** Kind of the new version of a decision. */
	change: "new" | "amended" | "status" | "undone" | "imported";
}

/** Well above the thousand keys from which the triggers note a change of the whole kind instead of each key. */
const CHUNK = 4_000;
const CHUNK_CHARACTERS = 2_000_000;

/** JSON lists of rows. */
function* chunksOf(rows: Iterable<unknown>): Generator<string> {
	let chunk: string[] = [];
	let characters = 0;
	for (const row of rows) {
		const json = JSON.stringify(row);
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

function* rowsFor(records: readonly object[], { rows }: Step): Generator<unknown> {
	for (const record of records) yield* rows(record);
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
	const stamps = [stamp.at.toString(), stamp.author].slice(0, stampsOf(type));
	for (const step of stepsOf(type))
		for (const json of chunksOf(rowsFor(records, step)))
			await tx.$executeRawUnsafe(step.sql, json, ...(step.stamped ? stamps : []));
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
