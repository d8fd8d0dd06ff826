/** Writes a workbook, sheet after sheet, to wherever its bytes go. */
import { escapeAttribute } from "./escape.ts";
import { boxesXml, type Note, notesXml } from "./notes.ts";
import { type OutSheet, sheetXml } from "./sheet-out.ts";
import { stylesXml } from "./styles.ts";
import { type Sink, zipWriter } from "./zip.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const relations = (all: readonly { id: string; type: string; target: string }[]) =>
	`${XML}<Relationships xmlns="${PACKAGE}/relationships">${all
		.map(({ id, type, target }) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
		.join("")}</Relationships>`;

/** Each sheet's rows are asked for when its turn comes, and written before the next sheet's. */
export async function writeBook(sink: Sink, sheets: readonly OutSheet[]): Promise<void> {
	const zip = zipWriter(sink);
	await zip.add("_rels/.rels", [relations([{ id: "rId1", type: "officeDocument", target: "xl/workbook.xml" }])]);
	const listed = sheets.map(({ name, first }, index) => ({ name, number: index + 1, first }));
	const shown = [...listed.filter(({ first }) => first), ...listed.filter(({ first }) => !first)];
	await zip.add("xl/workbook.xml", [
		`${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>`,
		...shown.map(
			({ name, number }) => `<sheet name="${escapeAttribute(name)}" sheetId="${number}" r:id="rId${number}"/>`,
		),
		"</sheets></workbook>",
	]);
	await zip.add("xl/_rels/workbook.xml.rels", [
		relations([
			...listed.map(({ number }) => ({
				id: `rId${number}`,
				type: "worksheet",
				target: `worksheets/sheet${number}.xml`,
			})),
			{ id: `rId${sheets.length + 1}`, type: "styles", target: "styles.xml" },
		]),
	]);
	await zip.add("xl/styles.xml", [stylesXml()]);
	const noted: number[] = [];
	for (const [index, sheet] of sheets.entries()) {
		const number = index + 1;
		const notes: Note[] = [];
		await zip.add(`xl/worksheets/sheet${number}.xml`, sheetXml(sheet, notes));
		if (notes.length === 0) continue;
		noted.push(number);
		await zip.add(`xl/worksheets/_rels/sheet${number}.xml.rels`, [
			relations([
				{ id: "rId1", type: "vmlDrawing", target: `../drawings/vmlDrawing${number}.vml` },
				{ id: "rId2", type: "comments", target: `../comments${number}.xml` },
			]),
		]);
		await zip.add(`xl/comments${number}.xml`, notesXml(notes));
		await zip.add(`xl/drawings/vmlDrawing${number}.vml`, boxesXml(notes));
	}
	const part = (name: string, type: string) =>
		`<Override PartName="/xl/${name}" ContentType="${SPREADSHEET}.${type}+xml"/>`;
	await zip.add("[Content_Types].xml", [
		`${XML}<Types xmlns="${PACKAGE}/content-types">`,
		'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
		'<Default Extension="xml" ContentType="application/xml"/>',
		'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
		part("workbook.xml", "sheet.main"),
		part("styles.xml", "styles"),
		...listed.map(({ number }) => part(`worksheets/sheet${number}.xml`, "worksheet")),
		...noted.map((number) => part(`comments${number}.xml`, "comments")),
		"</Types>",
	]);
	await zip.end();
}
