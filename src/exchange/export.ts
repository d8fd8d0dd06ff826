/**
 * The database as a network folder or workbook: all kinds, sorted by key, so that the same network always gives the same bytes. Records
 * are read in pages and written as they come; what is not complete never stands under its name.
 */
import { mkdir, open, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Db, Prisma, type Tx } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import { UserError } from "../lib/errors.ts";
import { eachRecord } from "../network/load.ts";
import { RECORD_TYPES, type RecordOf, type RecordType } from "../network/records.ts";
import { FILES, type FileSpec } from "./columns.ts";
import { csvLine } from "./csv.ts";
import { guard } from "./guard.ts";
import { writeNetworkBook } from "./network-book.ts";
import type { Sink } from "./workbook/zip.ts";

/** One snapshot, so that no record refers to one that came or went meanwhile. */
const inSnapshot = <T>(db: Db, read: (tx: Tx) => Promise<T>) =>
	inTransaction(db, read, { isolation: Prisma.TransactionIsolationLevel.RepeatableRead, timeoutMs: 600_000 });

/** A path ending in `.xlsx` becomes a workbook, any other a folder. @throws UserError */
export async function exportNetwork(db: Db, path: string): Promise<void> {
	await (/\.xlsx$/i.test(path) ? exportWorkbook(db, path) : exportFolder(db, path));
}

/**
 * Writes all files, also those of kinds without records, over what is there under their names: importing the folder with `--prune`
 * then gives exactly this network. Nothing is replaced before all is written.
 * @throws UserError when the path is not a folder and cannot become one
 */
export async function exportFolder(db: Db, path: string): Promise<void> {
	const info = await stat(path).catch(() => null);
	if (info !== null && !info.isDirectory())
		throw new UserError({
			de: `„${path}“ ist kein Ordner. Geben Sie einen Ordner an (ein neuer wird angelegt), oder einen Namen, der auf .xlsx endet.`,
			en: `"${path}" is not a folder. Name a folder (a new one is made), or a name that ends in .xlsx.`,
		});
	await mkdir(path, { recursive: true });
	// A dot in front, so that import passes over what a crash leaves behind.
	const halves = RECORD_TYPES.map((type) => FILES[type].name).map((name) => ({
		half: join(path, `.${name}.csv.new`),
		whole: join(path, `${name}.csv`),
	}));
	try {
		await inSnapshot(db, async (tx) => {
			for (const [index, type] of RECORD_TYPES.entries()) await writeKind(tx, type, halves[index]?.half ?? "");
		});
		for (const { half, whole } of halves) await rename(half, whole);
	} catch (error) {
		for (const { half } of halves) await rm(half, { force: true });
		// Goes only when it is empty.
		if (info === null) await rmdir(path).catch(() => {});
		throw error;
	}
}

const writeSnapshot = (db: Db, sink: Sink) =>
	inSnapshot(db, (tx) => writeNetworkBook(sink, (type) => eachRecord(tx, type)));

/** @throws UserError when there is a folder of this name, or none to write into, or a text is too long for a worksheet */
async function exportWorkbook(db: Db, path: string): Promise<void> {
	await writeFileWhole(path, (sink) => writeSnapshot(db, sink));
}

/**
 * The network as a workbook in memory; null = it would be larger.
 * @param most bytes
 * @throws UserError when a text is too long for a worksheet
 */
export async function networkWorkbook(db: Db, most: number): Promise<Uint8Array | null> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	const full = new Error("larger");
	const write = async (bytes: Uint8Array) => {
		size += bytes.length;
		if (size > most) throw full;
		pieces.push(bytes);
	};
	try {
		await writeSnapshot(db, { write });
	} catch (error) {
		if (error === full) return null;
		throw error;
	}
	return Buffer.concat(pieces);
}

/** @throws UserError */
export async function writeFileWhole(path: string, write: (sink: Sink) => Promise<void>): Promise<void> {
	const [info, folder] = await Promise.all([stat(path), stat(dirname(path))].map((one) => one.catch(() => null)));
	if (folder?.isDirectory() !== true || (info != null && !info.isFile()))
		throw new UserError({
			de: `„${path}“ lässt sich nicht schreiben: Dort ist etwas anderes, oder es gibt den Ordner nicht.`,
			en: `"${path}" cannot be written: something else is there, or there is no such folder.`,
		});
	const half = join(dirname(path), `.${basename(path)}.new`);
	const file = await open(half, "w");
	try {
		await write({
			write: async (bytes) => {
				await file.writeFile(bytes);
			},
		});
		await file.close();
		await rename(half, path);
	} catch (error) {
		await file.close().catch(() => {});
		await rm(half, { force: true });
		throw error;
	}
}

const LINES_AT_ONCE = 1_000;

/** A record as a line of its file. */
export function recordLine<T extends RecordType>(type: T, record: RecordOf[T]): string {
	const { columns }: FileSpec<RecordOf[T]> = FILES[type];
	return csvLine(columns.map((column) => (column.unguarded ? column.write(record) : guard(column.write(record)))));
}

export const headerLine = (type: RecordType): string => csvLine(FILES[type].columns.map(({ name }) => name));

async function writeKind<T extends RecordType>(tx: Tx, type: T, path: string): Promise<void> {
	const file = await open(path, "w");
	try {
		let lines = [headerLine(type)];
		for await (const record of eachRecord(tx, type)) {
			lines.push(recordLine(type, record));
			if (lines.length < LINES_AT_ONCE) continue;
			await file.writeFile(lines.join(""));
			lines = [];
		}
		await file.writeFile(lines.join(""));
	} finally {
		await file.close();
	}
}
