/** Workbooks as the programs of this world write them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultLine } from "../../src/exchange/fault.ts";
import { readSource } from "../../src/exchange/read.ts";
import { sourceOf } from "../../src/exchange/source.ts";
import { readFormat } from "../../src/exchange/workbook/formats.ts";
import { columnLetters, findPlace } from "../../src/exchange/workbook/places.ts";
import { momentOf, serialOf } from "../../src/exchange/workbook/serial.ts";
import { type BookParts, book, textRows } from "../support/archive.ts";

const read = (parts: BookParts) => readSource(sourceOf([{ name: "netz.xlsx", bytes: book(parts) }]));

/** The values of the first file's rows by field, and the faults as the terminal prints them. */
async function valuesOf(parts: BookParts) {
	const { files, faults } = await read(parts);
	return {
		rows: files[0]?.rows.map(({ values }) => Object.fromEntries(values)) ?? [],
		faults: faults.map((fault) => faultLine(fault, "de")),
	};
}

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (...cells: string[]) => `<row>${cells.join("")}</row>`;
const data = (...rows: string[]) => `<sheetData>${rows.join("")}</sheetData>`;
const STYLES = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="171" formatCode="[$-407]TT/yyyy\\ hh:mm"/><numFmt numFmtId="172" formatCode="[h]:mm"/><numFmt numFmtId="173" formatCode="00000"/></numFmts>
	<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="173"/><xf numFmtId="20"/><xf numFmtId="9"/></cellXfs></styleSheet>`;

describe("a cell", () => {
	const figure = async (cell: string, more: Partial<BookParts> = {}) =>
		await valuesOf({
			sheets: {
				figures: data(
					row(text("key"), text("programme"), text("label"), text("value"), text("as_of")),
					row(text("f"), text("p"), text("l"), cell, text("2026-01-01")),
				),
			},
			styles: STYLES,
			...more,
		});
	test.each([
		["inline text", text("a &amp; b"), "a & b"],
		["text in parts", '<c t="inlineStr"><is><r><t>fett </t></r><r><t>und mehr</t></r></is></c>', "fett und mehr"],
		[
			"text without how it is read out",
			'<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>',
			"東京",
		],
		["text of a formula that is no more", '<c t="str"><v>fest</v></c>', "fest"],
		["shared text", '<c t="s"><v>1</v></c>', "geteilt"],
		["text that begins like a formula", text("=1+1"), "=1+1"],
		["text that is guarded", text("&apos;=1+1"), "=1+1"],
		["what XML cannot hold", text("a_x0001_b_x005F_x0041_"), "a\u0001b_x0041_"],
		["a whole number", "<c><v>87</v></c>", "87"],
		["a large number", "<c><v>1.2E+16</v></c>", "12000000000000000"],
		["a fraction with the noise of binary numbers", "<c><v>0.30000000000000004</v></c>", "0.3"],
		["a very small number", "<c><v>1e-7</v></c>", "0.0000001"],
		["leading zeros that only the format has", '<c s="4"><v>1067</v></c>', "01067"],
		["a share", '<c s="6"><v>0.07</v></c>', "7%"],
		["a date", '<c s="1"><v>46348</v></c>', "2026-11-22"],
		["a date with its time", '<c s="2"><v>46348.395833333336</v></c>', "2026-11-22T09:30"],
		["a time of day", '<c s="5"><v>0.39583333333333331</v></c>', "09:30"],
		["a date as text of ISO 8601", '<c t="d"><v>2026-11-22T00:00:00.000</v></c>', "2026-11-22"],
		["a truth value", '<c t="b"><v>1</v></c>', "yes"],
	])("holds %s", async (_, cell, value) => {
		const { rows, faults } = await figure(cell, { shared: "<sst><si><t>x</t></si><si><t>geteilt</t></si></sst>" });
		expect(faults).toEqual([]);
		expect(rows[0]?.value).toBe(value);
	});

	test.each([
		["a formula", "<c><f>SUM(A1)</f><v>3</v></c>", "„=SUM(A1)“ ist eine Formel"],
		["a formula that shares another's", '<c><f t="shared" si="0"/><v>3</v></c>', "„=“ ist eine Formel"],
		["an error", '<c t="e"><v>#REF!</v></c>', "„#REF!“ ist ein Fehlerwert"],
		["29 February 1900", '<c s="1"><v>60</v></c>', "der Tag 60 der Zählung ist kein Datum"],
		["a day before the count", '<c s="1"><v>-1</v></c>', "der Tag -1 der Zählung ist kein Datum"],
		["a number that is none", "<c><v>viel</v></c>", "„viel“ ist keine Zahl"],
		["a text that is not there", '<c t="s"><v>7</v></c>', "der Text Nr. 7 fehlt"],
	])("is refused with %s", async (_, cell, problem) => {
		expect((await figure(cell)).faults.join()).toContain(`netz.xlsx[figures]:2 value: ${problem}`);
	});

	test("is a local time, a date, a duration or a number by its column", async () => {
		const { rows, faults } = await valuesOf({
			styles: STYLES,
			sheets: {
				events: data(
					row(...["key", "title", "kind", "start", "duration", "exceptions"].map(text)),
					row(
						text("a"),
						text("A"),
						text("training"),
						'<c s="2"><v>46348</v></c>',
						'<c s="3"><v>1.5</v></c>',
						'<c s="1"><v>46348</v></c>',
					),
					row(text("b"), text("B"), text("training"), '<c s="2"><v>46348.99999</v></c>', '<c s="5"><v>0.0625</v></c>'),
				),
			},
		});
		expect(rows[0]).toMatchObject({ start: "2026-11-22T00:00", duration: "PT36H", exceptions: ["2026-11-22"] });
		expect(rows[1]).toMatchObject({ duration: "PT1H30M" });
		expect(faults.join()).toContain("netz.xlsx[events]:3 start: „2026-11-22T23:59:59“ ist nicht zu lesen");
	});

	test("counts its days from 1904 where the workbook does", async () => {
		const { rows } = await figure('<c s="1"><v>44886</v></c>', { properties: '<workbookPr date1904="1"/>' });
		expect(rows[0]?.value).toBe("2026-11-22");
	});
});

describe("a sheet", () => {
	const HEAD = ["key", "name", "kind"];
	test("may have prefixes, targets from the root, no places, no styles", async () => {
		const sheet =
			'<x:sheetData><x:row><x:c t="str"><x:v>key</x:v></x:c><x:c t="str"><x:v>name</x:v></x:c><x:c t="str"><x:v>kind</x:v></x:c></x:row><x:row><x:c t="str"><x:v>a</x:v></x:c><x:c t="str"><x:v>A</x:v></x:c><x:c t="str"><x:v>land</x:v></x:c></x:row></x:sheetData>';
		expect(await valuesOf({ prefix: "x", sheets: { regions: sheet } })).toMatchObject({
			faults: [],
			rows: [{ key: "a", name: "A" }],
		});
	});

	test("has holes, rows of blanks, and lines that count them", async () => {
		const { rows, faults } = await valuesOf({
			sheets: {
				regions: `<sheetData><row r="1"><c r="A1" t="str"><v>key</v></c><c r="B1" t="str"><v>parent</v></c><c r="C1" t="str"><v>name</v></c><c r="D1" t="str"><v>kind</v></c><c r="E1" s="3"/></row>
					<row r="5"><c r="A5" t="str"><v>a</v></c><c r="C5" t="str"><v>A</v></c><c r="D5" t="str"><v>land</v></c></row><row r="7"><c r="A7" s="1"/></row>
					<row r="9"><c r="A9" t="str"><v>b</v></c><c r="D9" t="str"><v>lant</v></c></row></sheetData>`,
			},
		});
		expect(rows[0]).toMatchObject({ key: "a", name: "A" });
		expect(faults).toEqual([
			expect.stringContaining("netz.xlsx[regions]:9 name: die Zelle ist leer"),
			expect.stringContaining("netz.xlsx[regions]:9 kind: „lant“ ist nicht zu lesen"),
		]);
	});

	test("is a fault where its name is unknown, and passed over where it explains", async () => {
		const { faults } = await valuesOf({
			sheets: {
				kontacts: "",
				"Lies mich": textRows([["x"]]),
				Listen: "",
				Fehler: "",
				README2: "",
				regions: textRows([HEAD]),
			},
		});
		expect(faults).toEqual([
			expect.stringMatching(/^netz\.xlsx\[kontacts\]:1: das Blatt „kontacts“ ist unbekannt.*contacts“\?$/),
		]);
	});

	test("is refused where cells are merged, stand outside or beside the table", async () => {
		const { faults } = await valuesOf({
			sheets: {
				regions: `${textRows([HEAD, ["a", "A", "land"], ["b", "B", "land", "", "mehr"]])}<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A90:B91"/></mergeCells>`,
			},
		});
		expect(faults).toEqual([
			expect.stringContaining("netz.xlsx[regions]:3 E: hier steht etwas, aber die Spalte hat keinen Namen"),
			expect.stringContaining("netz.xlsx[regions]:2 name: hier sind Zellen verbunden"),
		]);
		const beyond = await valuesOf({
			sheets: { regions: '<sheetData><row r="1"><c r="XFE1" t="str"><v>key</v></c></row></sheetData>' },
		});
		expect(beyond.faults.join()).toContain("netz.xlsx[regions]:1: die Zelle „XFE1“ gibt es auf keinem Blatt");
	});
});

