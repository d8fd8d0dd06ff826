/**
 * RFC 4180, read as it comes, with the line of every row: csv-parse counts a CRLF inside quotes twice, and a fault has to name the right
 * line. Written with `,` and LF. However large a cell or a row is, no more of it is kept than a fault needs.
 */
import type { Text } from "../lib/text.ts";
import type { Value } from "./value.ts";

export interface Row {
	/** Line on which it begins, from 1. */
	line: number;
	/** At most `MOST_CELLS`, each of at most `LONGEST_CELL` + 1 characters. */
	cells: Value[];
	/** How many cells there are, the ones that were not kept included. */
	width: number;
}

/** More of them no file has; what comes after is only counted. */
export const MOST_CELLS = 100;
export const LONGEST_CELL = 100_000;

/** Why reading ended early. */
export interface Broken {
	line: number;
	problem: Text;
}

/** The header row tells: whichever comes first outside of a name. */
export const separatorOf = (text: string): "," | ";" => (/^[^\r\n,;]*;/.test(text) ? ";" : ",");

const isNewline = (char: string | undefined) => char === "\n" || char === "\r";
const NEWLINE = /\r\n|\n|\r/g;

/**
 * Takes a file's text piece by piece. Empty lines, and lines of nothing but separators as spreadsheets leave them, are no rows.
 * @returns `write` and `end` tell what is broken, once; nothing is read after that
 */
export function csvReader(separator: "," | ";", onRow: (row: Row) => void) {
	const plain = separator === "," ? /[^,\r\n]*/y : /[^;\r\n]*/y;
	let line = 1;
	let row: Row = { line, cells: [], width: 0 };
	let filled = false;
	let cell = "";
	/** Where in a cell the next character stands. */
	let state: "start" | "plain" | "quoted" | "after quote" = "start";
	let opened = 0;
	/** The last character was a CR: an LF after it belongs to it. */
	let carriage = false;
	let broken: Broken | null = null;

	const keep = (piece: string) => {
		if (cell.length <= LONGEST_CELL) cell += piece.slice(0, LONGEST_CELL + 1 - cell.length);
	};
	const endCell = () => {
		if (row.width < MOST_CELLS) row.cells.push(cell);
		row.width++;
		filled ||= cell !== "";
		cell = "";
		state = "start";
	};
	const endRow = () => {
		endCell();
		if (filled) onRow(row);
		filled = false;
	};
	const startRow = () => {
		row = { line, cells: [], width: 0 };
	};
	/** Within quotes, up to the next quote or the end of what is there. */
	const readQuoted = (text: string, from: number): number => {
		const quote = text.indexOf('"', from);
		const end = quote === -1 ? text.length : quote;
		const piece = text.slice(from, end);
		keep(piece);
		line += (piece.match(NEWLINE)?.length ?? 0) - (carriage && piece.startsWith("\n") ? 1 : 0);
		if (piece !== "") carriage = piece.endsWith("\r");
		if (quote === -1) return end;
		carriage = false;
		state = "after quote";
		return end + 1;
	};

	return {
		write(text: string): Broken | null {
			for (let at = 0; at < text.length && broken === null; ) {
				const char = text[at];
				if (state === "quoted") {
					at = readQuoted(text, at);
					continue;
				}
				if (carriage) {
					carriage = false;
					if (char === "\n") {
						at++;
						continue;
					}
				}
				if (state === "start" && char === '"') {
					state = "quoted";
					opened = line;
					at++;
				} else if (state === "after quote" && char === '"') {
					keep('"');
					state = "quoted";
					at++;
				} else if (char === separator) {
					endCell();
					at++;
				} else if (isNewline(char)) {
					endRow();
					line++;
					startRow();
					carriage = char === "\r";
					at++;
				} else if (state === "after quote") {
					broken = afterQuote(line);
				} else {
					plain.lastIndex = at;
					const piece = plain.exec(text)?.[0] ?? "";
					keep(piece);
					state = "plain";
					at += piece.length;
				}
			}
			return broken;
		},
		end(): Broken | null {
			if (broken !== null) return broken;
			if (state === "quoted") broken = unclosed(opened);
			else if (row.width > 0 || cell !== "" || state !== "start") endRow();
			return broken;
		},
	};
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
