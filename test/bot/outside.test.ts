import { describe, expect, test } from "vitest";
import { command } from "../../src/bot/command.ts";
import { reply, text } from "../../src/bot/reply.ts";
import { UserError } from "../../src/lib/errors.ts";
import { type TestBot, testBot } from "../support/chat.ts";
import { testDatabase } from "../support/database.ts";

const ADMIN = "U-ADMIN";
const DIRECT = { direct: true };

/** A command that asks far away, and is answered when the test says so. */
function farAway() {
	const asked: string[] = [];
	const waiting: ((answer: string) => void)[] = [];
	const fetch = command({
		name: "weather",
		words: { de: ["wetter"], en: ["weather"] },
		summary: { de: "Fragt das Wetter ab", en: "Asks for the weather" },
		example: { de: "wetter", en: "weather" },
		role: "admin",
		writes: true,
		args: {},
		async gather(_outside, said) {
			asked.push(said.asker.userId);
			const { promise, resolve } = Promise.withResolvers<string>();
			waiting.push(resolve);
			const answer = await promise;
			if (answer === "storm")
				throw new UserError({ de: "Es stürmt, versuchen Sie es morgen.", en: "A storm, try tomorrow." });
			return answer;
		},
		async run(_context, _args, gathered) {
			return { status: "done", records: [], reply: reply(text(`Es ist ${gathered}.`)) };
		},
	});
	return { fetch, asked, answer: (word: string) => waiting.shift()?.(word) };
}

describe("a command that reaches outside", () => {
	test("is asked for only by who may run it", async () => {
		const { fetch, asked } = farAway();
		await using bot = await testBot({ also: [fetch] });
		expect(await bot.ask("U-GUEST", "wetter", DIRECT)).toMatch(/fehlt Ihnen die Rolle „Administrator“/);
		expect(asked).toEqual([]);
	});

	test("nobody else waits for it, and it is answered and audited once", async () => {
		const { fetch, asked, answer } = farAway();
		await using bot = await testBot({ also: [fetch] });
		const port = bot.port("slack");
		await port.receive([bot.message(ADMIN, "wetter", DIRECT), bot.message("U-OTHER", "werbinich", DIRECT)]);
		await expect.poll(() => bot.sent.map((each) => each.address)).toEqual(["D-U-OTHER"]);
		expect(asked).toEqual([ADMIN]);
		answer("mild");
		await bot.settle();
		expect(bot.sent.slice(1).map((each) => each.text)).toEqual(["Es ist mild."]);
		expect(await bot.db.audit.count({ where: { command: "weather" } })).toBe(1);
	});

	test("a fault that it finds is said", async () => {
		const { fetch, answer } = farAway();
		await using bot = await testBot({ also: [fetch] });
		await bot.port("slack").receive([bot.message(ADMIN, "wetter", DIRECT)]);
		await expect.poll(() => bot.db.inbox.count({ where: { heldUntil: { not: null } } })).toBe(1);
		answer("storm");
		await bot.settle();
		expect(bot.sent.map((each) => each.text)).toEqual(["Es stürmt, versuchen Sie es morgen."]);
	});

	test("after a crash in the middle another instance takes it up, once the first must have ended", async () => {
		await using database = await testDatabase();
		const first = farAway();
		const second = farAway();
		const crashed = await testBot({ also: [first.fetch], database });
		await crashed.port("slack").receive([crashed.message(ADMIN, "wetter", DIRECT)]);
		await expect.poll(() => first.asked).toEqual([ADMIN]);
		await using bot = await testBot({ also: [second.fetch], database, now: "2026-11-22T09:00:30+01:00" });
		await bot.tick();
		expect(second.asked).toEqual([]);
		bot.clock.set("2026-11-22T08:02:00Z");
		const ticked = bot.tick();
		await expect.poll(() => second.asked).toEqual([ADMIN]);
		second.answer("mild");
		await ticked;
		await spoken(bot, "Es ist mild.");
		// The first one was not dead after all: too late, it finds the message handled and says nothing.
		first.answer("kalt");
		await crashed.settle();
		expect(crashed.sent).toEqual([]);
		await crashed.close();
	});

	test("what only another instance can reach is left to it", async () => {
		await using database = await testDatabase();
		const fetch = command({
			...farAway().fetch,
			gather: async (outside, { files }) =>
				new TextDecoder().decode(await outside.download(files[0] ?? NOTHING, 1_000)),
		});
		const also = [fetch];
		await using standby = await testBot({ also, database, connected: () => false });
		await using holder = await testBot({ also, database, download: async () => new TextEncoder().encode("sonnig") });
		await standby.say(ADMIN, "wetter", { ...DIRECT, files: { "wetter.txt": "" } });
		await spoken(holder, "Es ist sonnig.");
		await standby.tick();
		expect(standby.sent).toEqual([]);
		expect(holder.sent).toHaveLength(1);
	});
});

/** On a server the other instance keeps its turn to speak there for a moment. */
const spoken = (bot: TestBot, text: string) =>
	expect
		.poll(
			async () => {
				await bot.tick();
				return bot.sent.map((each) => each.text);
			},
			{ timeout: 12_000, interval: 300 },
		)
		.toEqual([text]);

const NOTHING = { name: "", mediaType: null, size: null, ref: "" };
