/** The whole network as one workbook, and the same workbook with nothing in it. */
import { UserError } from "../lib/errors.ts";
import { RECORD_TYPES, type RecordOf, type RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import { headerRow, listsSheet, readmeSheet, recordRow, tableSheet } from "./out.ts";
import { writeBook } from "./workbook/book-out.ts";
import { LAST_ROW } from "./workbook/places.ts";
import { LONGEST_OUT, type OutRow } from "./workbook/sheet-out.ts";
import type { Sink } from "./workbook/zip.ts";

/** All records of a kind, in key order. */
type Records = <T extends RecordType>(type: T) => AsyncIterable<RecordOf[T]> | Iterable<RecordOf[T]>;

/** @throws UserError when a text is too long, or a kind has too many records, for a worksheet */
export async function writeNetworkBook(sink: Sink, records: Records): Promise<void> {
	await writeTables(sink, (type) => rowsOf(type, records(type)));
}

/** An empty one: headers, explanations and drop-downs. Imported, it changes nothing. */
export async function writeTemplate(sink: Sink): Promise<void> {
	await writeTables(sink, (type) => [headerRow(type)]);
}

async function writeTables(
	sink: Sink,
	rows: (type: RecordType) => AsyncIterable<OutRow> | Iterable<OutRow>,
): Promise<void> {
	const counts = new Map<RecordType, number>();
	await writeBook(sink, [
		readmeSheet(),
		...RECORD_TYPES.map((type) => tableSheet(type, rows(type), counts)),
		listsSheet(),
	]);
}

async function* rowsOf<T extends RecordType>(
	type: T,
	records: AsyncIterable<RecordOf[T]> | Iterable<RecordOf[T]>,
): AsyncGenerator<OutRow> {
	yield headerRow(type);
	let line = 1;
	for await (const record of records) {
		const row = recordRow(type, record, ++line);
		checkFits(type, record.key, row);
		yield row;
	}
}

/** A spreadsheet would cut it off without a word. */
function checkFits(type: RecordType, key: string, { line, cells }: OutRow): void {
	const index = cells.findIndex((cell) => typeof cell?.value === "string" && cell.value.length > LONGEST_OUT);
	const column = FILES[type].columns[index]?.name;
	if (column === undefined && line <= LAST_ROW) return;
	const place = column === undefined ? FILES[type].name : `${FILES[type].name}, ${key}, ${column}`;
	throw new UserError({
		de: `Das passt in kein Arbeitsblatt (${place}): eine Zelle fasst 32.767 Zeichen, ein Blatt 1.048.576 Zeilen. Bitte als Ordner exportieren.`,
		en: `This fits into no worksheet (${place}): a cell holds 32,767 characters, a sheet 1,048,576 rows. Please export to a folder.`,
	});
}
