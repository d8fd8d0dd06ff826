// The real bot as a process beside a real Synapse: killed at any moment, two on one database, and with the homeserver down.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { type BotProcess, lotse, startProcess } from "../../support/process.ts";
import { withDatabase } from "../../support/server.ts";
import { type OpenLab, openLab } from "./lab.ts";

const NETWORK = {
	"organisations.csv": "key,name,kind\nstadt-leipzig,Stadt Leipzig,municipality\n",
	"contacts.csv":
		"key,organisation,name,function,topics,visibility,matrix_user\nkoordination,stadt-leipzig,Omar Yilmaz,Koordinator,coordination,partners,@alice:lab.test\n",
};

let lab: OpenLab;
let folder: string;
const running: BotProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "lotse-matrix-process-"));
	await mkdir(join(folder, "network"));
	for (const [name, content] of Object.entries(NETWORK)) await writeFile(join(folder, "network", name), content);
	lab = await openLab();
}, 400_000);
afterAll(async () => {
	await lab?.end();
	await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
	await lab.call("POST", "/reset", {});
});
afterEach(async ({ task }) => {
	if (task.result?.state === "fail") for (const bot of running) console.error(bot.log().slice(-5000));
	for (const bot of running.splice(0)) await bot.kill();
	await lab.call("DELETE", "/faults");
});

const environment = (database: Record<string, string>) => ({
	...database,
	LOTSE_NETWORK: join(folder, "network"),
	LOTSE_ADMINS: "@bob:lab.test",
	MATRIX_HOMESERVER_URL: lab.base_url,
	MATRIX_ACCESS_TOKEN: lab.bot.access_token,
});
async function run(env: Record<string, string>): Promise<BotProcess> {
	const bot = await startProcess(env);
	running.push(bot);
	return bot;
}
const health = async (bot: BotProcess): Promise<[number, string]> => {
	const answer = await fetch(`http://127.0.0.1:${bot.port}/health`);
	const { platforms } = z.object({ platforms: z.record(z.string(), z.string()) }).parse(await answer.json());
	return [answer.status, platforms.matrix ?? ""];
};

/** Who was answered, by the event that the answer replies to, and the decisions' numbers in the answers. */
async function answers(room: string) {
	const said = (await lab.messages({ room, from: "bot" })).filter((each) => each.reply_to);
	return {
		to: said.map((each) => each.reply_to).toSorted(),
		numbers: said.flatMap((each) => /B-\d+-\d+/u.exec(each.text) ?? []).toSorted(),
	};
}

test("kill -9 at random during sixty commands: no decision lost or doubled, and each is answered once", async () => {
	const seed = Math.floor(Math.random() * 1e6);
	console.info(`seed of the kills: ${seed}`);
	let state = seed;
	const random = () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
	const env = environment({ LOTSE_DATA_DIR: join(folder, "data") });
	await run(env);
	const room = await lab.room("kills", { bot_joins: false });
	await lab.get("/wait/join", { room, timeout: 20_000 });
	const asked: string[] = [];
	const kills = new Set(Array.from({ length: 3 }, (_, nr) => 6 + nr * 18 + Math.floor(random() * 12)));
	for (let nr = 0; nr < 60; nr++) {
		asked.push(await lab.say("alice", room, `!beschluss "Punkt ${nr}."`));
		if (!kills.has(nr)) continue;
		await pause(random() * 400);
		await running.shift()?.kill();
		await run(env);
	}
	await expect.poll(async () => (await answers(room)).to.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(60);
	await lab.idle();
	const { to, numbers } = await answers(room);
	expect(to).toEqual(asked.toSorted());
	const year = Temporal.Now.plainDateISO("Europe/Berlin").year;
	expect(numbers).toEqual(Array.from({ length: 60 }, (_, nr) => `B-${year}-${String(nr + 1).padStart(3, "0")}`));
	expect(await lab.violations()).toEqual([]);
	expect(await lab.duplicates()).toEqual([]);
}, 240_000);

test("two on one PostgreSQL: one hears, the other stands by and takes over within ten seconds; with the homeserver down, health says 503", async () => {
	const server = process.env.TEST_DATABASE_URL;
	if (!server) throw new Error("TEST_DATABASE_URL is not set");
	const name = `lotse_matrix_${process.pid}`;
	const admin = new pg.Client({ connectionString: server });
	await admin.connect();
	await admin.query(`CREATE DATABASE ${name}`);
	try {
		const env = environment({ DATABASE_URL: withDatabase(server, name) });
		expect((await lotse(env, "migrate")).exit).toBe(0);
		const first = await run(env);
		const second = await run(env);
		expect([await health(first), await health(second)]).toEqual([
			[200, "connected"],
			[200, "standby"],
		]);
		const room = await lab.room("zwei", { bot_joins: false });
		await lab.get("/wait/join", { room, timeout: 20_000 });
		const asked = [await lab.say("alice", room, '!beschluss "Eins."')];
		await lab.heard({ room, contains: "eingetragen", timeout: 20_000 });
		const began = performance.now();
		await first.kill();
		asked.push(await lab.say("alice", room, '!beschluss "Zwei."'));
		await expect.poll(() => health(second), { timeout: 15_000 }).toEqual([200, "connected"]);
		expect(performance.now() - began).toBeLessThan(10_000);
		await lab.call("POST", "/synapse/stop", { kill: true });
		await expect.poll(() => health(second), { timeout: 20_000 }).toEqual([503, "down"]);
		await lab.call("POST", "/synapse/start");
		await expect.poll(() => health(second), { timeout: 20_000 }).toEqual([200, "connected"]);
		asked.push(await lab.say("alice", room, '!beschluss "Drei."'));
		await expect.poll(async () => (await answers(room)).to, { timeout: 20_000 }).toEqual(asked.toSorted());
		expect(await lab.violations()).toEqual([]);
		expect(await lab.duplicates()).toEqual([]);

		// The token is revoked: the process stays, says so once, and asks no more.
		await lab.call("POST", "/users/logout", { user: "bot" });
		await lab.call("POST", "/connections/drop");
		await expect.poll(() => health(second), { timeout: 20_000 }).toEqual([503, "down"]);
		expect(second.log().split("Matrix refuses the bot").length - 1).toBe(1);
		expect(second.log()).not.toContain(lab.bot.access_token);
	} finally {
		for (const bot of running.splice(0)) await bot.kill();
		await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
		await admin.end();
	}
}, 180_000);
