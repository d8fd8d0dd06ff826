/** The tables of a workbook that we write: how each column looks, what may be chosen in it, and the pages beside the tables. */
import { RECORD_TYPES, type RecordOf, type RecordType } from "../network/records.ts";
import { type Column, FILES, type FileSpec } from "./columns.ts";
import { EXPLANATIONS, meaningsOf } from "./explain.ts";
import { guard } from "./guard.ts";
import { SIDE_SHEETS } from "./tables.ts";
import { columnLetters } from "./workbook/places.ts";
import { serialOf } from "./workbook/serial.ts";
import { type Choice, type OutCell, type OutRow, type OutSheet, said } from "./workbook/sheet-out.ts";
import { STYLE, type Style } from "./workbook/styles.ts";

/** What the look of a column hangs on, whatever its records are. */
export type Looks = Pick<
	(typeof FILES)[RecordType]["columns"][number],
	"name" | "required" | "expected" | "shape" | "words" | "several" | "target" | "unguarded"
> & { field: string };

/** Rows for which drop-downs are prepared, in a table that has fewer. */
const PREPARED = 2_000;
/** And in a longer one, for so many more. */
const SPARE = 500;

const styleOf = ({ shape, several }: Looks): Style => {
	if (several) return STYLE.text;
	if (shape === "date") return STYLE.date;
	if (shape === "local time") return STYLE.localTime;
	return shape === "number" ? STYLE.number : STYLE.text;
};

/** @param text as in CSV, before it is guarded */
export function cellOf(text: string, column: Looks): OutCell | null {
	if (text === "") return null;
	const style = styleOf(column);
	const number = style === STYLE.number ? Number(text) : style === STYLE.text ? null : serialOf(text);
	if (number !== null) return { value: number, style };
	return { value: column.unguarded ? text : guard(text), style: STYLE.text };
}

function explanationOf<T extends RecordType>(type: T, field: string): readonly [string, string] {
	const columns: Readonly<Record<string, readonly [string, string]>> = EXPLANATIONS[type].columns;
	return columns[field] ?? ["", ""];
}

function formOf({ words, several, expected, target }: Looks): string {
	const one =
		words !== null
			? "ein Wort aus dem Blatt „Listen“"
			: target !== null
				? `ein Schlüssel aus dem Blatt „${FILES[target].name}“`
				: expected.de;
	return several ? `mehrere, mit | getrennt; je ${one}` : one;
}

export function headerCell(type: RecordType, column: Looks): OutCell & { note: string } {
	const [about, example] = explanationOf(type, column.field);
	const must = column.required ? "\nMuss ausgefüllt sein." : "";
	return {
		value: column.name,
		style: column.required ? STYLE.required : STYLE.header,
		note: `${about}.\nErlaubt: ${formOf(column)}.${must}\nBeispiel: ${example}`,
	};
}

export const headerRow = (type: RecordType): OutRow => ({
	line: 1,
	cells: FILES[type].columns.map((column) => headerCell(type, column)),
});

const WIDTHS: Readonly<Record<string, number>> = {
	key: 28,
	name: 32,
	title: 36,
	text: 60,
	description: 50,
	purpose: 40,
	email: 32,
};

/** @returns words for drop-downs, each list once */
function wordLists(): (readonly string[])[] {
	const lists = new Set<readonly string[]>();
	for (const type of RECORD_TYPES) for (const { words } of FILES[type].columns) if (words !== null) lists.add(words);
	return [...lists];
}

const quotedName = (sheet: string) => `'${sheet}'`;

/** @param counts the last row of each table that has been written */
function choicesOf(
	type: RecordType,
	columns: readonly (Looks | null)[],
	counts: ReadonlyMap<RecordType, number>,
): Choice[] {
	const lists = wordLists();
	const lastOf = (table: RecordType) => Math.max(PREPARED, (counts.get(table) ?? 0) + SPARE) + 1;
	return columns.flatMap((column, index): Choice[] => {
		if (column === null || (column.words === null && column.target === null)) return [];
		const { words, target, several, name, field } = column;
		const letters = columnLetters(2 * (words === null ? 0 : lists.indexOf(words)) + 1);
		const all =
			target !== null
				? `${quotedName(FILES[target].name)}!$A$2:$A$${lastOf(target)}`
				: `${quotedName(SIDE_SHEETS.lists)}!$${letters}$2:$${letters}$${(words?.length ?? 0) + 1}`;
		const hint = `${explanationOf(type, field)[0]}. Erlaubt: ${formOf(column)}.`;
		return [
			{ column: index + 1, from: several ? null : all, to: lastOf(type), strict: words !== null, title: name, hint },
		];
	});
}

type Rows = AsyncIterable<OutRow> | Iterable<OutRow>;

