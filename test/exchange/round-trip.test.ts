import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inTransaction } from "../../src/database/transaction.ts";
import { FILES } from "../../src/exchange/columns.ts";
import { csvLine } from "../../src/exchange/csv.ts";
import { exportFolder, headerLine, recordLine } from "../../src/exchange/export.ts";
import type { Fault } from "../../src/exchange/fault.ts";
import { guard, isFormula, unguard } from "../../src/exchange/guard.ts";
import { type ImportOptions, importFolder } from "../../src/exchange/import.ts";
import { EMPTY, sheetReader } from "../../src/exchange/sheet.ts";
import { loadNetwork } from "../../src/network/load.ts";
import { type Network, RECORD_TYPES, type RecordOf, type RecordType } from "../../src/network/records.ts";
import { saveRecords } from "../../src/network/save.ts";
import { csvRows } from "../support/csv.ts";
import { testDatabase } from "../support/database.ts";
import { testFolder } from "../support/folder.ts";
import { networks, type Records } from "../support/networks.ts";

const now = Temporal.Instant.from("2026-11-22T08:00:00Z");
const OPTIONS: ImportOptions = { dryRun: false, prune: false, now, language: "de", author: null };

const plain = (network: Network) => Object.fromEntries(RECORD_TYPES.map((type) => [type, [...network[type].values()]]));
const sorted = (records: Records) =>
	Object.fromEntries(RECORD_TYPES.map((type) => [type, [...records[type]].sort((a, b) => (a.key < b.key ? -1 : 1))]));

describe("a network", () => {
	test("goes out, into another database and out again without the change of a byte", async () => {
		await fc.assert(
			fc.asyncProperty(networks, async (records) => {
				await using first = await testDatabase();
				await using second = await testDatabase();
				await using out = await testFolder();
				await using again = await testFolder();
				await inTransaction(first.db, async (tx) => {
					const save = <T extends RecordType>(type: T, all: RecordOf[T][]) =>
						saveRecords(tx, type, all, { at: now, author: null, change: "imported" });
					for (const type of RECORD_TYPES) await save(type, records[type]);
				});
				expect(plain(await loadNetwork(first.db))).toEqual(sorted(records));
				await exportFolder(first.db, out.path);
				const result = await importFolder(second.db, out.path, OPTIONS);
				expect(result).toMatchObject({ status: "done" });
				expect(plain(await loadNetwork(second.db))).toEqual(sorted(records));
				await exportFolder(second.db, again.path);
				expect(await again.read()).toEqual(await out.read());
				// A second time there is nothing to do.
				const same = await importFolder(second.db, out.path, { ...OPTIONS, prune: true });
				if (same.status !== "done") throw new Error("refused");
				for (const counts of Object.values(same.files)) expect(counts).toMatchObject({ new: 0, changed: 0, pruned: 0 });
			}),
			{ numRuns: 6 },
		);
	}, 60_000);

	test("can be written and read in every field of every kind", () => {
		fc.assert(
			fc.property(networks, (records) => {
				const check = <T extends RecordType>(type: T, all: RecordOf[T][]) => {
					const faults: Fault[] = [];
					const reader = sheetReader(type, "x", "csv", faults);
					for (const row of csvRows([headerLine(type), ...all.map((record) => recordLine(type, record))].join("")).rows)
						reader.row(row);
					reader.end();
					expect(faults).toEqual([]);
					const read = reader.given().rows.map(({ values }) => {
						const fields: Record<string, unknown> = {};
						for (const { field, empty } of FILES[type].columns) {
							const value = values.get(field);
							fields[field] = value === EMPTY ? empty({ language: "de" }) : value;
						}
						return fields;
					});
					expect(read).toEqual(all);
				};
				for (const type of RECORD_TYPES) check(type, records[type]);
			}),
			{ numRuns: 300 },
		);
	});

	test("the sample network does too, and other spellings of it become the one that is written", async () => {
		await using first = await testDatabase();
		await using second = await testDatabase();
		await using out = await testFolder();
		await using again = await testFolder();
		const sample = join(import.meta.dirname, "../../sample/network");
		expect(await importFolder(first.db, sample, OPTIONS)).toMatchObject({
			status: "done",
			files: { contacts: { new: 126, changed: 0, same: 0, pruned: 0 } },
		});
		await exportFolder(first.db, out.path);
		await importFolder(second.db, out.path, OPTIONS);
		await exportFolder(second.db, again.path);
		const written = await out.read();
		expect(await again.read()).toEqual(written);
		expect(Object.keys(written).sort()).toEqual(RECORD_TYPES.map((type) => `${FILES[type].name}.csv`).sort());
		expect(written["contacts.csv"]).toContain("+4935156430400");
		expect(written["events.csv"]).toContain("kpr-zwickau-sitzung,");
		expect(written["events.csv"]).toContain("2026-01-13T16:00");
		expect(await first.db.decisionVersion.count()).toBe(40);
	});
});

describe("a cell", () => {
	const texts = fc.oneof(
		fc.string({ unit: "grapheme" }),
		fc.stringMatching(/^'{0,3}[=+\-@\t]?[a-z"\r\n,;|]{0,4}$/),
		fc.string({ unit: "binary" }),
	);

	test("is never a formula in what is written, and comes back", () => {
		fc.assert(
			fc.property(texts, (text) => {
				const written = guard(text);
				expect(written).not.toMatch(/^[=+\-@\t]/);
				expect(isFormula(written)).toBe(false);
				expect(unguard(written)).toBe(text);
			}),
		);
	});

	test.each([
		["=x", "'=x"],
		["'=x", "''=x"],
		["''@x", "'''@x"],
		["'x", "'x"],
		["x=", "x="],
		["\tx", "'\tx"],
	])("%j is written %j", (text, written) => expect(guard(text)).toBe(written));

	test("survives quoting, whatever is in it, and rows know their lines", () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(texts, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
				fc.nat(9),
				(rows, piece) => {
					const full = [["a", "b"], ...rows.filter((row) => row.some((cell) => cell !== ""))];
					const sheet = csvRows(full.map(csvLine).join(""), piece + 1);
					expect(sheet.broken).toBeNull();
					expect(sheet.rows.map(({ cells }) => cells)).toEqual(full);
					let line = 1;
					for (const [index, row] of full.entries()) {
						expect(sheet.rows[index]?.line).toBe(line);
						line += 1 + row.join("x").split(/\r\n|\n|\r/).length - 1;
					}
				},
			),
		);
	});
});
