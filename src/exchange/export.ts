/** The database as a network folder: all files, sorted by key, so that the same network always gives the same bytes. */
import { mkdir, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Db, Prisma } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import { UserError } from "../lib/errors.ts";
import { loadNetwork } from "../network/load.ts";
import { type Network, RECORD_TYPES, type RecordOf, type RecordType } from "../network/records.ts";
import { FILES, type FileSpec } from "./columns.ts";
import { csvLine } from "./csv.ts";
import { guard } from "./guard.ts";

/**
 * Writes all files, also those of kinds without records, over what is there under their names: importing the folder with `--prune`
 * then gives exactly this network.
 * @returns the number of records by file name without `.csv`
 * @throws UserError when the path is not a folder and cannot become one
 */
export async function exportFolder(db: Db, path: string): Promise<Record<string, number>> {
	const info = await stat(path).catch(() => null);
	if (info !== null && !info.isDirectory())
		throw new UserError({
			de: `„${path}“ ist kein Ordner. Geben Sie einen Ordner an; ein neuer wird angelegt.`,
			en: `"${path}" is not a folder. Name a folder; a new one is made.`,
		});
	await mkdir(path, { recursive: true });
	// One snapshot, so that no record refers to one that came or went meanwhile.
	const network = await inTransaction(db, loadNetwork, {
		isolation: Prisma.TransactionIsolationLevel.RepeatableRead,
		timeoutMs: 600_000,
	});
	const counts: Record<string, number> = {};
	for (const type of RECORD_TYPES) counts[FILES[type].name] = await writeKind(path, type, network);
	return counts;
}

const LINES_AT_ONCE = 1_000;

/** A file's lines, the header first. */
export function* fileLines<T extends RecordType>(type: T, records: Iterable<RecordOf[T]>): Generator<string> {
	const { columns }: FileSpec<RecordOf[T]> = FILES[type];
	yield csvLine(columns.map((column) => column.name));
	for (const record of records)
		yield csvLine(columns.map((column) => (column.unguarded ? column.write(record) : guard(column.write(record)))));
}

async function writeKind<T extends RecordType>(path: string, type: T, network: Network): Promise<number> {
	const { name } = FILES[type];
	const records: ReadonlyMap<string, RecordOf[T]> = network[type];
	// A dot in front, so that import passes over what a crash leaves behind.
	const half = join(path, `.${name}.csv.new`);
	const file = await open(half, "w");
	try {
		let lines: string[] = [];
		for (const line of fileLines(type, records.values())) {
			lines.push(line);
			if (lines.length < LINES_AT_ONCE) continue;
			await file.write(lines.join(""));
			lines = [];
		}
		await file.write(lines.join(""));
	} finally {
		await file.close();
	}
	await rename(half, join(path, `${name}.csv`));
	return records.size;
}
