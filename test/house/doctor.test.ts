import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { WHO as DOERS } from "../../src/doctor/check.ts";
import type { Config } from "../../src/lib/config.ts";
import { CONFIG, type Records, testBot } from "../support/chat.ts";
import { contact, event, LEIPZIG } from "../support/network.ts";
import { type Run, start as startSlack } from "../support/slacksim/slacksim.mjs";

const found = z.object({
	status: z.enum(["ok", "warning", "failed"]),
	checks: z.array(z.object({ name: z.string(), status: z.string(), text: z.string(), mend: z.string().nullable() })),
});

const WHO = Object.values(DOERS).map(({ de }) => `${de}:`);
/** Whatever is wrong says first who mends it. */
const ANYBODY = new RegExp(`^(?:${WHO.join("|")})`, "u");

const BOT_TOKEN = "xoxb-sim-bot-token";
const APP_TOKEN = "xapp-sim-app-token";

function terminal() {
	const lines: string[] = [];
	const io = { out: (text: string) => void lines.push(text), err: () => {}, cwd: ".", terminal: false };
	return { io, printed: () => lines.join("") };
}

/** Runs `lotse doctor --json` in a house whose clock goes wrong by so much. */
async function doctor(config: Partial<Config> = {}, records: Records = LEIPZIG, wrong = { hours: 0 }) {
	await using bot = await testBot({ records });
	const { io, printed } = terminal();
	const clock = { now: () => Temporal.Now.instant().add(wrong) };
	const house = { ...bot.open, clock, config: { ...bot.open.config, ...config } };
	const environment = { config: house.config, faults: [] };
	const exit = await doctorCommand.run(["--json"], io, {
		environment,
		house: async () => house,
		settle: async () => {},
	});
	for (const secret of [BOT_TOKEN, APP_TOKEN, "syt_secret"]) expect(printed()).not.toContain(secret);
	const result = found.parse(JSON.parse(printed()));
	for (const { name, status, mend } of result.checks)
		expect(mend ?? (status === "ok" ? WHO[0] : name), `${name} says who`).toMatch(ANYBODY);
	const all = (name: string) => result.checks.filter((each) => each.name === name);
	return { exit, status: result.status, checks: result.checks, all, check: (name: string) => all(name)[0] };
}

describe("without a chat", () => {
	test("all is well with a network whose people can be reached and whose events are heard of", async () => {
		const seen = await doctor({}, { ...LEIPZIG, contact: [] });
		expect(seen).toMatchObject({ exit: 0, status: "ok" });
		expect(seen.check("schema")?.status).toBe("ok");
		expect(seen.check("platforms")?.text).toContain("nur im Terminal");
	});

	test("an empty database says how to fill it", async () => {
		const seen = await doctor({}, {});
		expect(seen).toMatchObject({ exit: 0, status: "warning" });
		expect(seen.check("records")?.mend).toContain("npx lotse import");
	});

	test("contacts without phone and e-mail, and events that nobody hears of, are named", async () => {
		const seen = await doctor(
			{},
			{
				...LEIPZIG,
				contact: [
					contact({
						key: "stumm",
						name: "Stumm",
						organisation: "stadt-leipzig",
						phone: null,
						mobile: null,
						email: null,
					}),
				],
				event: [
					event({
						key: "unerhoert",
						title: "Unerhört",
						kind: "training",
						start: "2099-01-01T09:00",
						regions: [],
						host: [],
						channels: [],
					}),
				],
			},
		);
		expect(seen.check("contacts")).toMatchObject({ status: "warning", text: expect.stringContaining("stumm") });
		expect(seen.check("events")).toMatchObject({ status: "warning", text: expect.stringContaining("unerhoert") });
	});

	test("a clock that is an hour off fails", async () => {
		const seen = await doctor({}, LEIPZIG, { hours: 1 });
		expect(seen).toMatchObject({ exit: 1, status: "failed" });
		expect(seen.check("clock")).toMatchObject({ status: "failed", text: expect.stringContaining("3600 s") });
	});

	test("a network folder that is not there fails", async () => {
		const seen = await doctor({ network: "./gibt-es-nicht" });
		expect(seen.check("network folder")).toMatchObject({ status: "failed" });
	});
});

test("a database that cannot be reached is one failed line", async () => {
	const { io, printed } = terminal();
	const lender = {
		environment: { config: CONFIG, faults: [] },
		house: async () => Promise.reject(Object.assign(new Error("secret host"), { code: "ECONNREFUSED" })),
		settle: async () => {},
	};
	expect(await doctorCommand.run([], io, lender)).toBe(1);
	expect(printed()).toContain("database");
	expect(printed()).toContain("ECONNREFUSED");
	expect(printed()).not.toContain("secret host");
});

