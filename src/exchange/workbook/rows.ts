/** A sheet's rows, as they are unpacked. */
import { LONGEST_CELL, MOST_CELLS, type Row } from "../csv.ts";
import { quoted } from "../fault.ts";
import { Refusal } from "../refusal.ts";
import { isBlank, type Value } from "../value.ts";
import type { Book } from "./book.ts";
import { numberCell } from "./formats.ts";
import { findPlace, LAST_COLUMN, LAST_ROW } from "./places.ts";
import { unescapeText } from "./strings.ts";
import { xmlPieces } from "./xml.ts";

/** Cells that were joined: only the first one holds anything. */
export interface Merged {
	row: number;
	column: number;
}

interface Open {
	column: number;
	type: string;
	style: number;
	text: string;
	formula: string | null;
}

const MOST_MERGED = 10_000;

/** @param merged takes where cells are merged; @throws Refusal with the row */
export async function* readRows(book: Book, part: string, merged: Merged[]): AsyncGenerator<Row[]> {
	const strings = await book.strings();
	let rows: Row[] = [];
	let row: Row = { line: 0, cells: [], width: 0 };
	let last = 0;
	let cell: Open | null = null;
	let into: "text" | "formula" | null = null;
	let phonetic = false;

	const refuse = (de: string, en: string) => new Refusal({ de, en }, null, Math.max(row.line, 1));
	const openRow = (ref: string | undefined) => {
		const line = ref === undefined ? row.line + 1 : Number(ref);
		if (!Number.isInteger(line) || line <= row.line || line > LAST_ROW)
			throw refuse(
				`die Zeilennummer „${quoted(ref ?? "")}“ ist falsch`,
				`the row number "${quoted(ref ?? "")}" is wrong`,
			);
		row = { line, cells: [], width: 0 };
		last = 0;
	};
	const openCell = (attributes: Readonly<Record<string, string>>) => {
		const { r: ref, t: type = "n", s: style = "0" } = attributes;
		const column = ref === undefined ? last + 1 : (findPlace(ref)?.column ?? 0);
		if (column <= last || column > LAST_COLUMN)
			throw refuse(
				`die Zelle „${quoted(ref ?? String(column))}“ gibt es auf keinem Blatt oder steht doppelt da`,
				`the cell "${quoted(ref ?? String(column))}" is on no sheet, or is there twice`,
			);
		last = column;
		cell = { column, type, style: Number(style), text: "", formula: null };
	};
	const closeCell = ({ column, ...what }: Open) => {
		const value = readValue(what, book, strings);
		if (isBlank(value)) return;
		row.width = column;
		if (column > MOST_CELLS) return;
		while (row.cells.length < column - 1) row.cells.push("");
		row.cells.push(value);
	};

	const reading = xmlPieces(book.archive.pieces(part), {
		line: () => Math.max(row.line, 1),
		open(name, attributes) {
			if (name === "row") openRow(attributes.r);
			else if (name === "c") openCell(attributes);
			else if (name === "rPh") phonetic = true;
			else if (name === "v" || name === "t") into = phonetic ? null : "text";
			else if (name === "f" && cell !== null) {
				cell.formula = "";
				into = "formula";
			} else if (name === "mergeCell" && merged.length < MOST_MERGED) {
				const place = findPlace((attributes.ref ?? "").split(":")[0] ?? "");
				if (place !== null) merged.push(place);
			}
		},
		text(text) {
			if (cell === null || into === null) return;
			if (into === "formula") cell.formula = (cell.formula + text).slice(0, 100);
			else if (cell.text.length <= LONGEST_CELL) cell.text += text.slice(0, LONGEST_CELL * 8);
		},
		close(name) {
			if (name === "rPh") phonetic = false;
			else if (name === "v" || name === "t" || name === "f") into = null;
			else if (name === "c" && cell !== null) {
				closeCell(cell);
				cell = null;
			} else if (name === "row" && row.width > 0) rows.push(row);
		},
	});
	try {
		for await (const _ of reading) {
			yield rows;
			rows = [];
		}
	} catch (error) {
		// What stands before the fault is read.
		yield rows;
		throw error;
	}
	yield rows;
}

function readValue(
	{ type, style, text, formula }: Omit<Open, "column">,
	book: Book,
	strings: readonly string[],
): Value {
	if (formula !== null) {
		const shown = `=${formula}`;
		return {
			is: "refused",
			shown,
			formula: true,
			problem: { de: `„${quoted(shown)}“ ist eine Formel`, en: `"${quoted(shown)}" is a formula` },
		};
	}
	if (type === "inlineStr" || type === "str") return unescapeText(text).slice(0, LONGEST_CELL + 1);
	if (text === "") return "";
	if (type === "s") return strings[Number(text)] ?? unknownText(text);
	if (type === "b") return { is: "truth", value: text.trim() === "1" };
	if (type === "e")
		return {
			is: "refused",
			shown: text,
			problem: { de: `„${quoted(text)}“ ist ein Fehlerwert`, en: `"${quoted(text)}" is an error value` },
		};
	if (type === "d") return isoCell(text.trim());
	return numberCell(text, book.formats[style] ?? "plain", book.from1904);
}

const unknownText = (index: string): Value => ({
	is: "refused",
	shown: "",
	problem: {
		de: `der Text Nr. ${quoted(index)} fehlt in der Arbeitsmappe`,
		en: `text no. ${quoted(index)} is missing in the workbook`,
	},
});

/** Dates as text of ISO 8601, which the standard allows and few write. */
function isoCell(text: string): Value {
	const [, date = "", time = "00:00"] =
		/^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.0+)?Z?)?$/.exec(text) ?? [];
	try {
		const at = Temporal.PlainDateTime.from(`${date}T${time}`);
		const seconds = at.hour * 3600 + at.minute * 60 + at.second;
		return { is: "moment", at: at.toString({ smallestUnit: "second" }), seconds, looks: "date and time" };
	} catch {
		return text;
	}
}
