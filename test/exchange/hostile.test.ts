/** Files that were made, or fell out, to do harm: each is refused with its name and line, and nothing is written. */
import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultLine } from "../../src/exchange/fault.ts";
import { readSource } from "../../src/exchange/read.ts";
import { sourceAt, sourceOf } from "../../src/exchange/source.ts";
import { archive, book, bookParts, textRows } from "../support/archive.ts";
import { testFolder } from "../support/folder.ts";

const faultsOf = async (name: string, bytes: Uint8Array) =>
	(await readSource(sourceOf([{ name, bytes }]))).faults.map((fault) => faultLine(fault, "de")).join("\n");

const REGIONS = { regions: textRows([["key", "name", "kind"]]) };
const parts = bookParts({ sheets: REGIONS });
const sheet = (content: string) => book({ sheets: { regions: content } });
const row = (cell: string) =>
	`<sheetData><row r="1"><c r="A1" t="str"><v>key</v></c></row><row r="2">${cell}</row></sheetData>`;
const part = (name: string, data: string) => book({ sheets: REGIONS, parts: { [name]: data } });

describe("a workbook is refused", () => {
	test.each<[string, Uint8Array, string]>([
		["that is none", Buffer.from("Hallo"), "netz.xlsx:1: die Arbeitsmappe ist beschädigt oder keine"],
		["of no bytes", Buffer.alloc(0), "netz.xlsx:1: die Arbeitsmappe ist beschädigt oder keine"],
		["cut in the middle", book({ sheets: REGIONS }).subarray(0, 700), "netz.xlsx:1: die Arbeitsmappe ist beschädigt"],
		[
			"with a password",
			Buffer.from("d0cf11e0a1b11ae1", "hex"),
			"netz.xlsx:1: die Arbeitsmappe ist mit einem Kennwort geschützt",
		],
		[
			"that is another archive",
			archive([{ name: "a.txt", data: "a" }]),
			"netz.xlsx:1: das ist keine Excel-Arbeitsmappe",
		],
		["with macros", part("xl/vbaProject.bin", "x"), "netz.xlsx:1: die Arbeitsmappe enthält Makros"],
		[
			"renamed from .xlsm",
			part(
				"[Content_Types].xml",
				'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
			),
			"netz.xlsx:1: das ist eine Arbeitsmappe mit Makros",
		],
		[
			"that unpacks to a thousand times its size",
			part("xl/media/a", "0".repeat(20_000_000)),
			"netz.xlsx:1: das Archiv wird beim Entpacken übermäßig groß",
		],
		[
			"that says it is small and is not",
			archive(
				parts.map((one) =>
					one.name.endsWith("/0.xml") ? { ...one, data: one.data + " ".repeat(9_000_000), size: 100 } : one,
				),
			),
			"die Arbeitsmappe ist beschädigt",
		],
		[
			"that promises terabytes",
			archive([...parts, { name: "x", data: "", size: 4_000_000_000 }]),
			"netz.xlsx:1: das Archiv wird beim Entpacken übermäßig groß",
		],
		[
			"whose parts share their bytes",
			archive([...parts, { name: "xl/again", data: parts[4]?.data ?? "", sameAs: "xl/worksheets/0.xml" }]),
			"netz.xlsx:1: das Archiv wird beim Entpacken übermäßig groß",
		],
		[
			"of ten thousand parts",
			archive([...parts, ...Array.from({ length: 10_000 }, (_, at) => ({ name: `a${at}`, data: "" }))]),
			"netz.xlsx:1: das Archiv hat 10005 Teile",
		],
		["that says it has more parts than it has", archive(parts, 60_000), "netz.xlsx:1: das Archiv hat 60000 Teile"],
		[
			"with a part outside",
			archive([...parts, { name: "../../etc/cron.d/x", data: "x" }]),
			"netz.xlsx:1: die Arbeitsmappe ist beschädigt",
		],
		[
			"with a part at the root",
			archive([...parts, { name: "/etc/passwd", data: "x" }]),
			"netz.xlsx:1: die Arbeitsmappe ist beschädigt",
		],
		[
			"with a link in it",
			archive([...parts, { name: "xl/l", data: "/etc/passwd", mode: 0o120777 }]),
			"netz.xlsx:1: die Arbeitsmappe ist beschädigt",
		],
		["with a part twice", archive([...parts, ...parts.slice(0, 1)]), "netz.xlsx:1: die Arbeitsmappe ist beschädigt"],
		[
			"with an encrypted part",
			archive([...parts, { name: "x", data: "x", flags: 1 }]),
			"netz.xlsx:1: die Arbeitsmappe ist verschlüsselt",
		],
		[
			"packed in an unknown way",
			archive([...parts, { name: "x", data: "x", method: 99 }]),
			"netz.xlsx:1: die Arbeitsmappe ist beschädigt",
		],
		[
			"that declares entities",
			part("xl/workbook.xml", '<!DOCTYPE l [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'),
			"netz.xlsx:1: die Arbeitsmappe erklärt eigene XML-Entitäten",
		],
		[
			"that asks for a file",
			part("xl/workbook.xml", '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook/>'),
			"netz.xlsx:1: die Arbeitsmappe erklärt eigene XML-Entitäten",
		],
		["of no XML", part("xl/workbook.xml", "<workbook><sheets>"), "netz.xlsx:1: die Arbeitsmappe"],
		[
			"nested a thousand deep",
			sheet(row("<a>".repeat(1_000))),
			"netz.xlsx[regions]:2: die Arbeitsmappe ist zu tief verschachtelt",
		],
		[
			"with a thousand attributes",
			sheet(row(`<c ${Array.from({ length: 1_000 }, (_, at) => `a${at}="1"`).join(" ")}/>`)),
			"netz.xlsx[regions]:2: ein Element der Arbeitsmappe hat zu viele Attribute",
		],
		[
			"of latin1",
			book({ sheets: {}, parts: { "xl/workbook.xml": Buffer.from("<workbook>\xe4</workbook>", "latin1") } }),
			"netz.xlsx:1: die Arbeitsmappe ist nicht in UTF-8",
		],
		[
			"whose rows go backwards",
			sheet('<sheetData><row r="5"/><row r="4"/></sheetData>'),
			"netz.xlsx[regions]:5: die Zeilennummer „4“ ist falsch",
		],
		[
			"whose cells stand twice",
			sheet(row('<c r="A2"/><c r="A2"/>')),
			"netz.xlsx[regions]:2: die Zelle „A2“ gibt es auf keinem Blatt oder steht doppelt da",
		],
		[
			"with a cell of five million characters",
			sheet(row(`<c r="A2" t="str"><v>${noise(5_000_000)}</v></c>`)),
			"netz.xlsx[regions]:2: hier steht ein Text von über vier Millionen Zeichen",
		],
		[
			"with a cell of 100,001 characters",
			sheet(row(`<c r="A2" t="str"><v>${noise(100_001)}</v></c>`)),
			"netz.xlsx[regions]:2 key: die Zelle hat mehr als 100.000 Zeichen",
		],
		[
			"that is a chart",
			book({
				sheets: REGIONS,
				parts: {
					"xl/_rels/workbook.xml.rels":
						'<Relationships><Relationship Id="s0" Type="x/chartsheet" Target="c.xml"/></Relationships>',
				},
			}),
			"netz.xlsx[regions]:1: dieses Blatt ist keine Tabelle",
		],
	])("%s", async (_, bytes, problem) => expect(await faultsOf("netz.xlsx", bytes)).toContain(problem));
});

