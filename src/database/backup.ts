/**
 * A backup of the embedded database, made while it is used. Its files are copied in a moment in which no transaction runs, as a crash in
 * that moment would leave them; packing them takes longer and holds nobody up.
 */
import { createHash, type Hash } from "node:crypto";
import { constants, createReadStream, createWriteStream, readFileSync, statSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { UserError } from "../lib/errors.ts";
import type { Database } from "./client.ts";
import { listMigrations } from "./migrations.ts";
import { BrokenArchive, type Entry, readTar, writeTar } from "./tar.ts";

const FIRST = "backup.json";
const LAST = "end.json";
const CLUSTER = "database/";
/** Belongs to the process that runs, not to the data. */
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts"]);

const about = z.object({ format: z.literal(1), made: z.string(), migrations: z.array(z.string()) });
export type About = z.infer<typeof about>;
const end = z.object({ files: z.number(), sha256: z.string() });

const PIECE = 1024 ** 2;

async function* inMemory(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
	yield Buffer.from(content);
}

/** The same bytes in pieces of a useful size. */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let held: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of source) {
		held.push(chunk);
		size += chunk.length;
		if (size < PIECE) continue;
		yield Buffer.concat(held);
		held = [];
		size = 0;
	}
	yield Buffer.concat(held);
}

const small = (name: string, value: object): Entry => {
	const text = JSON.stringify(value);
	return { name, size: Buffer.byteLength(text), content: inMemory(text) };
};

/** What has gone through it, so that a file that was cut or changed is noticed. */
function summing(): { pass(entry: Entry): Entry; files(): number; sha256(): string } {
	const hash: Hash = createHash("sha256");
	let files = 0;
	return {
		pass({ name, size, content }) {
			files += 1;
			hash.update(`${name}\0${size}\0`);
			async function* through() {
				for await (const chunk of content) {
					hash.update(chunk);
					yield chunk;
				}
			}
			return { name, size, content: through() };
		},
		files: () => files,
		sha256: () => hash.copy().digest("hex"),
	};
}

async function* entriesOf(dir: string, made: Temporal.Instant): AsyncGenerator<Entry> {
	const migrations = (await listMigrations()).map(({ name }) => name);
	const told: About = { format: 1, made: made.toString(), migrations };
	yield small(FIRST, told);
	const sum = summing();
	for (const found of await readdir(dir, { recursive: true, withFileTypes: true })) {
		if (!found.isFile() && !found.isDirectory()) continue;
		const path = join(found.parentPath, found.name);
		const name = CLUSTER + relative(dir, path).split(sep).join("/");
		if (found.isDirectory()) yield sum.pass({ name: `${name}/`, size: 0, content: inMemory("") });
		else if (!LEFT_OUT.has(found.name)) {
			const { size } = statSync(path);
			// A thousand small files: fetched one by one in the background they would wait for a busy bot a thousand times.
			const content = size <= PIECE ? inMemory(readFileSync(path)) : createReadStream(path, { highWaterMark: PIECE });
			yield sum.pass({ name, size, content });
		}
	}
	yield small(LAST, { files: sum.files(), sha256: sum.sha256() });
}

/** @throws UserError on a server, which has tools of its own */
function clusterOf({ pglite }: Database): { pglite: NonNullable<Database["pglite"]>; dir: string } {
	if (pglite?.dataDir === undefined)
		throw new UserError({
			de: 'Die Datenbank liegt auf einem PostgreSQL-Server. Sichern Sie sie dort: pg_dump --format=custom --no-owner --exclude-table-data=record_change --file=lotse.dump "$DATABASE_URL"',
			en: 'The database is on a PostgreSQL server. Back it up there: pg_dump --format=custom --no-owner --exclude-table-data=record_change --file=lotse.dump "$DATABASE_URL"',
		});
	return { pglite, dir: pglite.dataDir };
}

/**
 * Writes the backup to `file`, complete or not at all.
 * @returns its size in bytes
 */
