import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../../src/bot/message.ts";
import { SendError } from "../../../src/bot/platform.ts";
import { actions, type Reply, reply, text } from "../../../src/bot/reply.ts";
import { type Fake, fakeBot, type Memory, memory, type OpenLab, oneLock, openLab } from "./lab.ts";

let lab: OpenLab;
let fakes: Fake[] = [];

const answer = (message: Message): Reply | null =>
	message.entry === "answer" ? null : reply(text(`Gehört: ${message.text}`));

async function begin(kept: Memory, more: object = {}): Promise<Fake> {
	const fake = fakeBot({ homeserverUrl: lab.base_url, accessToken: lab.bot.access_token, ...more }, kept, answer);
	fakes.push(fake);
	await fake.platform.start();
	await expect.poll(() => fake.platform.state(), { timeout: 15_000 }).toBe("connected");
	return fake;
}
const textsIn = async (room: string) => (await lab.messages({ room, from: "bot" })).map((message) => message.text);

beforeAll(async () => {
	lab = await openLab();
}, 400_000);
afterAll(async () => {
	await lab?.end();
});
beforeEach(async () => {
	await lab.call("POST", "/reset", { rooms: false });
});
afterEach(async () => {
	for (const fake of fakes) await fake.platform.stop();
	fakes = [];
	await lab.call("DELETE", "/faults");
});
async function clean(expected: string[] = []): Promise<void> {
	await lab.idle();
	expect(await lab.violations()).toEqual(expected);
	expect(await lab.duplicates()).toEqual([]);
}

test("nothing from before the first start is answered; what came between two starts is, once", async () => {
	const room = await lab.room("neustart");
	await lab.say("alice", room, "!zu früh");
	const kept = memory();
	const first = await begin(kept);
	await lab.say("alice", room, "!eins");
	await lab.heard({ room, contains: "eins" });
	await first.platform.stop();
	await lab.say("alice", room, "!zwei");
	await lab.say("alice", room, "!drei");
	await begin(kept);
	await lab.heard({ room, contains: "drei" });
	await lab.say("alice", room, "!vier");
	await lab.heard({ room, contains: "vier" });
	expect(await textsIn(room)).toEqual(["Gehört: eins", "Gehört: zwei", "Gehört: drei", "Gehört: vier"]);
	await clean();
});

test("a bot set up anew within two minutes does not get the server's old first answer", async () => {
	const room = await lab.room("zwei minuten");
	const first = await begin(memory());
	await lab.say("alice", room, "!alt");
	await lab.heard({ room, contains: "alt" });
	await first.platform.stop();
	const second = await begin(memory());
	await lab.say("alice", room, "!neu");
	await lab.heard({ room, contains: "neu" });
	expect(second.received.map((message) => message.text)).toEqual(["neu"]);
	await clean(["sync_started_over"]);
});

test("what came in but could not be stored comes again", async () => {
	const room = await lab.room("speicher");
	const fake = await begin(memory());
	fake.failing = 2;
	await lab.say("alice", room, "!wichtig");
	await lab.heard({ room, contains: "wichtig" });
	expect(fake.received.map((message) => message.text)).toEqual(["wichtig"]);
	await clean();
});

test("a long gap is fetched and answered in order", async () => {
	const room = await lab.room("luecke");
	const kept = memory();
	const first = await begin(kept);
	await first.platform.stop();
	await lab.say("alice", room, "!am Anfang");
	await lab.call("POST", "/messages/many", { user: "bob", room, count: 130, text: "Gerede" });
	await lab.say("alice", room, "!am Ende");
	const fake = await begin(kept);
	await lab.heard({ room, contains: "am Ende" });
	const words = fake.received.map((message) => message.text);
	expect([words[0], words.at(-1), words.length]).toEqual(["am Anfang", "am Ende", 132]);
	await clean();
});

test("sync over failures: a page with status 200, 500, resets and a limit; nothing is lost or doubled", async () => {
	const room = await lab.room("stoerung");
	const fake = await begin(memory());
	for (const fault of [
		{ kind: "malformed", times: 2 },
		{ kind: "http_500", times: 2 },
		{ kind: "http_500", status: 502 },
		{ kind: "truncated" },
		{ kind: "ratelimited", retryAfterMs: 1500, body: false },
	]) {
		await lab.fault({ op: "sync", ...fault });
	}
	await lab.call("POST", "/connections/drop");
	await lab.say("alice", room, "!trotzdem");
	await lab.heard({ room, contains: "trotzdem", timeout: 30_000 });
	await expect.poll(() => fake.platform.state()).toBe("connected");
	await clean();
});

