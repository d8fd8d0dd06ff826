/**
 * Random files against the import: `npm run fuzz [CASES] [SEED]`. The last line is `N passed, N failed`; a failure prints its seed and the
 * smallest case that fails, and the same command with that seed finds it again.
 */
import fc from "fast-check";
import { checkFolder } from "../../src/exchange/check.ts";
import { FILES } from "../../src/exchange/columns.ts";
import { headerLine, recordLine } from "../../src/exchange/export.ts";
import { faultWorkbook } from "../../src/exchange/fault-book.ts";
import { writeNetworkBook } from "../../src/exchange/network-book.ts";
import { makePlan } from "../../src/exchange/plan.ts";
import { type Folder, readSource } from "../../src/exchange/read.ts";
import { type NamedBytes, sourceOf } from "../../src/exchange/source.ts";
import { EMPTY_NETWORK } from "../../src/network/load.ts";
import { RECORD_TYPES, type RecordOf, type RecordType } from "../../src/network/records.ts";
import { archive, bookParts } from "../support/archive.ts";
import { networks, type Records } from "../support/networks.ts";

const OPTIONS = { prune: false, language: "de" as const };
const ensure = (holds: boolean, what: string) => {
	if (!holds) throw new Error(what);
};

/** What must hold of any file whatever: an answer, and every fault with its file and line. */
async function readAnything(files: readonly NamedBytes[]): Promise<Folder> {
	const source = sourceOf(files);
	const folder = await readSource(source);
	const faults = [...folder.faults, ...(folder.excess ? [] : checkFolder(folder, EMPTY_NETWORK, OPTIONS))];
	for (const { file, line, problem } of faults) {
		ensure(
			files.some(({ name }) => file === name || file.startsWith(`${name}[`)),
			`a fault of the file ${file}`,
		);
		ensure(Number.isInteger(line) && line >= 1, `a fault in line ${line}`);
		ensure(problem.de !== "" && problem.en !== "", "a fault without words");
	}
	// Only what has no fault is laid over the network; that must not throw either.
	if (faults.length === 0) makePlan(folder, EMPTY_NETWORK, OPTIONS);
	return folder;
}

const bite = fc.oneof(
	{ weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
	{ weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			"",
			"=1+1",
			"'=1",
			"''",
			"@a:b",
			"+49",
			"\t",
			"a|b||",
			"31.02.2026",
			"1.1.2026",
			"2026-11-22T25:00",
			"P1M",
			"PT",
			"24/7",
			"Mo-",
			"DE-SN",
			"FREQ=DAILY",
			"FREQ=;",
			"RRULE:",
			"yes",
			"consensus",
			"1/2",
			"land",
			"a",
			"b",
			"\0",
			'"',
			'""',
			",",
			";",
			"\r",
			"\n",
			"\r\n",
			"constructor",
			"__proto__",
			"9".repeat(30),
			"-1",
			"1e9",
			"😀",
			"\ufeff",
			"\u202e",
			"é",
		),
	},
);

/** A kind's columns, some of them, in any order, with cells of any content. */
const tables = fc.constantFrom(...RECORD_TYPES).chain((type) => {
	const names = FILES[type].columns.map(({ name }) => name);
	const header = fc.oneof(
		fc.constant(names),
		fc.shuffledSubarray(names, { minLength: 1 }),
		fc.array(fc.oneof(fc.constantFrom(...names), bite), { minLength: 1, maxLength: 6 }),
	);
	return header.chain((columns) =>
		fc.record({
			name: fc.constant(FILES[type].name),
			columns: fc.constant(columns),
			rows: fc.array(fc.array(bite, { minLength: columns.length - 1, maxLength: columns.length }), { maxLength: 4 }),
		}),
	);
});

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (rows: readonly (readonly string[])[], separator: string) =>
	Buffer.from(rows.map((cells) => cells.map(quote).join(separator)).join("\n"));

const xml = (text: string) =>
	text
		.replaceAll(/[^\t\n\x20-\ud7ff\ue000-\ufffd]/g, "")
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;");
const cellXml = (text: string, at: number) =>
	[
		`<c t="inlineStr"><is><t>${xml(text)}</t></is></c>`,
		`<c t="str"><v>${xml(text)}</v></c>`,
		`<c s="${at % 3}"><v>${xml(text)}</v></c>`,
		`<c t="d"><v>${xml(text)}</v></c>`,
		`<c t="b"><v>${xml(text)}</v></c>`,
	][at % 5] ?? "";
const bookOfRows = (name: string, rows: readonly (readonly string[])[], kinds: readonly number[]) => {
	const [header = [], ...body] = rows;
	const line = (cells: readonly string[], kind: (index: number) => number) =>
		`<row>${cells.map((cell, index) => cellXml(cell, kind(index))).join("")}</row>`;
	const sheet = `<sheetData>${line(header, () => 0)}${body.map((cells) => line(cells, (index) => kinds[index % kinds.length] ?? 0)).join("")}</sheetData>`;
	return archive(
		bookParts({
			sheets: { [name]: sheet },
			styles: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>',
		}),
	);
};