/** Does not shrink when packed, and is the same every time. */
function noise(length: number): string {
	let state = 1;
	return Array.from({ length }, () => {
		state = (state * 48_271) % 2_147_483_647;
		return (state % 36).toString(36);
	}).join("");
}

describe("a CSV file is refused", () => {
	const head = "key,name,kind\n";
	test.each<[string, Uint8Array, string]>([
		["in UTF-16", Buffer.from(`\ufeff${head}`, "utf16le"), "regions.csv:1: das ist nicht in UTF-8, sondern in UTF-16"],
		[
			"in latin1, at its line",
			Buffer.from(`${head}a,A,land\nb,Köln,land\n`, "latin1"),
			"regions.csv:3: das ist nicht in UTF-8",
		],
		[
			"that ends within a character",
			Buffer.from(`${head}a,ü`).subarray(0, -1),
			"regions.csv:2: das ist nicht in UTF-8",
		],
		[
			"with surrogates",
			Buffer.concat([Buffer.from(head), Buffer.from([0xed, 0xa0, 0x80])]),
			"regions.csv:2: das ist nicht in UTF-8",
		],
		["with null characters", Buffer.from(`${head}a,A\0,land`), "regions.csv:2 name: die Zelle enthält ein Nullzeichen"],
		[
			"that is a workbook",
			book({ sheets: REGIONS }),
			"regions.csv:1: das ist keine CSV-Datei, sondern eine Arbeitsmappe",
		],
		[
			"of the old Excel",
			Buffer.from("d0cf11e0a1b11ae1", "hex"),
			"regions.csv:1: das ist keine CSV-Datei, sondern eine Arbeitsmappe des alten Excel",
		],
		["that is a PDF", Buffer.from("%PDF-1.7"), "regions.csv:1: das ist ein PDF"],
		[
			"of 20,000 columns",
			Buffer.from(`${"x,".repeat(19_999)}x\n${"1,".repeat(19_999)}1\n`),
			"regions.csv:1: 20000 Spalten sind zu viele",
		],
		[
			"with a cell of a million characters",
			Buffer.from(`${head}a,${"x".repeat(1_000_000)},land\n`),
			"regions.csv:2 name: die Zelle hat mehr als 100.000 Zeichen",
		],
		[
			"with a quote that swallows the rest",
			Buffer.from(`${head}a,"A,land\n${"b,B,land\n".repeat(100_000)}`),
			"regions.csv:2: ein Anführungszeichen, das hier beginnt, wird nicht geschlossen",
		],
	])("%s", async (_, bytes, problem) => expect(await faultsOf("regions.csv", bytes)).toContain(problem));

	test("which has more rows than a network", async () => {
		const rows = Array.from({ length: 250_001 }, (_, at) => `k${at},K,land\n`).join("");
		expect(await faultsOf("regions.csv", Buffer.from(`${head}${rows}`))).toBe(
			"regions.csv:250002: die Tabelle hat mehr als 250.000 Zeilen",
		);
	});
});

