import fc from "fast-check";
import { expect, test } from "vitest";
import { importFolder } from "../../src/exchange/import.ts";
import { loadNetwork } from "../../src/network/load.ts";
import { RECORD_TYPES } from "../../src/network/records.ts";
import { testDatabase } from "../support/database.ts";
import { testFolder } from "../support/folder.ts";
import { fuzz } from "./fuzz.ts";

/** A tenth of `npm run fuzz`, with other cases each time. */
const CASES = 10_000;

test("ten thousand random files: an answer to each, every fault with its file and line, and there and back unchanged", async () => {
	const seed = Math.floor(Math.random() * 2 ** 31);
	console.log(`seed ${seed}: again with npm run fuzz -- ${CASES} ${seed}`);
	const told: string[] = [];
	const { failed } = await fuzz(CASES, seed, (line) => told.push(line));
	expect(failed, told.join("\n")).toBe(0);
}, 900_000);

test("a folder is imported wholly or not at all", async () => {
	await using database = await testDatabase();
	const rows = fc.array(
		fc.tuple(
			fc.constantFrom("a", "b", "c", "D", ""),
			fc.constantFrom("A", "", "=1"),
			fc.constantFrom("land", "lant", "district"),
			fc.constantFrom("", "a", "b", "x"),
		),
		{ minLength: 1, maxLength: 4 },
	);
	await fc.assert(
		fc.asyncProperty(rows, async (all) => {
			const count = async () => {
				const network = await loadNetwork(database.db);
				return RECORD_TYPES.map((type) => [...network[type].values()]);
			};
			const before = await count();
			await using folder = await testFolder({
				"regions.csv": `key,name,kind,parent\n${all.map((row) => row.join(",")).join("\n")}\n`,
			});
			const now = Temporal.Instant.from("2026-11-22T08:00:00Z");
			const result = await importFolder(database.db, folder.path, {
				dryRun: false,
				prune: false,
				now,
				language: "de",
				author: null,
			});
			const after = await count();
			if (result.status === "invalid") expect(after).toEqual(before);
			else for (const [key, name] of all) expect(after[0]?.find((one) => one.key === key)).toMatchObject({ name });
		}),
		{ numRuns: 60 },
	);
}, 120_000);
