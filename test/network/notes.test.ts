import { describe, expect, test } from "vitest";
import type { Db } from "../../src/database/client.ts";
import { liveNetwork } from "../../src/network/live.ts";
import { forgetNotes } from "../../src/network/notes.ts";
import { testDatabase } from "../support/database.ts";

/** On a server, transactions of other tests run meanwhile: a note counts as read by everybody once those that began before it are over. */
const alone = (db: Db) =>
	expect
		.poll(
			() =>
				db.$queryRaw`SELECT coalesce(max(xact) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint, true) AS alone FROM record_change`,
			{ timeout: 60_000, interval: 50 },
		)
		.toEqual([{ alone: true }]);

async function forget(db: Db, at: Temporal.Instant): Promise<void> {
	await alone(db);
	await forgetNotes(db, at);
}

const day = (n: number) => Temporal.Instant.from("2027-01-01T00:00:00Z").add({ hours: 24 * n });

describe("notes of changes", () => {
	test("go a day after the mark that follows them, not before", async () => {
		await using database = await testDatabase();
		const { db } = database;
		await db.region.create({ data: { key: "a", name: "A", kind: "land", aliases: [] } });
		await forget(db, day(0));
		expect(await db.recordChange.count()).toBe(1);
		await db.region.create({ data: { key: "b", name: "B", kind: "land", aliases: [] } });
		await forget(db, day(0).add({ hours: 23 }));
		expect(await db.recordChange.count()).toBe(2);
		await forget(db, day(1));
		expect((await db.recordChange.findMany()).map(({ key }) => key)).toEqual(["b"]);
		await forget(db, day(2));
		expect(await db.recordChange.count()).toBe(0);
	});

	test("an instance that slept meanwhile loads everything anew", async () => {
		await using database = await testDatabase();
		const { db } = database;
		const sleeper = liveNetwork(db);
		await db.region.create({ data: { key: "a", name: "A", kind: "land", aliases: [] } });
		const before = await sleeper.current();
		await db.region.update({ where: { key: "a" }, data: { name: "Neu" } });
		for (const n of [0, 1, 2]) await forget(db, day(n));
		expect(await db.recordChange.count()).toBe(0);
		const after = await sleeper.current();
		expect(after.region.get("a")?.name).toBe("Neu");
		expect(after).not.toBe(before);
		// And once: from then on nothing has changed.
		expect(await sleeper.current()).toBe(after);
	});

	test("a floor and notes of another database, come with a dump, neither hide nor slow anything", async () => {
		await using database = await testDatabase();
		const { db } = database;
		await db.fact.create({ data: { scope: "network", name: "notes_floor", value: "900000000000" } });
		const mark = JSON.stringify({ at: day(0).toString(), xmin: "900000000000" });
		await db.fact.create({ data: { scope: "network", name: "notes_mark", value: mark } });
		await database.rows("INSERT INTO record_change (xact, type, key) VALUES (900000000001, 'region', 'x')");
		const live = liveNetwork(db);
		const first = await live.current();
		expect(await live.current()).toBe(first);
		await db.region.create({ data: { key: "a", name: "A", kind: "land", aliases: [] } });
		expect((await live.current()).region.has("a")).toBe(true);
		await forgetNotes(db, day(2));
		expect((await db.recordChange.findMany()).map(({ key }) => key)).toEqual(["a"]);
	});
});
