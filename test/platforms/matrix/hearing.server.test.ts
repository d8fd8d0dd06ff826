import { expect, test } from "vitest";
import { z } from "zod";
import { reply, text } from "../../../src/bot/reply.ts";
import { type Fake, memory } from "./lab.ts";
import { matrixSuite } from "./suite.ts";

const suite = matrixSuite();

test("nothing from before the first start is answered; what came between two starts is, once", async () => {
	const room = await suite.lab.room("neustart");
	await suite.lab.say("alice", room, "!zu früh");
	const kept = memory();
	const first = await suite.begin(kept);
	await suite.lab.say("alice", room, "!eins");
	await suite.lab.heard({ room, contains: "eins" });
	await suite.end(first);
	await suite.lab.say("alice", room, "!zwei");
	await suite.lab.say("alice", room, "!drei");
	await suite.begin(kept);
	await suite.lab.heard({ room, contains: "drei" });
	await suite.lab.say("alice", room, "!vier");
	await suite.lab.heard({ room, contains: "vier" });
	expect(await suite.textsIn(room)).toEqual(["Gehört: eins", "Gehört: zwei", "Gehört: drei", "Gehört: vier"]);
	await suite.clean();
});

test("a bot set up anew within two minutes does not get the server's old first answer", async () => {
	const room = await suite.lab.room("zwei minuten");
	const first = await suite.begin(memory());
	await suite.lab.say("alice", room, "!alt");
	await suite.lab.heard({ room, contains: "alt" });
	await suite.end(first);
	const second = await suite.begin(memory());
	await suite.lab.say("alice", room, "!neu");
	await suite.lab.heard({ room, contains: "neu" });
	expect(second.received.map((message) => message.text)).toEqual(["neu"]);
	await suite.clean(["sync_started_over"]);
});

test("what came in but could not be stored comes again", async () => {
	const room = await suite.lab.room("speicher");
	const fake = await suite.begin(memory());
	fake.failing = 2;
	await suite.lab.say("alice", room, "!wichtig");
	await suite.lab.heard({ room, contains: "wichtig" });
	expect(fake.received.map((message) => message.text)).toEqual(["wichtig"]);
	await suite.clean();
});

test("sync over failures: a page with status 200, 500, resets and a limit; nothing is lost or doubled", async () => {
	const room = await suite.lab.room("stoerung");
	const fake = await suite.begin(memory());
	for (const fault of [
		{ kind: "malformed", times: 2 },
		{ kind: "http_500", times: 2 },
		{ kind: "http_500", status: 502 },
		{ kind: "truncated" },
		{ kind: "ratelimited", retryAfterMs: 1500, body: false },
	]) {
		await suite.lab.fault({ op: "sync", ...fault });
	}
	await suite.lab.call("POST", "/connections/drop");
	await suite.lab.say("alice", room, "!trotzdem");
	await suite.lab.heard({ room, contains: "trotzdem", timeout: 30_000 });
	await expect.poll(() => fake.platform.state()).toBe("connected");
	await suite.clean();
});

test("a power cut of the homeserver: the bot is back, nothing is lost or doubled", async () => {
	const room = await suite.lab.room("stromausfall");
	const fake = await suite.begin(memory());
	const before = await fake.send({ key: "s-1", address: room, reply: reply(text("Vorher")) });
	await suite.lab.call("POST", "/synapse/stop", { kill: true });
	await expect(fake.send({ key: "s-2", address: room })).rejects.toMatchObject({ outcome: "later" });
	await suite.lab.call("POST", "/synapse/start");
	await suite.lab.say("alice", room, "!nachher");
	await suite.lab.heard({ room, contains: "nachher", timeout: 20_000 });
	await expect
		.poll(() => fake.send({ key: "s-1", address: room, reply: reply(text("Vorher")) }).catch(() => null), {
			timeout: 10_000,
		})
		.toEqual(before);
	await suite.clean();
});

