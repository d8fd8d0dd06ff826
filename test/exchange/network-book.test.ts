/** The workbooks that we write: the network's, the empty one, and that of an import's faults. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import { exportNetwork } from "../../src/exchange/export.ts";
import { faultWorkbook } from "../../src/exchange/fault-book.ts";
import { type ImportOptions, importFolder } from "../../src/exchange/import.ts";
import { writeNetworkBook, writeTemplate } from "../../src/exchange/network-book.ts";
import { makePlan } from "../../src/exchange/plan.ts";
import { readSource } from "../../src/exchange/read.ts";
import { sourceAt, sourceOf } from "../../src/exchange/source.ts";
import type { Sink } from "../../src/exchange/workbook/zip.ts";
import { EMPTY_NETWORK } from "../../src/network/load.ts";
import { RECORD_TYPES, type RecordOf, type RecordType } from "../../src/network/records.ts";
import { archive } from "../support/archive.ts";
import { testDatabase } from "../support/database.ts";
import { testFolder } from "../support/folder.ts";
import { networks, type Records } from "../support/networks.ts";

const OPTIONS: ImportOptions = {
	dryRun: false,
	prune: false,
	now: Temporal.Instant.from("2026-11-22T08:00:00Z"),
	language: "de",
	author: null,
};

async function bytesOf(write: (sink: Sink) => Promise<void>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	await write({ write: async (bytes) => void chunks.push(Buffer.from(bytes)) });
	return Buffer.concat(chunks);
}

const bookOf = (records: Records) =>
	bytesOf((sink) => writeNetworkBook(sink, <T extends RecordType>(type: T): RecordOf[T][] => records[type]));

/** A workbook's parts as text, by name. */
async function partsOf(bytes: Buffer): Promise<Record<string, string>> {
	const zip = await fromBufferPromise(bytes, { lazyEntries: true });
	const parts: Record<string, string> = {};
	for await (const entry of zip.eachEntry()) {
		const pieces: Buffer[] = [];
		for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece);
		parts[entry.fileName] = Buffer.concat(pieces).toString();
	}
	return parts;
}

/** A sheet's part by its name. */
async function sheetOf(bytes: Buffer, name: string) {
	const parts = await partsOf(bytes);
	const number = new RegExp(`<sheet name="${name}" sheetId="(\\d+)"`).exec(parts["xl/workbook.xml"] ?? "")?.[1];
	return { sheet: parts[`xl/worksheets/sheet${number}.xml`] ?? "", notes: parts[`xl/comments${number}.xml`] ?? "" };
}

describe("a network's workbook", () => {
	test("is read again without the change of a letter, whatever is in it", async () => {
		await fc.assert(
			fc.asyncProperty(networks, async (records) => {
				const folder = await readSource(sourceOf([{ name: "netz.xlsx", bytes: await bookOf(records) }]));
				expect(folder.faults).toEqual([]);
				const plan = makePlan(folder, EMPTY_NETWORK, { prune: false, language: "de" });
				for (const type of RECORD_TYPES) expect(plan[type]?.rows.map(({ record }) => record)).toEqual(records[type]);
			}),
			{ numRuns: 60 },
		);
	});

	test("goes through a database without the change of a byte, and leaves nothing beside it", async () => {
		await using first = await testDatabase();
		await using second = await testDatabase();
		await using out = await testFolder();
		const [one, two] = [join(out.path, "eins.xlsx"), join(out.path, "zwei.xlsx")];
		await importFolder(first.db, join(import.meta.dirname, "../../sample/network"), OPTIONS);
		await exportNetwork(first.db, one);
		expect(await importFolder(second.db, one, OPTIONS)).toMatchObject({ files: { contacts: { new: 126 } } });
		await exportNetwork(second.db, two);
		const written = await out.bytes();
		expect(written["zwei.xlsx"]?.equals(written["eins.xlsx"] ?? Buffer.alloc(0))).toBe(true);
		expect(await readdir(out.path)).toEqual(["eins.xlsx", "zwei.xlsx"]);
	});

	test("has dates as dates, words and references to choose from, notes, and no formula", async () => {
		await using database = await testDatabase();
		await using folder = await testFolder({
			"organisations.csv": "key,name,kind,phone\na,'=1+1,police,+49 351 4710224\n",
			"contacts.csv": "key,organisation,name,verified_on,topics\nc,a,@C,22.11.2026,press|crisis\n",
			"events.csv": "key,title,kind,start\ne,-E,training,22.11.2026 9:30\n",
		});
		await importFolder(database.db, folder.path, OPTIONS);
		await exportNetwork(database.db, join(folder.path, "netz.xlsx"));
		const bytes = (await folder.bytes())["netz.xlsx"] ?? Buffer.alloc(0);
		const contacts = await sheetOf(bytes, "contacts");
		expect(contacts.sheet).toContain('<c r="O2" s="3"><v>46348</v></c>');
		expect(contacts.sheet).toContain('<pane ySplit="1" topLeftCell="A2"');
		expect(contacts.sheet).toMatch(/type="list"[^>]*sqref="B2:B2001"><formula1>'organisations'!\$A\$2:\$A\$2001</);
		expect(contacts.sheet).toMatch(
			/type="list" errorStyle="stop"[^>]*sqref="L2:L2001"><formula1>'Listen'!\$[A-Z]+\$2:\$[A-Z]+\$4</,
		);
		expect(contacts.notes).toContain(
			"Schlüssel der Organisation.\nErlaubt: ein Schlüssel aus dem Blatt „organisations“.",
		);
		expect((await sheetOf(bytes, "events")).sheet).toContain('<c r="D2" s="4"><v>46348.395833333336</v></c>');
		const { sheet } = await sheetOf(bytes, "organisations");
		expect(sheet).toContain(">'=1+1</t>");
		expect(sheet).toContain(">+493514710224</t>");
		for (const [name, part] of Object.entries(await partsOf(bytes)))
			if (name.startsWith("xl/worksheets/")) expect(part).not.toMatch(/<f[ >]/);
	});

	test("explains every column, and opens with that", async () => {
		const { sheet } = await sheetOf(await bytesOf(writeTemplate), "Lies mich");
		for (const word of ["verified_on", "Wann die Angaben zuletzt bestätigt wurden", "eindeutiger Schlüssel"])
			expect(sheet.toLowerCase()).toContain(word.toLowerCase());
		expect((await partsOf(await bytesOf(writeTemplate)))["xl/workbook.xml"]).toMatch(/<sheets><sheet name="Lies mich"/);
	});

	test("empty, it is imported as nothing", async () => {
		await using database = await testDatabase();
		await using folder = await testFolder({ "vorlage.xlsx": await bytesOf(writeTemplate) });
		const result = await importFolder(database.db, join(folder.path, "vorlage.xlsx"), OPTIONS);
		if (result.status !== "done") throw new Error(JSON.stringify(result.faults));
		expect(Object.keys(result.files)).toHaveLength(RECORD_TYPES.length);
		for (const counts of Object.values(result.files))
			expect(counts).toEqual({ new: 0, changed: 0, same: 0, pruned: 0 });
	});

	test("refuses a text that no cell can hold, and leaves nothing half", async () => {
		await using database = await testDatabase();
		await using folder = await testFolder({ "regions.csv": `key,name,kind\na,${"x".repeat(40_000)},land\n` });
		await importFolder(database.db, folder.path, OPTIONS);
		await expect(exportNetwork(database.db, join(folder.path, "netz.xlsx"))).rejects.toMatchObject({
			text: { de: expect.stringContaining("(regions, a, name)") },
		});
		expect(await readdir(folder.path)).toEqual(["regions.csv"]);
	});
});

