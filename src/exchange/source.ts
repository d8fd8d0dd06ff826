/** What an import was given: a folder of CSV files, one CSV file or one workbook, on disk or as bytes out of a chat. */
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import { fromBufferPromise, fromFdPromise, type ZipFile } from "yauzl";
import { UserError } from "../lib/errors.ts";
import { FILES_WORDS, kindOf } from "./kinds.ts";
import { Refusal } from "./refusal.ts";

export interface Opened extends AsyncDisposable {
	/** In bytes. */
	size: number;
	pieces(): AsyncIterable<Uint8Array>;
	zip(): Promise<ZipFile>;
}

export interface SourceFile {
	/** Without the folder. */
	name: string;
	/** @throws Refusal when it is no file that may be read */
	open(): Promise<Opened>;
}

/** Never written to, so it may be read twice: for the import and for the workbook of its faults. */
export interface Source {
	/** By their names' order; of a workbook just that one. */
	files: readonly SourceFile[];
}

/** As they came in a chat. */
export interface NamedBytes {
	name: string;
	bytes: Uint8Array;
}

const ZIP_OPTIONS = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true };

/** @throws UserError when no import reads such files */
export function sourceOf(files: readonly NamedBytes[]): Source {
	for (const { name } of files) kindOf(name, "alone");
	if (files.length > 1 && files.some(({ name }) => kindOf(name, "alone") === "workbook"))
		throw new UserError({
			de: "Bitte entweder eine Arbeitsmappe (.xlsx) oder mehrere CSV-Dateien.",
			en: "Either one workbook (.xlsx) or several CSV files, please.",
		});
	return {
		files: files.map(({ name, bytes }) => ({
			name: basename(name),
			open: async () => ({
				size: bytes.length,
				pieces: () => slices(bytes),
				zip: () => fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), ZIP_OPTIONS),
				[Symbol.asyncDispose]: async () => {},
			}),
		})),
	};
}

/** With a breath between them: beside a chat that others talk in, nothing may keep the process busy for long. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let from = 0; from < bytes.length; from += PIECE) {
		if (from > 0) await breath();
		yield bytes.subarray(from, from + PIECE);
	}
}

/** @throws UserError when there is nothing at the path that an import reads */
export async function sourceAt(path: string): Promise<Source> {
	const info = await stat(path).catch(() => null);
	if (info === null)
		throw new UserError({
			de: `Den Ordner oder die Datei „${path}“ gibt es nicht.`,
			en: `There is no folder or file "${path}".`,
		});
	if (info.isDirectory()) return { files: await folderFiles(path) };
	if (!info.isFile())
		throw new UserError({
			de: `„${path}“ ist weder Ordner noch Datei. ${FILES_WORDS.de}`,
			en: `"${path}" is neither a folder nor a file. ${FILES_WORDS.en}`,
		});
	kindOf(path, "alone");
	return { files: [{ name: basename(path), open: () => openFile(path) }] };
}

/** A link may lead to another place in the same folder, as containers mount their files, and nowhere else. */
async function folderFiles(folder: string): Promise<SourceFile[]> {
	const root = await realpath(folder);
	return (await readdir(folder)).sort().map((name) => ({
		name,
		open: async () => {
			const path = join(folder, name);
			if (!(await lstat(path)).isSymbolicLink()) return await openFile(path);
			const target = await realpath(path).catch(() => null);
			if (target === null || !target.startsWith(root + sep))
				throw new Refusal({
					de: "das ist ein Verweis auf eine Datei außerhalb des Ordners",
					en: "this is a link to a file outside of the folder",
				});
			return await openFile(target);
		},
	}));
}

/** Without waiting for the other end of a pipe; what was opened is looked at, not what the path named a moment ago. */
async function openFile(path: string): Promise<Opened> {
	const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
	if (handle === null) throw new Refusal({ de: "die Datei lässt sich nicht öffnen", en: "the file cannot be opened" });
	const info = await handle.stat();
	if (!info.isFile()) {
		await handle.close();
		throw new Refusal({ de: "dies ist keine Datei", en: "this is not a file" });
	}
	return {
		size: info.size,
		pieces: () => readPieces(handle),
		zip: () => fromFdPromise(handle.fd, ZIP_OPTIONS),
		[Symbol.asyncDispose]: () => handle.close(),
	};
}

const PIECE = 64 * 1024;

/** Not a stream of the handle: that closes it for other readers when one stops early. */
async function* readPieces(handle: FileHandle): AsyncGenerator<Uint8Array> {
	for (let position = 0; ; ) {
		const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, position);
		if (bytesRead === 0) return;
		yield buffer.subarray(0, bytesRead);
		position += bytesRead;
	}
}
