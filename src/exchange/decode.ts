/** Bytes of a CSV file to text, piece by piece; what is no UTF-8 is named with its line. */
import type { Text } from "../lib/text.ts";
import { Refusal } from "./refusal.ts";

const CSV_UTF8: Text = {
	de: "UTF-8 (in Excel: „CSV UTF-8“ als Dateityp wählen)",
	en: 'UTF-8 (in Excel, choose the file type "CSV UTF-8")',
};

const starts = (bytes: Uint8Array, ...with_: number[]) => with_.every((byte, index) => bytes[index] === byte);

/** What a file really is whose first bytes are these, where its name promises a table of text. */
function otherKind(bytes: Uint8Array): Text | null {
	if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff))
		return {
			de: "das ist nicht in UTF-8, sondern in UTF-16 geschrieben",
			en: "this is not written in UTF-8 but in UTF-16",
		};
	if (starts(bytes, 0x50, 0x4b, 3, 4))
		return {
			de: "das ist keine CSV-Datei, sondern eine Arbeitsmappe oder ein ZIP-Archiv",
			en: "this is no CSV file but a workbook or a ZIP archive",
		};
	if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
		return {
			de: "das ist keine CSV-Datei, sondern eine Arbeitsmappe des alten Excel",
			en: "this is no CSV file but a workbook of the old Excel",
		};
	if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return { de: "das ist ein PDF", en: "this is a PDF" };
	return null;
}

/** How many bytes at the end begin a character that is not yet complete. */
function unfinished(bytes: Uint8Array): number {
	for (let back = 1; back <= 3 && back <= bytes.length; back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
		if (byte < 0x80) return 0;
	}
	return 0;
}

const LINE_FEED = 10;

/** @returns the index of the first line of `bytes` that is no UTF-8 */
function badLine(bytes: Uint8Array): number {
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	for (let from = 0, line = 0; from < bytes.length; line++) {
		const end = bytes.indexOf(LINE_FEED, from);
		try {
			decoder.decode(bytes.subarray(from, end === -1 ? bytes.length : end));
		} catch {
			return line;
		}
		if (end === -1) return line;
		from = end + 1;
	}
	return 0;
}

function count(bytes: Uint8Array): number {
	let lines = 0;
	for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
	return lines;
}

/**
 * Without a BOM.
 * @throws Refusal
 */
export async function* decodeUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	let line = 1;
	let rest: Uint8Array = new Uint8Array();
	let first = true;
	const refuse = () =>
		new Refusal({ de: "das ist nicht in UTF-8 geschrieben", en: "this is not written in UTF-8" }, CSV_UTF8, line);
	for await (const piece of pieces) {
		const other = first ? otherKind(piece) : null;
		if (other !== null) throw new Refusal(other, CSV_UTF8);
		first = false;
		const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
		const whole = bytes.subarray(0, bytes.length - unfinished(bytes));
		let text: string;
		try {
			text = decoder.decode(whole, { stream: true });
		} catch {
			line += badLine(whole);
			throw refuse();
		}
		line += count(whole);
		rest = bytes.slice(whole.length);
		if (text !== "") yield text;
	}
	if (rest.length > 0) throw refuse();
}