describe("the workbook of faults", () => {
	const FILES = {
		"organisations.csv": 'key;name;kind\na;=1;police\n\n"b";"zwei\nZeilen";ministri\nc;C\n',
		"decisions.csv": "key,decided_on,text,due,responsible\nd,31.02.2026,-Minus,1.3.2026,a|x\n",
		"kontakte.csv": "x\n1\n",
	};

	test("marks the cells, says what is wrong, and leads to them", async () => {
		await using database = await testDatabase();
		await using folder = await testFolder(FILES);
		const result = await importFolder(database.db, folder.path, OPTIONS);
		if (result.status === "done") throw new Error("imported");
		const bytes = Buffer.from(await faultWorkbook(await sourceAt(folder.path), result.faults));
		const organisations = await sheetOf(bytes, "organisations");
		expect(organisations.sheet).toMatch(/<c r="C3" s="6" t="inlineStr"><is><t xml:space="preserve">ministri</);
		expect(organisations.sheet).toContain('<c r="B2" s="6"/>');
		expect(organisations.notes).toMatch(/ref="C3".*„ministri“ ist nicht zu lesen.*gemeint vielleicht „ministry“\?/s);
		expect(organisations.notes).toMatch(/ref="A4".*die Zeile hat 2 Zellen/s);
		const decisions = await sheetOf(bytes, "decisions");
		expect(decisions.sheet).toContain('<c r="D2" s="3"><v>46082</v></c>');
		expect(decisions.sheet).toContain(">'-Minus</t>");
		const { sheet } = await sheetOf(bytes, "Fehler");
		expect(sheet).toContain(`location="'organisations'!C3"`);
		expect(sheet).toContain("„x“ gibt es nicht");
		expect((await partsOf(bytes))["xl/workbook.xml"]).toMatch(/<sheets><sheet name="Fehler".*<sheet name="kontakte"/);
	});

	test("mended, it is imported", async () => {
		await using database = await testDatabase();
		const source = sourceOf([
			{ name: "regions.csv", bytes: Buffer.from("key,name,kind,ags\na,A,lant,14\nb,'=B,land,\n") },
		]);
		const { faults } = await readSource(source);
		const bytes = Buffer.from(await faultWorkbook(source, faults));
		// As a person mends it: the one word in the one cell.
		const parts = await partsOf(bytes);
		const mended = Object.entries(parts).map(([name, data]) => ({ name, data: data.replace(">lant<", ">land<") }));
		await using folder = await testFolder({ "fehler.xlsx": archive(mended) });
		expect(await importFolder(database.db, join(folder.path, "fehler.xlsx"), OPTIONS)).toEqual({
			status: "done",
			files: { regions: { new: 2, changed: 0, same: 0, pruned: 0 } },
		});
	});

	test("of a file that is no workbook lists what is wrong", async () => {
		const source = sourceOf([{ name: "netz.xlsx", bytes: Buffer.from("Hallo") }]);
		const { faults } = await readSource(source);
		const { sheet } = await sheetOf(Buffer.from(await faultWorkbook(source, faults)), "Fehler");
		expect(sheet).toContain("die Arbeitsmappe ist beschädigt oder keine");
	});
});
