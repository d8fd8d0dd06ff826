/** Opens a network folder: which files are there, and what is in them. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../lib/errors.ts";
import { nearestWords } from "../lib/fold.ts";
import { RECORD_TYPES, type RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import { parseCsv, separatorOf } from "./csv.ts";
import type { Fault } from "./fault.ts";
import { type GivenFile, readSheet } from "./sheet.ts";

export interface Folder {
	/** In the order of RECORD_TYPES. */
	files: GivenFile[];
	faults: Fault[];
}

/** Far above any network; beyond it something else was named. */
const LARGEST_FILE = 256 * 1024 * 1024;

const isPassedOver = (name: string) => /^(\.|README)|\.md$/.test(name);

const whole = (file: string, de: string, en: string, more: Partial<Fault> = {}): Fault => ({
	file,
	line: 1,
	column: null,
	problem: { de, en },
	expected: null,
	nearest: null,
	...more,
});

/** @throws UserError when there is no such folder. */
export async function readFolder(path: string, progress: (file: string) => void = () => {}): Promise<Folder> {
	const info = await stat(path).catch(() => null);
	if (info === null)
		throw new UserError({ de: `Den Ordner „${path}“ gibt es nicht.`, en: `There is no folder "${path}".` });
	if (!info.isDirectory())
		throw new UserError({
			de: `„${path}“ ist kein Ordner. Lotse liest Ordner mit CSV-Dateien wie contacts.csv.`,
			en: `"${path}" is not a folder. Lotse reads folders of CSV files such as contacts.csv.`,
		});
	const names = RECORD_TYPES.map((type) => `${FILES[type].name}.csv`);
	const present = new Set((await readdir(path)).filter((name) => !isPassedOver(name)));
	const faults = [...present]
		.filter((name) => !names.includes(name))
		.sort()
		.map((name) =>
			whole(name, "diese Datei ist unbekannt", "this file is unknown", {
				expected: { de: `eine von ${names.join(", ")}`, en: `one of ${names.join(", ")}` },
				nearest: nearestWords(name, names, 1)[0] ?? null,
			}),
		);
	const files: GivenFile[] = [];
	for (const type of RECORD_TYPES) {
		const file = `${FILES[type].name}.csv`;
		if (!present.has(file)) continue;
		progress(file);
		files.push(await readCsv(type, join(path, file), file, faults));
	}
	return { files, faults };
}

async function readCsv(type: RecordType, path: string, file: string, faults: Fault[]): Promise<GivenFile> {
	const nothing: GivenFile = { type, file, rows: [] };
	const info = await stat(path);
	if (!info.isFile()) {
		faults.push(whole(file, "dies ist keine Datei", "this is not a file"));
		return nothing;
	}
	if (info.size > LARGEST_FILE) {
		faults.push(whole(file, "die Datei ist größer als 256 MB", "the file is larger than 256 MB"));
		return nothing;
	}
	const bytes = await readFile(path);
	const text = decode(bytes);
	if (text === null) {
		faults.push({
			...whole(file, "das ist nicht in UTF-8 geschrieben", "this is not written in UTF-8"),
			line: firstBadLine(bytes),
			expected: {
				de: "UTF-8 (in Excel: „CSV UTF-8“ als Dateityp wählen)",
				en: 'UTF-8 (in Excel, choose the file type "CSV UTF-8")',
			},
		});
		return nothing;
	}
	const { rows, broken } = parseCsv(text, separatorOf(text));
	if (broken !== null)
		faults.push({ file, line: broken.line, column: null, problem: broken.problem, expected: null, nearest: null });
	return readSheet(type, file, rows, faults);
}

/** Without a BOM; null = not UTF-8. */
function decode(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

const LINE_FEED = 10;

function firstBadLine(bytes: Uint8Array): number {
	let line = 1;
	for (let from = 0; from < bytes.length; line++) {
		const end = bytes.indexOf(LINE_FEED, from);
		const stop = end === -1 ? bytes.length : end;
		if (decode(bytes.subarray(from, stop)) === null) return line;
		from = stop + 1;
	}
	return 1;
}
