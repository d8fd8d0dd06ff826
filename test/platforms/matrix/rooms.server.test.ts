import { expect, test, vi } from "vitest";
import { reply, text } from "../../../src/bot/reply.ts";
import { memory } from "./lab.ts";
import { matrixSuite } from "./suite.ts";

const suite = matrixSuite();

test("an invitation is decided by the bot, and tried again where joining fails", async () => {
	const fake = await suite.begin(memory());
	await suite.lab.fault({ op: "join", kind: "http_500", times: 2 });
	const room = await suite.lab.room("eingeladen", { bot_joins: false });
	await suite.lab.call("GET", `/wait/join?${new URLSearchParams({ room, timeout: "20000" })}`);
	await suite.lab.say("alice", room, "!da");
	await suite.lab.heard({ room, contains: "da" });
	fake.decision = "leave";
	const other = await suite.lab.room("abgelehnt", { bot_joins: false });
	await suite.lab.call("GET", `/wait/join?${new URLSearchParams({ room: other, membership: "leave" })}`);
	expect(fake.invitations).toEqual(["@alice:lab.test", "@alice:lab.test"]);
	await suite.clean();
});

test("an invitation from before the first start is taken, what was said before it is not", async () => {
	const room = await suite.lab.room("vorher", { bot_joins: false });
	await suite.lab.say("alice", room, "!vor dem Start");
	await suite.begin(memory());
	await suite.lab.call("GET", `/wait/join?${new URLSearchParams({ room })}`);
	await suite.lab.say("alice", room, "!nach dem Start");
	await suite.lab.heard({ room, contains: "nach dem Start" });
	expect(await suite.textsIn(room)).toEqual(["Gehört: nach dem Start"]);
	await suite.clean();
});

test("a room that moved is followed, even where nobody invites, and even where the inviter is a stranger", async () => {
	const fake = await suite.begin(memory());
	const room = await suite.lab.room("umzug", { version: 10, private: false });
	await suite.lab.say("alice", room, "!alt");
	await suite.lab.heard({ room, contains: "alt" });
	await suite.lab.call("POST", "/rooms/upgrade", { room: "umzug", invite: false });
	await suite.lab.call("GET", `/wait/join?${new URLSearchParams({ room: "umzug", timeout: "20000" })}`);
	await suite.lab.say("alice", "umzug", "!neu");
	await suite.lab.heard({ room: "umzug", contains: "neu" });
	const closed = await suite.lab.room("privater umzug", { version: 10 });
	await suite.lab.say("alice", closed, "!alt");
	await suite.lab.heard({ room: closed, contains: "alt" });
	fake.decision = "leave";
	await suite.lab.call("POST", "/rooms/upgrade", { room: "privater umzug" });
	await suite.lab.call("GET", `/wait/join?${new URLSearchParams({ room: "privater umzug", timeout: "20000" })}`);
	await vi.waitFor(() => expect(fake.moves.map((move) => move.from)).toEqual([room, closed]));
	await suite.clean();
});

test("in an encrypted room there is one honest notice, and nothing else is ever sent there", async () => {
	const kept = memory();
	const fake = await suite.begin(kept);
	const room = await suite.lab.room("geheim", { encrypted: true, bot_joins: false });
	expect((await suite.lab.heard({ room })).text).toMatch(/^Verschlüsselte Räume kann ich noch nicht lesen/);
	const sealed = {
		algorithm: "m.megolm.v1.aes-sha2",
		ciphertext: "AwgA",
		session_id: "s",
		sender_key: "k",
		device_id: "d",
	};
	await suite.lab.call("POST", "/message", {
		user: "alice",
		room,
		type: "m.room.encrypted",
		content: sealed,
		allow_plain: true,
	});
	await expect(fake.send({ key: "v-1", address: room })).rejects.toMatchObject({ outcome: "never" });
	await suite.end(fake);
	await suite.begin(kept);
	await suite.lab.call("POST", "/message", {
		user: "alice",
		room,
		type: "m.room.encrypted",
		content: sealed,
		allow_plain: true,
	});
	await suite.lab.idle();
	expect((await suite.textsIn(room)).length).toBe(1);
	await suite.clean(["plain_in_encrypted_room"]);
});

