import { describe, expect, test } from "vitest";
import { testBot } from "../support/chat.ts";
import { ARGUMENTS, HOSTILE } from "../support/hostile.ts";
import { event, LEIPZIG } from "../support/network.ts";

const records = {
	...LEIPZIG,
	event: [
		event({
			key: "kurs",
			title: "Grundkurs",
			kind: "training",
			start: "2027-01-19T09:00",
			rrule: "FREQ=MONTHLY;BYDAY=3TU",
			regions: ["leipzig"],
		}),
	],
};

describe.each(HOSTILE)("%s", (_name, value) => {
	test("in every argument gets a helpful answer and stores nothing", async () => {
		await using bot = await testBot({ records });
		await bot.say("U-ADMIN", '!beschluss "Vorher."');
		const before = await counts();
		for (const [argument, line] of ARGUMENTS) {
			const posted = await bot.say("U-ADMIN", line(value));
			expect(posted, argument).toHaveLength(1);
			const text = posted[0]?.text ?? "";
			expect(text.length, argument).toBeGreaterThan(10);
			expect(text.length, argument).toBeLessThan(2500);
			expect(text, argument).not.toContain("nicht geklappt");
		}
		expect(await counts()).toEqual(before);

		async function counts() {
			return [
				await bot.db.decision.count(),
				await bot.db.event.count(),
				await bot.db.channel.count(),
				await bot.db.grant.count(),
			];
		}
	});
});

describe("a missing value", () => {
	test.each([
		["!beschluss", "Was wurde beschlossen?"],
		["!beschluss zeigen", "Welcher Beschluss?"],
		["!beschluss status", "Welcher Beschluss?"],
		['!termin neu "Schulung X"', "Wann beginnt der Termin?"],
		['!termin neu "X" --beginn "1.2.2027 9:00"', "Was für ein Termin"],
		["!termin zeigen", "Welcher Termin?"],
		["!rolle geben", "Wer?"],
		["!sprache", "Deutsch oder Englisch?"],
		["!kontakt", "Wonach soll ich suchen?"],
	])("%s is asked for", async (line, question) => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-ADMIN", line)).toContain(question);
	});
});

describe("a mistyped command", () => {
	test("after ! gets the nearest one, never silence", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-BERG", "!beschlus liste")).toContain("beschluss liste");
		expect(await bot.ask("U-BERG", "!xyzzy")).toContain("hilfe");
	});

	test("an unclosed quote is shown where it began", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-ORG", '!beschluss "Der Newsletter erscheint')).toContain('"Der Newsletter');
	});

	test("an unknown option gets the nearest one", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-ORG", '!beschluss "Eins." --zustandig stadt-leipzig --biss morgen')).toContain("--bis");
	});
});

describe("words without !", () => {
	test("a sentence with a find word is a question, not a command", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-BERG", "kontakt Opferschutz Leipzig", { direct: true })).toContain("Jana Berg");
		expect(await bot.ask("U-BERG", "hilfe für Opfer in Leipzig", { direct: true })).not.toContain("Fragen Sie einfach");
		expect(await bot.ask("U-BERG", "hilfe", { direct: true })).toContain("Fragen Sie einfach");
		expect(await bot.ask("U-BERG", "hilfe beschluss", { direct: true })).toContain("--bis");
	});

	test("a write in loose words is confirmed before it is stored", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-ORG", "beschluss Wir treffen uns wieder", { direct: true })).toContain("so eintragen");
		expect(await bot.db.decision.count()).toBe(0);
		expect(await bot.ask("U-ORG", "ja", { direct: true })).toContain("B-2026-001");
		await bot.say("U-ORG", "beschluss Noch etwas anderes", { direct: true });
		expect(await bot.ask("U-ORG", "nein", { direct: true })).toContain("nichts eingetragen");
		expect(await bot.db.decision.count()).toBe(1);
	});
});
