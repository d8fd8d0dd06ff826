import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Message } from "../../../src/bot/message.ts";
import { actions, type Reply, reply, text } from "../../../src/bot/reply.ts";
import { type Fake, fakeBot, memory, type OpenLab, openLab } from "./lab.ts";

let lab: OpenLab;
let fake: Fake;

function answer(message: Message): Reply | null {
	if (message.entry === "answer" || message.entry === "edit") return null;
	if (message.text === "wahl")
		return reply(
			text("Welche?"),
			actions({ label: "Eine", line: "kontakt eins" }, { label: "Andere", line: "kontakt zwei" }),
		);
	if (message.text === "nur ich") {
		return reply(text("Wirklich?"), actions({ label: "Ja", line: "ja", only: message.sender.id }));
	}
	if (message.text === "vertraulich") return { ...reply(text("Nur für Sie")), visibility: "private" };
	const quoted = message.repliesTo ? ` (zu: ${message.repliesTo.text})` : "";
	return reply(text(`${message.entry}: ${message.text}${quoted}`));
}

beforeAll(async () => {
	lab = await openLab();
	fake = fakeBot({ homeserverUrl: lab.base_url, accessToken: lab.bot.access_token }, memory(), answer);
	await fake.platform.start();
	await lab.synced();
}, 400_000);
afterAll(async () => {
	await fake?.platform.stop();
	await lab?.end();
});
afterEach(async () => {
	await lab.idle();
	expect(await lab.violations()).toEqual([]);
	expect(await lab.duplicates()).toEqual([]);
});

test("a command in a room is answered as a notice that replies to it and calls nobody", async () => {
	const room = await lab.room("befehle");
	const asked = await lab.say("alice", room, "!kontakt Opferschutz Zwickau");
	const heard = await lab.heard({ room });
	expect(heard).toMatchObject({
		text: "command: kontakt Opferschutz Zwickau",
		html: "<p>command: kontakt Opferschutz Zwickau</p>",
		msgtype: "m.notice",
		reply_to: asked,
		mentions: {},
	});
	expect(fake.platform.state()).toBe("connected");
});

test("a mention is heard by pill, display name, localpart and Lotse; other talk is only handed on as a possible answer", async () => {
	const room = await lab.room("erwaehnungen");
	await lab.say("alice", room, "@bot wer hilft in Zwickau?");
	await lab.heard({ room, contains: "mention: wer hilft in Zwickau?" });
	await lab.say("alice", room, "Lotse, wer hilft in Leipzig?", { raw: true });
	await lab.heard({ room, contains: "mention: wer hilft in Leipzig?" });
	await lab.say("alice", room, "bot: !hilfe", { raw: true });
	await lab.heard({ room, contains: "command: hilfe" });
	await lab.say("bob", room, "Heute ist schönes Wetter");
	await lab.say("bob", room, "@bot ende");
	await lab.heard({ room, contains: "mention: ende" });
	const talk = fake.received.filter(({ place }) => place.address === room);
	expect(talk.map(({ entry, text: said }) => [entry, said])).toContainEqual(["answer", "Heute ist schönes Wetter"]);
	expect((await lab.messages({ room, from: "bot" })).length).toBe(4);
});

test("a direct message needs no sign", async () => {
	const asked = await lab.sayDirect("carol", "wer ist zuständig?");
	const heard = await lab.heard({ dm: "carol" });
	expect(heard).toMatchObject({ text: "direct: wer ist zuständig?", reply_to: asked });
	expect(fake.received.at(-1)).toMatchObject({
		place: { kind: "direct" },
		sender: { id: "@carol:lab.test", name: "Carol" },
	});
	expect(fake.invitations).toContain("@carol:lab.test");
});

test("in a thread the answer stands in the thread", async () => {
	const room = await lab.room("faden");
	const root = await lab.say("alice", room, "Zur Lage in Leipzig");
	const asked = await lab.say("bob", room, "!termin", { thread: root });
	expect(await lab.heard({ room })).toMatchObject({ text: "command: termin", thread: root });
	expect(fake.received.at(-1)).toMatchObject({ id: asked, place: { thread: root }, repliesTo: null });
});