test("a power cut of the homeserver: the bot is back, nothing is lost or doubled", async () => {
	const room = await lab.room("stromausfall");
	const fake = await begin(memory());
	const before = await fake.send({ key: "s-1", address: room, reply: reply(text("Vorher")) });
	await lab.call("POST", "/synapse/stop", { kill: true });
	await expect(fake.send({ key: "s-2", address: room })).rejects.toMatchObject({ outcome: "later" });
	await lab.call("POST", "/synapse/start");
	await lab.say("alice", room, "!nachher");
	await lab.heard({ room, contains: "nachher", timeout: 20_000 });
	await expect
		.poll(() => fake.send({ key: "s-1", address: room, reply: reply(text("Vorher")) }).catch(() => null), {
			timeout: 10_000,
		})
		.toEqual(before);
	await clean();
});

test("an answer that was lost on the way is not posted twice", async () => {
	const room = await lab.room("verloren");
	const fake = await begin(memory());
	for (const fault of ["reset_after", "malformed", "truncated", "http_500"]) {
		await lab.fault({ op: "send", kind: fault, execute: true, match: { room } });
		const owed = { key: `k-${fault}`, address: room, reply: reply(text(`Nur einmal: ${fault}`)) };
		await expect(fake.send(owed)).rejects.toMatchObject({ name: "SendError", outcome: "later" });
		await expect.poll(async () => (await fake.send(owed).catch(() => null))?.ref, { timeout: 10_000 }).toMatch(/^\$/);
	}
	expect((await textsIn(room)).length).toBe(4);
	await clean();
});

test("a limit is honoured to the end, for every message, and reactions are left out for a while", async () => {
	const room = await lab.room("grenze");
	const fake = await begin(memory());
	await lab.fault({ op: "send", kind: "ratelimited", retryAfterMs: 1200, match: { room } });
	const refused = await fake.send({ key: "g-1", address: room }).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(SendError);
	expect(refused).toMatchObject({ outcome: "later", retryAfterMs: 1200 });
	const early = await fake.send({ key: "g-2", address: room }).catch((error: unknown) => error);
	expect(early).toMatchObject({ outcome: "later" });
	expect((await lab.calls({ op: "send" })).length).toBe(1);
	const choice = reply(text("Welche?"), actions({ label: "Eine", line: "eins" }, { label: "Andere", line: "zwei" }));
	await expect
		.poll(
			() =>
				fake
					.send({ key: "g-3", address: room, reply: choice })
					.then(() => "sent")
					.catch(() => "later"),
			{ timeout: 5000 },
		)
		.toBe("sent");
	await lab.idle();
	expect((await lab.calls({ op: "send", type: "m.reaction" })).length).toBe(0);
	await clean();
});

test("an invitation is decided by the bot, and tried again where joining fails", async () => {
	const fake = await begin(memory());
	await lab.fault({ op: "join", kind: "http_500", times: 2 });
	const room = await lab.room("eingeladen", { bot_joins: false });
	await lab.call("GET", `/wait/join?${new URLSearchParams({ room, timeout: "20000" })}`);
	await lab.say("alice", room, "!da");
	await lab.heard({ room, contains: "da" });
	fake.decision = "leave";
	const other = await lab.room("abgelehnt", { bot_joins: false });
	await lab.call("GET", `/wait/join?${new URLSearchParams({ room: other, membership: "leave" })}`);
	expect(fake.invitations).toEqual(["@alice:lab.test", "@alice:lab.test"]);
	await clean();
});

test("an invitation from before the first start is taken, what was said before it is not", async () => {
	const room = await lab.room("vorher", { bot_joins: false });
	await lab.say("alice", room, "!vor dem Start");
	await begin(memory());
	await lab.call("GET", `/wait/join?${new URLSearchParams({ room })}`);
	await lab.say("alice", room, "!nach dem Start");
	await lab.heard({ room, contains: "nach dem Start" });
	expect(await textsIn(room)).toEqual(["Gehört: nach dem Start"]);
	await clean();
});

test("a room that moved is followed, even where nobody invites, and even where the inviter is a stranger", async () => {
	const fake = await begin(memory());
	const room = await lab.room("umzug", { version: 10, private: false });
	await lab.say("alice", room, "!alt");
	await lab.heard({ room, contains: "alt" });
	await lab.call("POST", "/rooms/upgrade", { room: "umzug", invite: false });
	await lab.call("GET", `/wait/join?${new URLSearchParams({ room: "umzug", timeout: "20000" })}`);
	await lab.say("alice", "umzug", "!neu");
	await lab.heard({ room: "umzug", contains: "neu" });
	const closed = await lab.room("privater umzug", { version: 10 });
	await lab.say("alice", closed, "!alt");
	await lab.heard({ room: closed, contains: "alt" });
	fake.decision = "leave";
	await lab.call("POST", "/rooms/upgrade", { room: "privater umzug" });
	await lab.call("GET", `/wait/join?${new URLSearchParams({ room: "privater umzug", timeout: "20000" })}`);
	await vi.waitFor(() => expect(fake.moves.map((move) => move.from)).toEqual([room, closed]));
	await clean();
});

