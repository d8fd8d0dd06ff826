import { expect, test } from "vitest";
import { z } from "zod";
import { SendError } from "../../../src/bot/platform.ts";
import { actions, reply, text } from "../../../src/bot/reply.ts";
import { type Fake, memory } from "./lab.ts";
import { matrixSuite } from "./suite.ts";

const suite = matrixSuite({ synapseConfig: { max_upload_size: "1M" } });
const send = (fake: Fake, owed: Parameters<Fake["send"]>[0]) =>
	expect.poll(async () => (await fake.send(owed).catch(() => null))?.ref ?? "", { timeout: 15_000 }).toMatch(/^\$/);

test("an answer that was lost on the way is not posted twice", async () => {
	const room = await suite.lab.room("verloren");
	const fake = await suite.begin(memory());
	for (const fault of ["reset_after", "malformed", "truncated", "http_500"]) {
		await suite.lab.fault({ op: "send", kind: fault, execute: true, match: { room } });
		const owed = { key: `k-${fault}`, address: room, reply: reply(text(`Nur einmal: ${fault}`)) };
		await expect(fake.send(owed)).rejects.toMatchObject({ name: "SendError", outcome: "later" });
		await expect.poll(async () => (await fake.send(owed).catch(() => null))?.ref, { timeout: 10_000 }).toMatch(/^\$/);
	}
	expect((await suite.textsIn(room)).length).toBe(4);
	await suite.clean();
});

test("a limit is honoured to the end, for every message, and reactions are left out for a while", async () => {
	const room = await suite.lab.room("grenze");
	const fake = await suite.begin(memory());
	await suite.lab.fault({ op: "send", kind: "ratelimited", retryAfterMs: 1200, match: { room } });
	const refused = await fake.send({ key: "g-1", address: room }).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(SendError);
	expect(refused).toMatchObject({ outcome: "later", retryAfterMs: 1200 });
	const early = await fake.send({ key: "g-2", address: room }).catch((error: unknown) => error);
	expect(early).toMatchObject({ outcome: "later" });
	expect((await suite.lab.calls({ op: "send" })).length).toBe(1);
	const asked = await suite.lab.say("alice", room, "Welche gibt es?");
	const choice = reply(text("Welche?"), actions({ label: "Eine", line: "eins" }, { label: "Andere", line: "zwei" }));
	await expect
		.poll(
			() =>
				fake
					.send({ key: "g-3", address: room, repliesTo: asked, reply: choice })
					.then(() => "sent")
					.catch(() => "later"),
			{ timeout: 5000 },
		)
		.toBe("sent");
	await suite.lab.idle();
	expect((await suite.lab.calls({ op: "send", type: "m.reaction" })).length).toBe(0);
	await suite.clean();
});

test("whatever happens to a send: every message stands in its room once, in order", async () => {
	const room = await suite.lab.room("jede stoerung");
	const fake = await suite.begin(memory());
	const faults: [string, object][] = [
		["http_500", {}],
		["http_500 behind", { kind: "http_500", execute: true }],
		["http_502", { kind: "http_500", status: 502 }],
		["reset_before", {}],
		["reset_after", {}],
		["malformed", {}],
		["truncated", {}],
		["timeout", { holdMs: 800, execute: true }],
		["delay", { delayMs: 800 }],
		["ratelimited", { retryAfterMs: 700 }],
		["ratelimited in the header alone", { kind: "ratelimited", retryAfterMs: 1000, body: false }],
		["a dead token that is not dead", { kind: "error", errcode: "M_UNKNOWN_TOKEN" }],
		["a server that is full", { kind: "error", errcode: "M_RESOURCE_LIMIT_EXCEEDED" }],
	];
	for (const [name, fault] of faults) {
		await suite.lab.fault({ op: "send", kind: name, ...fault, match: { room, type: "m.room.message" } });
		const asked = await suite.lab.say("alice", room, `Frage ${name}`);
		await send(fake, {
			key: `f-${name.replaceAll(" ", "-")}`,
			address: room,
			repliesTo: asked,
			reply: reply(text(name)),
		});
	}
	expect(await suite.textsIn(room)).toEqual(faults.map(([name]) => name));
	// The lab cannot know that the one 401 was not true.
	await suite.clean(["dead_token_used"]);
});

test("a transaction id is used for one event only: a message, its parts and its reactions each have their own", async () => {
	const room = await suite.lab.room("kennungen");
	const fake = await suite.begin(memory());
	const asked = await suite.lab.say("alice", room, "Welche?");
	const choice = reply(text("Welche?"), actions({ label: "Eine", line: "eins" }, { label: "Andere", line: "zwei" }));
	for (const [op, type] of [
		["send", "m.room.message"],
		["send", "m.reaction"],
	]) {
		await suite.lab.fault({ op, kind: "reset_after", times: 1, match: { room, type } });
	}
	await send(fake, { key: "t-1", address: room, repliesTo: asked, reply: choice });
	const message = await suite.lab.heard({ room });
	for (const key of ["1️⃣", "2️⃣"])
		await suite.lab.get("/wait/reaction", { event: message.id, key, by: "bot", room, timeout: 15_000 });
	const paths = (await suite.lab.calls({ op: "send" })).map((call) => call.path.split("/").slice(-2).join(" "));
	const ids = new Set(paths.map((path) => path.split(" ")[1]));
	expect(ids.size).toBe(new Set(paths).size);
	expect(ids.size).toBe(3);
	await suite.clean();
});

