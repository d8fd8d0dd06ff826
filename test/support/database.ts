/**
 * Databases for tests: embedded, or on the server of TEST_DATABASE_URL. Opening one takes half a second, emptying it again a few
 * milliseconds, so that a closed one is lent again within its file.
 */
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { type Database, openCluster, openDatabase } from "../../src/database/client.ts";
import { atEnd } from "./leaks.ts";
import { withDatabase } from "./server.ts";

interface Lent {
	database: Database;
	remove(): Promise<void>;
}

const idle: Lent[] = [];
const lent = new Set<Lent>();

atEnd.push(async () => {
	const forgotten = lent.size;
	for (const { database, remove } of [...idle.splice(0), ...lent]) {
		await database.close();
		await remove();
	}
	lent.clear();
	if (forgotten > 0) throw new Error(`${forgotten} test database(s) were left open`);
});

/**
 * A fresh, migrated, empty database. Close it in the same file (`await using database = await testDatabase()` does by itself);
 * one left open fails the file.
 */
export async function testDatabase(): Promise<Database & AsyncDisposable> {
	const one = idle.pop() ?? (process.env.TEST_DATABASE_URL === undefined ? await copy() : await create());
	lent.add(one);
	const close = async () => {
		if (!lent.delete(one)) return;
		await empty(one.database);
		idle.push(one);
	};
	return { ...one.database, close, [Symbol.asyncDispose]: close };
}

async function copy(): Promise<Lent> {
	const dir = await mkdtemp(join(tmpdir(), "lotse-test-"));
	await cp(inject("template"), dir, { recursive: true });
	return { database: await openCluster(dir), remove: () => rm(dir, { recursive: true, force: true }) };
}

async function create(): Promise<Lent> {
	const url = process.env.TEST_DATABASE_URL ?? "";
	const name = `lotse_test_${randomBytes(6).toString("hex")}`;
	const onServer = async (sql: string) => {
		const server = new pg.Client({ connectionString: url });
		await server.connect();
		try {
			await server.query(sql);
		} finally {
			await server.end();
		}
	};
	await onServer(`CREATE DATABASE "${name}" TEMPLATE "${inject("template")}"`);
	const database = await openDatabase({ url: withDatabase(url, name), dataDir: "" });
	return { database, remove: () => onServer(`DROP DATABASE "${name}" WITH (FORCE)`) };
}

/**
 * As replica no ordinary trigger fires and no reference is checked. Those that keep a table append-only fire always: only the tables'
 * owner can put them to rest.
 */
const EMPTY = `
	DO $$
	DECLARE
		item text;
	BEGIN
		SET LOCAL session_replication_role = replica;
		ALTER TABLE audit DISABLE TRIGGER append_only;
		ALTER TABLE decision_version DISABLE TRIGGER append_only;
		FOR item IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
			EXECUTE 'DELETE FROM ' || item;
		END LOOP;
		FOR item IN SELECT format('%I', sequencename) FROM pg_sequences WHERE schemaname = 'public' LOOP
			PERFORM setval(item::regclass, 1, false);
		END LOOP;
		ALTER TABLE audit ENABLE ALWAYS TRIGGER append_only;
		ALTER TABLE decision_version ENABLE ALWAYS TRIGGER append_only;
		DROP SCHEMA IF EXISTS pgboss CASCADE;
	END $$`;

const empty = (database: Database) => database.rows(EMPTY);
