import { expect, test } from "vitest";
import { type Posted, testBot } from "../support/chat.ts";
import { testDatabase } from "../support/database.ts";
import { LEIPZIG } from "../support/network.ts";

/** The change of an earlier message among what was posted; announcements go elsewhere. */
const changed = (posted: readonly Posted[]) => posted.filter(({ edits }) => edits !== null);

const ASKS = '!beschluss "Licht." --zuständig Stadt';

test("a choice by button: the message that offered it says what was chosen and has no buttons any more", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	const [question] = await bot.say("U-ORG", ASKS);
	const choice = question?.actions[0];
	const posted = await bot.say("U-ORG", choice?.line ?? "", { entry: "button", about: question?.ref ?? "" });
	expect(posted[0]?.text).toContain("eingetragen");
	expect(changed(posted)).toMatchObject([{ edits: question?.ref, actions: [] }]);
	expect(changed(posted)[0]?.text).toContain(`Gewählt: ${choice?.label}`);
});

test("a choice by number does the same", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	const [question] = await bot.say("@org:lab.test", ASKS);
	const posted = await bot.say("@org:lab.test", "2", { entry: "answer" });
	expect(changed(posted)).toMatchObject([{ edits: question?.ref, actions: [] }]);
	expect(changed(posted)[0]?.text).toContain(`Chosen: ${question?.actions[1]?.label}`);
});

test("cancelled, it says so; answered wrongly, the choice stays", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	const [question] = await bot.say("U-ORG", ASKS);
	const wrong = await bot.say("U-ORG", "Stadt Nirgendwo", { entry: "answer" });
	expect(changed(wrong)).toEqual([]);
	await bot.say("U-ORG", "abbrechen", { entry: "answer" });
	const [again] = await bot.say("U-ORG", ASKS);
	const posted = await bot.say("U-ORG", "abbrechen", { entry: "answer" });
	expect(changed(posted)).toMatchObject([{ edits: again?.ref, actions: [] }]);
	expect(changed(posted)[0]?.text).toContain("Abgebrochen.");
	expect(question?.actions.length).toBeGreaterThan(1);
});

test("an undone decision offers no undo any more; a refused press leaves the button", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	const [made] = await bot.say("U-ORG", '!beschluss "Licht."');
	const line = made?.actions[0]?.line ?? "";
	const refused = await bot.say("U-BERG", line, { entry: "button", about: made?.ref ?? "" });
	expect(changed(refused)).toEqual([]);
	const undone = await bot.say("U-ORG", line, { entry: "button", about: made?.ref ?? "" });
	expect(changed(undone)).toMatchObject([{ edits: made?.ref, actions: [] }]);
	expect(changed(undone)[0]?.text).toContain("Licht.");
});

test("what was whispered to one person in a channel, and what a terminal printed, is left alone", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	const [question] = await bot.say("U-ORG", ASKS, { slash: true });
	expect(question?.recipient).toBe("U-ORG");
	const posted = await bot.say("U-ORG", question?.actions[0]?.line ?? "", {
		entry: "button",
		about: question?.ref ?? "",
	});
	expect(changed(posted)).toEqual([]);
	await bot.say("operator", ASKS);
	expect(changed(await bot.say("operator", "1"))).toEqual([]);
});

test("a form filled step by step survives a restart, and can be left at any step", async () => {
	await using database = await testDatabase();
	const before = await testBot({ database, records: LEIPZIG });
	const org = { entry: "answer" } as const;
	expect(await before.ask("@org:lab.test", "!event new")).toContain("What is the event called?");
	expect(await before.ask("@org:lab.test", "Runder Tisch", org)).toContain("When does it begin?");
	await before.close();
	await using after = await testBot({ database });
	expect(await after.ask("@org:lab.test", "2 February 2027 10:00", { ...org, id: "r1" })).toContain(
		"What kind of event",
	);
	expect(await after.ask("@org:lab.test", "2", { ...org, id: "r2" })).toContain("Event entered");
	expect(await after.db.event.count({ where: { title: "Runder Tisch", kind: "exchange_meeting" } })).toBe(1);
	for (const steps of [["!event new"], ["!event new", "X"], ["!event new", "X", "2 February 2027 10:00"]]) {
		for (const [index, step] of steps.entries())
			await after.say("@org:lab.test", step, { ...(index > 0 && org), id: `s${steps.length}${index}` });
		expect(await after.ask("@org:lab.test", "abbrechen", { ...org, id: `c${steps.length}` })).toContain("Cancelled");
		expect(await after.ask("@org:lab.test", "und jetzt?", { ...org, id: `d${steps.length}` })).toBe("");
	}
	expect(await after.db.event.count()).toBe(1);
});

test("in the terminal and in a direct message the next line is the answer; with ! it is a command", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	expect(await bot.ask("operator", "beschluss")).toContain("Was wurde beschlossen?");
	const typed = bot.message("operator", "", {});
	await bot.port("console").receive([{ ...typed, text: "!kanal zeigen" }]);
	await bot.settle();
	expect(bot.sent.at(-1)?.text).toContain("nicht verbunden");
	expect(await bot.db.decision.count()).toBe(0);
	await bot.say("operator", "organisation PD Leipzig");
	expect(await bot.db.decision.findFirst({ select: { text: true } })).toEqual({ text: "organisation PD Leipzig" });
});
