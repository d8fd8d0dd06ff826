/** The bot with a database role of its own (docs/betrieb.md): it works, and cannot rewrite what only grows. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../support/dockerfile.ts";
import { lotse } from "../support/process.ts";

const server = process.env.TEST_DATABASE_URL ?? "";
const id = randomBytes(4).toString("hex");
const [owner, bot, name] = [`owner_${id}`, `bot_${id}`, `rights_${id}`];
const urlOf = (role: string) => {
	const url = new URL(server);
	url.username = role;
	url.password = id;
	url.pathname = `/${name}`;
	return url.href;
};

async function as(url: string, ...statements: string[]): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		for (const statement of statements) await client.query(statement);
	} finally {
		await client.end();
	}
}

/** As the guide says. */
const grant = () =>
	spawnSync("psql", [urlOf(owner), "--set", `bot=${bot}`, "--file", join(ROOT, "prisma/bot-role.sql")], {
		encoding: "utf8",
	});

beforeAll(async () => {
	await as(
		server,
		`CREATE ROLE ${owner} LOGIN PASSWORD '${id}'`,
		`CREATE ROLE ${bot} LOGIN PASSWORD '${id}'`,
		`GRANT ${owner} TO CURRENT_USER`,
		`CREATE DATABASE ${name} OWNER ${owner}`,
	);
});
afterAll(async () => {
	await as(server, `DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${bot}`, `DROP ROLE ${owner}`);
});

test("the owner makes the tables, the bot's role works with them and cannot rewrite its trail", {
	timeout: 180_000,
}, async () => {
	const migrated = await lotse({ DATABASE_URL: urlOf(owner) }, "migrate");
	expect(migrated.exit, migrated.err).toBe(0);
	const env = { DATABASE_URL: urlOf(bot) };
	const without = await lotse(env, "doctor");
	expect(without.exit, without.out).toBe(1);

	// After every upgrade it is run again.
	for (let times = 0; times < 2; times++) expect(grant()).toMatchObject({ status: 0, stderr: "" });
	const imported = await lotse(env, "import", join(ROOT, "sample/network"));
	expect(imported.exit, imported.err).toBe(0);
	const decided = await lotse(env, "run", 'beschluss "Rechte reichen." --bis 31.03.2027', "--json");
	expect(JSON.parse(decided.out), decided.err).toMatchObject({ status: "done" });
	const doctor = await lotse(env, "doctor");
	expect(doctor.out).not.toContain("bot-role.sql");

	for (const refused of [
		"UPDATE audit SET command = 'x'",
		"DELETE FROM audit",
		"TRUNCATE audit",
		"DELETE FROM decision_version",
		"ALTER TABLE audit DISABLE TRIGGER ALL",
		"ALTER TABLE audit DISABLE TRIGGER append_only",
		"DROP TABLE audit",
		"DELETE FROM _prisma_migrations",
		"SET session_replication_role = replica",
	])
		await expect(as(urlOf(bot), refused), refused).rejects.toThrow(/permission denied|must be owner/u);
	// What the queue needs: a schema of its own.
	await as(urlOf(bot), "CREATE SCHEMA pgboss", "DROP SCHEMA pgboss");
});
