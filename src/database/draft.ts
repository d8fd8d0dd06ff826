/**
 * For developers: `node src/database/draft.ts NAME` writes the next migration from what changed in prisma/schema.prisma.
 * Checks, triggers and functions are then added by hand. Remember to generate the client as well.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../lib/clock.ts";
import { openCluster } from "./client.ts";
import { adapterFor, startEngine } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS_DIR, PRISMA_DIR, SCHEMA_FILE } from "./migrations.ts";
import { unpackCluster } from "./unpack.ts";

async function draft(name: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), "lotse-draft-"));
	const dir = join(folder, "database");
	await unpackCluster(dir);
	const database = await openCluster(dir);
	try {
		await migrate(database);
		const content = await readFile(SCHEMA_FILE, "utf8");
		const files = [{ path: "schema.prisma", content }];
		const engine = await startEngine(adapterFor(database), content);
		const { stdout } = await engine.diff({
			from: { tag: "schemaDatasource", files, configDir: PRISMA_DIR },
			to: { tag: "schemaDatamodel", files },
			script: true,
			exitCode: null,
			filters: { externalTables: [], externalEnums: [] },
		});
		engine.free();
		if (stdout === null || !/^[^-\s]/m.test(stdout)) return console.error("The schema has not changed.");
		const time = systemClock.now().toString().replaceAll(/\D/g, "").slice(0, 14);
		const target = new URL(`${time}_${name}/`, MIGRATIONS_DIR);
		await mkdir(target, { recursive: true });
		await writeFile(new URL("migration.sql", target), stdout);
		console.error(`Written: prisma/migrations/${time}_${name}/migration.sql`);
	} finally {
		await database.close();
		await rm(folder, { recursive: true, force: true });
	}
}

const [name] = process.argv.slice(2);
if (name === undefined) throw new Error("usage: node src/database/draft.ts NAME");
await draft(name);
