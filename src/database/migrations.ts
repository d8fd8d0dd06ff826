/** The migrations as they stand in the folder. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export const PRISMA_DIR = fileURLToPath(new URL("../../prisma/", import.meta.url));
export const MIGRATIONS_DIR = new URL("../../prisma/migrations/", import.meta.url);
export const SCHEMA_FILE = new URL("../../prisma/schema.prisma", import.meta.url);

export interface Migration {
	name: string;
	sql: string;
	/** As Prisma computes it. */
	checksum: string;
}

/** In the order in which they are applied. */
export async function listMigrations(): Promise<Migration[]> {
	const names = (await readdir(MIGRATIONS_DIR, { withFileTypes: true }))
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort();
	return await Promise.all(
		names.map(async (name) => {
			// A checkout with Windows line endings must not look like an edited migration.
			const sql = (await readFile(new URL(`${name}/migration.sql`, MIGRATIONS_DIR), "utf8")).replaceAll("\r\n", "\n");
			return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
		}),
	);
}