test("a reaction that is there already counts as made (M_DUPLICATE_ANNOTATION)", async () => {
	const room = await suite.lab.room("doppelt");
	const fake = await suite.begin(memory());
	const choice = reply(text("Welche?"), actions({ label: "Eine", line: "eins" }, { label: "Andere", line: "zwei" }));
	await suite.lab.fault({
		op: "send",
		kind: "error",
		errcode: "M_DUPLICATE_ANNOTATION",
		status: 400,
		match: { room, type: "m.reaction" },
	});
	await send(fake, { key: "d-1", address: room, reply: choice });
	const message = await suite.lab.heard({ room });
	await suite.lab.get("/wait/reaction", { event: message.id, key: "2️⃣", by: "bot", room });
	await suite.clean();
});

test("in a thread whose root has a relation, the server refuses (400): it is said as a reply, once", async () => {
	const room = await suite.lab.room("faden an antwort");
	const fake = await suite.begin(memory());
	const root = await suite.lab.say("alice", room, "Lage");
	const inside = await suite.lab.say("bob", room, "im Faden", { thread: root });
	await send(fake, { key: "b-1", address: room, thread: inside, repliesTo: inside, reply: reply(text("Doch gesagt")) });
	expect(await suite.lab.heard({ room })).toMatchObject({ text: "Doch gesagt", reply_to: inside });
	await suite.clean();
});

test("a direct message is made once, though the answer to createRoom was lost", async () => {
	const fake = await suite.begin(memory());
	await suite.lab.call("POST", "/users", { name: "edda", displayname: "Edda" });
	const before = (await suite.lab.calls({ op: "create_room" })).length;
	await suite.lab.fault({ op: "create_room", kind: "reset_after" });
	const owed = {
		key: "c-1",
		address: "@edda:lab.test",
		recipient: "@edda:lab.test",
		reply: reply(text("Nur für Edda")),
	};
	await expect(fake.send(owed)).rejects.toMatchObject({ outcome: "later" });
	await expect(fake.send(owed)).rejects.toMatchObject({ outcome: "later" });
	await send(fake, owed);
	expect((await suite.lab.calls({ op: "create_room" })).length - before).toBe(1);
	await suite.clean();
});

test("too many rooms made: the server's wait is honoured for the next person too", async () => {
	const fake = await suite.begin(memory());
	for (const name of ["flora", "gerd"]) await suite.lab.call("POST", "/users", { name, displayname: name });
	await suite.lab.fault({ op: "create_room", kind: "ratelimited", retryAfterMs: 1500 });
	const to = (name: string) => ({ key: `l-${name}`, address: `@${name}:lab.test`, recipient: `@${name}:lab.test` });
	await expect(fake.send(to("flora"))).rejects.toMatchObject({ outcome: "later", retryAfterMs: 1500 });
	await expect(fake.send(to("gerd"))).rejects.toMatchObject({ outcome: "later" });
	expect((await suite.lab.calls({ op: "create_room" })).length).toBe(1);
	await send(fake, to("gerd"));
	await send(fake, to("flora"));
	await suite.clean();
});

test("a file that the server would not take is not tried: the answer says so; one that fits is uploaded once, whatever is repeated", async () => {
	const room = await suite.lab.room("dateien");
	const fake = await suite.begin(memory());
	const file = (name: string, bytes: number) =>
		({ kind: "file", name, mediaType: "text/plain", base64: Buffer.alloc(bytes, "x").toString("base64") }) as const;
	await send(fake, { key: "u-1", address: room, reply: reply(text("Liste"), file("gross.txt", 1_200_000)) });
	expect((await suite.lab.heard({ room, contains: "Liste" })).text).toContain("„gross.txt“ (2 MiB) ist zu groß");
	expect((await suite.lab.calls({ op: "upload" })).length).toBe(0);
	await suite.lab.fault({ op: "send", kind: "reset_before", times: 2, match: { room } });
	await send(fake, { key: "u-2", address: room, reply: reply(text("Kleine Liste"), file("klein.txt", 1000)) });
	expect((await suite.lab.calls({ op: "upload" })).length).toBe(1);
	await suite.clean();
});

test("an edit counts, also after its message's answer was lost; somebody else's edit of it changes nothing", async () => {
	const room = await suite.lab.room("aenderungen");
	const fake = await suite.begin(memory());
	const { ref } = await fake.send({ key: "e-1", address: room, reply: reply(text("Erst")) });
	await suite.lab.call("POST", "/message", {
		user: "alice",
		room,
		content: {
			msgtype: "m.text",
			body: "* Falsch",
			"m.new_content": { msgtype: "m.text", body: "Falsch" },
			"m.relates_to": { rel_type: "m.replace", event_id: ref },
		},
	});
	await suite.lab.fault({ op: "send", kind: "truncated", match: { room } });
	await send(fake, { key: "e-2", address: room, edits: ref, reply: reply(text("Dann")) });
	expect((await suite.lab.messages({ room, from: "bot" })).map((each) => each.text)).toEqual(["Dann"]);
	await suite.clean();
});

test("nothing the bot sends holds a number with a fraction, and no event comes near 65,536 bytes", async () => {
	const room = await suite.lab.room("gross");
	const fake = await suite.begin(memory());
	const umlauts = reply(text("ä".repeat(70_000)), actions({ label: "ö".repeat(2000), line: "x".repeat(20_000) }));
	await send(fake, {
		key: "g-1",
		address: room,
		repliesTo: await suite.lab.say("alice", room, "alles"),
		reply: umlauts,
	});
	await suite.lab.idle();
	const events = z
		.object({ events: z.array(z.looseObject({ sender: z.string() })) })
		.parse(await suite.lab.get("/events", { room }))
		.events.filter((event) => event.sender === "@bot:lab.test");
	expect(events.length).toBeGreaterThan(1);
	for (const event of events) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(65_536);
	expect(JSON.stringify((await suite.lab.calls({ op: "send" })).map((call) => call.body))).not.toMatch(/:\d+\.\d/);
	await suite.clean();
});
