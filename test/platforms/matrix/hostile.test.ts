// A homeserver that lies, and people who write what nobody should: hearing goes on, nothing gets in.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../../src/bot/message.ts";
import { messageSchema } from "../../../src/bot/stored.ts";
import { type Pause, pause } from "../../../src/platforms/matrix/pause.ts";
import { type Fake, fakeBot, type Memory, memory } from "./lab.ts";
import { type Liar, openLiar } from "./liar.ts";

/** Nobody waits here for a server to recover. */
const quick: Pause = (ms, signal) => pause(Math.min(ms, 5), signal);
const ROOM = "!raum:lab.test";
let liar: Liar;
let fake: Fake;
let kept: Memory;
let position = 0;

beforeEach(async () => {
	liar = await openLiar();
	kept = memory();
	fake = fakeBot({ homeserverUrl: liar.url, accessToken: "token", pause: quick }, kept);
	position = 0;
	liar.sync({ next_batch: `p${position}` });
	await fake.platform.start();
	await expect.poll(() => fake.platform.state(), { timeout: 15_000 }).toBe("connected");
});
afterEach(async () => {
	await fake.platform.stop();
	await liar.close();
});

const event = (content: unknown, more: object = {}) => ({
	type: "m.room.message",
	event_id: `$${Math.random().toString(36).slice(2)}`,
	sender: "@alice:lab.test",
	origin_server_ts: Temporal.Now.instant().epochMilliseconds,
	content,
	...more,
});
const said = (body: unknown, more: object = {}) => event({ msgtype: "m.text", body, ...more });
/** One sync with these events in a room's timeline. */
const timeline = (events: unknown, more: object = {}) => {
	position += 1;
	liar.sync({ next_batch: `p${position}`, rooms: { join: { [ROOM]: { timeline: { events }, ...more } } } });
};
/** Until the bot has taken everything so far. */
async function taken(): Promise<void> {
	await expect.poll(() => kept.facts.get("sync"), { timeout: 15_000 }).toBe(`p${position}`);
}
const texts = () => fake.received.map((message) => message.text);

test("events of every wrong type are left out, and the next good one is heard", async () => {
	timeline([
		null,
		17,
		"text",
		[],
		{},
		event(null),
		event("text"),
		event([]),
		said(17),
		said(null),
		said({ body: "!a" }),
		said("!mentions", { "m.mentions": "all" }),
		said("!mention ids", { "m.mentions": { user_ids: "@bot:lab.test" } }),
		said("!mention numbers", { "m.mentions": { user_ids: [1, null, "@bot:lab.test"] } }),
		said("!relation array", { "m.relates_to": ["m.thread"] }),
		said("!relation numbers", { "m.relates_to": { rel_type: 7, event_id: 8, "m.in_reply_to": 9 } }),
		said("!relation deep", { "m.relates_to": { "m.in_reply_to": { event_id: { $ne: 1 } } } }),
		said("!html", { formatted_body: 17 }),
		said("!no id", {}),
		{ ...said("!nobody"), sender: 17 },
		{ ...said("!nobody"), sender: "alice" },
		{ ...said("!no event id"), event_id: "abc" },
		{ ...said("!control sign in id"), event_id: "$a\u0000b" },
		{ ...said("!state"), state_key: "" },
		{ ...said("!unsigned"), unsigned: "x" },
		event({ membership: 5, displayname: {} }, { type: "m.room.member", state_key: "@bot:lab.test" }),
		event({ replacement_room: 5 }, { type: "m.room.tombstone", state_key: "" }),
		event({ "m.relates_to": { rel_type: "m.annotation", event_id: "$x", key: 1 } }, { type: "m.reaction" }),
	]);
	timeline([said("!danach")]);
	await taken();
	expect(texts()).toEqual([
		"mentions",
		"mention ids",
		"mention numbers",
		"relation array",
		"relation numbers",
		"relation deep",
		"html",
		"no id",
		"unsigned",
		"danach",
	]);
	expect(fake.logged.filter((line) => line.includes("trying again"))).toEqual([]);
});

test("syncs of every wrong shape are no answers, and hearing goes on from the same position", async () => {
	for (const answer of [
		"<html>sign in</html>",
		"null",
		"[]",
		"17",
		'{"next_batch":5}',
		'{"next_batch":""}',
		'{"next_batch":"x","rooms"',
	]) {
		liar.sync(answer);
	}
	timeline([said("!danach")]);
	await taken();
	expect(texts()).toEqual(["danach"]);
	expect(new Set(liar.positions.slice(1, 9))).toEqual(new Set(["p0"]));
});

