/**
 * RFC 4180, with the line of every row: csv-parse counts a CRLF inside quotes twice, and a fault has to name the right line.
 * Written with `,` and LF.
 */
import type { Text } from "../lib/text.ts";

export interface Row {
	/** Line on which it begins, from 1. */
	line: number;
	cells: string[];
}

export interface Sheet {
	rows: Row[];
	/** Why reading ended early. */
	broken: { line: number; problem: Text } | null;
}

/** The header row tells: whichever comes first outside of a name. */
export const separatorOf = (text: string): "," | ";" => (/^[^\r\n,;]*;/.test(text) ? ";" : ",");

const NEWLINE = /\r\n|\n|\r/g;
const newlines = (text: string) => text.match(NEWLINE)?.length ?? 0;

/** Empty lines, and lines of nothing but separators as spreadsheets leave them, are no rows. */
export function parseCsv(text: string, separator: "," | ";"): Sheet {
	const rows: Row[] = [];
	const plain = separator === "," ? /[^,\r\n]*/y : /[^;\r\n]*/y;
	let at = 0;
	let line = 1;
	while (at < text.length) {
		const row: Row = { line, cells: [] };
		for (;;) {
			if (text[at] === '"') {
				const end = closingQuote(text, at);
				if (end === -1) return { rows, broken: unclosed(line) };
				const content = text.slice(at + 1, end);
				line += newlines(content);
				row.cells.push(content.replaceAll('""', '"'));
				at = end + 1;
				if (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r")
					return { rows, broken: afterQuote(line) };
			} else {
				plain.lastIndex = at;
				const content = plain.exec(text)?.[0] ?? "";
				row.cells.push(content);
				at += content.length;
			}
			if (text[at] !== separator) break;
			at++;
		}
		if (row.cells.some((cell) => cell !== "")) rows.push(row);
		at += text.startsWith("\r\n", at) ? 2 : 1;
		line++;
	}
	return { rows, broken: null };
}

function closingQuote(text: string, opening: number): number {
	for (let at = text.indexOf('"', opening + 1); at !== -1; at = text.indexOf('"', at + 2))
		if (text[at + 1] !== '"') return at;
	return -1;
}

const unclosed = (line: number) => ({
	line,
	problem: {
		de: "ein Anführungszeichen, das hier beginnt, wird nicht geschlossen",
		en: "a quote that begins here is never closed",
	},
});
const afterQuote = (line: number) => ({
	line,
	problem: {
		de: "nach einem schließenden Anführungszeichen folgt noch Text",
		en: "there is text after a closing quote",
	},
});

const cellText = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const csvLine = (cells: readonly string[]): string => `${cells.map(cellText).join(",")}\n`;
