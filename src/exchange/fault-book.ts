/** What an import refused, as a workbook to work through: faulty cells marked and explained, and a list of all faults that leads to them. */
import { RECORD_TYPES, type RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import { LONGEST_CELL, MOST_CELLS, type Row } from "./csv.ts";
import { type Fault, faultParts, quoted } from "./fault.ts";
import { guard, isFormula, isGuarded } from "./guard.ts";
import { cellOf, headerCell, type Looks, listsSheet, tableSheet } from "./out.ts";
import { Refusal } from "./refusal.ts";
import type { Source } from "./source.ts";
import { listTables, SIDE_SHEETS, type Table, type Tables } from "./tables.ts";
import { shownText, textOf, type Value } from "./value.ts";
import { writeBook } from "./workbook/book-out.ts";
import { columnLetters, findPlace } from "./workbook/places.ts";
import { LONGEST_OUT, type OutCell, type OutRow, type OutSheet, said } from "./workbook/sheet-out.ts";
import { STYLE } from "./workbook/styles.ts";
import type { Sink } from "./workbook/zip.ts";

type Column = (typeof FILES)[RecordType]["columns"][number];

/** A table of the source on its way into the workbook. */
interface Marked {
	table: Table;
	medium: Tables["medium"];
	/** Name of its sheet. */
	sheet: string;
	/** By line: the faults that stand there. */
	faults: ReadonlyMap<number, Fault[]>;
	/** In the order of the file; null = unknown. */
	columns: (Column | null)[];
	names: string[];
	/** Where faults were marked, for the list. */
	places: Map<Fault, string>;
}

/** Over these a spreadsheet becomes slow to open; the list has them all. */
const MOST_NOTES = 20_000;
const LONGEST_NAME = 31;

/** @param faults as the import of this source reported them */
export async function faultWorkbook(source: Source, faults: readonly Fault[]): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	await writeFaultWorkbook({ write: async (bytes) => void chunks.push(bytes) }, source, faults);
	return Buffer.concat(chunks);
}

/** In German, as all that stands beside the tables; what is wrong is what the import reported. */
export async function writeFaultWorkbook(sink: Sink, source: Source, faults: readonly Fault[]): Promise<void> {
	await using tables = await listTables(source);
	const places = new Map<Fault, string>();
	const marked = arrange(tables, faults, places);
	const counts = new Map<RecordType, number>();
	const sheets = marked.map((one): OutSheet => {
		const { type } = one.table;
		const rows = rowsOf(one);
		if (type !== null) return tableSheet(type, rows, counts, () => one.columns);
		return { name: one.sheet, columns: [{ width: 24, style: STYLE.text }], frozen: true, rows };
	});
	await writeBook(sink, [...sheets, { ...listSheet(faults, places), first: true }, listsSheet()]);
}

/** Known tables in the order of their kinds, since references lead to earlier ones, then the unknown. */
function arrange(tables: Tables, faults: readonly Fault[], places: Map<Fault, string>): Marked[] {
	const rank = ({ type }: Table) => (type === null ? RECORD_TYPES.length : RECORD_TYPES.indexOf(type));
	const taken = new Set<string>(Object.values(SIDE_SHEETS).map((name) => name.toLowerCase()));
	return tables.list
		.filter(({ type, name }) => type !== null || tables.medium === "workbook" || /\.csv$/i.test(name))
		.sort((a, b) => rank(a) - rank(b))
		.map((table) => {
			const name = table.type === null ? table.name.replace(/\.csv$/i, "") : FILES[table.type].name;
			return {
				table,
				medium: tables.medium,
				sheet: freeName(name, taken),
				faults: Map.groupBy(
					faults.filter(({ file }) => file === table.file),
					({ line }) => line,
				),
				columns: [],
				names: [],
				places,
			};
		});
}