test("every fault of every request at once, with a seed: each command is answered once, in its room", async () => {
	const seed = Math.floor(Math.random() * 1e6);
	console.info(`seed of the storm: ${seed}`);
	const rooms = [await suite.lab.room("sturm eins"), await suite.lab.room("sturm zwei", { bot_joins: false })];
	const fake = await suite.begin(memory());
	const kinds = ["http_500", "reset_before", "reset_after", "malformed", "truncated"];
	for (const [index, kind] of kinds.entries()) await suite.lab.fault({ op: "*", kind, rate: 0.05, seed: seed + index });
	await suite.lab.fault({ op: "*", kind: "http_500", status: 502, rate: 0.05, seed: seed + 7 });
	await suite.lab.fault({ op: "*", kind: "delay", delayMs: 300, rate: 0.05, seed: seed + 8 });
	const asked: string[] = [];
	for (let nr = 0; nr < 24; nr++) {
		const room = rooms[nr % 2] ?? "";
		asked.push(await suite.lab.say(nr % 3 === 0 ? "bob" : "alice", room, `!nr ${nr}`));
		if (nr % 8 === 7) await suite.lab.call("POST", "/connections/drop");
	}
	const answers = async () =>
		(await Promise.all(rooms.map((room) => suite.lab.messages({ room, from: "bot" }))))
			.flat()
			.map((each) => each.reply_to);
	await expect.poll(async () => (await answers()).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(asked.length);
	await suite.lab.call("DELETE", "/faults");
	await expect.poll(() => fake.platform.state(), { timeout: 20_000 }).toBe("connected");
	await suite.lab.idle();
	expect((await answers()).toSorted()).toEqual(asked.toSorted());
	await suite.clean();
}, 120_000);

test("one 401 that is not true costs nothing; the token is asked about, not given up", async () => {
	const room = await suite.lab.room("einmal 401");
	const fake = await suite.begin(memory());
	await suite.lab.fault({ op: "sync", kind: "error", errcode: "M_UNKNOWN_TOKEN" });
	await suite.lab.call("POST", "/connections/drop");
	await suite.lab.say("alice", room, "!trotzdem");
	await suite.lab.heard({ room, contains: "trotzdem", timeout: 20_000 });
	expect(fake.platform.state()).toBe("connected");
	await suite.clean(["dead_token_used"]);
});

const old = (fake: Fake) => fake.received.map((message) => message.text);

test("500 messages while the bot was away, with faults in the middle of fetching them and a restart: all, once, in order", async () => {
	const room = await suite.lab.room("grosse luecke");
	const kept = memory();
	await suite.end(await suite.begin(kept));
	await suite.lab.say("alice", room, "!am Anfang");
	await suite.lab.call("POST", "/messages/many", { user: "bob", room, count: 500, text: "Gerede" });
	await suite.lab.say("alice", room, "!am Ende");
	await suite.lab.fault({ op: "messages", kind: "http_500", skip: 2, times: 30 });
	const broken = suite.make(kept);
	await broken.platform.start();
	await suite.lab.get("/wait/call", { op: "messages", status: 500, count: 2, timeout: 20_000 });
	await suite.end(broken);
	expect(broken.received).toEqual([]);
	await suite.lab.call("DELETE", "/faults");
	for (const kind of ["truncated", "malformed", "reset_before"])
		await suite.lab.fault({ op: "messages", kind, skip: 1 });
	const fake = await suite.begin(kept);
	await suite.lab.heard({ room, contains: "am Ende", timeout: 30_000 });
	expect([old(fake)[0], old(fake).at(-1), old(fake).length]).toEqual(["am Anfang", "am Ende", 502]);
	expect(
		(await suite.lab.calls({ op: "messages" })).filter((call) => call.status === 200).length,
	).toBeGreaterThanOrEqual(7);
	await suite.clean();
}, 120_000);

test("a position that is garbage to the server: what the last hour brought is looked through, once", async () => {
	const room = await suite.lab.room("unsinn");
	const kept = memory();
	const first = await suite.begin(kept);
	await suite.lab.say("alice", room, "!vorher");
	await suite.lab.heard({ room, contains: "vorher" });
	await suite.end(first);
	await suite.lab.say("alice", room, "!inzwischen");
	await suite.lab.call("POST", "/messages/many", { user: "bob", room, count: 60, text: "Gerede" });
	kept.facts.set("sync", "kein Stand");
	await suite.begin(kept);
	await suite.lab.heard({ room, contains: "inzwischen", timeout: 20_000 });
	await suite.lab.say("alice", room, "!nachher");
	await suite.lab.heard({ room, contains: "nachher" });
	expect(await suite.textsIn(room)).toEqual(["Gehört: vorher", "Gehört: inzwischen", "Gehört: nachher"]);
	await suite.clean(["sync_started_over"]);
});

test("a position from the future (the homeserver was restored from a backup): what is said from then on is heard", async () => {
	const room = await suite.lab.room("zukunft");
	const kept = memory();
	await suite.end(await suite.begin(kept));
	const position = kept.facts.get("sync") ?? "";
	kept.facts.set(
		"sync",
		position.replace(/^s\d+/, (number) => `s${Number(number.slice(1)) + 5000}`),
	);
	await suite.begin(kept);
	await suite.lab.say("alice", room, "!jetzt");
	await suite.lab.heard({ room, contains: "jetzt", timeout: 30_000 });
	await suite.clean();
});

test("polls and other things that are not ours, notices and redacted commands bring nothing", async () => {
	const room = await suite.lab.room("anderes");
	const kept = memory();
	await suite.end(await suite.begin(kept));
	const poll = await suite.lab.call("POST", "/poll", {
		user: "alice",
		room,
		question: "!hilfe?",
		answers: ["!a", "!b"],
	});
	await suite.lab.call("POST", "/poll/vote", {
		user: "bob",
		room,
		event: z.object({ id: z.string() }).parse(poll).id,
		answer: "!a",
	});
	await suite.lab.call("POST", "/file", { user: "alice", room, name: "!hilfe.txt", content: "x", type: "text/plain" });
	const gone = await suite.lab.say("alice", room, "!zurückgenommen");
	await suite.lab.call("POST", "/redact", { user: "alice", room, event: gone });
	await suite.lab.say("alice", room, "!ende");
	const fake = await suite.begin(kept);
	await suite.lab.heard({ room, contains: "ende" });
	expect(fake.received.filter((message) => message.entry === "command").map((message) => message.text)).toEqual([
		"ende",
	]);
	await suite.clean();
});

test("the homeserver ends in the middle of commands, twice: politely and by a power cut; down, the bot asks ever more slowly", async () => {
	const room = await suite.lab.room("neustarts");
	const fake = await suite.begin(memory());
	const asked: string[] = [];
	for (const kill of [false, true]) {
		for (let nr = 0; nr < 4; nr++) asked.push(await suite.lab.say("alice", room, `!${kill} ${nr}`));
		await suite.lab.call("POST", "/synapse/stop", { kill });
		await expect.poll(() => fake.platform.state(), { timeout: 20_000 }).toBe("down");
		await suite.lab.call("POST", "/synapse/start");
		await expect.poll(() => fake.platform.state(), { timeout: 20_000 }).toBe("connected");
	}
	const answers = async () => (await suite.lab.messages({ room, from: "bot" })).map((each) => each.reply_to);
	await expect.poll(async () => (await answers()).toSorted(), { timeout: 30_000 }).toEqual(asked.toSorted());
	const failed = (await suite.lab.calls())
		.filter((call) => call.status === 502 || call.status === 0)
		.map((call) => call.t);
	for (const begin of failed)
		expect(failed.filter((t) => t >= begin && t < begin + 1000).length).toBeLessThanOrEqual(10);
	await suite.clean();
}, 90_000);
