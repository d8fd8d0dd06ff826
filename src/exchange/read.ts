/** Reads what an import was given into rows of known kinds, with a fault for all that cannot be read. */
import { nearestWords } from "../lib/fold.ts";
import { RECORD_TYPES, type RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import type { Fault } from "./fault.ts";
import { Excess, Refusal } from "./refusal.ts";
import { type GivenFile, sheetReader } from "./sheet.ts";
import type { Source } from "./source.ts";
import { listTables, type Table } from "./tables.ts";

export interface Folder {
	/** In the order of RECORD_TYPES. */
	files: GivenFile[];
	faults: Fault[];
	/** Kinds of which a file was not read to its end: what it has is not known, so references to them are not looked at. */
	incomplete: Set<RecordType>;
	/** Something was refused for its size: nothing else is looked at. */
	excess: boolean;
}

const refused = (file: string, { problem, expected, line }: Refusal): Fault => ({
	file,
	line,
	column: null,
	problem,
	expected,
	nearest: null,
});

/** @param progress told the name of each file or sheet before it is read */
export async function readSource(source: Source, progress: (file: string) => void = () => {}): Promise<Folder> {
	await using tables = await listTables(source);
	const faults: Fault[] = [...tables.faults];
	const folder: Folder = { files: [], faults, incomplete: new Set(), excess: tables.excess };
	for (const table of tables.list) if (table.type === null) faults.push(unknown(table, tables.medium));
	for (const type of RECORD_TYPES) {
		const [table, twice] = tables.list.filter((one) => one.type === type);
		if (twice !== undefined)
			faults.push(
				refused(twice.file, new Refusal({ de: "diese Datei ist zweimal da", en: "this file is there twice" })),
			);
		if (table === undefined) continue;
		progress(table.file);
		await readTable(table, type, tables.medium, folder);
	}
	return folder;
}

async function readTable(table: Table, type: RecordType, medium: "csv" | "workbook", folder: Folder): Promise<void> {
	const { file } = table;
	const reader = sheetReader(type, file, medium, folder.faults);
	try {
		for await (const rows of table.rows()) for (const row of rows) reader.row(row);
		reader.end();
		for (const { row, column } of table.merged())
			folder.faults.push({
				...refused(file, new Refusal({ de: "hier sind Zellen verbunden", en: "cells are merged here" })),
				line: row,
				column,
				expected: { de: "jede Zelle für sich, mit ihrem Wert", en: "each cell by itself, with its value" },
			});
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		folder.faults.push(refused(file, error));
		folder.incomplete.add(type);
		folder.excess ||= error instanceof Excess;
	}
	folder.files.push(reader.given());
}

function unknown({ file, name }: Table, medium: "csv" | "workbook"): Fault {
	const known = RECORD_TYPES.map((type) => `${FILES[type].name}${medium === "csv" ? ".csv" : ""}`);
	const list = known.join(", ");
	return {
		file,
		line: 1,
		column: null,
		problem:
			medium === "csv"
				? { de: "diese Datei ist unbekannt", en: "this file is unknown" }
				: { de: `das Blatt „${name}“ ist unbekannt`, en: `the sheet "${name}" is unknown` },
		expected:
			medium === "csv"
				? { de: `eine von ${list}`, en: `one of ${list}` }
				: { de: `eines von ${list}`, en: `one of ${list}` },
		nearest: nearestWords(name, known, 1)[0] ?? null,
	};
}
