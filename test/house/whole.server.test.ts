/** The whole house as its users have it: a real process, a Slack workspace, a real Synapse, one database; killed in between. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { manifest } from "../../src/platforms/slack/manifest.ts";
import { type OpenLab, openLab } from "../platforms/matrix/lab.ts";
import { type BotProcess, lotse, startProcess } from "../support/process.ts";
import { start as startSlack } from "../support/slacksim/slacksim.mjs";

const Posted = z.looseObject({ text: z.string(), ts: z.string(), user: z.string().optional(), blocks: z.unknown() });

const scopes = manifest({ commands, language: "de", requestUrl: null });

/** A workspace set up by the very manifest that administrators get. */
async function openWorkspace() {
	const run = await startSlack({
		config: {
			users: ["alice", "bob", "carol"].map((name) => ({ name, locale: "de-DE", tz: "Europe/Berlin" })),
			scopes: scopes.oauth_config.scopes.bot,
			botEvents: scopes.settings.event_subscriptions.bot_events,
			commands: scopes.features.slash_commands.map(({ command }) => command),
			// Slack tries again at once, after one minute and after five; the test does not wait that long.
			retryDelaysMs: [0, 3_000, 8_000, 20_000],
		},
	});
	async function control(method: string, path: string, body?: object): Promise<unknown> {
		const answer = await fetch(
			`${run.controlUrl}${path}`,
			body === undefined ? { method } : { method, body: JSON.stringify(body) },
		);
		const parsed: unknown = await answer.json();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(parsed)}`);
		return parsed;
	}
	return {
		...run,
		control,
		async say(user: string, text: string) {
			await control("POST", "/message", { user, channel: "general", text });
		},
		async messages(): Promise<string[]> {
			const { messages } = z
				.object({ messages: z.array(Posted) })
				.parse(await control("GET", "/messages?channel=general"));
			return messages
				.filter((message) => message.user === "U0SIMBOT01")
				.map((message) => `${message.text} ${JSON.stringify(message.blocks ?? "")}`);
		},
		async findings() {
			const Violation = z.looseObject({ kind: z.string(), severity: z.string() });
			const { violations } = z.object({ violations: z.array(Violation) }).parse(await control("GET", "/violations"));
			// What reached a process just before it was killed could not be acknowledged; Slack delivers it again.
			const errors = violations.filter((each) => each.severity === "error" && each.kind !== "ack_missing");
			const { duplicates } = z.object({ duplicates: z.array(z.unknown()) }).parse(await control("GET", "/duplicates"));
			return { errors, duplicates };
		},
	};
}

const NETWORK = {
	"regions.csv": "key,name,kind,parent\nsachsen,Sachsen,land,\nleipzig,Leipzig,municipality,sachsen\n",
	"organisations.csv":
		"key,name,kind,region\npd-leipzig,Polizeidirektion Leipzig,police,leipzig\nstadt-leipzig,Stadt Leipzig,municipality,leipzig\n",
	"contacts.csv":
		"key,organisation,name,function,topics,regions,phone,visibility,slack_user,matrix_user\n" +
		"opferschutz,pd-leipzig,Jana Berg,Opferschutzbeauftragte,victim_support,leipzig,+49 341 9661234,public,,\n" +
		"koordination,stadt-leipzig,Omar Yilmaz,Koordinator,coordination,leipzig,,partners,U0ALICE001,@alice:lab.test\n",
};

let lab: OpenLab;
let slack: Awaited<ReturnType<typeof openWorkspace>>;
let folder: string;
const running: BotProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "lotse-whole-"));
	await mkdir(join(folder, "network"));
	for (const [name, content] of Object.entries(NETWORK)) await writeFile(join(folder, "network", name), content);
	lab = await openLab();
	slack = await openWorkspace();
}, 400_000);

afterAll(async () => {
	await slack.close();
	await lab.end();
	await rm(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state === "fail") for (const bot of running) console.error(bot.log().slice(-5000));
	for (const bot of running.splice(0)) await bot.kill();
});

const count = (texts: readonly string[], part: string) => texts.filter((text) => text.includes(part)).length;

async function run(env: Record<string, string>): Promise<BotProcess> {
	const bot = await startProcess(env);
	running.push(bot);
	return bot;
}

/** The three jobs on both chats, with kill -9 in between. */
async function threeJobs(database: Record<string, string>, instances: number): Promise<void> {
	await slack.control("POST", "/reset", { keepConfig: true });
	await lab.call("POST", "/reset", {});
	const room = await lab.room(`netz ${instances} ${Object.keys(database).join()}`, {
		members: ["bob", "carol"],
		bot_joins: false,
	});
	const env = {
		...database,
		LOTSE_NETWORK: join(folder, "network"),
		LOTSE_ADMINS: "U0BOB00002,@bob:lab.test",
		SLACK_BOT_TOKEN: "xoxb-sim-bot-token",
		SLACK_APP_TOKEN: "xapp-sim-app-token",
		SLACK_API_URL: slack.slackApiUrl,
		MATRIX_HOMESERVER_URL: lab.base_url,
		MATRIX_ACCESS_TOKEN: lab.bot.access_token,
	};
	for (let instance = 0; instance < instances; instance++) await run(env);
	await lab.get("/wait/join", { room, timeout: 30_000 });

	// An administrator binds both rooms, the Matrix one in English.
	await slack.say("bob", "<@U0SIMBOT01> kanal verbinden Leipzig --region Leipzig");
	await expect
		.poll(async () => count(await slack.messages(), "Dieser Kanal ist verbunden"), { timeout: 20_000 })
		.toBe(1);
	await lab.say("bob", room, "!kanal verbinden Leipzig Matrix --region Leipzig --sprache en");
	await lab.heard({ room, contains: "Kanal ist verbunden", timeout: 20_000 });

	// Partners ask on both chats.
	await slack.say("carol", "<@U0SIMBOT01> wer ist für Opferschutz in Leipzig zuständig?");
	await expect.poll(async () => count(await slack.messages(), "Jana Berg"), { timeout: 20_000 }).toBe(1);
	await lab.say("carol", room, "!contact victim support Leipzig");
	await lab.heard({ room, contains: "Jana Berg", timeout: 20_000 });

	// A decision from each chat is announced on the other, in its channel's language.
	await slack.say(
		"alice",
		'<@U0SIMBOT01> beschluss "Mehr Licht am Bahnhof." --zuständig stadt-leipzig --bis 31.03.2027',
	);
	await lab.heard({ room, contains: "New decision: B-", timeout: 20_000 });
	await lab.say("alice", room, '!decision "A newsletter appears." --responsible stadt-leipzig');
	await expect.poll(async () => count(await slack.messages(), "Neuer Beschluss: B-"), { timeout: 20_000 }).toBe(1);

	// A training in an hour and a little: its reminder becomes due while the test runs.
	const start = Temporal.Now.zonedDateTimeISO("Europe/Berlin")
		.add({ minutes: 61, seconds: 40 })
		.round({ smallestUnit: "minute", roundingMode: "floor" });
	const day = start.toPlainDate().toString();
	const time = start.toPlainTime().toString({ smallestUnit: "minute" });
	await slack.say(
		"alice",
		`<@U0SIMBOT01> termin neu "Schulung am Bahnhof" --beginn "${day} ${time}" --region Leipzig --erinnern "1 Stunde"`,
	);
	await lab.heard({ room, contains: "New event", timeout: 20_000 });

	// One instance is killed in the middle of a flood, and what comes while nobody is there waits.
	const flood = Array.from({ length: 10 }, (_, index) => index);
	for (const index of flood) {
		await slack.say("alice", `<@U0SIMBOT01> beschluss "Slack ${index}."`);
		if (index === 4) await running.shift()?.kill();
		await lab.say("alice", room, `!decision "Matrix ${index}."`);
	}
	await run(env);
	await expect
		.poll(
			async () =>
				(await lab.messages({ room, from: "bot" })).filter((each) => /Decision B-\d+-\d+ recorded/u.test(each.text))
					.length,
			{ timeout: 40_000 },
		)
		.toBe(11);
	await expect.poll(async () => count(await slack.messages(), "eingetragen"), { timeout: 60_000 }).toBe(11);
	const list = await lotse(env, "run", "beschluss liste", "--json");
	const { records } = z.object({ records: z.array(z.object({ key: z.string() })) }).parse(JSON.parse(list.out));
	const year = new Date().getFullYear();
	expect(records.map(({ key }) => key).sort()).toEqual(
		Array.from({ length: 22 }, (_, index) => `b-${year}-${String(index + 1).padStart(3, "0")}`),
	);

	// Everything was announced on the other side, once.
	await expect.poll(async () => count(await slack.messages(), "Neuer Beschluss: B-"), { timeout: 60_000 }).toBe(11);
	await expect
		.poll(
			async () =>
				(await lab.messages({ room, from: "bot" })).filter((each) => each.text.includes("New decision: B-")).length,
			{ timeout: 60_000 },
		)
		.toBe(11);
	// The reminder came to both channels, once, at the right local time.
	const reminders = async () => [
		(await slack.messages()).filter((text) => text.includes("Erinnerung: Schulung am Bahnhof")),
		(await lab.messages({ room, from: "bot" }))
			.map((each) => each.text)
			.filter((text) => text.includes("Reminder: Schulung am Bahnhof")),
	];
	await expect.poll(async () => (await reminders()).map((each) => each.length), { timeout: 120_000 }).toEqual([1, 1]);
	for (const texts of await reminders()) expect(texts[0]).toContain(time);

	expect(await slack.findings()).toEqual({ errors: [], duplicates: [] });
	expect(await lab.violations()).toEqual([]);
	expect(await lab.duplicates()).toEqual([]);
}

describe("the three jobs on Slack and Matrix, with kill -9 in between", () => {
	test("on the embedded database", async () => {
		await threeJobs({ LOTSE_DATA_DIR: join(folder, "data") }, 1);
	}, 240_000);

	test("on PostgreSQL with two instances", async () => {
		const server = process.env.TEST_DATABASE_URL;
		if (!server) throw new Error("TEST_DATABASE_URL is not set");
		const name = `lotse_whole_${process.pid}`;
		const url = new URL(server);
		url.pathname = `/${name}`;
		const admin = new pg.Client({ connectionString: server });
		await admin.connect();
		await admin.query(`CREATE DATABASE ${name}`);
		try {
			const refused = await lotse({ DATABASE_URL: url.href }, "run", "hilfe");
			expect([refused.exit, refused.err]).toEqual([1, expect.stringContaining("lotse migrate")]);
			expect((await lotse({ DATABASE_URL: url.href }, "migrate")).exit).toBe(0);
			await threeJobs({ DATABASE_URL: url.href }, 2);
		} finally {
			for (const bot of running.splice(0)) await bot.kill();
			await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
			await admin.end();
		}
	}, 240_000);
});
