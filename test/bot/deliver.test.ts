import pino from "pino";
import { describe, expect, test } from "vitest";
import { makeDeliverer } from "../../src/bot/deliver.ts";
import { type Owed, owe } from "../../src/bot/ledger.ts";
import { type Outgoing, type Platform, type PlatformState, SendError, type Sent } from "../../src/bot/platform.ts";
import { plainText, reply, text } from "../../src/bot/reply.ts";
import type { Compose } from "../../src/bot/send.ts";
import { openLocks } from "../../src/database/locks.ts";
import { type Clock, fixedClock } from "../../src/lib/clock.ts";
import type { PlatformName } from "../../src/lib/platform.ts";
import { testDatabase } from "../support/database.ts";

const why = {
	de: "Der Kanal ist archiviert. Bitte binden Sie ihn neu.",
	en: "The channel is archived. Please bind it again.",
};

/** A chat that keeps what it stores, as a real one does, whatever becomes of the answer to the bot. */
function fakeChat(name: PlatformName = "slack") {
	const stored: Outgoing[] = [];
	let faults: ((outgoing: Outgoing) => SendError | "lost answer" | "crash" | null)[] = [];
	let state: PlatformState = "connected";
	const find = (key: string) => stored.findIndex((one) => one.key === key);
	const platform: Platform = {
		name,
		start: async () => {},
		stop: async () => {},
		state: () => state,
		displayName: async () => null,
		async send(outgoing): Promise<Sent> {
			const sent = (index: number) => ({ ref: `ref-${index}`, address: outgoing.address });
			const earlier = outgoing.uncertain ? find(outgoing.key) : -1;
			if (earlier >= 0) return sent(earlier);
			const fault = faults.shift()?.(outgoing) ?? null;
			if (fault instanceof SendError) throw fault;
			stored.push(outgoing);
			if (fault === "lost answer") throw new SendError("unknown", { de: "Verbindung verloren", en: "connection lost" });
			if (fault === "crash") return new Promise(() => {});
			return sent(stored.length - 1);
		},
	};
	return {
		platform,
		stored,
		texts: () => stored.map((one) => plainText(one.reply.parts)),
		next(...list: typeof faults) {
			faults = list;
		},
		set state(next: PlatformState) {
			state = next;
		},
	};
}

type Chat = ReturnType<typeof fakeChat>;

async function bot(chats: Chat[], options: { clock?: Clock & { set(at: string): void }; compose?: Compose } = {}) {
	const database = await testDatabase();
	const clock = options.clock ?? fixedClock("2027-01-05T08:00:00Z");
	const lock = openLocks(database);
	const make = (held = lock) =>
		makeDeliverer({
			database,
			platforms: new Map(chats.map(({ platform }) => [platform.name, platform])),
			lock: held,
			clock,
			log: pino({ level: "silent" }),
			...(options.compose && { compose: options.compose }),
			admins: { ids: ["U-ADMIN", "@admin:lab.test"], language: "de" },
		});
	const deliverer = make();
	let count = 0;
	return {
		database,
		clock,
		make,
		deliverer,
		async owe(words: string, more: Partial<Owed> = {}): Promise<string> {
			const key = more.key ?? `k-${++count}`;
			const owed: Owed = {
				key,
				kind: "answer",
				platform: "slack",
				address: "C1",
				thread: null,
				recipient: null,
				repliesTo: null,
				edits: null,
				language: "de",
				reply: reply(text(words)),
				at: clock.now(),
				...more,
			};
			await owe(database.db, [owed]);
			return key;
		},
		row: (key: string) => database.db.delivery.findUniqueOrThrow({ where: { key } }),
		async [Symbol.asyncDispose]() {
			await deliverer.stop();
			await database.close();
		},
	};
}

const refused = new SendError("never", why);
const busy = new SendError("later", { de: "zu viele Nachrichten", en: "rate limited" }, 30_000);

