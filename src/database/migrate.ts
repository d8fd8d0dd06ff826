/** Brings the schema up to date, with the table `_prisma_migrations`, so that the ordinary Prisma command line agrees. */
import pg from "pg";
import { z } from "zod";
import { UserError } from "../lib/errors.ts";
import type { Database } from "./client.ts";
import { listMigrations } from "./migrations.ts";

// Any fixed number: instances that start together migrate one after the other.
const LOCK = 7_076_501;

const applied = z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() });

async function listApplied(database: Database): Promise<z.infer<typeof applied>[]> {
	const [table] = await database.rows("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
	if (table?.there !== true) return [];
	const rows = await database.rows(
		"SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
	);
	return z.array(applied).parse(rows);
}

/**
 * Names of the migrations that are yet to be applied, in order. Cheap: one look at the table, no engine.
 * @throws UserError when the database is newer than this program, or a migration was changed after it was applied.
 */
export async function pendingMigrations(database: Database): Promise<string[]> {
	const [migrations, rows] = await Promise.all([listMigrations(), listApplied(database)]);
	const byName = new Map(migrations.map((migration) => [migration.name, migration]));
	for (const { name, checksum, finished } of rows) {
		const known = byName.get(name);
		if (known === undefined)
			throw new UserError({
				de: `Die Datenbank ist neuer als dieses Programm (Schema „${name}“). Starten Sie die neuere Version von Lotse.`,
				en: `The database is newer than this program (schema "${name}"). Start the newer version of Lotse.`,
			});
		if (finished && known.checksum !== checksum)
			throw new UserError({
				de: `Das Schema „${name}“ wurde in der Datenbank anders angelegt, als es dieses Programm mitbringt. Bitte installieren Sie Lotse neu.`,
				en: `The schema "${name}" in the database differs from the one that this program brings. Please install Lotse anew.`,
			});
	}
	const done = new Set(rows.filter((row) => row.finished).map((row) => row.name));
	return migrations.filter(({ name }) => !done.has(name)).map(({ name }) => name);
}

/** @returns the names of what was applied now. */
export async function migrate(database: Database): Promise<string[]> {
	if ((await pendingMigrations(database)).length === 0) return [];
	if (database.url === null) return await apply(database);
	// One connection, ours alone: this lock and whatever the engine locks belong to it and end with it.
	const pool = new pg.Pool({ connectionString: database.url, max: 1, application_name: "lotse migrate" });
	try {
		await pool.query("SELECT pg_advisory_lock($1)", [LOCK]);
		// Another instance may have done it while this one waited.
		if ((await pendingMigrations(database)).length === 0) return [];
		return await apply({ pglite: null, pool });
	} finally {
		await pool.end();
	}
}

async function apply(connection: Pick<Database, "pglite" | "pool">): Promise<string[]> {
	// Loaded only now: four megabytes of WebAssembly that a start without news does not need.
	const { adapterFor, migrationList, startEngine } = await import("./engine.ts");
	const engine = await startEngine(adapterFor(connection), null);
	try {
		const migrationsList = migrationList(await listMigrations());
		const filters = { externalTables: [], externalEnums: [] };
		return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
	} finally {
		engine.free();
	}
}
