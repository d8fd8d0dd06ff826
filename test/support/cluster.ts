/** Before all tests: a migrated, empty database that each test copies. Kept until the migrations change. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openCluster, openDatabase } from "../../src/database/client.ts";
import { migrate } from "../../src/database/migrate.ts";
import { listMigrations } from "../../src/database/migrations.ts";
import { unpackCluster } from "../../src/database/unpack.ts";
import { withDatabase } from "./server.ts";

declare module "vitest" {
	export interface ProvidedContext {
		/** Folder of the migrated cluster, or name of the template database on the server. */
		template: string;
	}
}

export default async function setup(project: TestProject): Promise<void> {
	const hash = createHash("sha256");
	for (const { name, checksum } of await listMigrations()) hash.update(name + checksum);
	const version = hash.digest("hex").slice(0, 12);
	const url = process.env.TEST_DATABASE_URL;
	project.provide("template", url === undefined ? await folder(version) : await template(url, version));
}

async function folder(version: string): Promise<string> {
	const cache = join(import.meta.dirname, "../../node_modules/.cache/lotse");
	const dir = join(cache, `cluster-${version}`);
	if (existsSync(dir)) return dir;
	const making = `${dir}-${process.pid}`;
	await mkdir(cache, { recursive: true });
	await unpackCluster(making);
	const database = await openCluster(making);
	try {
		await migrate(database);
	} finally {
		await database.close();
	}
	// Another run may have been quicker.
	await rename(making, dir).catch(() => rm(making, { recursive: true, force: true }));
	return dir;
}

async function template(url: string, version: string): Promise<string> {
	const name = `lotse_template_${version}`;
	const server = new pg.Client({ connectionString: url });
	await server.connect();
	try {
		// Both test projects, or two runs, may come here at once.
		await server.query("SELECT pg_advisory_lock(7076502)");
		const { rowCount } = await server.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
		if (rowCount === 0) {
			const making = `${name}_new`;
			await server.query(`DROP DATABASE IF EXISTS "${making}"`);
			await server.query(`CREATE DATABASE "${making}"`);
			const database = await openDatabase({ url: withDatabase(url, making), dataDir: "" });
			try {
				await migrate(database);
			} finally {
				await database.close();
			}
			await server.query(`ALTER DATABASE "${making}" RENAME TO "${name}"`);
		}
	} finally {
		await server.end();
	}
	return name;
}
