/** The whole bot behind signed HTTP: what Slack did not send is refused, what it sends twice is answered once. */
import { createHmac } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLEAN } from "./actors.ts";
import { type SlackHouse, slackHouse } from "./house.ts";

let house: SlackHouse;

beforeAll(async () => {
	house = await slackHouse({ http: true });
});
afterAll(() => house.close());

interface Sent {
	type?: string;
	secret?: string;
	/** Seconds before now. */
	age?: number;
	headers?: Record<string, string>;
}

function signed(
	body: string,
	{ type = "application/json", secret = "sim-signing-secret", age = 0, headers }: Sent = {},
) {
	const at = String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) - age);
	const signature = `v0=${createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex")}`;
	return {
		"content-type": type,
		"x-slack-request-timestamp": at,
		"x-slack-signature": signature,
		...headers,
	};
}

const post = async (body: string, headers: Record<string, string>) =>
	(await fetch(`${house.url}/slack/events`, { method: "POST", body, headers })).status;

const event = (id: string, text: string) => ({
	type: "event_callback",
	event_id: `Ev${id}`,
	event: {
		type: "message",
		channel: "C0GENERAL0",
		channel_type: "channel",
		user: "U0BOB00002",
		text,
		ts: `17${id}.000100`,
	},
});

test("forged, stale and unsigned requests are refused, and nothing comes of them", async () => {
	const body = JSON.stringify(event("00000001", "<@U0SIMBOT01> hilfe"));
	expect(await post(body, signed(body, { secret: "guessed" }))).toBe(401);
	expect(await post(body, signed(body, { age: 301 }))).toBe(401);
	expect(await post(body, { "content-type": "application/json" })).toBe(401);
	expect(await post(`${body} `, signed(body))).toBe(401);
	const cut = { ...signed(body), "x-slack-signature": "v0=" };
	expect(await post(body, cut)).toBe(401);
	expect(await house.control("POST /http/forged", house.shapes.any, {})).toMatchObject({ status: 401 });
	expect(await house.control("POST /http/forged", house.shapes.any, { stale: true })).toMatchObject({ status: 401 });
	expect(await house.database.db.inbox.count()).toBe(0);
});

test("the address is verified, health answers beside it, other addresses and methods are not ours", async () => {
	expect(await house.control("POST /http/verify-url", house.shapes.any, {})).toMatchObject({ ok: true });
	const health = await fetch(`${house.url}/health`);
	expect([health.status, await health.json()]).toEqual([200, { status: "ok", platforms: { slack: "connected" } }]);
	expect((await fetch(`${house.url}/slack/events`)).status).toBe(404);
	expect((await fetch(`${house.url}/slack/other`, { method: "POST", body: "{}" })).status).toBe(404);
});

test.each(["null", "[]", "7", '"x"', "{", "", "payload=null"])("%j is no payload", async (body) => {
	const type = body.startsWith("payload") ? "application/x-www-form-urlencoded" : "application/json";
	expect(await post(body, signed(body, { type }))).toBe(400);
	expect((await fetch(`${house.url}/health`)).status).toBe(200);
});

test.each([
	{},
	{ type: "event_callback" },
	{ type: "event_callback", event_id: "Ev1", event: null },
	{ type: "event_callback", event_id: "Ev1", event: { type: "message", text: null } },
	{ type: "block_actions", user: null },
	{ type: "view_submission", user: { id: "U1" }, view: {} },
])("signed but strange (%j): acknowledged, so that it does not come again", async (strange) => {
	const body = JSON.stringify(strange);
	expect(await post(body, signed(body))).toBe(200);
	expect((await fetch(`${house.url}/health`)).status).toBe(200);
});

test("bodies that are too large or never end are not waited for", async () => {
	const large = JSON.stringify(event("00000002", "x".repeat(2_100_000)));
	expect(await post(large, signed(large))).toBe(413);
	const url = new URL(`${house.url}/slack/events`);
	const slow = await new Promise<number | undefined>((resolve, reject) => {
		const sending = request(url, { method: "POST", headers: { ...signed("{}"), "content-length": "1000" } });
		sending.on("response", (response) => resolve(response.statusCode));
		sending.on("error", reject);
		sending.write('{"type":');
	});
	expect(slow).toBe(408);
});

test("a request that is played again is answered once", async () => {
	const at = `${Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)}.000777`;
	const replayed = event("00000003", "<@U0SIMBOT01> hilfe");
	const body = JSON.stringify({ ...replayed, event: { ...replayed.event, ts: at } });
	const headers = signed(body);
	const form = "application/x-www-form-urlencoded";
	const slash = new URLSearchParams({
		command: "/lotse",
		text: "hilfe",
		user_id: "U0BOB00002",
		channel_id: "C0GENERAL0",
		trigger_id: "replayed",
	}).toString();
	const slashed = signed(slash, { type: form });
	for (let time = 0; time < 3; time++) {
		expect(await post(body, headers)).toBe(200);
		expect(await post(slash, slashed)).toBe(200);
	}
	await house.settled();
	expect((await house.said({ thread_ts: at })).length).toBe(1);
	expect((await house.said({ user: "bob" })).filter((message) => message.subtype === "ephemeral")).toHaveLength(1);
});

test("what people do arrives, commands and forms too, and what the bot could not take comes again", async () => {
	const { ts } = await house.say("alice", "<@U0SIMBOT01> wer ist für Opferschutz in Leipzig zuständig?");
	await house.wait(`message?channel=general&thread_ts=${ts}&from=U0SIMBOT01&contains=Jana%20Berg`);
	expect(
		await house.act("/command", { user: "alice", channel: "general", command: "/beschluss", text: '"Mehr Licht."' }),
	).toMatchObject({ acked: true });
	await house.act("/command", { user: "alice", channel: "general", command: "/beschluss", text: "" });
	await house.wait("view?user=alice");
	await house.act("/view/submit", { user: "alice", values: { text: "Aus dem Formular." } });
	await house.act("/redeliver", { type: "app_mention" });
	await house.settled();
	expect((await house.database.db.decision.findMany()).map((each) => each.text)).toEqual([
		"Mehr Licht.",
		"Aus dem Formular.",
	]);
	expect((await house.said({ contains: "Jana Berg" })).length).toBe(1);
	expect(await house.findings()).toEqual(CLEAN);
});
