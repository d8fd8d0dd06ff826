import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DatabaseInUse, openDatabase } from "../../src/database/client.ts";
import { findDrift } from "../../src/database/drift.ts";
import { migrate, pendingMigrations } from "../../src/database/migrate.ts";
import { SCHEMA_FILE } from "../../src/database/migrations.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { testDatabase } from "../support/database.ts";

const folders: string[] = [];
const newFolder = async () => {
	const folder = await mkdtemp(join(tmpdir(), "lotse-data-"));
	folders.push(folder);
	return folder;
};
afterAll(async () => {
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("the embedded database", () => {
	test("is made, migrated, held by one, and keeps what was written", async () => {
		const dataDir = await newFolder();
		const first = await openDatabase({ url: null, dataDir });
		expect(await pendingMigrations(first)).not.toEqual([]);
		expect(await migrate(first)).not.toEqual([]);
		expect(await migrate(first)).toEqual([]);
		await first.db.fact.create({ data: { scope: "test", name: "kept", value: "yes" } });
		await expect(openDatabase({ url: null, dataDir })).rejects.toThrow(DatabaseInUse);
		await first.close();
		await first.close();

		const second = await openDatabase({ url: null, dataDir });
		expect(await pendingMigrations(second)).toEqual([]);
		expect(await second.db.fact.count()).toBe(1);

		// The migrations make what the schema says.
		expect(await findDrift(second)).toBeNull();
		await second.rows("ALTER TABLE fact ADD COLUMN more text");
		expect(await findDrift(second)).toContain('DROP COLUMN "more"');
		await second.close();
	}, 60_000);
});

describe("migrations", () => {
	test("of a newer program are refused, not touched", async () => {
		await using database = await testDatabase();
		await database.rows(
			"INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '29990101000000_later')",
		);
		await expect(migrate(database)).rejects.toThrow("newer than this program");
		await database.rows("DELETE FROM _prisma_migrations WHERE id = 'x'");
	});

	test("the generated client is current", async () => {
		const schema = await readFile(SCHEMA_FILE, "utf8");
		const generated = await readFile(
			new URL("../../src/database/generated/internal/class.ts", import.meta.url),
			"utf8",
		);
		const inline = /^ {2}"inlineSchema": (".*"),$/m.exec(generated)?.[1];
		expect(JSON.parse(inline ?? "null")).toBe(schema);
	});
});

describe("transactions", () => {
	test("are all or nothing", async () => {
		await using database = await testDatabase();
		const failed = inTransaction(database.db, async (tx) => {
			await tx.fact.create({ data: { scope: "test", name: "a", value: "1" } });
			throw new Error("no");
		});
		await expect(failed).rejects.toThrow("no");
		expect(await database.db.fact.count()).toBe(0);
	});

	test("wait for each other", async () => {
		await using database = await testDatabase();
		const { db } = database;
		await db.fact.create({ data: { scope: "test", name: "n", value: "0" } });
		const raise = () =>
			inTransaction(db, async (tx) => {
				await tx.$queryRaw`SELECT value FROM fact FOR UPDATE`;
				const { value } = await tx.fact.findFirstOrThrow();
				await tx.fact.updateMany({ data: { value: String(Number(value) + 1) } });
			});
		await Promise.all(Array.from({ length: 8 }, raise));
		expect((await db.fact.findFirstOrThrow()).value).toBe("8");
	});
});

describe("what was once written stays", () => {
	test.each(["UPDATE audit SET status = 'x'", "DELETE FROM audit", "TRUNCATE audit"])("%s is refused", async (sql) => {
		await using database = await testDatabase();
		await expect(database.rows(sql)).rejects.toThrow("append-only");
	});
	test.each(["UPDATE decision_version SET change = 'x'", "DELETE FROM decision_version", "TRUNCATE decision_version"])(
		"%s is refused",
		async (sql) => {
			await using database = await testDatabase();
			await expect(database.rows(sql)).rejects.toThrow("append-only");
		},
	);
	test("also in a session that calls itself a replica, and by way of a cascade", async () => {
		await using database = await testDatabase();
		const trick = (sql: string) =>
			database.rows(`DO $$ BEGIN SET LOCAL session_replication_role = replica; ${sql}; END $$`);
		for (const sql of ["DELETE FROM audit", "UPDATE decision_version SET version = 2", "TRUNCATE decision CASCADE"])
			await expect(trick(sql), sql).rejects.toThrow("append-only");
		await expect(database.rows("TRUNCATE person CASCADE")).rejects.toThrow("append-only");
	});
});

describe("notes of changes", () => {
	test("name type and key, join tables included, and many become one", async () => {
		await using database = await testDatabase();
		const notes = () => database.rows("SELECT DISTINCT type, key FROM record_change ORDER BY type, key");
		await database.db.region.create({ data: { key: "sachsen", name: "Sachsen", kind: "land" } });
		await database.db.channel.create({
			data: {
				key: "c",
				platform: "console",
				address: "x",
				language: "de",
				regions: { create: { regionKey: "sachsen", position: 0 } },
			},
		});
		expect(await notes()).toEqual([
			{ type: "channel", key: "c" },
			{ type: "region", key: "sachsen" },
		]);
		await database.rows("DELETE FROM record_change");
		await database.rows(
			"INSERT INTO region (key, name, kind) SELECT 'r' || i, 'R', 'land' FROM generate_series(1, 1001) i",
		);
		expect(await notes()).toEqual([{ type: "region", key: null }]);
	});

	test("a key that is no slug, an empty name, a date that is none are refused by the database itself", async () => {
		await using database = await testDatabase();
		const insert = (key: string, name: string) =>
			database.rows("INSERT INTO region (key, name, kind) VALUES ($1, $2, 'land')", [key, name]);
		await expect(insert("Sachsen", "Sachsen")).rejects.toThrow("region_key_check");
		await expect(insert("sachsen", " ")).rejects.toThrow("region_name_check");
	});
});