describe("places and days", () => {
	test("columns have letters up to XFD", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 16_384 }), (column) => {
				expect(findPlace(`${columnLetters(column)}7`)).toEqual({ column, row: 7 });
			}),
		);
		expect([columnLetters(26), columnLetters(27), columnLetters(16_384)]).toEqual(["Z", "AA", "XFD"]);
		expect(["XFE1", "A0", "A1048577", "AAAA1", "1A", ""].map(findPlace)).toEqual([null, null, null, null, null, null]);
	});

	test("a written day and minute is read again, whatever it is", () => {
		const minutes = fc.integer({ min: 0, max: 8_099 * 365 * 1440 });
		fc.assert(
			fc.property(minutes, (passed) => {
				const at = Temporal.PlainDateTime.from("1900-03-01T00:00")
					.add({ minutes: passed })
					.toString({ smallestUnit: "minute" });
				expect(momentOf(serialOf(at) ?? Number.NaN, "date and time", false)?.at).toBe(`${at}:00`);
			}),
			{ numRuns: 2_000 },
		);
	});

	test.each([
		["1900-01-01", 1],
		["1900-02-28", 59],
		["1900-03-01", 61],
		["9999-12-31", 2_958_465],
	])("%s is day %i", (date, day) => expect(momentOf(day, "date", false)?.at).toBe(`${date}T00:00:00`));

	test.each([
		["[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "date"],
		['#,##0.00\\ "€ im Jahr"', "plain"],
		["[Red]0.00;[Blue]-0.00", "plain"],
		["General", "plain"],
		["mmm", "date"],
		["mm:ss", "time"],
		["yyyy-mm-dd hh:mm", "date and time"],
		["[mm]:ss", "span"],
		["0.0%", "percent"],
		["@", "plain"],
	])("the format %s is that of a %s", (code, format) => expect(readFormat(code)).toBe(format));
});
