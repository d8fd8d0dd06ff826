/** A worksheet's XML, row by row, as it is written. */
import { escapeAttribute, escapeText } from "./escape.ts";
import type { Note } from "./notes.ts";
import { columnLetters } from "./places.ts";
import { STYLE, type Style } from "./styles.ts";

export interface OutCell {
	/** A number, also for a date, or text. */
	value: string | number;
	style: Style;
	/** Shown beside the cell. */
	note?: string;
	/** A place in the workbook that it leads to: `'contacts'!B7`. */
	link?: string;
}

export interface OutRow {
	/** From 1, rising. */
	line: number;
	cells: readonly (OutCell | null)[];
	/** In points. */
	height?: number;
}

export interface Choice {
	column: number;
	/** Cells of the values to choose from, such as `Listen!$A$2:$A$5`; null = only the hint. */
	from: string | null;
	/** The last row that it is for. */
	to: number;
	/** Other values are refused, or only asked about. */
	strict: boolean;
	title: string;
	hint: string;
}

export interface OutSheet {
	name: string;
	/** Widths in characters, and how cells look that are still empty. */
	columns: readonly { width: number; style: Style }[];
	/** The first row stays in sight. */
	frozen: boolean;
	rows: AsyncIterable<OutRow> | Iterable<OutRow>;
	/** Asked after the last row, since the values to choose from may be in it. */
	choices?(): readonly Choice[];
	/** Comes before the others, though it is written in its turn. */
	first?: true;
}

/** Of any spreadsheet: what is longer does not fit into a cell. */
export const LONGEST_OUT = 32_767;

const PIECE = 32 * 1024;

function cellXml({ value, style }: OutCell, ref: string): string {
	if (value === "") return `<c r="${ref}" s="${style}"/>`;
	if (typeof value === "number") return `<c r="${ref}" s="${style}"><v>${value}</v></c>`;
	return `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(value)}</t></is></c>`;
}

function rowXml({ line, cells, height }: OutRow): string {
	const high = height === undefined ? "" : ` ht="${height}" customHeight="1"`;
	let xml = `<row r="${line}"${high}>`;
	for (const [index, cell] of cells.entries())
		if (cell !== null && (cell.value !== "" || cell.note !== undefined || cell.style === STYLE.faulty))
			xml += cellXml(cell, `${columnLetters(index + 1)}${line}`);
	return `${xml}</row>`;
}

const cut = (text: string, most: number) => escapeAttribute(text.length > most ? `${text.slice(0, most - 1)}…` : text);

function choiceXml({ column, from, to, strict, title, hint }: Choice): string {
	const letters = columnLetters(column);
	const list =
		from === null
			? ""
			: ` type="list" errorStyle="${strict ? "stop" : "warning"}" showErrorMessage="1" errorTitle="${cut(title, 32)}" error="${cut(
					strict
						? "Bitte einen Wert aus der Liste wählen."
						: "Diesen Schlüssel kennt die Arbeitsmappe nicht. Trotzdem übernehmen?",
					225,
				)}"`;
	const head = `<dataValidation${list} allowBlank="1" showInputMessage="1" promptTitle="${cut(title, 32)}" prompt="${cut(hint, 255)}" sqref="${letters}2:${letters}${to}"`;
	return from === null ? `${head}/>` : `${head}><formula1>${escapeText(from)}</formula1></dataValidation>`;
}

/** @param found takes the notes as they are met; when there is one in the end, the sheet names the part of their boxes */
export async function* sheetXml(sheet: OutSheet, found: Note[]): AsyncGenerator<string> {
	const pane =
		'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>';
	let piece = [
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
		'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
		`<sheetViews><sheetView workbookViewId="0">${sheet.frozen ? pane : ""}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`,
		...sheet.columns.map(
			({ width, style }, index) =>
				`<col min="${index + 1}" max="${index + 1}" width="${width}" style="${style}" customWidth="1"/>`,
		),
		"</cols><sheetData>",
	].join("");
	const links: string[] = [];
	for await (const row of sheet.rows) {
		piece += rowXml(row);
		for (const [index, cell] of row.cells.entries()) {
			if (cell?.note !== undefined) found.push({ row: row.line, column: index + 1, text: cell.note });
			if (cell?.link !== undefined)
				links.push(
					`<hyperlink ref="${columnLetters(index + 1)}${row.line}" location="${escapeAttribute(cell.link)}"/>`,
				);
		}
		if (piece.length < PIECE) continue;
		yield piece;
		piece = "";
	}
	piece += "</sheetData>";
	const choices = sheet.choices?.() ?? [];
	if (choices.length > 0)
		piece += `<dataValidations count="${choices.length}">${choices.map(choiceXml).join("")}</dataValidations>`;
	if (links.length > 0) piece += `<hyperlinks>${links.join("")}</hyperlinks>`;
	if (found.length > 0) piece += '<legacyDrawing r:id="rId1"/>';
	yield `${piece}</worksheet>`;
}

/** Text alone, for the pages beside the tables. */
export const said = (value: string, style: Style = STYLE.wrapped): OutCell => ({ value, style });