test("kicked, and banned: the bot is told who did it, messages are refused for good; invited again, everything works as before", async () => {
	const fake = await suite.begin(memory());
	const room = await suite.lab.room("hinaus");
	for (const how of ["kick", "ban"]) {
		await suite.lab.say("alice", room, `!vor ${how}`);
		await suite.lab.heard({ room, contains: `vor ${how}` });
		await suite.lab.call("POST", `/${how}`, { room, user: "bot" });
		await expect(fake.send({ key: `h-${how}`, address: room })).rejects.toMatchObject({ outcome: "never" });
		await expect.poll(() => fake.removals.at(-1), { timeout: 10_000 }).toEqual({ by: "@alice:lab.test", room });
		if (how === "ban") await suite.lab.call("POST", "/unban", { room, user: "bot" });
		await suite.lab.call("POST", "/invite", { room, user: "bot" });
		await suite.lab.get("/wait/join", { room });
		await suite.lab.say("alice", room, `!nach ${how}`);
		await suite.lab.heard({ room, contains: `nach ${how}` });
	}
	expect(fake.removals.length).toBe(2);
	await suite.clean();
});

test("a room that moved while the bot was away, private and with nobody who invites until later: what is owed waits and follows", async () => {
	const kept = memory();
	const room = await suite.lab.room("spaeter umzug", { version: 10 });
	await suite.end(await suite.begin(kept));
	await suite.lab.call("POST", "/rooms/upgrade", { room: "spaeter umzug", invite: false, version: "12" });
	const fake = await suite.begin(kept);
	const owed = { key: "o-1", address: room, reply: reply(text("Erinnerung")) };
	await expect(fake.send(owed)).rejects.toMatchObject({ outcome: "later" });
	expect(fake.moves).toEqual([]);
	await suite.lab.call("POST", "/invite", { room: "spaeter umzug", user: "bot" });
	await suite.lab.get("/wait/join", { room: "spaeter umzug", timeout: 20_000 });
	await vi.waitFor(() => expect(fake.moves.map((move) => move.from)).toEqual([room]), { timeout: 10_000 });
	const next = fake.moves[0]?.to ?? "";
	// An id of version 12 has no server in it.
	expect(next).toMatch(/^![^:]+$/);
	await expect.poll(async () => (await fake.send(owed).catch(() => null))?.address, { timeout: 20_000 }).toBe(next);
	await suite.lab.say("alice", next, "!da");
	await suite.lab.heard({ room: next, contains: "da" });
	expect(await suite.textsIn(next)).toEqual(["Erinnerung", "Gehört: da"]);
	await suite.clean();
});

test("a channel that is named by an alias: heard and written to under it, also after the room moved and the alias with it", async () => {
	const kept = memory();
	const alias = "#leitstelle:lab.test";
	const room = await suite.lab.room("leitstelle", { version: 11, private: false, alias: "leitstelle" });
	const fake = suite.make(kept);
	fake.bound = [alias];
	await fake.platform.start();
	await expect.poll(() => fake.platform.state(), { timeout: 15_000 }).toBe("connected");
	await suite.lab.say("alice", room, "!alt");
	await suite.lab.heard({ room, contains: "alt" });
	expect(fake.received.at(-1)?.place.address).toBe(alias);
	expect((await fake.send({ key: "a-1", address: alias })).address).toBe(room);
	await suite.lab.call("POST", "/rooms/upgrade", { room: "leitstelle", invite: false, version: "12" });
	await vi.waitFor(() => expect(fake.moves.length).toBe(1), { timeout: 20_000 });
	const next = fake.moves[0]?.to ?? "";
	await suite.lab.say("alice", next, "!neu");
	await suite.lab.heard({ room: next, contains: "neu" });
	expect(fake.received.at(-1)?.place.address).toBe(alias);
	expect((await fake.send({ key: "a-2", address: alias })).address).toBe(next);
	await suite.clean();
});

test.each(["!nirgends:lab.test", "!ohne-server", "#kein-alias:lab.test", "quatsch"])(
	"an address that leads nowhere (%s) is refused for good",
	async (address) => {
		const fake = await suite.begin(memory());
		await expect(fake.send({ key: "n-1", address })).rejects.toMatchObject({ outcome: "never" });
	},
);

test("a storm of invitations by a stranger: each is left, none is joined, and commands are answered meanwhile", async () => {
	const fake = await suite.begin(memory());
	const room = await suite.lab.room("ruhe");
	fake.decision = "leave";
	const storm = await Promise.all(
		Array.from({ length: 12 }, (_, nr) =>
			suite.lab.room(`sturm ${nr}`, { members: [], bot_joins: false, by: "carol" }),
		),
	);
	await suite.lab.say("alice", room, "!mitten drin");
	await suite.lab.heard({ room, contains: "mitten drin" });
	await expect
		.poll(async () => (await suite.lab.calls({ op: "leave", status: 200 })).length, { timeout: 20_000 })
		.toBe(storm.length);
	expect(fake.invitations.filter((by) => by === "@carol:lab.test").length).toBe(storm.length);
	await suite.clean();
});
