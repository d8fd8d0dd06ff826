/** From the rows of one file or sheet to fields of records, with a fault for every cell that cannot be read. */
import { nearestWords } from "../lib/fold.ts";
import type { Text } from "../lib/text.ts";
import type { Key, RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import { LONGEST_CELL, MOST_CELLS, type Row } from "./csv.ts";
import { type Fault, quoted } from "./fault.ts";
import { isFormula, isGuarded, unguard } from "./guard.ts";
import { Excess } from "./refusal.ts";
import { type Fields, type FieldValues, RowValues } from "./row-values.ts";
import { shownText, textOf, type Value } from "./value.ts";
import { columnLetters } from "./workbook/places.ts";

/** One row, as far as it could be read. */
export interface Given {
	line: number;
	/** null = at fault, or there already. */
	key: Key | null;
	/** Read values by field, `EMPTY` for an empty cell. A field that is at fault or whose column is missing is not in it. */
	values: FieldValues;
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

/** Shared by all rows without a fault. */
const NONE: ReadonlySet<string> = new Set();

/** So many different cells of a column are read once and then known: few columns hold more than a handful of words. */
const MOST_KNOWN = 500;
/** A file may be made to fill the memory. */
const LONGEST_KNOWN = 60;
const isKept = (cell: string, known: ReadonlyMap<string, unknown>) =>
	cell.length <= LONGEST_KNOWN && known.size < MOST_KNOWN;

interface Heading {
	index: number;
	column: Spec;
	known: Map<string, unknown>;
}
type Spec = Pick<
	(typeof FILES)[RecordType]["columns"][number],
	"name" | "field" | "required" | "expected" | "read" | "unguarded" | "verbatim" | "shape"
>;

/** Far above a federal state's; a table of more is not a network. */
const MOST_ROWS = 250_000;
/** Nobody works through more, and each takes memory. */
const MOST_FAULTS = 100_000;

/** A workbook has no cell where nothing stands, and a text that begins with `=` is a text there. */
export type Medium = "csv" | "workbook";

/**
 * Takes the rows of one file or sheet as they come.
 * @throws Excess from `row`, where there is more than a network can have
 */
export function sheetReader(type: RecordType, file: string, medium: Medium, faults: Fault[]) {
	const given: GivenFile = { type, file, rows: [] };
	const fault: Report = (line, column, problem, more = {}) => {
		if (faults.length >= MOST_FAULTS)
			throw new Excess(
				{ de: "hier endet die Prüfung: Es sind über 100.000 Fehler", en: "checking ends here: over 100,000 faults" },
				null,
				line,
			);
		faults.push({ file, line, column, problem, expected: null, nearest: null, ...more });
	};
	let header: { row: Row; headings: Heading[]; fields: Fields; missing: string[] } | null = null;
	const lines = new Map<Key, number>();

	const isRagged = (row: Row, width: number): boolean => {
		if (medium === "workbook" ? row.width <= width : row.width === width) return false;
		if (medium === "csv")
			fault(
				row.line,
				null,
				{ de: `die Zeile hat ${row.width} Zellen`, en: `the row has ${row.width} cells` },
				{ expected: { de: `${width} wie die Kopfzeile`, en: `${width} as in the header` } },
			);
		else
			fault(
				row.line,
				columnLetters(row.width),
				{
					de: "hier steht etwas, aber die Spalte hat keinen Namen",
					en: "something stands here, but the column has no name",
				},
				{
					expected: {
						de: "in der Kopfzeile ein Name über jeder Spalte",
						en: "a name over each column in the header row",
					},
				},
			);
		return medium === "csv";
	};

	return {
		row(row: Row): void {
			if (header === null) {
				const headings = readHeader(type, row, fault);
				const missing = FILES[type].columns.filter(
					(column) => column.required && !headings.some((one) => one.column.name === column.name),
				);
				const fields = headings.map(({ column }) => column.field);
				header = { row, headings, fields, missing: missing.map(({ field }) => field) };
				return;
			}
			if (given.rows.length >= MOST_ROWS) {
				given.rows = [];
				throw new Excess(
					{ de: "die Tabelle hat mehr als 250.000 Zeilen", en: "the table has more than 250,000 rows" },
					null,
					row.line,
				);
			}
			const ragged = isRagged(row, header.row.width);
			const values: unknown[] = [];
			const bad = new Set<string>(header.missing);
			for (const [place, { index, column, known }] of header.headings.entries()) {
				values.push(undefined);
				// Its cells have slipped: only the key, which others may refer to, is worth a guess.
				if (ragged && column.field !== "key") continue;
				const cell = row.cells[index] ?? "";
				const before = typeof cell === "string" ? known.get(cell) : undefined;
				const value =
					before ??
					readCell(cell, column, medium, (problem, more) => {
						if (!ragged) fault(row.line, column.name, problem, more);
					});
				if (typeof cell === "string" && before === undefined && value !== undefined && isKept(cell, known))
					known.set(cell, value);
				if (value === undefined || ragged) bad.add(column.field);
				if (value !== undefined) values[place] = value;
			}
			const read = new RowValues(header.fields, values);
			const key = read.get("key");
			const first = typeof key === "string" ? lines.get(key) : undefined;
			if (first !== undefined)
				fault(row.line, "key", {
					de: `der Schlüssel „${key}“ steht schon in Zeile ${first}`,
					en: `the key "${key}" is already in line ${first}`,
				});
			else if (typeof key === "string") lines.set(key, row.line);
			given.rows.push({
				line: row.line,
				key: typeof key === "string" && first === undefined ? key : null,
				values: read,
				bad: bad.size === 0 ? NONE : bad,
			});
		},
		end(): void {
			if (header === null) fault(1, null, { de: "die Kopfzeile fehlt", en: "the header row is missing" });
		},
		/** As far as it was read. */
		given: (): GivenFile => given,
	};
}

type Report = (line: number, column: string | null, problem: Text, more?: Partial<Fault>) => void;

function readHeader(type: RecordType, header: Row, fault: Report): Heading[] {
	const columns: readonly Spec[] = FILES[type].columns;
	const names = columns.map(({ name }) => name);
	const { line } = header;
	if (header.width > MOST_CELLS) {
		fault(line, null, {
			de: `${header.width} Spalten sind zu viele`,
			en: `${header.width} columns are too many`,
		});
		return [];
	}
	const headings: Heading[] = [];
	for (const [index, cell] of header.cells.entries()) {
		const name = shownText(cell, "text").trim();
		const column = columns.find((known) => known.name === name);
		if (name === "")
			fault(line, columnLetters(index + 1), {
				de: `die ${index + 1}. Spalte hat keinen Namen`,
				en: `column ${index + 1} has no name`,
			});
		else if (column === undefined)
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
		else headings.push({ index, column, known: new Map() });
	}
	for (const column of columns)
		if (column.required && !headings.some((one) => one.column === column))
			fault(line, column.name, {
				de: `die Spalte „${column.name}“ fehlt; sie muss da sein`,
				en: `the column "${column.name}" is missing; it has to be there`,
			});
	return headings;
}

const VALUE: Text = { de: "ein Wert, keine Formel", en: "a value, not a formula" };

/** @returns what was read, `EMPTY`, or undefined after a fault. */
function readCell(
	value: Value,
	column: Spec,
	medium: Medium,
	fault: (problem: Text, more?: Partial<Fault>) => void,
): unknown {
	if (typeof value !== "string" && value.is === "refused") {
		fault(value.problem, { expected: value.formula ? VALUE : column.expected });
		return undefined;
	}
	const cell = textOf(value, column.shape);
	if (cell.length > LONGEST_CELL) {
		fault(
			{ de: "die Zelle hat mehr als 100.000 Zeichen", en: "the cell has more than 100,000 characters" },
			{ expected: { de: "höchstens 100.000", en: "at most 100,000" } },
		);
		return undefined;
	}
	if (medium === "csv" && isFormula(cell)) {
		fault({ de: `„${quoted(cell)}“ ist eine Formel`, en: `"${quoted(cell)}" is a formula` }, { expected: VALUE });
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
