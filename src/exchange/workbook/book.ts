/** A workbook's table of contents: its sheets, where their parts are, and how its numbers are to be read. */
import { Refusal } from "../refusal.ts";
import type { Opened } from "../source.ts";
import { type Archive, openArchive } from "./archive.ts";
import { builtInFormat, type Format, readFormat } from "./formats.ts";
import { openStrings } from "./strings.ts";
import { readXml } from "./xml.ts";

export interface BookSheet {
	name: string;
	/** null = a chart or a dialog, no table. */
	part: string | null;
}

export interface Book {
	archive: Archive;
	sheets: BookSheet[];
	from1904: boolean;
	/** By a cell's style number. */
	formats: readonly Format[];
	/** Texts that cells share; read when the first sheet is. */
	strings(): Promise<readonly string[]>;
}

interface Relation {
	id: string;
	type: string;
	target: string;
}

const MOST_SHEETS = 200;
const MOST_FORMATS = 70_000;

const noBook = () =>
	new Refusal(
		{ de: "das ist keine Excel-Arbeitsmappe", en: "this is no Excel workbook" },
		{
			de: "eine mit Excel oder LibreOffice als „.xlsx“ gespeicherte Arbeitsmappe",
			en: 'a workbook saved as ".xlsx" by Excel or LibreOffice',
		},
	);

/** `xl/workbook.xml` → `xl/_rels/workbook.xml.rels` */
const relationsOf = (part: string) => part.replace(/[^/]*$/, (name) => `_rels/${name}.rels`);

/** A target is meant from the folder of the part that names it, or from the root. It never leaves the archive: it is only looked up. */
function resolve(part: string, target: string): string {
	const steps: string[] = [];
	for (const step of (target.startsWith("/") ? target : part.replace(/[^/]*$/, target)).split("/"))
		if (step === "..") steps.pop();
		else if (step !== "" && step !== ".") steps.push(step);
	return steps.join("/");
}

async function readRelations(archive: Archive, part: string): Promise<Relation[]> {
	const found: Relation[] = [];
	const rels = relationsOf(part);
	if (!archive.names.has(rels)) return found;
	await readXml(archive.pieces(rels), {
		open(name, { Id = "", Type = "", Target = "", TargetMode }) {
			if (name === "Relationship" && TargetMode !== "External")
				found.push({ id: Id, type: Type.replace(/^.*\//, ""), target: resolve(part, Target) });
		},
	});
	return found;
}

async function readFormats(archive: Archive, part: string): Promise<Format[]> {
	const own = new Map<number, Format>();
	const formats: Format[] = [];
	let inCells = false;
	await readXml(archive.pieces(part), {
		open(name, { numFmtId = "0", formatCode = "" }) {
			if (name === "numFmt") own.set(Number(numFmtId), readFormat(formatCode));
			else if (name === "cellXfs") inCells = true;
			else if (name === "xf" && inCells && formats.length < MOST_FORMATS)
				formats.push(own.get(Number(numFmtId)) ?? builtInFormat(Number(numFmtId)));
		},
		close(name) {
			if (name === "cellXfs") inCells = false;
		},
	});
	return formats;
}

async function checkContentTypes(archive: Archive): Promise<void> {
	const types: string[] = [];
	await readXml(archive.pieces("[Content_Types].xml"), {
		open(_name, { ContentType = "" }) {
			types.push(ContentType);
		},
	});
	if (types.some((type) => /macroEnabled/i.test(type)))
		throw new Refusal(
			{ de: "das ist eine Arbeitsmappe mit Makros", en: "this is a workbook with macros" },
			{ de: "eine Arbeitsmappe ohne Makros (.xlsx)", en: "a workbook without macros (.xlsx)" },
		);
}

/** @throws Refusal */
export async function openBook(file: Opened): Promise<Book> {
	const archive = await openArchive(file);
	if (!archive.names.has("[Content_Types].xml")) throw noBook();
	await checkContentTypes(archive);
	const main = (await readRelations(archive, "")).find(({ type }) => type === "officeDocument")?.target;
	if (main === undefined || !main.endsWith(".xml") || !archive.names.has(main)) throw noBook();
	const relations = await readRelations(archive, main);
	const tables = new Map(relations.filter(({ type }) => type === "worksheet").map(({ id, target }) => [id, target]));
	const partOf = (kind: string) =>
		relations.find(({ type, target }) => type === kind && archive.names.has(target))?.target;
	const sheets: BookSheet[] = [];
	let from1904 = false;
	await readXml(archive.pieces(main), {
		open(name, attributes) {
			if (name === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
			if (name !== "sheet" || sheets.length >= MOST_SHEETS) return;
			const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
			const part = tables.get(id);
			sheets.push({ name: attributes.name ?? "", part: part !== undefined && archive.names.has(part) ? part : null });
		},
	});
	if (sheets.length === 0) throw noBook();
	const [styles, shared] = [partOf("styles"), partOf("sharedStrings")];
	return {
		archive,
		sheets,
		from1904,
		formats: styles === undefined ? [] : await readFormats(archive, styles),
		strings: openStrings(shared === undefined ? null : archive.pieces(shared)),
	};
}
