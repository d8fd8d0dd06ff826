import { expect, test } from "vitest";
import { findFact, setFact } from "../../src/database/facts.ts";
import { openLocks } from "../../src/database/locks.ts";
import { testDatabase } from "../support/database.ts";

test("a fact is what was set last", async () => {
	await using database = await testDatabase();
	expect(await findFact(database.db, "matrix", "since")).toBeNull();
	await setFact(database.db, "matrix", "since", "1");
	await setFact(database.db, "matrix", "since", "2");
	expect(await findFact(database.db, "matrix", "since")).toBe("2");
});

test("within one process a lock has one holder", async () => {
	const locks = openLocks({ url: null });
	expect(await locks.take("matrix")).toBe(true);
	expect(await locks.take("matrix")).toBe(false);
	await locks.release("matrix");
	expect(await locks.take("matrix")).toBe(true);
	await locks.close();
});
