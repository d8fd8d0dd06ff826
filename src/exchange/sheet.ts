/** From the rows of one file or sheet to fields of records, with a fault for every cell that cannot be read. */
import { nearestWords } from "../lib/fold.ts";
import type { Text } from "../lib/text.ts";
import type { Key, RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import type { Row } from "./csv.ts";
import { type Fault, quoted } from "./fault.ts";
import { isFormula, isGuarded, unguard } from "./guard.ts";

const LONGEST_CELL = 100_000;
const MOST_COLUMNS = 100;

/** One row, as far as it could be read. */
export interface Given {
	line: number;
	/** null = at fault, or there already. */
	key: Key | null;
	/** Read values by field, `EMPTY` for an empty cell. A field that is at fault or whose column is missing is not in it. */
	values: ReadonlyMap<string, unknown>;
	/** Fields whose cells are at fault. */
	bad: ReadonlySet<string>;
}

export interface GivenFile {
	type: RecordType;
	/** Name as faults give it. */
	file: string;
	rows: Given[];
}

/** Stands for an empty cell among the read values. */
export const EMPTY = Symbol("empty cell");

interface Heading {
	index: number;
	column: Spec;
}
type Spec = Pick<
	(typeof FILES)[RecordType]["columns"][number],
	"name" | "field" | "required" | "expected" | "read" | "unguarded" | "verbatim"
>;

export function readSheet(type: RecordType, file: string, rows: readonly Row[], faults: Fault[]): GivenFile {
	const given: GivenFile = { type, file, rows: [] };
	const [header, ...body] = rows;
	const fault = (line: number, column: string | null, problem: Text, more: Partial<Fault> = {}) =>
		faults.push({ file, line, column, problem, expected: null, nearest: null, ...more });
	if (header === undefined) {
		fault(1, null, { de: "die Kopfzeile fehlt", en: "the header row is missing" });
		return given;
	}
	const headings = readHeader(type, header, fault);
	const missing = FILES[type].columns.filter(
		(column) => column.required && !headings.some((one) => one.column.name === column.name),
	);
	const lines = new Map<Key, number>();
	for (const row of body) {
		const ragged = row.cells.length !== header.cells.length;
		if (ragged)
			fault(
				row.line,
				null,
				{ de: `die Zeile hat ${row.cells.length} Zellen`, en: `the row has ${row.cells.length} cells` },
				{ expected: { de: `${header.cells.length} wie die Kopfzeile`, en: `${header.cells.length} as in the header` } },
			);
		const values = new Map<string, unknown>();
		const bad = new Set<string>(missing.map(({ field }) => field));
		for (const { index, column } of headings) {
			// Its cells have slipped: only the key, which others may refer to, is worth a guess.
			if (ragged && column.field !== "key") continue;
			const value = readCell(row.cells[index] ?? "", column, (problem, more) => {
				if (!ragged) fault(row.line, column.name, problem, more);
			});
			if (value === undefined || ragged) bad.add(column.field);
			if (value !== undefined) values.set(column.field, value);
		}
		const key = values.get("key");
		const first = typeof key === "string" ? lines.get(key) : undefined;
		if (first !== undefined)
			fault(row.line, "key", {
				de: `der Schlüssel „${key}“ steht schon in Zeile ${first}`,
				en: `the key "${key}" is already in line ${first}`,
			});
		else if (typeof key === "string") lines.set(key, row.line);
		given.rows.push({ line: row.line, key: typeof key === "string" && first === undefined ? key : null, values, bad });
	}
	return given;
}

type Report = (line: number, column: string | null, problem: Text, more?: Partial<Fault>) => void;

function readHeader(type: RecordType, header: Row, fault: Report): Heading[] {
	const columns: readonly Spec[] = FILES[type].columns;
	const names = columns.map(({ name }) => name);
	const { line } = header;
	if (header.cells.length > MOST_COLUMNS) {
		fault(line, null, {
			de: `${header.cells.length} Spalten sind zu viele`,
			en: `${header.cells.length} columns are too many`,
		});
		return [];
	}
	const headings: Heading[] = [];
	for (const [index, cell] of header.cells.entries()) {
		const name = cell.trim();
		const column = columns.find((known) => known.name === name);
		if (column === undefined)
			fault(
				line,
				quoted(name),
				{ de: `die Spalte „${quoted(name)}“ gibt es nicht`, en: `there is no column "${quoted(name)}"` },
				{
					expected: { de: `eine der Spalten ${names.join(", ")}`, en: `one of the columns ${names.join(", ")}` },
					nearest: nearestWords(quoted(name), names, 1)[0] ?? null,
				},
			);
		else if (headings.some((one) => one.column === column))
			fault(line, name, { de: `die Spalte „${name}“ steht zweimal da`, en: `the column "${name}" is there twice` });
		else headings.push({ index, column });
	}
	for (const column of columns)
		if (column.required && !headings.some((one) => one.column === column))
			fault(line, column.name, {
				de: `die Spalte „${column.name}“ fehlt; sie muss da sein`,
				en: `the column "${column.name}" is missing; it has to be there`,
			});
	return headings;
}

/** @returns what was read, `EMPTY`, or undefined after a fault. */
function readCell(cell: string, column: Spec, fault: (problem: Text, more?: Partial<Fault>) => void): unknown {
	if (cell.length > LONGEST_CELL) {
		fault(
			{ de: `die Zelle hat ${cell.length} Zeichen`, en: `the cell has ${cell.length} characters` },
			{ expected: { de: "höchstens 100.000", en: "at most 100,000" } },
		);
		return undefined;
	}
	if (isFormula(cell)) {
		fault(
			{ de: `„${quoted(cell)}“ ist eine Formel`, en: `"${quoted(cell)}" is a formula` },
			{ expected: { de: "ein Wert, keine Formel", en: "a value, not a formula" } },
		);
		return undefined;
	}
	if (cell.includes("\0")) {
		fault({ de: "die Zelle enthält ein Nullzeichen", en: "the cell contains a null character" });
		return undefined;
	}
	const guarded = isGuarded(cell) && !column.unguarded;
	const open = guarded ? unguard(cell) : cell;
	// A tab that was guarded is meant.
	const text = guarded && column.verbatim ? open : open.trim();
	const reading = text === "" ? null : column.read(text);
	if (reading !== null && "problem" in reading) {
		fault(reading.problem, { expected: column.expected, nearest: reading.nearest ?? null });
		return undefined;
	}
	const nothing = reading === null || (Array.isArray(reading.value) && reading.value.length === 0);
	if (nothing && column.required) {
		fault({ de: "die Zelle ist leer", en: "the cell is empty" }, { expected: column.expected });
		return undefined;
	}
	return reading === null ? EMPTY : reading.value;
}
