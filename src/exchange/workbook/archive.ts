/** The ZIP archive that a workbook is, opened with distrust: nothing is unpacked to disk, and everything has a limit. */
import type { Entry, ZipFile } from "yauzl";
import { Excess, Refusal } from "../refusal.ts";
import type { Opened } from "../source.ts";

const MOST_ENTRIES = 2_000;
/** Of all parts together, unpacked. */
const MOST_BYTES = 1024 ** 3;
/** Tables shrink to a tenth; a bomb to a thousandth. Small parts may be anything. */
const STEEPEST = 250;
const STEEP_FROM = 4 * 1024 * 1024;

export interface Archive {
	names: ReadonlySet<string>;
	/** @throws Refusal when there is no such part */
	pieces(name: string): AsyncIterable<Uint8Array>;
}

const BOMB = {
	de: "das Archiv wird beim Entpacken übermäßig groß (ZIP-Bombe)",
	en: "the archive becomes excessively large when unpacked (ZIP bomb)",
};
const DAMAGED = { de: "die Arbeitsmappe ist beschädigt oder keine", en: "the workbook is damaged, or is none" };
const RESAVE = {
	de: "eine mit Excel oder LibreOffice als „.xlsx“ gespeicherte Arbeitsmappe",
	en: 'a workbook saved as ".xlsx" by Excel or LibreOffice',
};

const isLink = ({ externalFileAttributes }: Entry) => ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;

function check(entry: Entry, seen: ReadonlyMap<string, Entry>): void {
	if (entry.isEncrypted())
		throw new Refusal({ de: "die Arbeitsmappe ist verschlüsselt", en: "the workbook is encrypted" }, NO_PASSWORD);
	if (seen.has(entry.fileName) || isLink(entry) || (entry.compressionMethod !== 0 && entry.compressionMethod !== 8))
		throw new Refusal(DAMAGED, RESAVE);
	if (entry.uncompressedSize > STEEP_FROM && entry.uncompressedSize > entry.compressedSize * STEEPEST)
		throw new Excess(BOMB, RESAVE);
	if (/(^|\/)vbaProject\.bin$/i.test(entry.fileName))
		throw new Refusal(
			{ de: "die Arbeitsmappe enthält Makros", en: "the workbook contains macros" },
			{ de: "eine Arbeitsmappe ohne Makros (.xlsx)", en: "a workbook without macros (.xlsx)" },
		);
}

const NO_PASSWORD = {
	de: "eine Arbeitsmappe ohne Kennwort (Datei → Informationen → Arbeitsmappe schützen)",
	en: "a workbook without a password (File → Info → Protect Workbook)",
};

/** Parts whose bytes are those of others too make a small archive endless. */
function checkOverlaps(entries: Iterable<Entry>): void {
	let end = 0;
	for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
		if (entry.relativeOffsetOfLocalHeader < end) throw new Excess(BOMB, RESAVE);
		end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
	}
}

async function firstBytes(file: Opened): Promise<Uint8Array> {
	for await (const piece of file.pieces()) return piece.subarray(0, 8);
	return new Uint8Array();
}

/** @throws Refusal */
export async function openArchive(file: Opened): Promise<Archive> {
	const head = Buffer.from(await firstBytes(file)).toString("latin1");
	// Excel wraps a workbook with a password, and its old format, into the same container.
	if (head.startsWith("\xd0\xcf\x11\xe0"))
		throw new Refusal(
			{
				de: "die Arbeitsmappe ist mit einem Kennwort geschützt oder im alten Format (.xls)",
				en: "the workbook is protected by a password, or in the old format (.xls)",
			},
			{
				de: "eine Arbeitsmappe ohne Kennwort, als „.xlsx“ gespeichert",
				en: 'a workbook without a password, saved as ".xlsx"',
			},
		);
	try {
		return await list(await file.zip());
	} catch (error) {
		throw error instanceof Refusal ? error : new Refusal(DAMAGED, RESAVE);
	}
}

async function list(zip: ZipFile): Promise<Archive> {
	if (zip.entryCount > MOST_ENTRIES)
		throw new Refusal(
			{
				de: `das Archiv hat ${zip.entryCount} Teile; das ist keine Arbeitsmappe`,
				en: `the archive has ${zip.entryCount} parts; that is no workbook`,
			},
			RESAVE,
		);
	const entries = new Map<string, Entry>();
	let total = 0;
	for await (const entry of zip.eachEntry()) {
		check(entry, entries);
		entries.set(entry.fileName, entry);
		total += entry.uncompressedSize;
	}
	if (total > MOST_BYTES) throw new Excess(BOMB, RESAVE);
	checkOverlaps(entries.values());
	return {
		names: new Set(entries.keys()),
		async *pieces(name) {
			const entry = entries.get(name);
			if (entry === undefined) throw new Refusal(DAMAGED, RESAVE);
			try {
				// The size is checked as the bytes come: a part that is larger than it says ends here.
				for await (const piece of await zip.openReadStreamPromise(entry)) yield piece;
			} catch (error) {
				throw error instanceof Refusal ? error : new Refusal(DAMAGED, RESAVE);
			}
		},
	};
}
