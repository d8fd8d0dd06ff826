import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { NotMade } from "../../src/cli/io.ts";
import { WHO as DOERS } from "../../src/doctor/check.ts";
import type { Config } from "../../src/lib/config.ts";
import { type Records, type TestBot, testBot } from "../support/chat.ts";
import { agreement, contact, decision, event, LEIPZIG, organisation } from "../support/network.ts";
import { type Run, start as startSlack } from "../support/slacksim/slacksim.mjs";
import { terminal } from "../support/terminal.ts";

const today = () => Temporal.Now.plainDateISO("Europe/Berlin").toString();

const found = z.object({
	status: z.enum(["ok", "warning", "failed"]),
	checks: z.array(z.object({ name: z.string(), status: z.string(), text: z.string(), mend: z.string().nullable() })),
});

const WHO = Object.values(DOERS).map(({ de }) => `${de}:`);
/** Whatever is wrong says first who mends it. */
const ANYBODY = new RegExp(`^(?:${WHO.join("|")})`, "u");

const BOT_TOKEN = "xoxb-sim-bot-token";
const APP_TOKEN = "xapp-sim-app-token";

/** Runs `lotse doctor --json` in a house whose clock goes wrong by so much. */
async function doctor(
	config: Partial<Config> = {},
	records: Records = LEIPZIG,
	wrong = { hours: 0 },
	before: (bot: TestBot) => Promise<unknown> = async () => {},
) {
	await using bot = await testBot({ records });
	await before(bot);
	const clock = { now: () => Temporal.Now.instant().add(wrong) };
	const house = { ...bot.open, clock, config: { ...bot.open.config, ...config } };
	const { io, lender, out: printed } = terminal(house);
	const exit = await doctorCommand.run(["--json"], io, lender);
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

	test("whoever was never verified, is on call alone, promised something and cannot be asked, is named", async () => {
		const seen = await doctor(
			{},
			{
				...LEIPZIG,
				organisation: [
					...(LEIPZIG.organisation ?? []),
					organisation({ key: "verein", name: "Verein", kind: "other", region: "leipzig" }),
				],
				contact: [
					contact({ key: "neu", name: "Neu", organisation: "stadt-leipzig", phone: "+49341123" }),
					contact({
						key: "alt",
						name: "Alt",
						organisation: "stadt-leipzig",
						phone: "+49341124",
						verifiedOn: "2020-01-01",
					}),
					contact({
						key: "nacht",
						name: "Nacht",
						organisation: "stadt-leipzig",
						phone: "+49341125",
						verifiedOn: today(),
						onCall: true,
					}),
				],
				agreement: [
					agreement({
						key: "vorbei",
						title: "Vorbei",
						kind: "cooperation_agreement",
						parties: ["verein"],
						validUntil: "2020-12-31",
					}),
					agreement({
						key: "alt-v",
						title: "Alt",
						kind: "cooperation_agreement",
						parties: ["stadt-leipzig"],
						validUntil: "2020-12-31",
					}),
					agreement({
						key: "neu-v",
						title: "Neu",
						kind: "cooperation_agreement",
						parties: ["stadt-leipzig"],
						supersedes: "alt-v",
					}),
				],
				decision: [
					decision({ key: "b-2020-001", decidedOn: "2020-01-01", text: "Liegt", due: "2020-02-01" }),
					decision({
						key: "b-2020-002",
						decidedOn: "2020-01-01",
						text: "Liegt auch",
						due: "2020-02-01",
						responsible: ["stadt-leipzig"],
					}),
					decision({ key: "b-2020-003", decidedOn: "2020-01-01", text: "Getan", due: "2020-02-01", status: "done" }),
				],
			},
		);
		expect(seen.exit).toBe(0);
		const texts = (name: string) => seen.all(name).map(({ text }) => text);
		expect(texts("verification")).toEqual([
			"Kontakte, die noch nie bestätigt wurden: neu.",
			"Kontakte, deren Bestätigung älter als ein Jahr ist: alt.",
		]);
		expect(texts("deputies")).toEqual(["Rufbereitschaft ohne Vertretung: nacht."]);
		expect(texts("organisations")).toEqual(["Partner ohne Kontakt, Telefon und E-Mail: verein."]);
		expect(texts("agreements")).toEqual(["Abgelaufen und durch nichts ersetzt: vorbei."]);
		expect(texts("decisions")).toEqual([
			"Überfällig, und niemand ist zuständig: b-2020-001.",
			"Überfällig: b-2020-002.",
		]);
	});

	test("messages that were refused or wait too long are counted by channel", async () => {
		const seen = await doctor({}, LEIPZIG, { hours: 0 }, async ({ db }) => {
			const at = Temporal.Now.instant();
			const row = (key: string, state: "parked" | "owed", channelKey: string) => ({
				key,
				kind: "reminder",
				platform: "slack" as const,
				address: "C-X",
				language: "de" as const,
				body: {},
				state,
				channelKey,
				createdAt: at.subtract({ hours: 2 }).toString(),
				dueAt: at.subtract({ hours: 1 }).toString(),
				nextAttemptAt: at.toString(),
			});
			await db.delivery.createMany({
				data: [row("a", "parked", "sl-leipzig"), row("b", "parked", "sl-leipzig"), row("c", "owed", "sl-grimma")],
			});
		});
		expect(seen.all("deliveries").map(({ text }) => text)).toEqual([
			"2 Nachrichten wurden abgewiesen (30 Tage): sl-leipzig 2.",
			"1 fällige Nachrichten warten noch: sl-grimma 1.",
		]);
	});

	test("an audit log whose guard was switched off fails", async () => {
		const switched = (word: string) => (bot: TestBot) =>
			bot.database.rows(`ALTER TABLE audit ${word} TRIGGER append_only`);
		const seen = await doctor({}, LEIPZIG, { hours: 0 }, switched("DISABLE"));
		expect(seen.check("audit log")).toMatchObject({ status: "failed", text: expect.stringContaining("audit") });
		expect((await doctor()).check("audit log")?.status).toBe("ok");
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

describe("without a database", () => {
	const failing = (error: Error) => ({ ...terminal(), house: async () => Promise.reject(error) });

	test("one that cannot be reached is one failed line, without its address", async () => {
		const { io, lender, out, house } = failing(Object.assign(new Error("secret host"), { code: "ECONNREFUSED" }));
		expect(await doctorCommand.run([], io, { ...lender, house })).toBe(1);
		expect(out()).toContain("Fehler   database: Die Datenbank ist nicht erreichbar (ECONNREFUSED).");
		expect(out()).not.toContain("secret host");
		expect(out()).toContain("timezone");
	});

	test("one that was never made is no fault, and looking makes none", async () => {
		const { io, lender, out, house } = failing(new NotMade());
		expect(await doctorCommand.run([], io, { ...lender, house })).toBe(0);
		expect(out()).toContain("ok       database: In ./data ist noch keine Datenbank");
	});
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

	test("Slack's clock, the way events come, and what must be compared by hand", async () => {
		const seen = await doctor(slack());
		expect(seen.check("slack clock")?.status).toBe("ok");
		expect(seen.check("slack settings")?.mend).toContain("lotse slack-manifest");
		const wrong = await doctor(slack(), LEIPZIG, { hours: 1 });
		expect(wrong.check("slack clock")).toMatchObject({ status: "failed", text: expect.stringMatching(/360\d s/u) });
		const http = await doctor(slack({ appToken: null, signingSecret: "geheim" }));
		expect(http.check("slack events")?.text).toContain("/slack/events");
		const swapped = await doctor(slack({ appToken: BOT_TOKEN }));
		expect(swapped.check("slack app token")).toMatchObject({
			status: "failed",
			text: expect.stringContaining("SLACK_APP_TOKEN"),
		});
	});

	test("administrators whom Slack does not know, and ids that are none", async () => {
		const seen = await doctor({ ...slack(), admins: ["U0NOBODY", "Erika Muster", "@a:elsewhere.test"] });
		expect(seen.check("slack administrators")).toMatchObject({
			status: "warning",
			text: expect.stringContaining("U0NOBODY"),
		});
		expect(seen.all("administrators").map(({ text }) => text)).toEqual([
			"3 in LOTSE_ADMINS oder mit Rolle.",
			"In LOTSE_ADMINS steht, was keine Kennung ist: Erika Muster.",
			"In LOTSE_ADMINS stehen Kennungen eines Chats, der nicht eingerichtet ist: @a:elsewhere.test.",
		]);
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

	test("rooms where it may not write, also behind an alias; another device; admins that do not exist; how to make a key", async () => {
		const power = { users: { "@lotse:lab.test": 0 }, events_default: 50 };
		answers = {
			...versions,
			"v3/account/whoami": { status: 200, body: { user_id: "@lotse:lab.test", device_id: "NEW" } },
			"v3/joined_rooms": { status: 200, body: { joined_rooms: ["!leipzig:lab.test", "!sachsen:lab.test"] } },
			"v3/directory/room/%23sachsen%3Alab.test": { status: 200, body: { room_id: "!sachsen:lab.test" } },
			"v3/rooms/!leipzig%3Alab.test/state/m.room.power_levels/": { status: 200, body: power },
			"v3/rooms/!sachsen%3Alab.test/state/m.room.power_levels/": {
				status: 200,
				body: { ...power, events: { "m.room.message": 0, "m.reaction": 0 } },
			},
			"v3/profile/%40admin%3Alab.test": { status: 200, body: {} },
		};
		const channel = (LEIPZIG.channel ?? [])
			.filter(({ platform }) => platform === "matrix")
			.map((each) => (each.key === "mx-sachsen" ? { ...each, address: "#sachsen:lab.test" } : each));
		const seen = await doctor(
			{ ...matrix(), admins: ["@admin:lab.test", "@weg:lab.test"] },
			{ ...LEIPZIG, channel },
			{ hours: 0 },
			({ db }) => db.fact.create({ data: { scope: "matrix", name: "device_id", value: "OLD" } }),
		);
		expect(seen.check("matrix rooms")?.status).toBe("ok");
		expect(seen.check("matrix rights")).toMatchObject({
			status: "failed",
			text: "Lotse darf nicht schreiben in: Leipzig.",
		});
		expect(seen.check("matrix account")).toMatchObject({ status: "warning", text: expect.stringContaining("OLD") });
		expect(seen.check("matrix administrators")).toMatchObject({
			status: "warning",
			text: expect.stringContaining("@weg:lab.test"),
		});
		expect(seen.check("matrix store key")?.mend).toContain("openssl rand -base64 32");
		expect(seen.check("matrix clock")?.status).toBe("ok");
	});

	test("a homeserver that is not there", async () => {
		const seen = await doctor(matrix({ homeserverUrl: "http://127.0.0.1:9" }));
		expect(seen.check("matrix homeserver")).toMatchObject({
			status: "failed",
			text: expect.stringContaining("nicht erreichbar"),
		});
	});
});
