import { expect, test } from "vitest";
import { openDatabase } from "../../src/database/client.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { insertDecision } from "../../src/network/decisions.ts";
import { liveNetwork } from "../../src/network/live.ts";
import type { Region } from "../../src/network/records.ts";
import { type Stamp, saveRecords } from "../../src/network/save.ts";
import { testDatabase } from "../support/database.ts";

const at = Temporal.Instant.from("2026-11-22T08:00:00Z");
const STAMP: Stamp = { at, author: null, change: "imported" };
const region = (key: string, name = key): Region => ({ key, name, kind: "land", parent: null, aliases: [], ags: null });

test("what one instance commits, the next use on another sees, whatever overlaps", async () => {
	await using first = await testDatabase();
	const second = await openDatabase({ url: first.url, dataDir: "" });
	const here = liveNetwork(first.db);
	const there = liveNetwork(second.db);
	await saveRecords(first.db, "region", [region("a")], STAMP);
	expect((await there.current()).region.get("a")?.name).toBe("a");

	// A transaction that began earlier and commits later: its notes have lower numbers than those already read.
	let saved = () => {};
	let goOn = () => {};
	const isSaved = new Promise<void>((resolve) => {
		saved = resolve;
	});
	const mayGoOn = new Promise<void>((resolve) => {
		goOn = resolve;
	});
	const slow = inTransaction(first.db, async (tx) => {
		await saveRecords(tx, "region", [region("slow")], STAMP);
		saved();
		await mayGoOn;
		// Its own change and what others have committed meanwhile.
		expect([...(await here.current(tx)).region.keys()]).toEqual(["a", "quick", "slow"]);
	});
	await isSaved;
	await saveRecords(second.db, "region", [region("quick")], STAMP);
	expect([...(await there.current()).region.keys()]).toEqual(["a", "quick"]);
	expect([...(await here.current()).region.keys()]).toEqual(["a", "quick"]);
	const before = await there.current();
	expect(await there.current()).toBe(before);
	goOn();
	await slow;
	expect([...(await there.current()).region.keys()]).toEqual(["a", "quick", "slow"]);
	expect([...(await here.current()).region.keys()]).toEqual(["a", "quick", "slow"]);

	// Many uses and changes at once end with what is stored.
	await Promise.all(
		Array.from({ length: 40 }, async (_, i) => {
			await saveRecords(i % 2 ? first.db : second.db, "region", [region(`r${i % 7}`, `name ${i}`)], STAMP);
			await (i % 3 ? here : there).current();
		}),
	);
	const stored = new Map((await first.db.region.findMany()).map(({ key, name }) => [key, name]));
	for (const live of [here, there])
		expect(new Map([...(await live.current()).region.values()].map(({ key, name }) => [key, name]))).toEqual(stored);
	await second.close();
});

test("instances share one gapless numbering", async () => {
	await using first = await testDatabase();
	const second = await openDatabase({ url: first.url, dataDir: "" });
	const decision = {
		series: "RK",
		event: null,
		decidedOn: "2026-11-22",
		text: "T",
		rationale: null,
		responsible: [],
		due: null,
		status: "open" as const,
		supersedes: null,
		votes: null,
		tags: [],
	};
	const log = (i: number) =>
		inTransaction(i % 2 ? first.db : second.db, async (tx) => {
			const { key } = await insertDecision(tx, decision, { author: null, at });
			if (i % 5 === 0) throw new Error("rolled back");
			return key;
		});
	const results = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => log(i)));
	const keys = results.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])).sort();
	expect(keys).toEqual(Array.from({ length: 24 }, (_, i) => `rk-2026-${String(i + 1).padStart(3, "0")}`));
	await second.close();
});
