import { expect, test, vi } from "vitest";
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

test("kicked out: the message is refused for good", async () => {
	const room = await suite.lab.room("hinaus");
	const fake = await suite.begin(memory());
	await suite.lab.call("POST", "/kick", { room, user: "bot" });
	await expect(fake.send({ key: "h-1", address: room })).rejects.toMatchObject({ outcome: "never" });
	await suite.clean();
});
