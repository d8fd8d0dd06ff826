/** The same as canaries.test.ts with the real process on a real (simulated) Slack, and with everything that opens doors. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { manifest } from "../../src/platforms/slack/manifest.ts";
import { type BotProcess, freePort, lotse, startProcess } from "../support/process.ts";
import { type Run, start as startSlack } from "../support/slacksim/slacksim.mjs";

const CANARIES = ["Kanarienwort", "Zaunkönig", "7714253", "zaunkoenig.example", "geheim-4711", "xoxb-sim", "xapp-sim"];
const found = (text: string) => CANARIES.filter((canary) => text.includes(canary));

let sim: Run;
let folder: string;
let bot: BotProcess | null = null;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "lotse-canaries-"));
	const app = manifest({ commands, language: "de", requestUrl: null });
	sim = await startSlack({
		config: {
			users: [{ name: "alice", real_name: "Alice Zaunkönig", locale: "de-DE", email: "alice@zaunkoenig.example" }],
			scopes: app.oauth_config.scopes.bot,
			botEvents: app.settings.event_subscriptions.bot_events,
			commands: app.features.slash_commands.map(({ command }) => command),
			rateLimit: { enabled: false },
		},
	});
});
afterAll(async () => {
	await bot?.kill();
	await sim.close();
	await rm(folder, { recursive: true, force: true });
});

async function control(path: string, body: object): Promise<unknown> {
	const answer = await fetch(`${sim.controlUrl}${path}`, { method: "POST", body: JSON.stringify(body) });
	return answer.json();
}

test("a real bot at LOG_LEVEL=trace, with faults, logs no word, name, number or secret; nor does doctor tell them", async () => {
	const env = {
		LOTSE_DATA_DIR: join(folder, "data"),
		LOG_LEVEL: "trace",
		LOTSE_ADMINS: "U0ALICE001",
		METRICS_TOKEN: "geheim-4711-geheim-4711",
		SLACK_BOT_TOKEN: "xoxb-sim-bot-token",
		SLACK_APP_TOKEN: "xapp-sim-app-token",
		SLACK_API_URL: sim.slackApiUrl,
	};
	bot = await startProcess(env);
	for (const kind of ["http_500", "malformed", "reset_after", "error"])
		await control("/faults", {
			method: "chat.postMessage",
			kind,
			times: 1,
			...(kind === "error" && { error: "fatal_error" }),
		});
	const said = [
		"Kanarienwort?",
		'beschluss "Kanarienwort für alle" --bis 31.03.2027',
		'beschluss "Kanarienwort',
		"Frau Zaunkönig, ruf 0341 7714253 an, post@zaunkoenig.example",
		"werbinich",
	];
	for (const text of said) {
		await control("/message", { user: "alice", channel: "general", text: `<@U0SIMBOT01> ${text}` });
		await control("/message", { user: "alice", dm: true, text });
	}
	await control("/command", { user: "alice", channel: "general", command: "/beschluss", text: "Kanarienwort allein" });
	await control("/shortcut", { user: "alice", callback_id: "gibt-es-nicht-Kanarienwort" });
	await control("/home", { user: "alice", tab: "home" });
	await control("/http/forged", {});
	await control("/socket/drop", { mode: "terminate" });
	const texts = async () => {
		const answer = await fetch(`${sim.controlUrl}/messages?dm=alice&user=alice`);
		return z.object({ messages: z.array(z.unknown()) }).parse(await answer.json()).messages;
	};
	for (let tries = 0; tries < 100 && (await texts()).length < said.length * 2; tries++) await pause(200);
	expect(JSON.stringify(await texts())).toContain("B-");

	const metrics = await fetch(`http://127.0.0.1:${bot.port}/metrics`, {
		headers: { authorization: "Bearer geheim-4711-geheim-4711" },
	});
	const scraped = await metrics.text();
	expect(scraped).toContain('lotse_commands_total{platform="slack",command="decision new",outcome="done"}');
	expect(found(scraped)).toEqual([]);
	const doctor = await lotse(env, "doctor");
	expect(doctor.out).toContain("Slack");
	expect(found(doctor.out + doctor.err)).toEqual([]);
	await bot.end();
	const lines = bot.log().split("\n").filter(Boolean);
	expect(lines.length).toBeGreaterThan(3);
	for (const line of lines)
		expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
	expect(found(bot.log())).toEqual([]);
}, 120_000);

test("what is wrong in the environment is told by its name, never by its value", async () => {
	const port = await freePort();
	const tries: Record<string, string>[] = [
		{ DATABASE_URL: `postgresql://lotse:geheim-4711@127.0.0.1:${port}/lotse` },
		{ DATABASE_URL: "mysql://lotse:geheim-4711@127.0.0.1/lotse" },
		{ METRICS_TOKEN: "geheim-4711" },
		{
			MATRIX_HOMESERVER_URL: `http://127.0.0.1:${port}`,
			MATRIX_USER: "@lotse:lab.test",
			MATRIX_PASSWORD: "geheim-4711",
		},
		{ MATRIX_HOMESERVER_URL: `http://127.0.0.1:${port}`, MATRIX_ACCESS_TOKEN: "syt_geheim-4711" },
		{
			SLACK_BOT_TOKEN: "xoxb-geheim-4711",
			SLACK_APP_TOKEN: "xapp-geheim-4711",
			SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
		},
		{ MATRIX_STORE_KEY: "geheim-4711" },
	];
	for (const env of tries) {
		const told = await lotse({ LOTSE_DATA_DIR: join(folder, "other"), LOG_LEVEL: "trace", ...env }, "doctor");
		expect(`${told.out}${told.err}`.length, Object.keys(env)[0]).toBeGreaterThan(20);
		expect(found(told.out + told.err), Object.keys(env)[0]).toEqual([]);
	}
}, 120_000);
