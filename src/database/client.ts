/** Opens the one database: PostgreSQL embedded in this process (PGlite) or on a server. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Logger } from "pino";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { hold } from "./hold.ts";
import { unpackCluster } from "./unpack.ts";

export { Prisma } from "./generated/client.ts";
export { DatabaseInUse } from "./hold.ts";

/** The database outside of a transaction. Never use it inside one: PGlite has one connection, which would wait for itself. */
export type Db = PrismaClient;
/** What a function that reads or writes takes: a transaction, or the database itself. */
export type Tx = Prisma.TransactionClient;

export interface Database {
	readonly db: Db;
	readonly kind: "embedded" | "server";
	/** For pg-boss (`fromPglite`); null on a server. */
	readonly pglite: PGlite | null;
	/** Connections that Prisma uses too; null when embedded. */
	readonly pool: pg.Pool | null;
	/** For whoever needs a connection of its own (pg-boss, locks); null when embedded. */
	readonly url: string | null;
	/** Plain SQL past Prisma, for the few things that must not wait for its engine. */
	rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
	/** May be called twice. */
	close(): Promise<void>;
}

export interface Where {
	/** PostgreSQL 15 or newer; null = embedded in `dataDir`. */
	url: string | null;
	dataDir: string;
	log?: Logger;
}

// Waiting for the one connection of PGlite counts as waiting for the start: a long import must not fail what queues behind it.
const TRANSACTION = { maxWait: 60_000, timeout: 30_000 };

const client = (adapter: SqlMigrationAwareDriverAdapterFactory) =>
	// Minimal errors name no values, so that no personal data reaches the log.
	new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: TRANSACTION });

/** @throws DatabaseInUse when another process holds the embedded database. */
export async function openDatabase({ url, dataDir, log }: Where): Promise<Database> {
	return url === null ? await openEmbedded(dataDir) : openServer(url, log);
}

async function openEmbedded(dataDir: string): Promise<Database> {
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	const free = hold(join(dataDir, "database.lock"), dataDir);
	try {
		const dir = join(dataDir, "database");
		if (!existsSync(join(dir, "PG_VERSION"))) await unpackCluster(dir);
		return await openCluster(dir, free);
	} catch (error) {
		free();
		throw error;
	}
}

/** Opens a cluster that nobody else has open; `openDatabase` sees to that, tests by making their own. */
export async function openCluster(dir: string, closed: () => void = () => {}): Promise<Database> {
	const pglite = await PGlite.create(dir, { extensions: { pg_trgm, unaccent } });
	const db = client(new PrismaPGlite(pglite));
	let closing: Promise<void> | null = null;
	return {
		db,
		kind: "embedded",
		pglite,
		pool: null,
		url: null,
		rows: async (sql, values = []) => (await pglite.query<Record<string, unknown>>(sql, [...values])).rows,
		close() {
			closing ??= (async () => {
				await db.$disconnect();
				await pglite.close();
				closed();
			})();
			return closing;
		},
	};
}

function openServer(url: string, log: Logger | undefined): Database {
	const pool = new pg.Pool({ connectionString: url, max: 10, application_name: "lotse", keepAlive: true });
	pool.on("error", (error) => log?.warn({ err: error }, "an idle database connection broke"));
	const db = client(new PrismaPg(pool));
	let closing: Promise<void> | null = null;
	return {
		db,
		kind: "server",
		pglite: null,
		pool,
		url,
		rows: async (sql, values = []) => (await pool.query<Record<string, unknown>>(sql, [...values])).rows,
		close() {
			closing ??= (async () => {
				await db.$disconnect();
				await pool.end();
			})();
			return closing;
		},
	};
}
