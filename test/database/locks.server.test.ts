import { expect, test } from "vitest";
import { openLocks } from "../../src/database/locks.ts";
import { testDatabase } from "../support/database.ts";

test("one instance holds a lock, the next gets it when the first is gone, and who loses it is told", async () => {
	await using database = await testDatabase();
	expect(database.kind, "TEST_DATABASE_URL names a server").toBe("server");
	const first = openLocks(database);
	const second = openLocks(database);
	expect(await first.take("matrix")).toBe(true);
	expect(await first.take("matrix")).toBe(false);
	expect(await second.take("matrix")).toBe(false);
	expect(await second.take("slack")).toBe(true);
	await first.release("matrix");
	expect(await second.take("matrix")).toBe(true);

	const lost = new Promise<void>((resolve) => second.onLost("matrix", resolve));
	await database.rows(
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lotse locks' AND datname = current_database()",
	);
	await lost;
	expect(await first.take("matrix")).toBe(true);
	expect(await second.take("matrix")).toBe(false);
	await first.close();
	expect(await second.take("matrix")).toBe(true);
	await second.close();
});
