/** For developers and checks: what prisma/schema.prisma has and the migrations do not. */
import { readFile } from "node:fs/promises";
import type { Database } from "./client.ts";
import { adapterFor, startEngine } from "./engine.ts";
import { PRISMA_DIR, SCHEMA_FILE } from "./migrations.ts";

/**
 * Embedded only: over the other adapter the engine cannot read a type of PostgreSQL's own catalogue.
 * @returns the SQL that would bring a migrated database to the schema; null = they agree
 */
export async function findDrift(database: Database): Promise<string | null> {
	const content = await readFile(SCHEMA_FILE, "utf8");
	const files = [{ path: "schema.prisma", content }];
	const engine = await startEngine(adapterFor(database), content);
	try {
		const { stdout } = await engine.diff({
			from: { tag: "schemaDatasource", files, configDir: PRISMA_DIR },
			to: { tag: "schemaDatamodel", files },
			script: true,
			exitCode: null,
			filters: { externalTables: [], externalEnums: [] },
		});
		// Comments alone are no difference.
		return stdout !== null && /^[^-\s]/m.test(stdout) ? stdout : null;
	} finally {
		engine.free();
	}
}
