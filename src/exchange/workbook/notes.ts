/** Notes at cells, in the one form that every spreadsheet program shows: the texts in one part, their boxes in VML in another. */
import { escapeText } from "./escape.ts";
import { columnLetters } from "./places.ts";

export interface Note {
	row: number;
	column: number;
	text: string;
}

const AUTHOR = "Lotse";

export function* notesXml(notes: readonly Note[]): Generator<string> {
	yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
	yield `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>${AUTHOR}</author></authors><commentList>`;
	for (const { row, column, text } of notes)
		yield `<comment ref="${columnLetters(column)}${row}" authorId="0"><text><r><t xml:space="preserve">${escapeText(text)}</t></r></text></comment>`;
	yield "</commentList></comments>";
}

export function* boxesXml(notes: readonly Note[]): Generator<string> {
	yield '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">';
	yield '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>';
	yield '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';
	for (const [index, { row, column, text }] of notes.entries()) {
		const height = 3 + Math.ceil(text.length / 40) + text.split("\n").length;
		yield `<v:shape id="_x0000_s${1025 + index}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`;
		yield '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>';
		yield `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column},15,${row},2,${column + 3},15,${row + height},4</x:Anchor>`;
		yield `<x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column></x:ClientData></v:shape>`;
	}
	yield "</xml>";
}