test.each([
	["rooms that are none", { rooms: [] }],
	["rooms of a wrong type", { rooms: { join: 5, invite: "x", leave: [] } }],
	["a room that is none", { rooms: { join: { [ROOM]: null, "!b:lab.test": 5, "!c:lab.test": { timeline: [] } } } }],
	["an id that is none", { rooms: { join: { "": {}, room: {}, "!\u0000": { timeline: { events: [] } } } } }],
	["a room like an object's parent", '{"rooms":{"join":{"__proto__":{"timeline":{"events":[{}]}}}}}'],
	["an invitation without anything", { rooms: { invite: { "!d:lab.test": {}, "!e:lab.test": { invite_state: 5 } } } }],
	["account data that is none", { account_data: { events: [null, { type: "m.direct", content: { "@a:b": 5 } }] } }],
	["a left room that is none", { rooms: { leave: { [ROOM]: null, "!f:lab.test": { timeline: { events: [5] } } } } }],
])("%s hinders nothing", async (_what, answer) => {
	position += 1;
	liar.sync({ ...(typeof answer === "string" ? JSON.parse(answer) : answer), next_batch: `p${position}` });
	timeline([said("!danach")]);
	await taken();
	expect(texts()).toEqual(["danach"]);
	expect(fake.logged.filter((line) => line.includes("trying again"))).toEqual([]);
});

test("dates of any kind: the future is now, no date is no message, and none ends hearing", async () => {
	const now = Temporal.Now.instant();
	const dates = [8.64e15 + 1, Number.MAX_SAFE_INTEGER, 1e300, -1, 1.5, "now", null, now.epochMilliseconds + 86_400_000];
	timeline(dates.map((at, index) => ({ ...said(`!nr ${index}`), origin_server_ts: at })));
	await taken();
	expect(texts()).toEqual(["nr 0", "nr 1", "nr 7"]);
	for (const { at } of fake.received) {
		expect(Temporal.Instant.from(at).epochMilliseconds).toBeLessThan(now.epochMilliseconds + 60_000);
	}
});

test("display names bring no markup, no other direction of writing, no second line and nothing invisible", async () => {
	liar.answers.set("/members", () => ({
		chunk: [
			event(
				{ membership: "join", displayname: '<b>Chef</b>\n\u202E"--rolle=admin\u200B\u0000\uD800 |' },
				{ type: "m.room.member", state_key: "@alice:lab.test" },
			),
		],
	}));
	timeline([
		said("!a"),
		said("!rolle geben @alice:lab.test admin", { "m.mentions": { user_ids: ["@alice:lab.test"] } }),
	]);
	await taken();
	expect(fake.received[0]?.sender.name).toBe("bChef/b -rolle=admin\uFFFD");
	expect(fake.received[1]?.text).toBe("rolle geben bChef/b -rolle=admin\uFFFD admin");
});

test("what a database cannot store is not in a message, whatever was sent", async () => {
	timeline([said("!kontakt \u0000 \uD800 Zwickau \uDC00"), said("!x\u0000", { filename: "\u0000" })]);
	await taken();
	const stored = JSON.stringify(fake.received);
	expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/i);
	expect(texts()[0]).toContain("Zwickau");
});

test("an answer of 300,000 brackets and one of 40 MiB: no crash, and hearing goes on", async () => {
	liar.sync(`{"next_batch":"deep","x":${"[".repeat(300_000)}${"]".repeat(300_000)}}`);
	position = 0;
	timeline([
		{
			...said("!tief"),
			content: { msgtype: "m.text", body: "!tief", x: JSON.parse("[".repeat(5000) + "]".repeat(5000)) },
		},
	]);
	await taken();
	liar.sync(`{"next_batch":"huge","x":"${"x".repeat(40 * 1024 * 1024)}"}`);
	timeline([said("!danach")]);
	await taken();
	expect(texts()).toEqual(["tief", "danach"]);
}, 40_000);

test("ten thousand members in a room are asked for once", async () => {
	const chunk = Array.from({ length: 10_000 }, (_, index) =>
		event(
			{ membership: "join", displayname: `Person ${index}` },
			{ type: "m.room.member", state_key: `@p${index}:lab.test` },
		),
	);
	liar.answers.set("/members", () => ({ chunk }));
	timeline([
		{ ...said("!eins"), sender: "@p1:lab.test" },
		{ ...said("!zwei"), sender: "@p9999:lab.test" },
	]);
	timeline([{ ...said("!drei"), sender: "@p5:lab.test" }]);
	await taken();
	expect(fake.received.map(({ sender }) => sender.name)).toEqual(["Person 1", "Person 9999", "Person 5"]);
	expect(liar.asked.filter((path) => path.includes("/members")).length).toBe(1);
});

