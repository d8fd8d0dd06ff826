/** The real process is killed at random while a hundred commands come in: each is done once and answered once. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../../commands/index.ts";
import { manifest } from "../../../src/platforms/slack/manifest.ts";
import { type BotProcess, lotse, startProcess } from "../../support/process.ts";
import { withDatabase } from "../../support/server.ts";
import { start } from "../../support/slacksim/slacksim.mjs";
import { actorsOf, CLEAN, controlOf } from "./actors.ts";

const COMMANDS = 100;
const KILLS = 5;
const CHANNELS = 10;

const NETWORK = {
	"regions.csv": "key,name,kind,parent\nleipzig,Leipzig,municipality,\n",
	"organisations.csv": "key,name,kind,region\nstadt-leipzig,Stadt Leipzig,municipality,leipzig\n",
	"contacts.csv":
		"key,organisation,name,function,topics,regions,phone,visibility,slack_user\n" +
		"opferschutz,stadt-leipzig,Jana Berg,Opferschutzbeauftragte,victim_support,leipzig,+49 341 9661234,public,\n" +
		"koordination,stadt-leipzig,Omar Yilmaz,Koordinator,coordination,leipzig,,partners,U0ALICE001\n",
};

/** Numbers from 0 to 1 that a seed brings back (mulberry32). */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

let folder: string;
const running: BotProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "lotse-killed-"));
	await mkdir(join(folder, "network"));
	for (const [name, content] of Object.entries(NETWORK)) await writeFile(join(folder, "network", name), content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async ({ task }) => {
	if (task.result?.state === "fail") for (const bot of running) console.error(bot.log().slice(-3000));
	for (const bot of running.splice(0)) await bot.kill();
});

async function workspace() {
	const app = manifest({ commands, language: "de", requestUrl: null });
	const run = await start({
		config: {
			users: ["alice", "bob"].map((name) => ({ name, locale: "de-DE", tz: "Europe/Berlin" })),
			scopes: app.oauth_config.scopes.bot,
			botEvents: app.settings.event_subscriptions.bot_events,
			commands: app.features.slash_commands.map(({ command }) => command),
			// As in Slack at once, but then not only after minutes.
			retryDelaysMs: [0, 2000, 3000, 3000, 5000, 5000, 10_000, 20_000, 30_000],
		},
	});
	const control = controlOf(run);
	const slack = { ...run, ...actorsOf(control) };
	const channels = Array.from({ length: CHANNELS }, (_, index) => `C0KILLED0${index}`);
	for (const [index, id] of channels.entries())
		await slack.act("/channels", { id, name: `kanal-${index}`, bot: true, members: ["alice"] });
	return { slack, channels };
}

type Sort = "decision" | "event" | "bind" | "question";
const SORTS: readonly Sort[] = ["decision", "decision", "decision", "event", "bind", "question"];
const LINES: Record<Sort, (index: number) => string> = {
	decision: (index) => `beschluss "Beschluss Nummer ${index}."`,
	event: (index) => `termin neu "Schulung ${index}" --beginn "19.1.2030 09:00"`,
	bind: (index) => `kanal verbinden "Kanal ${index}"`,
	question: () => "wer ist für Opferschutz in Leipzig zuständig?",
};

async function exported(env: Record<string, string>, file: string): Promise<string[]> {
	const to = await mkdtemp(join(folder, "export-"));
	const done = await lotse(env, "export", to);
	expect([done.exit, done.err]).toEqual([0, expect.any(String)]);
	return (await readFile(join(to, file), "utf8")).trim().split("\n").slice(1);
}

async function hundred(database: Record<string, string>, instances: number): Promise<void> {
	const seed = Number(process.env.LOTSE_SEED ?? Math.floor(Math.random() * 1e9));
	console.info(`LOTSE_SEED=${seed} repeats these kills`);
	const chance = random(seed);
	const { slack, channels } = await workspace();
	const env = {
		...database,
		LOTSE_NETWORK: join(folder, "network"),
		LOTSE_ADMINS: "U0ALICE001",
		SLACK_BOT_TOKEN: "xoxb-sim-bot-token",
		SLACK_APP_TOKEN: "xapp-sim-app-token",
		SLACK_API_URL: slack.slackApiUrl,
	};
	const begin = async () => void running.push(await startProcess(env));
	for (let instance = 0; instance < instances; instance++) await begin();

	const kills = new Set<number>();
	while (kills.size < KILLS) kills.add(Math.floor(chance() * COMMANDS));
	const said: { sort: Sort; channel: string; ts: string }[] = [];
	let beginning: Promise<void> = Promise.resolve();
	for (let index = 0; index < COMMANDS; index++) {
		const sort = SORTS[Math.floor(chance() * SORTS.length)] ?? "decision";
		const channel = channels[Math.floor(chance() * channels.length)] ?? "";
		const { ts } = await slack.say("alice", `<@U0SIMBOT01> ${LINES[sort](index)}`, { channel });
		said.push({ sort, channel, ts });
		await pause(chance() * 120);
		if (!kills.has(index)) continue;
		await beginning;
		await running.splice(Math.floor(chance() * running.length), 1)[0]?.kill();
		beginning = begin();
	}
	await beginning;

	const answers = async () =>
		Promise.all(
			said.map(async ({ channel, ts }) =>
				(await slack.said({ channel, thread_ts: ts, ephemeral: "false" })).map((one) => one.text),
			),
		);
	await expect
		.poll(async () => (await answers()).filter((all) => all.length === 0).length, { timeout: 120_000, interval: 500 })
		.toBe(0);
	await slack.idle(3000);
	expect((await answers()).filter((all) => all.length !== 1)).toEqual([]);

	const of = (sort: Sort) => said.filter((one) => one.sort === sort).length;
	const numbers = (await answers()).flat().flatMap((text) => /B-\d{4}-(\d{3,})/.exec(text)?.[1] ?? []);
	expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(
		Array.from({ length: of("decision") }, (_, index) => index + 1),
	);
	expect(await slack.findings(["ack_missing", "ack_late"])).toEqual(CLEAN);
	for (const bot of running.splice(0)) await bot.end();
	expect(await exported(database, "decisions.csv")).toHaveLength(of("decision"));
	expect(await exported(database, "events.csv")).toHaveLength(of("event"));
	await slack.close();
}

describe("kill -9 at random during a hundred commands: none lost, none doubled", () => {
	test("embedded database", async () => {
		await hundred({ LOTSE_DATA_DIR: join(folder, "data") }, 1);
	}, 240_000);

	test("two instances on PostgreSQL", async () => {
		const server = process.env.TEST_DATABASE_URL;
		if (!server) throw new Error("TEST_DATABASE_URL is not set");
		const name = `lotse_killed_${process.pid}`;
		const admin = new pg.Client({ connectionString: server });
		await admin.connect();
		await admin.query(`CREATE DATABASE ${name}`);
		const database = { DATABASE_URL: withDatabase(server, name) };
		try {
			expect((await lotse(database, "migrate")).exit).toBe(0);
			await hundred(database, 2);
		} finally {
			for (const bot of running.splice(0)) await bot.kill();
			await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
			await admin.end();
		}
	}, 240_000);
});
