import { describe, expect, test } from "vitest";
import { SendError } from "../../src/bot/platform.ts";
import { reply, text } from "../../src/bot/reply.ts";
import type { Compose } from "../../src/bot/send.ts";
import { bot, busy, fakeChat, refused, why } from "./deliverer.ts";

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
		chat.next({ address: "C1", fault: () => busy });
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
		const dying = house.locks();
		void house.make(dying).sendNow([key]);
		await expect.poll(() => chat.stored.length).toBe(1);
		await dying.close();
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
		const other = house.make(house.otherLocks());
		await house.warm([house.deliverer, other]);
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
		chat.next({ address: "C0", fault: () => busy });
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

describe("random faults", () => {
	test("lose nothing and double nothing, over two instances", async () => {
		const chat = fakeChat();
		await using house = await bot([chat]);
		const instances = [house.deliverer, house.make(house.otherLocks())];
		await house.warm(instances);
		const seed = Math.floor(Math.random() * 2 ** 31);
		const random = mulberry(seed);
		const lost = new SendError("unknown", { de: "Zeitüberschreitung", en: "timeout" });
		const roll = () => {
			const number = random();
			return number < 0.15 ? busy : number < 0.3 ? lost : number < 0.5 ? "lost answer" : null;
		};
		chat.next(...Array.from({ length: 400 }, () => roll));
		const all = Array.from({ length: 90 }, (_, number) => `Nr. ${number}`);
		const keys: string[] = [];
		for (const [number, words] of all.entries())
			keys.push(await house.owe(words, { kind: "reminder", address: `C${number % 6}` }));
		await instances[0]?.sendNow(keys.slice(0, 30));
		for (let round = 0; round < 60; round++) {
			house.clock.set(house.clock.now().add({ minutes: 10 }).toString());
			await Promise.all(instances.map((each) => each.tick()));
		}
		await instances[1]?.stop();
		expect(chat.texts().toSorted(), `seed ${seed}`).toEqual(all.toSorted());
		expect(await house.database.db.delivery.count({ where: { state: "sent", kind: "reminder" } }), `seed ${seed}`).toBe(
			all.length,
		);
	});
});

/** Small seeded random numbers, so that a failure can be repeated. */
function mulberry(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

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