async function* counted(type: RecordType, rows: Rows, counts: Map<RecordType, number>): AsyncGenerator<OutRow> {
	for await (const row of rows) {
		counts.set(type, row.line);
		yield row;
	}
}

/**
 * @param rows the header first
 * @param counts takes the number of rows as they are written, since later sheets refer to them
 * @param columns in their order, null = unknown; all of the kind where nothing is said, which can be asked for after the first row
 */
export function tableSheet(
	type: RecordType,
	rows: Rows,
	counts: Map<RecordType, number>,
	columns: () => readonly (Looks | null)[] = () => FILES[type].columns,
): OutSheet {
	const usual: readonly Looks[] = FILES[type].columns;
	return {
		name: FILES[type].name,
		columns: usual.map((column) => ({ width: WIDTHS[column.name] ?? 20, style: styleOf(column) })),
		frozen: true,
		rows: counted(type, rows, counts),
		choices: () => choicesOf(type, columns(), counts),
	};
}

export function recordRow<T extends RecordType>(type: T, record: RecordOf[T], line: number): OutRow {
	const { columns }: FileSpec<RecordOf[T]> = FILES[type];
	return { line, cells: columns.map((column: Column<RecordOf[T]>) => cellOf(column.write(record), column)) };
}

function* readmeRows(): Generator<OutRow> {
	let line = 0;
	const row = (...cells: OutCell[]): OutRow => ({ line: ++line, cells });
	yield row(said("Lies mich: ein Partnernetzwerk für Lotse", STYLE.title));
	for (const text of [
		"Jedes Blatt ist eine Tabelle, jede Zeile darin ein Eintrag. Die Überschriften der Spalten bleiben, wie sie sind.",
		"Leere Blätter und leere Spalten sind erlaubt; dunkel unterlegte Spalten müssen in jeder Zeile ausgefüllt sein.",
		"Mehrere Werte in einer Zelle trennt ein senkrechter Strich: de|ar|uk. Formeln und verbundene Zellen sind nicht erlaubt.",
		"Verweise sind Schlüssel: In „contacts“ steht unter „organisation“ der Schlüssel („key“) aus dem Blatt „organisations“.",
		"Einlesen: lotse import NAME.xlsx --dry-run prüft nur, ohne --dry-run wird übernommen. Oder die Datei dem Bot im Chat schicken.",
		"Ein Hochkomma am Anfang einer Zelle ('=…, '+…, '-…, '@…) gehört nicht zum Wert; es verhindert, dass ein Programm darin eine Formel sieht.",
	])
		yield row(said(text, STYLE.plain));
	yield row();
	yield row(
		...["Blatt", "Spalte", "Muss", "Was dort steht", "Erlaubt", "Beispiel"].map((text) => said(text, STYLE.header)),
	);
	for (const type of RECORD_TYPES) {
		const { name, columns }: { name: string; columns: readonly Looks[] } = FILES[type];
		yield row(
			{ ...said(name, STYLE.link), link: `${quotedName(name)}!A1` },
			said(""),
			said(""),
			said(EXPLANATIONS[type].about, STYLE.header),
		);
		for (const column of columns) {
			const [about, example] = explanationOf(type, column.field);
			yield row(
				said(name),
				said(column.name),
				said(column.required ? "ja" : ""),
				said(about),
				said(formOf(column)),
				said(guard(example)),
			);
		}
	}
}

export const readmeSheet = (): OutSheet => ({
	name: SIDE_SHEETS.readme,
	columns: [18, 18, 8, 60, 60, 40].map((width) => ({ width, style: STYLE.plain })),
	frozen: false,
	rows: readmeRows(),
});

/** For the drop-downs, and to copy from into cells of several values: each word with its meaning beside it. */
export function listsSheet(): OutSheet {
	const lists = wordLists();
	const nameOf = (list: readonly string[]) => {
		const columns = RECORD_TYPES.flatMap((type) =>
			FILES[type].columns.filter(({ words }) => words === list).map(({ name }) => `${FILES[type].name} ${name}`),
		);
		return columns.join(", ");
	};
	const deepest = Math.max(...lists.map(({ length }) => length));
	const rows: OutRow[] = [
		{ line: 1, cells: lists.flatMap((list) => [said(nameOf(list), STYLE.header), said("heißt", STYLE.header)]) },
	];
	for (let index = 0; index < deepest; index++)
		rows.push({
			line: index + 2,
			cells: lists.flatMap((list) => [
				said(list[index] ?? "", STYLE.text),
				said(meaningsOf(list)[index] ?? "", STYLE.text),
			]),
		});
	return {
		name: SIDE_SHEETS.lists,
		columns: lists.flatMap(() => [
			{ width: 26, style: STYLE.text },
			{ width: 26, style: STYLE.text },
		]),
		frozen: true,
		rows,
	};
}