describe("in a folder", () => {
	const faultsAt = async (path: string) =>
		(await readSource(await sourceAt(path))).faults.map((fault) => faultLine(fault, "de"));

	test("a link leads out of it, a pipe, a folder and a device are no files", async () => {
		await using folder = await testFolder();
		await symlink("/etc/passwd", join(folder.path, "contacts.csv"));
		await symlink("/dev/zero", join(folder.path, "events.csv"));
		await mkdir(join(folder.path, "regions.csv"));
		execFileSync("mkfifo", [join(folder.path, "services.csv")]);
		const faults = await faultsAt(folder.path);
		expect(faults.sort()).toEqual([
			"contacts.csv:1: das ist ein Verweis auf eine Datei außerhalb des Ordners",
			"events.csv:1: das ist ein Verweis auf eine Datei außerhalb des Ordners",
			"regions.csv:1: dies ist keine Datei",
			"services.csv:1: dies ist keine Datei",
		]);
	});

	test("links of a container's mounted files lead to their files", async () => {
		await using folder = await testFolder();
		await mkdir(join(folder.path, "..data"));
		await writeFile(join(folder.path, "..data", "regions.csv"), "key,name,kind\na,A,land\n");
		await symlink("..data/regions.csv", join(folder.path, "regions.csv"));
		expect(await faultsAt(folder.path)).toEqual([]);
	});
});

describe("a file of another kind", () => {
	test.each([
		["netz.xls", "eine Arbeitsmappe des alten Excel. Bitte in der Tabellenkalkulation"],
		["netz.xlsm", "eine Arbeitsmappe mit Makros"],
		["netz.ods", "eine Tabelle von LibreOffice"],
		["netz.zip", "ein ZIP-Archiv. Bitte entpacken"],
		["netz.DOCX", "ein Textdokument. Bitte die Angaben in eine Tabelle"],
		["netz.png", "weder ein Ordner noch eine .xlsx- oder .csv-Datei"],
	])("%s is named, with what to do", async (name, words) => {
		await using folder = await testFolder({ [name]: "x" });
		await expect(sourceAt(join(folder.path, name))).rejects.toMatchObject({
			text: { de: expect.stringContaining(words) },
		});
	});
});
