/** Prisma's schema engine as WebAssembly: writes migrations and applies them, without a binary that a network of authorities would block. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import type { Pool } from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { type Migration, PRISMA_DIR } from "./migrations.ts";

/**
 * The adapters' own `executeScript` will not do: that of PGlite does not wait for the script and loses its errors, that of pg
 * cuts at every `;`, also inside a function's body. Sent whole, a script is one transaction.
 */
export function adapterFor(connection: { pglite: PGlite | null; pool: Pool | null }) {
	const { pglite, pool } = connection;
	if (pglite !== null)
		return scripted(new PrismaPGlite(pglite), async (script) => {
			await pglite.exec(script);
		});
	if (pool === null) throw new Error("neither an embedded database nor a server");
	return scripted(new PrismaPg(pool), async (script) => {
		await pool.query(script);
	});
}

function scripted(
	factory: SqlMigrationAwareDriverAdapterFactory,
	executeScript: (script: string) => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
	const { provider, adapterName } = factory;
	return {
		provider,
		adapterName,
		connect: async () => Object.assign(await factory.connect(), { executeScript }),
		connectToShadowDb: () => factory.connectToShadowDb(),
	};
}

/** The little that is needed of a global that the ECMAScript library does not declare. */
declare const WebAssembly: {
	instantiate(
		code: Uint8Array,
		imports: Record<string, Record<string, unknown>>,
	): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let loaded: Promise<typeof import("@prisma/schema-engine-wasm/schema_engine_bg")> | null = null;

/** Once per process: the bindings keep views of one memory, and a second instance would be read through those of the first. */
function loadEngine() {
	loaded ??= (async () => {
		const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
		const code = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
		const wasm = await readFile(join(dirname(code), "schema_engine_bg.wasm"));
		const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": { ...engine } });
		engine.__wbg_set_wasm(instance.exports);
		const start = instance.exports.__wbindgen_start;
		if (typeof start === "function") start();
		return engine;
	})();
	return loaded;
}

/** @param schema of the Prisma schema file, where it is to be compared; null = only to apply migrations. Free it when done. */
export async function startEngine(
	factory: SqlMigrationAwareDriverAdapterFactory,
	schema: string | null,
): Promise<SchemaEngine> {
	const { SchemaEngine } = await loadEngine();
	const datamodels: [string, string][] | undefined = schema === null ? undefined : [["schema.prisma", schema]];
	return await SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}

export const migrationList = (migrations: readonly Migration[]): MigrationList => ({
	baseDir: PRISMA_DIR,
	lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
	shadowDbInitScript: "",
	migrationDirectories: migrations.map(({ name, sql }) => ({
		path: name,
		migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
	})),
});
