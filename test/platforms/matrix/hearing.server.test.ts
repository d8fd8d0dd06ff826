import { expect, test } from "vitest";
import { reply, text } from "../../../src/bot/reply.ts";
import { memory } from "./lab.ts";
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

test("a long gap is fetched and answered in order", async () => {
	const room = await suite.lab.room("luecke");
	const kept = memory();
	const first = await suite.begin(kept);
	await suite.end(first);
	await suite.lab.say("alice", room, "!am Anfang");
	await suite.lab.call("POST", "/messages/many", { user: "bob", room, count: 130, text: "Gerede" });
	await suite.lab.say("alice", room, "!am Ende");
	const fake = await suite.begin(kept);
	await suite.lab.heard({ room, contains: "am Ende" });
	const words = fake.received.map((message) => message.text);
	expect([words[0], words.at(-1), words.length]).toEqual(["am Anfang", "am Ende", 132]);
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
