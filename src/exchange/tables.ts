/** The tables of a folder or workbook: which there are, of which kind each is, and its rows. */
import { RECORD_TYPES, type RecordType } from "../network/records.ts";
import { FILES } from "./columns.ts";
import { type Broken, csvReader, type Row, separatorOf } from "./csv.ts";
import { decodeUtf8 } from "./decode.ts";
import type { Fault } from "./fault.ts";
import { kindOf } from "./kinds.ts";
import { Excess, Refusal } from "./refusal.ts";
import type { Opened, Source, SourceFile } from "./source.ts";
import { shownText } from "./value.ts";
import { type Book, openBook } from "./workbook/book.ts";
import { columnLetters } from "./workbook/places.ts";
import { type Merged, readRows } from "./workbook/rows.ts";

export interface Table {
	/** As faults give it: `contacts.csv`, `network.xlsx[contacts]`. */
	file: string;
	/** Of the file or sheet. */
	name: string;
	/** null = unknown. */
	type: RecordType | null;
	/** In pieces as they are read, once or again. @throws Refusal after the last row that could be read */
	rows(): AsyncIterable<Row[]>;
	/** Where cells are merged: known when the rows have been read. */
	merged(): { row: number; column: string }[];
}

export interface Tables extends AsyncDisposable {
	medium: "csv" | "workbook";
	list: Table[];
	/** That a workbook cannot be opened. */
	faults: Fault[];
	/** And that it is for its size. */
	excess: boolean;
}

/** Far above any network; beyond it something else was named. */
const LARGEST_FILE = 256 * 1024 * 1024;

const isPassedOver = (name: string) => /^(\.|README)|\.md$/.test(name);
/** What we write beside the tables. */
export const SIDE_SHEETS = { readme: "Lies mich", lists: "Listen", faults: "Fehler" } as const;
const isSideSheet = (name: string) => isPassedOver(name) || Object.values<string>(SIDE_SHEETS).includes(name);

const typeOf = (name: string): RecordType | null => RECORD_TYPES.find((type) => FILES[type].name === name) ?? null;

export async function listTables(source: Source): Promise<Tables> {
	const [only] = source.files;
	if (source.files.length === 1 && only !== undefined && isWorkbook(only.name)) return await bookTables(only);
	return {
		medium: "csv",
		list: source.files.filter(({ name }) => !isPassedOver(name)).map(csvTable),
		faults: [],
		excess: false,
		[Symbol.asyncDispose]: async () => {},
	};
}

const isWorkbook = (name: string) => name.toLowerCase().endsWith(".xlsx");

const tooLarge = () => new Refusal({ de: "die Datei ist größer als 256 MB", en: "the file is larger than 256 MB" });

function csvTable(file: SourceFile): Table {
	const { name } = file;
	return {
		file: name,
		name,
		type: kindOf(name, "folder") === "csv" && name.endsWith(".csv") ? typeOf(name.slice(0, -".csv".length)) : null,
		async *rows() {
			await using opened = await file.open();
			if (opened.size > LARGEST_FILE) throw tooLarge();
			yield* readCsv(opened);
		},
		merged: () => [],
	};
}

/** A header row is never longer. */
const LONGEST_HEADER = 100_000;

async function* readCsv(opened: Opened): AsyncGenerator<Row[]> {
	let rows: Row[] = [];
	let reader: ReturnType<typeof csvReader> | null = null;
	let head = "";
	const start = () => csvReader(separatorOf(head), (row) => rows.push(row));
	const stopAt = (broken: Broken | null) => {
		if (broken !== null) throw new Refusal(broken.problem, null, broken.line);
	};
	try {
		for await (const text of decodeUtf8(opened.pieces())) {
			head += text;
			// The separator is known as soon as one stands there.
			if (reader === null && !/[,;\r\n]/.test(head) && head.length < LONGEST_HEADER) continue;
			reader ??= start();
			stopAt(reader.write(head));
			head = "";
			yield rows;
			rows = [];
		}
		reader ??= start();
		stopAt(reader.write(head) ?? reader.end());
	} catch (error) {
		// What stands before the fault is read.
		yield rows;
		throw error;
	}
	yield rows;
}

async function bookTables(file: SourceFile): Promise<Tables> {
	let opened: Opened | null = null;
	const close = async () => await opened?.[Symbol.asyncDispose]();
	try {
		opened = await file.open();
		if (opened.size > LARGEST_FILE) throw tooLarge();
		const book = await openBook(opened);
		const sheets = book.sheets.filter(({ name }) => !isSideSheet(name));
		return {
			medium: "workbook",
			list: sheets.map(({ name, part }) => bookTable(book, file.name, name, part)),
			faults: [],
			excess: false,
			[Symbol.asyncDispose]: close,
		};
	} catch (error) {
		await close();
		if (!(error instanceof Refusal)) throw error;
		const { problem, expected, line } = error;
		return {
			medium: "workbook",
			list: [],
			faults: [{ file: file.name, line, column: null, problem, expected, nearest: null }],
			excess: error instanceof Excess,
			[Symbol.asyncDispose]: async () => {},
		};
	}
}

function bookTable(book: Book, file: string, name: string, part: string | null): Table {
	let header: Row | null = null;
	let merged: Merged[] = [];
	let last = 0;
	return {
		file: `${file}[${name}]`,
		name,
		type: typeOf(name),
		async *rows() {
			if (part === null) throw new Refusal({ de: "dieses Blatt ist keine Tabelle", en: "this sheet is no table" });
			merged = [];
			header = null;
			for await (const rows of readRows(book, part, merged)) {
				header ??= rows[0] ?? null;
				last = rows.at(-1)?.line ?? last;
				yield rows;
			}
		},
		merged: () =>
			merged.filter(({ row }) => row <= last).map(({ row, column }) => ({ row, column: headingOf(header, column) })),
	};
}

const headingOf = (header: Row | null, column: number) =>
	shownText(header?.cells[column - 1], "text").trim() || columnLetters(column);