describe("Slack", () => {
	let sim: Run;
	beforeAll(async () => {
		sim = await startSlack();
	});
	afterAll(() => sim.close());
	const slack = (more: object = {}) => ({
		slack: { botToken: BOT_TOKEN, appToken: APP_TOKEN, signingSecret: null, apiUrl: sim.slackApiUrl, ...more },
	});
	const configure = (config: object) =>
		fetch(`${sim.controlUrl}/config`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(config),
		});

	test("good tokens and all scopes", async () => {
		const seen = await doctor(slack());
		expect(seen.check("slack bot token")?.status).toBe("ok");
		expect(seen.check("slack app token")?.status).toBe("ok");
		expect(seen.check("slack scopes")?.status).toBe("ok");
		expect(seen.check("administrators")?.status).toBe("ok");
	});

	test("a bound channel without the bot in it", async () => {
		const seen = await doctor(slack());
		expect(seen.check("slack channels")).toMatchObject({
			status: "warning",
			mend: expect.stringContaining("/invite @Lotse"),
		});
	});

	test("a missing scope is named, with who adds it", async () => {
		const { scopes } = z
			.object({ scopes: z.array(z.string()) })
			.parse(await (await fetch(`${sim.controlUrl}/config`)).json());
		await configure({ scopes: scopes.filter((scope) => scope !== "files:write") });
		const seen = await doctor(slack());
		await configure({ scopes });
		expect(seen.exit).toBe(1);
		expect(seen.check("slack scopes")).toMatchObject({
			status: "failed",
			text: "Es fehlen Rechte: files:write.",
			mend: expect.stringContaining("Slack-Verwaltung"),
		});
	});

	test("a revoked token is told apart from a Slack that is not there", async () => {
		const revoked = await doctor(slack({ botToken: "xoxb-revoked" }));
		expect(revoked.check("slack bot token")).toMatchObject({
			status: "failed",
			text: expect.stringContaining("invalid_auth"),
		});
		const away = await doctor(slack({ apiUrl: "http://127.0.0.1:9/api/" }));
		expect(away.check("slack")).toMatchObject({ status: "failed", text: expect.stringContaining("nicht erreichbar") });
	});

	test("nobody is administrator", async () => {
		const seen = await doctor({ ...slack(), admins: [] });
		expect(seen.check("administrators")).toMatchObject({
			status: "warning",
			mend: expect.stringContaining("LOTSE_ADMINS"),
		});
	});
});

describe("Matrix", () => {
	/** What the homeserver answers, by path; everything else is 404. */
	let answers: Record<string, { status: number; body: object }> = {};
	const server = createServer((request, response) => {
		const known = answers[request.url?.replace("/_matrix/client/", "") ?? ""];
		response.writeHead(known?.status ?? 404, { "content-type": "application/json" });
		response.end(JSON.stringify(known?.body ?? { errcode: "M_NOT_FOUND" }));
	});
	let homeserverUrl = "";
	beforeAll(async () => {
		await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
		const address = server.address();
		if (address === null || typeof address === "string") throw new Error("no port");
		homeserverUrl = `http://127.0.0.1:${address.port}/`;
	});
	afterAll(() => server.close());
	const matrix = (more: object = {}) => ({
		matrix: {
			homeserverUrl,
			accessToken: "syt_secret",
			user: null,
			password: null,
			encryption: "on" as const,
			storeKey: null,
			...more,
		},
	});
	const versions = { versions: { status: 200, body: {} } };

	test("an account that is taken, its rooms, and which of them are encrypted", async () => {
		answers = {
			...versions,
			"v3/account/whoami": { status: 200, body: { user_id: "@lotse:lab.test", device_id: "LOTSE1" } },
			"v3/joined_rooms": { status: 200, body: { joined_rooms: ["!a:lab.test", "!leipzig:lab.test"] } },
			"v3/rooms/!a%3Alab.test/state/m.room.encryption/": { status: 200, body: { algorithm: "m.megolm.v1.aes-sha2" } },
		};
		const seen = await doctor(matrix());
		expect(seen.exit).toBe(0);
		expect(seen.check("matrix account")?.text).toContain("@lotse:lab.test, Gerät LOTSE1");
		expect(seen.check("matrix encryption")).toMatchObject({
			status: "warning",
			text: expect.stringContaining("1 Räume"),
		});
		expect(seen.check("matrix rooms")).toMatchObject({ status: "warning", mend: expect.stringContaining("einladen") });
		expect(seen.check("matrix rate limit")?.mend).toContain("override_ratelimit");
	});

	test("a revoked token fails where it was configured, and is renewed where there is a password", async () => {
		answers = { ...versions, "v3/account/whoami": { status: 401, body: { errcode: "M_UNKNOWN_TOKEN" } } };
		const seen = await doctor(matrix());
		expect(seen.exit).toBe(1);
		expect(seen.check("matrix account")).toMatchObject({
			status: "failed",
			text: expect.stringContaining("M_UNKNOWN_TOKEN"),
		});
		const renewed = await doctor(matrix({ accessToken: null, user: "@lotse:lab.test", password: "syt_secret" }));
		expect(renewed.exit).toBe(0);
	});

	test("a homeserver that is not there", async () => {
		const seen = await doctor(matrix({ homeserverUrl: "http://127.0.0.1:9" }));
		expect(seen.check("matrix homeserver")).toMatchObject({
			status: "failed",
			text: expect.stringContaining("nicht erreichbar"),
		});
	});
});
