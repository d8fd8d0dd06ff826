/**
 * For developers: `node bin/migration.ts NAME` writes the next migration from what changed in prisma/schema.prisma.
 * Checks, triggers and functions are then added by hand. Remember to generate the client as well.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCluster } from "../src/database/client.ts";
import { findDrift } from "../src/database/drift.ts";
import { migrate } from "../src/database/migrate.ts";
import { MIGRATIONS_DIR } from "../src/database/migrations.ts";
import { unpackCluster } from "../src/database/unpack.ts";
import { systemClock } from "../src/lib/clock.ts";

async function write(name: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), "lotse-draft-"));
	const dir = join(folder, "database");
	await unpackCluster(dir);
	const database = await openCluster(dir);
	try {
		await migrate(database);
		const sql = await findDrift(database);
		if (sql === null) return console.error("The schema has not changed.");
		const time = systemClock.now().toString().replaceAll(/\D/g, "").slice(0, 14);
		const target = new URL(`${time}_${name}/`, MIGRATIONS_DIR);
		await mkdir(target, { recursive: true });
		await writeFile(new URL("migration.sql", target), sql);
		console.error(`Written: prisma/migrations/${time}_${name}/migration.sql`);
	} finally {
		await database.close();
		await rm(folder, { recursive: true, force: true });
	}
}

const [name] = process.argv.slice(2);
if (name === undefined) throw new Error("usage: node bin/migration.ts NAME");
await write(name);