/** Bytes changed, put in, taken out, doubled. */
const wounds = fc.array(fc.record({ at: fc.nat(1_000_000), take: fc.nat(20), put: fc.uint8Array({ maxLength: 6 }) }), {
	minLength: 1,
	maxLength: 4,
});
function wound(bytes: Buffer, all: readonly { at: number; take: number; put: Uint8Array }[]): Buffer {
	let result = bytes;
	for (const { at, take, put } of all) {
		const from = at % (result.length + 1);
		result = Buffer.concat([result.subarray(0, from), put, result.subarray(from + take)]);
	}
	return result;
}

async function bookBytes(records: Records): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	const all = <T extends RecordType>(type: T): RecordOf[T][] => records[type];
	await writeNetworkBook({ write: async (bytes) => void chunks.push(Buffer.from(bytes)) }, all);
	return Buffer.concat(chunks);
}
function csvBytes(records: Records): NamedBytes[] {
	const write = <T extends RecordType>(type: T) => ({
		name: `${FILES[type].name}.csv`,
		bytes: Buffer.from([headerLine(type), ...records[type].map((record) => recordLine(type, record))].join("")),
	});
	return RECORD_TYPES.map(write);
}
/** Whatever the order of an object's fields. */
const canonical = (value: unknown) =>
	JSON.stringify(value, (_, inner: unknown) =>
		inner !== null && typeof inner === "object" && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);

function same(folder: Folder, records: Records): void {
	const plan = makePlan(folder, EMPTY_NETWORK, OPTIONS);
	for (const type of RECORD_TYPES) {
		const read = canonical(plan[type]?.rows.map(({ record }) => record));
		const wanted = canonical(records[type]);
		ensure(read === wanted, `${type}: ${read} instead of ${wanted}`);
	}
}

/** Checks so many cases of one property. */
type Check = (parameters: {
	seed: number;
	numRuns: number;
}) => Promise<{ failed: boolean; numRuns: number; words: string | undefined }>;

const checking =
	<T extends unknown[]>(property: fc.IAsyncProperty<T>): Check =>
	async (parameters) => {
		const run = await fc.check(property, parameters);
		return { failed: run.failed, numRuns: run.numRuns, words: fc.defaultReportMessage(run) };
	};

/** Each with its share of the cases. */
const AIMS: Readonly<Record<string, readonly [share: number, check: Check]>> = {
	"any cells in CSV": [
		0.35,
		checking(
			fc.asyncProperty(
				tables,
				fc.constantFrom(",", ";"),
				async ({ name, columns, rows }, separator) =>
					void (await readAnything([{ name: `${name}.csv`, bytes: csvOf([columns, ...rows], separator) }])),
			),
		),
	],
	"any cells in a workbook": [
		0.2,
		checking(
			fc.asyncProperty(
				tables,
				fc.array(fc.nat(14), { minLength: 1, maxLength: 5 }),
				async ({ name, columns, rows }, kinds) =>
					void (await readAnything([{ name: "netz.xlsx", bytes: bookOfRows(name, [columns, ...rows], kinds) }])),
			),
		),
	],
	"any bytes": [
		0.15,
		checking(
			fc.asyncProperty(
				fc.uint8Array({ maxLength: 200 }),
				fc.constantFrom("regions.csv", "netz.xlsx"),
				async (bytes, name) => void (await readAnything([{ name, bytes }])),
			),
		),
	],
	"wounded CSV": [
		0.15,
		checking(
			fc.asyncProperty(
				networks,
				wounds,
				async (records, all) =>
					void (await readAnything(
						csvBytes(records).map(({ name, bytes }) => ({ name, bytes: wound(Buffer.from(bytes), all) })),
					)),
			),
		),
	],
	"wounded archives": [
		0.06,
		checking(
			fc.asyncProperty(
				tables,
				wounds,
				async ({ name, columns, rows }, all) =>
					void (await readAnything([
						{ name: "netz.xlsx", bytes: wound(bookOfRows(name, [columns, ...rows], [0]), all) },
					])),
			),
		),
	],
	"there and back in CSV": [
		0.05,
		checking(fc.asyncProperty(networks, async (records) => same(await readAnything(csvBytes(records)), records))),
	],
	"there and back in a workbook": [
		0.02,
		checking(
			fc.asyncProperty(networks, async (records) =>
				same(await readAnything([{ name: "netz.xlsx", bytes: await bookBytes(records) }]), records),
			),
		),
	],
	"the workbook of any faults can be read": [
		0.02,
		checking(
			fc.asyncProperty(tables, async ({ name, columns, rows }) => {
				const source = sourceOf([{ name: `${name}.csv`, bytes: csvOf([columns, ...rows], ",") }]);
				const { faults } = await readSource(source);
				await readAnything([{ name: "fehler.xlsx", bytes: await faultWorkbook(source, faults) }]);
			}),
		),
	],
};

/** @returns how many cases held; a failure is told with its seed */
export async function fuzz(
	cases: number,
	seed: number,
	tell: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
	let passed = 0;
	let failed = 0;
	for (const [name, [share, check]] of Object.entries(AIMS)) {
		const numRuns = Math.max(1, Math.round(cases * share));
		const run = await check({ seed, numRuns });
		tell(`${name}: ${run.numRuns} cases${run.failed ? ", FAILED" : ""}`);
		passed += run.failed ? run.numRuns - 1 : run.numRuns;
		failed += run.failed ? 1 : 0;
		if (run.failed) tell(`seed ${seed}: ${run.words}`);
	}
	return { passed, failed };
}
