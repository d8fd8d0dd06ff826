/** Several processes on one database: who may hold it, who reaches it through the socket, who answers, and what a schema upgrade does. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { writeNetwork } from "../../bench/network.ts";
import { type BotProcess, lotse, startProcess } from "../support/process.ts";
import { withDatabase } from "../support/server.ts";
import { start as startSlack } from "../support/slacksim/slacksim.mjs";

const SAMPLE = join(import.meta.dirname, "../../sample/network");
const QUESTION = "wer ist für Opferschutz in Zwickau zuständig?";

let folder: string;
let slack: Awaited<ReturnType<typeof startSlack>>;
const running: BotProcess[] = [];
const ASKERS = Array.from({ length: 20 }, (_, index) => ({
	name: `asker${index}`,
	id: `U0ASKER${String(index).padStart(3, "0")}`,
	locale: "de-DE",
	tz: "Europe/Berlin",
}));

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "lotse-instances-"));
	slack = await startSlack({ config: { users: ASKERS, retryDelaysMs: [0, 3_000, 8_000, 20_000] } });
}, 60_000);
afterAll(async () => {
	await slack.close();
	await rm(folder, { recursive: true, force: true });
});
afterEach(async ({ task }) => {
	if (task.result?.state === "fail") for (const bot of running) console.error(bot.log().slice(-3000));
	for (const bot of running.splice(0)) await bot.kill();
	await control("POST", "/reset", { keepConfig: true });
});

async function control(method: string, path: string, body?: object): Promise<unknown> {
	const answer = await fetch(`${slack.controlUrl}${path}`, body ? { method, body: JSON.stringify(body) } : { method });
	const parsed: unknown = await answer.json();
	if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(parsed)}`);
	return parsed;
}

async function run(env: Record<string, string>): Promise<BotProcess> {
	const bot = await startProcess(env);
	running.push(bot);
	return bot;
}

const chat = () => ({
	SLACK_BOT_TOKEN: "xoxb-sim-bot-token",
	SLACK_APP_TOKEN: "xapp-sim-app-token",
	SLACK_API_URL: slack.slackApiUrl,
	LOTSE_NETWORK: SAMPLE,
});

const ask = (user: string) => control("POST", "/message", { user, dm: true, text: QUESTION });
async function answers(user: string): Promise<string[]> {
	const Shape = z.object({ messages: z.array(z.object({ text: z.string() })) });
	return Shape.parse(await control("GET", `/messages?dm=${user}&from=U0SIMBOT01`)).messages.map(({ text }) => text);
}

describe("the embedded database", () => {
	test("is held by one process, and every command reaches it through the socket", async () => {
		const env = { ...chat(), LOTSE_DATA_DIR: join(folder, "held"), LOG_LEVEL: "info" };
		await run(env);
		const second = await lotse({ ...env, PORT: "0" }, "start");
		expect([second.exit, second.err]).toEqual([1, expect.stringContaining("von einem anderen Lotse benutzt")]);

		expect((await lotse(env, "ask", QUESTION)).out).toContain("+49");
		expect(JSON.parse((await lotse(env, "run", "beschluss liste", "--json")).out)).toMatchObject({ status: "done" });
		expect((await lotse(env, "preview", "--from", "2027-01-01", "--to", "2027-01-08", "--json")).exit).toBe(0);
		expect((await lotse(env, "export", join(folder, "out"))).exit).toBe(0);
		expect(existsSync(join(folder, "out", "contacts.csv"))).toBe(true);
		expect((await lotse(env, "doctor")).out).not.toBe("");

		// A large import through the socket, while questions are asked.
		const network = join(folder, "network");
		await writeNetwork(network, 2_000);
		const importing = lotse(env, "import", network);
		await ask("asker0");
		const imported = await importing;
		expect([imported.exit, imported.out]).toEqual([0, expect.stringContaining("contacts: 2000 neu")]);
		await expect.poll(() => answers("asker0"), { timeout: 20_000 }).toEqual([expect.stringContaining("+49")]);
		expect((await lotse(env, "run", "kontakt c-000001", "--json")).exit).toBe(0);
	}, 180_000);

	test("is free again after kill -9, whatever socket is left", async () => {
		const env = { ...chat(), LOTSE_DATA_DIR: join(folder, "killed") };
		const bot = await run(env);
		await bot.kill();
		expect(existsSync(join(folder, "killed", "lotse.sock"))).toBe(true);
		expect((await lotse(env, "ask", QUESTION)).out).toContain("+49");
		await run(env);
		expect((await lotse(env, "ask", QUESTION)).out).toContain("+49");
	}, 120_000);

	test("goes to one of two that start at once; the other says so and ends", async () => {
		const env = { ...chat(), LOTSE_DATA_DIR: join(folder, "race") };
		const [one, other] = await Promise.allSettled([run(env), run(env)]);
		const refused = [one, other].filter((each) => each.status === "rejected");
		expect(refused).toHaveLength(1);
		expect(String(refused[0]?.reason)).toContain("ended with 1");
		expect(String(refused[0]?.reason)).toContain("von einem anderen Lotse benutzt");
		expect((await lotse(env, "ask", QUESTION)).out).toContain("+49");
	}, 120_000);
});

describe("PostgreSQL", () => {
	let env: Record<string, string>;
	let admin: pg.Client;
	const name = `lotse_instances_${process.pid}`;

	beforeAll(async () => {
		const server = process.env.TEST_DATABASE_URL ?? "";
		admin = new pg.Client({ connectionString: server });
		await admin.connect();
		await admin.query(`CREATE DATABASE ${name}`);
		env = { ...chat(), DATABASE_URL: withDatabase(server, name) };
		expect((await lotse(env, "migrate")).exit).toBe(0);
	}, 60_000);
	afterAll(async () => {
		await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		await admin.end();
	});

	async function inDatabase(sql: string): Promise<pg.QueryResult> {
		const client = new pg.Client({ connectionString: env.DATABASE_URL });
		await client.connect();
		try {
			return await client.query(sql);
		} finally {
			await client.end();
		}
	}

	test("three instances answer each question once, also when one is killed among them", async () => {
		for (let instance = 0; instance < 3; instance++) await run(env);
		await Promise.all(ASKERS.slice(0, 10).map(({ name: user }) => ask(user)));
		await running.shift()?.kill();
		await Promise.all(ASKERS.slice(10).map(({ name: user }) => ask(user)));
		for (const { name: user } of ASKERS)
			await expect.poll(() => answers(user), { timeout: 40_000 }).toEqual([expect.stringContaining("+49")]);
		const { rows } = await inDatabase(
			"SELECT count(*)::int AS answers, count(DISTINCT key)::int AS keys, count(*) FILTER (WHERE state <> 'sent')::int AS open FROM delivery WHERE kind = 'answer'",
		);
		expect(rows).toEqual([{ answers: 20, keys: 20, open: 0 }]);
	}, 180_000);

	test("an upgrade beside a running instance leaves it working; an older program does not start on it", async () => {
		await run(env);
		// What the migration of a later version does: a new column, a new table, and its note.
		await inDatabase(`
			ALTER TABLE contact ADD COLUMN made_up text;
			CREATE TABLE made_up (key text PRIMARY KEY);
			INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
				VALUES ('made-up', 'made-up', '29990101000000_made_up', now(), now(), 1)`);
		await ask("asker1");
		await expect.poll(() => answers("asker1"), { timeout: 20_000 }).toEqual([expect.stringContaining("+49")]);
		const refused = await lotse(env, "ask", QUESTION);
		expect([refused.exit, refused.err]).toEqual([
			1,
			expect.stringContaining("Die Datenbank ist neuer als dieses Programm"),
		]);
		expect((await lotse(env, "migrate")).exit).toBe(1);
		await inDatabase(
			"DELETE FROM _prisma_migrations WHERE id = 'made-up'; ALTER TABLE contact DROP COLUMN made_up; DROP TABLE made_up",
		);
		expect((await lotse(env, "ask", QUESTION)).exit).toBe(0);
		expect((await lotse(env, "migrate")).exit).toBe(0);
	}, 120_000);
});