/** A sheet's name is short, without some signs, and there once. */
function freeName(wanted: string, taken: Set<string>): string {
	const plain = wanted.replaceAll(/[[\]:*?/\\']/g, "-").trim() || "Blatt";
	for (let number = 1; ; number++) {
		const end = number === 1 ? "" : ` (${number})`;
		const name = `${plain.slice(0, LONGEST_NAME - end.length)}${end}`;
		if (taken.has(name.toLowerCase())) continue;
		taken.add(name.toLowerCase());
		return name;
	}
}

async function* rowsOf(marked: Marked): AsyncGenerator<OutRow> {
	let line = 0;
	try {
		for await (const rows of marked.table.rows())
			for (const row of rows) {
				// A workbook's rows stay where they are, so that people find them.
				line = marked.medium === "workbook" ? row.line : line + 1;
				yield marked.names.length === 0 ? headerOf(marked, row, line) : bodyOf(marked, row, line);
			}
	} catch (error) {
		// What could not be read on is in the list.
		if (!(error instanceof Refusal)) throw error;
	}
}

function headerOf(marked: Marked, row: Row, line: number): OutRow {
	const { type } = marked.table;
	const known: readonly (Column & Looks)[] = type === null ? [] : FILES[type].columns;
	marked.names = row.cells.map((cell) => shownText(cell, "text").trim());
	marked.columns = marked.names.map((name) => known.find((column) => column.name === name) ?? null);
	const cells = marked.names.map((name, index): OutCell => {
		const column = marked.columns[index];
		if (column == null || type === null) return { value: guard(name).slice(0, LONGEST_OUT), style: STYLE.header };
		return headerCell(type, column);
	});
	return { line, cells: mark(marked, row.line, line, cells) };
}

function bodyOf(marked: Marked, row: Row, line: number): OutRow {
	const cells = row.cells.map((value, index) => bodyCell(value, marked.columns[index] ?? null, marked.medium));
	return { line, cells: mark(marked, row.line, line, cells) };
}

/** What cannot be a value, such as a formula, is left out: the note at the cell says what it was. */
function bodyCell(value: Value, column: Column | null, medium: Tables["medium"]): OutCell | null {
	if (typeof value !== "string" && value.is === "refused") return null;
	const text = textOf(value, column?.shape ?? "text");
	if (text.trim() === "" || (medium === "csv" && isFormula(text))) return null;
	if (text.length > LONGEST_OUT)
		return {
			value: guarded(text, column).slice(0, LONGEST_OUT),
			style: STYLE.faulty,
			note: `Der Text hat ${text.length > LONGEST_CELL ? "über 100.000" : text.length} Zeichen, mehr als in eine Zelle passen, und ist hier gekürzt.`,
		};
	if (column !== null && column.shape !== "text" && !column.several) {
		const typed = typedCell(text.trim(), column);
		if (typed !== null) return typed;
	}
	return { value: guarded(text, column), style: STYLE.text };
}

const guarded = (text: string, column: Column | null) => (column?.unguarded || isGuarded(text) ? text : guard(text));

/** A date as a date, a number as a number; null = it cannot be read as what it should be. */
function typedCell(text: string, column: Column): OutCell | null {
	const reading = column.read(text);
	if ("problem" in reading || (typeof reading.value !== "string" && typeof reading.value !== "number")) return null;
	return cellOf(String(reading.value), column);
}

/** Puts the faults of a line at their cells. */
function mark(marked: Marked, from: number, line: number, cells: readonly (OutCell | null)[]): (OutCell | null)[] {
	const faults = marked.faults.get(from);
	if (faults === undefined) return [...cells];
	const result = [...cells];
	for (const fault of faults) {
		const index = indexOf(marked, fault.column);
		marked.places.set(fault, `'${marked.sheet}'!${columnLetters(index + 1)}${line}`);
		while (result.length <= index) result.push(null);
		const cell = result[index];
		const before = cell?.style === STYLE.faulty && cell.note !== undefined ? [cell.note] : [];
		const note = [...before, faultParts(fault, "de").join("\n")].join("\n\n");
		result[index] = {
			value: cell?.value ?? "",
			style: STYLE.faulty,
			...(marked.places.size <= MOST_NOTES ? { note } : {}),
		};
	}
	return result;
}

/** The column that a fault names, by its name or its letters; a fault of a whole row stands at its first cell. */
function indexOf({ names }: Marked, column: string | null): number {
	if (column === null) return 0;
	const named = names.findIndex((name) => quoted(name) === column);
	if (named !== -1) return named;
	// A missing column has a name too, and no cell.
	const lettered = /^[A-Z]{1,3}$/.test(column) ? (findPlace(`${column}1`)?.column ?? 1) : 1;
	return lettered <= MOST_CELLS ? lettered - 1 : 0;
}

function listSheet(faults: readonly Fault[], places: ReadonlyMap<Fault, string>): OutSheet {
	const header = ["Wo", "Zeile", "Spalte", "Was nicht stimmt", "Erwartet", "Vielleicht gemeint"];
	function* rows(): Generator<OutRow> {
		yield { line: 1, cells: header.map((text) => said(text, STYLE.header)) };
		for (const [index, fault] of faults.entries()) {
			const link = places.get(fault);
			yield {
				line: index + 2,
				cells: [
					link === undefined ? said(guard(fault.file)) : { value: guard(fault.file), style: STYLE.link, link },
					{ value: fault.line, style: STYLE.number },
					said(guard(fault.column ?? "")),
					said(guard(fault.problem.de)),
					said(guard(fault.expected?.de ?? "")),
					said(guard(fault.nearest ?? "")),
				],
			};
		}
	}
	return {
		name: SIDE_SHEETS.faults,
		columns: [32, 8, 20, 60, 60, 24].map((width) => ({ width, style: STYLE.plain })),
		frozen: true,
		rows: { [Symbol.iterator]: rows },
	};
}