test("a command as a reply brings the text it replies to, after edits and without what that one quoted", async () => {
	const room = await lab.room("antworten");
	const first = await lab.say("alice", room, "> <@bob:lab.test> was?\n\nDie Stadt stellt Räume", {
		reply_to: await lab.say("bob", room, "was?"),
		raw: true,
	});
	await lab.say("bob", room, "> <@alice:lab.test> Die Stadt stellt Räume\n\n!beschluss", {
		reply_to: first,
		raw: true,
	});
	expect((await lab.heard({ room, contains: "command: beschluss" })).text).toBe(
		"command: beschluss (zu: Die Stadt stellt Räume)",
	);
	await lab.call("POST", "/edit", { user: "alice", room, event: first, text: "Die Stadt stellt drei Räume" });
	await lab.say("bob", room, "!beschluss --bis morgen", { reply_to: first });
	await lab.heard({ room, contains: "(zu: Die Stadt stellt drei Räume)" });
	expect(fake.received.find(({ entry }) => entry === "edit")).toMatchObject({
		about: first,
		text: "Die Stadt stellt drei Räume",
	});
});

test("numbers are put under choices, and a person's press runs the line; another's press on a personal choice does not", async () => {
	const room = await lab.room("wahl");
	await lab.say("alice", room, "!wahl");
	const choice = await lab.heard({ room });
	expect(choice.text).toBe("Welche?\n[1] Eine\n[2] Andere");
	await lab.call("GET", `/wait/reaction?${new URLSearchParams({ event: choice.id, key: "2️⃣", by: "bot", room })}`);
	await lab.call("POST", "/reaction", { user: "bob", room, event: choice.id, key: "2⃣" });
	await lab.heard({ room, contains: "button: kontakt zwei" });
	expect(fake.received.at(-1)).toMatchObject({ entry: "button", about: choice.id, sender: { id: "@bob:lab.test" } });

	await lab.say("alice", room, "!nur ich");
	const own = await lab.heard({ room, contains: "Wirklich?" });
	await lab.call("POST", "/reaction", { user: "bob", room, event: own.id, key: "1️⃣" });
	await lab.call("POST", "/reaction", { user: "alice", room, event: own.id, key: "👍" });
	await lab.call("POST", "/reaction", { user: "alice", room, event: own.id, key: "1️⃣" });
	await lab.heard({ room, contains: "button: ja" });
	expect(fake.received.filter(({ about }) => about === own.id).map(({ sender }) => sender.id)).toEqual([
		"@alice:lab.test",
	]);
});

test("what is for one person goes to a direct message that is made for it, with a word in the room", async () => {
	const room = await lab.room("privat");
	await lab.call("POST", "/users", { name: "dora", displayname: "Dora" });
	await lab.call("POST", "/invite", { room, user: "dora" });
	await lab.call("POST", "/join", { room, user: "dora" });
	const asked = await lab.say("dora", room, "!vertraulich");
	expect(await lab.heard({ room })).toMatchObject({
		text: "Die Antwort steht in unserer Direktnachricht.",
		reply_to: asked,
	});
	const sent = await fake.send({
		key: "n-dora",
		address: room,
		recipient: "@dora:lab.test",
		reply: reply(text("Noch etwas")),
	});
	expect(sent.address).not.toBe(room);
	const words = (await lab.messages({ room: sent.address, from: "bot" })).map((message) => message.text);
	expect(words).toEqual(["Nur für Sie", "Noch etwas"]);
});

test("an own message is edited, a file is sent, and a display name is known", async () => {
	const room = await lab.room("bearbeiten");
	const first = await fake.send({ key: "e-1", address: room, reply: reply(text("Erst")) });
	await fake.send({ key: "e-2", address: room, edits: first.ref, reply: reply(text("Dann")) });
	expect(await lab.heard({ room })).toMatchObject({ id: first.ref, text: "Dann", edited: true });
	const file = {
		kind: "file",
		name: "liste.csv",
		mediaType: "text/csv",
		base64: Buffer.from("a;b\n").toString("base64"),
	} as const;
	await fake.send({ key: "e-3", address: room, reply: reply(text("Die Liste"), file) });
	expect((await lab.messages({ room, from: "bot" })).at(-1)).toMatchObject({ msgtype: "m.file", text: "liste.csv" });
	expect(await fake.platform.displayName("@alice:lab.test")).toBe("Alice");
	expect(await fake.platform.displayName("@niemand:lab.test")).toBeNull();
});

test("what was redacted, notices and old rooms' state bring nothing", async () => {
	const room = await lab.room("stille");
	await lab.say("alice", room, "!notiz", { msgtype: "m.notice" });
	await lab.call("POST", "/rooms/state", { room, by: "alice", type: "m.room.topic", content: { topic: "!hilfe" } });
	await lab.say("alice", room, "!ende");
	await lab.heard({ room, contains: "command: ende" });
	expect(fake.received.filter(({ place }) => place.address === room).map((message) => message.text)).toEqual(["ende"]);
});