export async function backUp(database: Database, file: string, made: Temporal.Instant): Promise<number> {
	const { pglite, dir } = clusterOf(database);
	const copy = join(dirname(dir), "backup.tmp");
	const half = `${file}.part`;
	await rm(copy, { recursive: true, force: true });
	try {
		// What is in the files already need not be read from the journal when the backup is opened.
		await pglite.exec("CHECKPOINT");
		await mkdir(copy, { mode: 0o700 });
		await pglite.transaction(() => cp(dir, copy, { recursive: true, mode: constants.COPYFILE_FICLONE }));
		const target = createWriteStream(half, { mode: 0o600, flush: true });
		await pipeline(Readable.from(inPieces(writeTar(entriesOf(copy, made)))), createGzip({ level: 6 }), target);
		await rename(half, file);
		return (await stat(file)).size;
	} catch (error) {
		await rm(half, { force: true });
		throw error;
	} finally {
		await rm(copy, { recursive: true, force: true });
	}
}

const noBackup = (file: string) =>
	new UserError({
		de: `${file} ist keine Sicherung von Lotse oder beschädigt. Es wurde nichts verändert.`,
		en: `${file} is no backup of Lotse, or damaged. Nothing was changed.`,
	});

async function jsonOf<T>({ content, size }: Entry, shape: z.ZodType<T>): Promise<T> {
	if (size > 1_000_000) throw new BrokenArchive("too long");
	const pieces: Uint8Array[] = [];
	for await (const piece of content) pieces.push(piece);
	return shape.parse(JSON.parse(Buffer.concat(pieces).toString("utf8")));
}

async function refuseNewer({ migrations }: About): Promise<void> {
	const known = new Set((await listMigrations()).map(({ name }) => name));
	const newer = migrations.filter((name) => !known.has(name));
	if (newer.length > 0)
		throw new UserError({
			de: `Die Sicherung stammt von einer neueren Version von Lotse (Schema „${newer.at(-1)}“). Installieren Sie diese Version, und stellen Sie dann wieder her.`,
			en: `The backup comes from a newer version of Lotse (schema "${newer.at(-1)}"). Install that version, then restore.`,
		});
}

/** Lays the cluster of a backup down in `dir`, which must not exist. @throws UserError where it is damaged or too new */
export async function unpackBackup(file: string, dir: string): Promise<About> {
	const sum = summing();
	let found: About | null = null;
	let complete = false;
	await mkdir(dir, { recursive: true, mode: 0o700 });
	const archive = createReadStream(file);
	try {
		const unpacked = archive.pipe(createGunzip());
		archive.once("error", (error) => unpacked.destroy(error));
		for await (const entry of readTar(unpacked)) {
			if (found === null) {
				if (entry.name !== FIRST) throw new BrokenArchive("begins otherwise");
				found = await jsonOf(entry, about);
				await refuseNewer(found);
			} else if (entry.name === LAST) {
				const told = await jsonOf(entry, end);
				complete = told.files === sum.files() && told.sha256 === sum.sha256();
			} else await layDown(sum.pass(entry), dir);
		}
	} catch (error) {
		if (error instanceof UserError) throw error;
		const code = error instanceof Error && "code" in error ? String(error.code) : "";
		// A disk that is full or a file that may not be read is another matter than a damaged archive.
		if (/^E[A-Z]+$/u.test(code)) throw error;
		throw noBackup(file);
	} finally {
		archive.destroy();
	}
	if (found === null || !complete) throw noBackup(file);
	return found;
}

async function layDown({ name, content }: Entry, dir: string): Promise<void> {
	const parts = name.slice(CLUSTER.length).split("/");
	if (!name.startsWith(CLUSTER) || parts.includes("..") || name.includes("\\"))
		throw new BrokenArchive("a path outside");
	const path = join(dir, ...parts);
	if (name.endsWith("/")) {
		await mkdir(path, { recursive: true, mode: 0o700 });
		for await (const _ of content) throw new BrokenArchive("a folder with content");
		return;
	}
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600, flags: "wx", flush: false }));
}