describe("an answer", () => {
	test("is sent straight after its commit, and marked with where it is", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const key = await house.owe("Hallo");
		await house.deliverer.sendNow([key]);
		expect(chat.texts()).toEqual(["Hallo"]);
		expect(await house.row(key)).toMatchObject({ state: "sent", ref: "ref-0", sentAddress: "C1", uncertain: false });
	});

	test("is sent once, however often it is asked for", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const key = await house.owe("Hallo");
		await Promise.all([house.deliverer.sendNow([key, key]), house.deliverer.sendNow([key]), house.deliverer.tick()]);
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["Hallo"]);
	});

	test("goes to its address in order, and no address waits for another", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		chat.next(() => busy);
		const slow = await house.owe("langsam", { address: "C1" });
		const keys = [await house.owe("eins", { address: "C2" }), await house.owe("zwei", { address: "C2" })];
		await house.deliverer.sendNow([slow, ...keys].reverse());
		expect(chat.texts()).toEqual(["eins", "zwei"]);
	});
});

describe("what is left over", () => {
	test("by a process that died before sending is sent by the next one", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		await house.owe("Hallo");
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["Hallo"]);
		expect(chat.stored[0]).toMatchObject({ uncertain: false });
	});

	test("by a process that died between sending and marking is not sent again", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		chat.next(() => "crash");
		const key = await house.owe("Hallo");
		void house.make(openLocks(house.database)).sendNow([key]);
		await expect.poll(() => chat.stored.length).toBe(1);
		// The next process has its own locks, as those of the dead one are gone.
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["Hallo"]);
		expect(await house.row(key)).toMatchObject({ state: "sent", ref: "ref-0" });
	});

	test("by a lost answer is looked for before it is sent again", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		chat.next(() => "lost answer");
		const key = await house.owe("Hallo");
		await house.deliverer.sendNow([key]);
		expect(await house.row(key)).toMatchObject({
			state: "owed",
			uncertain: true,
			attempts: 1,
			reason: { de: "Verbindung verloren" },
		});
		house.clock.set("2027-01-05T08:01:00Z");
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["Hallo"]);
		expect(await house.row(key)).toMatchObject({ state: "sent" });
	});

	test("while the platform is down or another instance holds it stays owed, untried", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const key = await house.owe("Hallo");
		for (const state of ["down", "standby", "connecting"] as const) {
			chat.state = state;
			await house.deliverer.sendNow([key]);
			await house.deliverer.tick();
		}
		expect(await house.row(key)).toMatchObject({ state: "owed", attempts: 0, uncertain: false });
		chat.state = "connected";
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["Hallo"]);
	});

	test("is shared by two instances and never doubled", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const other = house.make();
		for (let number = 0; number < 40; number++) await house.owe(`Nr. ${number}`, { address: `C${number % 4}` });
		await Promise.all([house.deliverer.tick(), other.tick()]);
		await Promise.all([house.deliverer.tick(), other.tick()]);
		expect(chat.texts().toSorted()).toEqual(Array.from({ length: 40 }, (_, number) => `Nr. ${number}`).toSorted());
		await other.stop();
	});

	test("keeps its order in its channel", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		for (let number = 0; number < 12; number++)
			await house.owe(`${number}`, { kind: "reminder", address: `C${number % 2}` });
		chat.next(() => busy);
		await house.deliverer.tick();
		// The first of C0 has to wait, so all of C0 do; C1 goes on.
		expect(chat.texts()).toEqual(["1", "3", "5", "7", "9", "11"]);
		house.clock.set("2027-01-05T08:00:29Z");
		await house.deliverer.tick();
		expect(chat.texts()).toHaveLength(6);
		house.clock.set("2027-01-05T08:00:31Z");
		await house.deliverer.tick();
		expect(chat.texts().slice(6)).toEqual(["0", "2", "4", "6", "8", "10"]);
	});

	test("is not sent before it is due", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const key = await house.owe("später", { due: Temporal.Instant.from("2027-01-05T09:00:00Z") });
		await house.deliverer.sendNow([key]);
		await house.deliverer.tick();
		expect(chat.texts()).toEqual([]);
		house.clock.set("2027-01-05T09:00:00Z");
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["später"]);
	});
});

