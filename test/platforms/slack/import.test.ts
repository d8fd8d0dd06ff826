// A whole bot in a simulated workspace: a table dropped into the direct message, its button, and files going out under faults.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { slackPlatform } from "../../../src/platforms/slack/index.ts";
import { manifest } from "../../../src/platforms/slack/manifest.ts";
import { type HouseUnderTest, houseWith } from "../../contract/driver.ts";
import { contact, organisation } from "../../support/network.ts";
import { start } from "../../support/slacksim/slacksim.mjs";

const TOKEN = "xoxb-sim-bot-token";
const CONTACTS = "key,name,organisation\nanna,Anna Amsel,stadt-a\nbert,Bert Buche,stadt-a\n";
const app = manifest({ commands, language: "de", requestUrl: null });

let sim: Awaited<ReturnType<typeof start>>;
let house: HouseUnderTest;

const Shown = z.object({
	ts: z.string(),
	text: z.string(),
	user: z.string(),
	files: z.array(z.object({ name: z.string(), size: z.number(), url_private_download: z.string() })).default([]),
});

async function call<Answer>(route: string, shape: z.ZodType<Answer>, body?: object): Promise<Answer> {
	const [method, path] = route.split(" ");
	const answer = await fetch(`${sim.controlUrl}${path}`, body ? { method, body: JSON.stringify(body) } : { method });
	const parsed: unknown = await answer.json();
	if (!answer.ok) throw new Error(`${route}: ${JSON.stringify(parsed)}`);
	return shape.parse(parsed);
}

/** What the bot said in alice's direct message, the latest last. */
async function said(contains = ""): Promise<z.infer<typeof Shown>[]> {
	const query = new URLSearchParams({ dm: "alice", from: "U0SIMBOT01", ...(contains ? { contains } : {}) });
	return (await call(`GET /messages?${query}`, z.object({ messages: z.array(Shown) }))).messages;
}

/** Alice sends it; resolves when the bot has stored it, handled it and tried to answer. @returns the direct message's channel */
async function send(text: string, files: object[] = []): Promise<string> {
	const before = await house.database.db.inbox.count();
	const Sent = z.object({ channel: z.string() });
	const { channel } = await call("POST /message", Sent, { user: "alice", dm: true, text, files });
	await expect.poll(() => house.database.db.inbox.count(), { timeout: 10_000 }).toBe(before + 1);
	await house.running.settle();
	return channel;
}

beforeAll(async () => {
	sim = await start({
		config: {
			users: [{ name: "alice", locale: "de-DE", tz: "Europe/Berlin" }],
			scopes: app.oauth_config.scopes.bot,
			botEvents: app.settings.event_subscriptions.bot_events,
			commands: app.features.slash_commands.map(({ command }) => command),
			rateLimit: { enabled: false },
		},
	});
	const records = {
		organisation: [organisation({ key: "stadt-a", name: "Stadt A", kind: "municipality" })],
		contact: [contact({ key: "anna", name: "Anna Alt", organisation: "stadt-a" })],
	};
	// Slack's events carry real time.
	const now = Temporal.Now.instant().toString();
	const maker = (open: HouseUnderTest["open"]) => ({
		name: "slack" as const,
		make: async ({ bot }: { bot: Parameters<typeof slackPlatform>[0]["bot"] }) => {
			const platform = slackPlatform({
				botToken: TOKEN,
				appToken: "xapp-sim-app-token",
				signingSecret: null,
				apiUrl: sim.slackApiUrl,
				port: null,
				bot,
				clock: open.clock,
				log: open.log,
				timezone: "Europe/Berlin",
				commands: open.house.grammar.commands,
				postEveryMs: 1,
			});
			return { platform, listener: platform.listener };
		},
	});
	house = await houseWith(records, { admins: ["U0ALICE001"] }, (open) => [maker(open)], now);
}, 60_000);
afterAll(async () => {
	await house?.close();
	await sim?.close();
});

test("a table is checked, shown with buttons, and imported when one is pressed", async () => {
	const channel = await send("", [{ name: "contacts.csv", mimetype: "text/csv", content: CONTACTS }]);
	const [shown] = await said("Soll das übernommen werden");
	expect(await house.database.db.contact.count()).toBe(1);
	const press = { user: "alice", channel, ts: shown?.ts, label: "Übernehmen" };
	await Promise.all([call("POST /click", z.unknown(), press), call("POST /click", z.unknown(), press)]);
	await expect.poll(async () => (await said("Übernommen")).length, { timeout: 10_000 }).toBe(1);
	await house.running.settle();
	expect(await house.database.db.contact.count()).toBe(2);
	expect(await house.database.db.audit.count({ where: { command: "import confirm", status: "done" } })).toBe(1);
});

test("the faults of a table come as words and as a workbook", async () => {
	await send("", [{ name: "contacts.csv", content: "key,name,organisation\ncarl,Carl,stadt-x\n" }]);
	await expect
		.poll(async () => (await said()).at(-1)?.files.map(({ name }) => name), { timeout: 10_000 })
		.toEqual(["fehler.xlsx"]);
	expect(await said("stadt-x")).toHaveLength(1);
});

/** Lets what is owed be tried again until nothing is. */
async function deliverAll(): Promise<void> {
	for (let look = 0; look < 12; look++) {
		await house.running.settle();
		if ((await house.database.db.delivery.count({ where: { state: "owed" } })) === 0) return;
		house.clock.set(house.clock.now().add({ minutes: 6 }).toString());
		await house.running.tick();
	}
	throw new Error("something is still owed");
}

test.each([
	["files.getUploadURLExternal", "reset_after"],
	["files.getUploadURLExternal", "http_500"],
	["files.upload", "reset_before"],
	["files.upload", "reset_after"],
	["files.upload", "http_500"],
	["files.completeUploadExternal", "reset_before"],
	["files.completeUploadExternal", "reset_after"],
	["files.completeUploadExternal", "http_500"],
	["files.completeUploadExternal", "malformed"],
	["chat.postMessage", "reset_after"],
])("the exported workbook arrives once though %s fails (%s)", async (method, kind) => {
	const before = (await said()).length;
	await call("POST /faults", z.unknown(), { method, kind });
	await send("export");
	await deliverAll();
	const fresh = (await said()).slice(before);
	expect(fresh.filter(({ text }) => text.includes("Personendaten"))).toHaveLength(1);
	const books = fresh.flatMap(({ files }) => files);
	expect(books.map(({ name }) => name)).toEqual([expect.stringMatching(/^netzwerk-\d{4}-\d\d-\d\d\.xlsx$/)]);
	const got = await fetch(books[0]?.url_private_download ?? "", { headers: { authorization: `Bearer ${TOKEN}` } });
	expect(
		Buffer.from(await got.arrayBuffer())
			.subarray(0, 2)
			.toString(),
	).toBe("PK");
});
