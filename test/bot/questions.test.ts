import { expect, test } from "vitest";
import { testBot } from "../support/chat.ts";
import { event, LEIPZIG } from "../support/network.ts";

const records = {
	...LEIPZIG,
	event: [
		event({
			key: "kurs",
			title: "Grundkurs Opferhilfe",
			kind: "training",
			start: "2027-01-19T09:00",
			regions: ["leipzig"],
		}),
	],
};

test("a follow-up keeps what it leaves out, for 15 minutes, for this person in this place", async () => {
	await using bot = await testBot({ records });
	expect(await bot.ask("U-BERG", "Wer ist für Opferschutz in Leipzig zuständig?")).toContain("Jana Berg");
	expect(await bot.ask("U-BERG", "und ihre E-Mail?")).toContain("jana.berg@example.org");
	expect(await bot.ask("U-ORG", "und ihre E-Mail?")).not.toContain("jana.berg");
	bot.clock.set("2026-11-22T09:16:00+01:00");
	expect(await bot.ask("U-BERG", "und ihre E-Mail?")).not.toContain("jana.berg");
});

test("a question of its own that means nothing here is not more of the last one", async () => {
	await using bot = await testBot({ records });
	expect(await bot.ask("U-BERG", "Wann ist die nächste Schulung in Leipzig?")).toContain("19.01.2027");
	expect(await bot.ask("U-BERG", "Wie viele Partner haben wir in Grimma?")).not.toContain("19.01.2027");
});