test("a room whose members the server never tells holds up the others for a while only", async () => {
	await fake.platform.stop();
	fake = fakeBot({ homeserverUrl: liar.url, accessToken: "token", pause: quick }, kept);
	liar.answers.set("/members", (path) => (path.includes("krank") ? "<html>broken</html>" : { chunk: [] }));
	position += 1;
	const answer = {
		next_batch: `p${position}`,
		rooms: {
			join: {
				"!krank:lab.test": { timeline: { events: [said("!verloren")] } },
				[ROOM]: { timeline: { events: [said("!gesund")] } },
			},
		},
	};
	for (let look = 0; look < 30; look++) liar.sync(answer);
	await fake.platform.start();
	await taken();
	expect(texts()).toEqual(["gesund"]);
	expect(fake.logged.filter((line) => line.includes("is left out")).length).toBe(1);
}, 40_000);

test("sixty thousand signs that make patterns run wild are read in no time", async () => {
	const mention = { "m.mentions": { user_ids: ["@bot:lab.test"] } };
	const wild = [
		" ".repeat(60_000),
		`a${" ,".repeat(30_000)}b`,
		"<a ".repeat(20_000),
		'<a href="https://matrix.to/#/'.repeat(2000),
		`> <@a:b>${"\n>".repeat(30_000)}`,
		"Lotse:".repeat(10_000),
		"!".repeat(60_000),
		"„".repeat(60_000),
	];
	const began = performance.now();
	timeline(
		wild.map((body) =>
			said(body, { formatted_body: body, ...mention, "m.relates_to": { "m.in_reply_to": { event_id: "$r" } } }),
		),
	);
	await taken();
	expect(performance.now() - began).toBeLessThan(5000);
});

const json = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		fc.constantFrom(
			null,
			true,
			0,
			-1,
			1.5,
			1e300,
			"",
			"!hilfe",
			"$a",
			"@bot:lab.test",
			ROOM,
			"m.text",
			"m.replace",
			"m.thread",
		),
		fc.string({ unit: "binary", maxLength: 30 }),
		fc.array(tie("value"), { maxLength: 4 }),
		fc.dictionary(
			fc.constantFrom(
				"body",
				"msgtype",
				"formatted_body",
				"m.relates_to",
				"m.new_content",
				"m.in_reply_to",
				"m.mentions",
				"user_ids",
				"rel_type",
				"event_id",
				"key",
				"membership",
				"displayname",
				"url",
				"info",
				"filename",
				"__proto__",
			),
			tie("value"),
			{ maxKeys: 6 },
		),
	),
})).value;
const anyEvent = fc.record(
	{
		type: fc.constantFrom(
			"m.room.message",
			"m.reaction",
			"m.room.member",
			"m.room.tombstone",
			"m.room.redaction",
			"m.room.encryption",
		),
		event_id: fc.oneof(
			fc.string({ maxLength: 20 }).map((text) => `$${text}`),
			json,
		),
		sender: fc.oneof(fc.constantFrom("@alice:lab.test", "@bot:lab.test"), json),
		origin_server_ts: fc.oneof(fc.double(), fc.integer(), fc.constant(1_795_000_000_000)),
		state_key: json,
		content: fc.oneof(
			json,
			json.map((value) => ({ msgtype: "m.text", body: "!hilfe", "m.relates_to": value, "m.mentions": value })),
		),
		unsigned: json,
	},
	{ requiredKeys: ["type"] },
);

test("whatever events come: hearing goes on, and every message can be stored as it is", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.oneof(anyEvent, json), { maxLength: 30 }), async (events) => {
			fake.received.length = 0;
			timeline(events, { state: { events } });
			await vi.waitFor(() => expect(kept.facts.get("sync")).toBe(`p${position}`), { timeout: 10_000, interval: 2 });
			for (const message of fake.received) expectStorable(message);
		}),
		{ numRuns: 300 },
	);
	expect(fake.logged.filter((line) => line.includes("trying again"))).toEqual([]);
}, 60_000);

function expectStorable(message: Message): void {
	expect(JSON.stringify(message)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
	const { files, ...rest } = messageSchema.parse(JSON.parse(JSON.stringify(message)));
	expect({ ...rest, ...(files ? { files } : {}) }).toEqual(JSON.parse(JSON.stringify(message)));
}