test("in an encrypted room there is one honest notice, and nothing else is ever sent there", async () => {
	const kept = memory();
	const fake = await begin(kept);
	const room = await lab.room("geheim", { encrypted: true, bot_joins: false });
	expect((await lab.heard({ room })).text).toMatch(/^Verschlüsselte Räume kann ich noch nicht lesen/);
	const sealed = {
		algorithm: "m.megolm.v1.aes-sha2",
		ciphertext: "AwgA",
		session_id: "s",
		sender_key: "k",
		device_id: "d",
	};
	await lab.call("POST", "/message", {
		user: "alice",
		room,
		type: "m.room.encrypted",
		content: sealed,
		allow_plain: true,
	});
	await expect(fake.send({ key: "v-1", address: room })).rejects.toMatchObject({ outcome: "never" });
	await fake.platform.stop();
	await begin(kept);
	await lab.call("POST", "/message", {
		user: "alice",
		room,
		type: "m.room.encrypted",
		content: sealed,
		allow_plain: true,
	});
	await lab.idle();
	expect((await textsIn(room)).length).toBe(1);
	await clean(["plain_in_encrypted_room"]);
});

test("kicked out: the message is refused for good", async () => {
	const room = await lab.room("hinaus");
	const fake = await begin(memory());
	await lab.call("POST", "/kick", { room, user: "bot" });
	await expect(fake.send({ key: "h-1", address: room })).rejects.toMatchObject({ outcome: "never" });
	await clean();
});

test("two instances on one device: one hears, and when it ends the other goes on from its position", async () => {
	const room = await lab.room("zwei");
	const kept = memory();
	const lock = oneLock();
	const first = await begin(kept, { lock });
	const second = fakeBot({ homeserverUrl: lab.base_url, accessToken: lab.bot.access_token, lock }, kept, answer);
	fakes.push(second);
	await second.platform.start();
	await expect.poll(() => second.platform.state()).toBe("standby");
	await expect(second.send({ key: "z-1", address: room })).rejects.toMatchObject({ outcome: "later" });
	await lab.say("alice", room, "!eins");
	await lab.heard({ room, contains: "eins" });
	await first.platform.stop();
	await lab.say("alice", room, "!zwei");
	await lab.heard({ room, contains: "zwei", timeout: 15_000 });
	expect([first.received.length, second.received.length]).toEqual([1, 1]);
	await clean();
});

test("with a password the bot keeps its device and its token, and logs in once more when the token dies", async () => {
	await lab.call("POST", "/users", { name: "lotse", displayname: "Lotse" });
	const kept = memory();
	const more = { accessToken: undefined, user: "lotse", password: "lab-password" };
	const first = await begin(kept, more);
	const device = kept.facts.get("device_id");
	expect(device).toMatch(/^LOTSE/);
	await first.platform.stop();
	const second = await begin(kept, more);
	expect((await lab.calls({ op: "login" })).length).toBe(1);
	const token = kept.facts.get("access_token") ?? "";
	await fetch(`${lab.synapse_url}/_matrix/client/v3/logout`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}` },
	});
	await lab.call("POST", "/connections/drop");
	await expect
		.poll(() => kept.facts.get("access_token") !== token && second.platform.state() === "connected", {
			timeout: 10_000,
		})
		.toBe(true);
	expect(kept.facts.get("device_id")).toBe(device);
	await clean();
});

test("a revoked token: down, one clear line in the log, no loop", async () => {
	const room = await lab.room("widerrufen");
	const fake = await begin(memory());
	await lab.call("POST", "/users/logout", { user: "bot" });
	await expect(fake.send({ key: "w-1", address: room })).rejects.toMatchObject({ outcome: "later" });
	await expect.poll(() => fake.platform.state(), { timeout: 10_000 }).toBe("down");
	await lab.idle();
	expect(fake.logged.filter((line) => line.includes("Matrix refuses the bot")).length).toBe(1);
	expect(fake.logged.join("\n")).not.toContain(lab.bot.access_token);
	expect((await lab.calls({ status: 401 })).length).toBeLessThanOrEqual(3);
	await clean();
});