describe("failures", () => {
	test("a platform's Retry-After is kept, other pauses grow", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const down = new SendError("later", { de: "Störung", en: "trouble" });
		chat.next(
			() => busy,
			() => down,
			() => down,
		);
		const key = await house.owe("Hallo");
		await house.deliverer.sendNow([key]);
		const waits: number[] = [];
		for (let attempt = 0; attempt < 3; attempt++) {
			const { nextAttemptAt } = await house.row(key);
			waits.push(nextAttemptAt.getTime() - house.clock.now().epochMilliseconds);
			house.clock.set(Temporal.Instant.fromEpochMilliseconds(nextAttemptAt.getTime()).toString());
			await house.deliverer.tick();
		}
		expect(waits[0]).toBe(30_000);
		expect(waits[2]).toBeGreaterThan(waits[1] ?? 0);
		expect(await house.row(key)).toMatchObject({ state: "sent", attempts: 3 });
	});

	test("a channel that refuses for good is parked and the administrators are told once", async () => {
		const slack = fakeChat();
		const matrix = fakeChat("matrix");
		await using house = await bot([slack, matrix]);
		slack.next(
			() => refused,
			() => refused,
		);
		const keys = [await house.owe("eins"), await house.owe("zwei")];
		await house.deliverer.sendNow(keys);
		for (const key of keys) expect(await house.row(key)).toMatchObject({ state: "parked", reason: why });
		await house.deliverer.tick();
		await house.deliverer.tick();
		const told = [
			"Der Kanal C1 nimmt nichts mehr an. Der Kanal ist archiviert. Bitte binden Sie ihn neu. Was dorthin sollte, steht unter „erinnerungen“.",
		];
		expect(slack.texts()).toEqual(told);
		expect(matrix.texts()).toEqual(told);
		expect(matrix.stored[0]).toMatchObject({ recipient: "@admin:lab.test" });
	});

	test("a fault nobody foresaw is taken for one of unknown fate", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		chat.next(() => {
			throw new TypeError("oops");
		});
		const key = await house.owe("Hallo");
		await house.deliverer.sendNow([key]);
		expect(await house.row(key)).toMatchObject({ state: "owed", uncertain: true, attempts: 1 });
	});
});

describe("edits", () => {
	test("replace the message that was sent, where it was sent", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const first = await house.owe("Termin am Dienstag");
		await house.deliverer.sendNow([first]);
		await house.deliverer.sendNow([await house.owe("Termin am Mittwoch", { edits: first })]);
		expect(chat.stored[1]).toMatchObject({ edits: "ref-0" });
	});

	test("of what was never sent are sent as new, and of what is still owed wait", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		await house.deliverer.sendNow([await house.owe("neu", { edits: "k-nie" })]);
		expect(chat.stored[0]).toMatchObject({ edits: null });
		chat.next(() => busy);
		const first = await house.owe("alt", { address: "C2" });
		const second = await house.owe("alt, geändert", { address: "C2", edits: first });
		await house.deliverer.sendNow([first, second]);
		expect(chat.texts()).toEqual(["neu"]);
		house.clock.set("2027-01-05T08:01:00Z");
		await house.deliverer.tick();
		await house.deliverer.tick();
		house.clock.set("2027-01-05T08:02:00Z");
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["neu", "alt", "alt, geändert"]);
		expect(chat.stored[2]).toMatchObject({ edits: "ref-1" });
	});
});

describe("reminders", () => {
	const about = { event: "e", occurrence: "2027-01-05T10:00", channel: "c", lead: "PT1H", revision: 1 };

	test("are worded when they are sent, and say in the ledger how late", async () => {
		const chat = fakeChat();
		const seen: unknown[] = [];
		const compose: Compose = async (what, when) => {
			seen.push({ ...what, ...when });
			return { reply: reply(text("Gleich geht es los")) };
		};
		await using house = await bot([chat], { compose });
		const key = await house.owe("", { kind: "reminder", about });
		house.clock.set("2027-01-05T08:40:00Z");
		await house.deliverer.tick();
		expect(chat.texts()).toEqual(["Gleich geht es los"]);
		expect(seen).toMatchObject([{ event: "e", lead: "PT1H", language: "de" }]);
		expect(await house.row(key)).toMatchObject({
			state: "sent",
			reason: { de: "40 Minuten verspätet. Der Bot oder die Plattform war nicht erreichbar." },
		});
	});

	test("that no longer hold are dropped with a reason", async () => {
		const chat = fakeChat();
		const drop = { de: "Der Termin wurde abgesagt.", en: "The event was cancelled." };
		await using house = await bot([chat], { compose: async () => ({ drop }) });
		const key = await house.owe("", { kind: "reminder", about });
		await house.deliverer.tick();
		expect(chat.stored).toEqual([]);
		expect(await house.row(key)).toMatchObject({ state: "dropped", reason: drop });
	});
});
