import { describe, expect, test } from "vitest";
import { testBot } from "../support/chat.ts";
import { event, LEIPZIG } from "../support/network.ts";

const GRUNDKURS = event({
	key: "kurs",
	title: "Grundkurs Opferhilfe",
	kind: "training",
	start: "2027-01-19T09:00",
	rrule: "FREQ=MONTHLY;BYDAY=3TU",
	regions: ["leipzig"],
	remindBefore: ["P1D", "PT1H"],
});
const records = { ...LEIPZIG, event: [GRUNDKURS] };

describe("an event in one line", () => {
	test("is entered, announced on the other chat, and its channels get the reminder at the right local time", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const line =
			'!termin neu "Schulung Umgang mit Opfern" --beginn "30.03.2027 9:00" --regel "jeden Dienstag" --region Leipzig --erinnern "1 Tag"';
		const posted = await bot.say("U-ORG", line);
		expect(posted.find((each) => each.address === "C-LEIPZIG")?.text).toContain("Dienstag, 30.03.2027, 09:00 Uhr");
		expect(posted.find((each) => each.address === "!leipzig:lab.test")?.text).toContain("New event");
		await bot.tick("2027-03-20T09:00:00+01:00");
		// The clock goes forward on 28 March: a day before is 9:00 on the wall, not 24 hours.
		expect(await bot.tick("2027-03-29T08:59:00+02:00")).toEqual([]);
		const reminded = await bot.tick("2027-03-29T09:00:00+02:00");
		expect(reminded.map((each) => each.address).sort()).toEqual([
			"!leipzig:lab.test",
			"!sachsen:lab.test",
			"C-LEIPZIG",
		]);
		expect(reminded.find((each) => each.address === "C-LEIPZIG")?.text).toContain("Dienstag, 30.03.2027, 09:00 Uhr");
		expect(await bot.tick("2027-03-29T09:02:00+02:00")).toEqual([]);
		expect(await bot.ask("U-BERG", "!erinnerungen")).toContain("Gesendet");
	});

	test("by a person elsewhere means their own clock", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ADMIN", "!rolle geben Jana Berg organisator");
		const message = bot.message(
			"U-BERG",
			'!termin neu "Schulung London" --beginn "02.02.2027 9:00" --region Leipzig',
			{},
		);
		await bot.port("slack").receive([{ ...message, sender: { ...message.sender, timezone: "Europe/London" } }]);
		await bot.settle();
		expect(await bot.db.event.findFirst({ select: { start: true, timezone: true } })).toEqual({
			start: "2027-02-02T09:00",
			timezone: "Europe/London",
		});
	});

	test("needs its kind where the title does not tell, and takes it from a choice", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const [asked] = await bot.say("U-ORG", '!termin neu "Sommerfest" --beginn "02.02.2027 9:00"');
		expect(asked?.text).toContain("Was für ein Termin");
		const pressed = await bot.say("U-ORG", asked?.actions.find((action) => action.label === "Übung")?.line ?? "", {
			entry: "button",
		});
		expect(pressed[0]?.text).toContain("Termin eingetragen");
		expect(await bot.db.event.findFirst({ select: { kind: true } })).toEqual({ kind: "exercise" });
	});

	test("that lies in the past is refused", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("U-ORG", '!termin neu "Schulung" --beginn "02.02.2026 9:00"')).toContain("Vergangenheit");
		expect(await bot.db.event.count()).toBe(0);
	});
});

describe("one date of a series", () => {
	test("is moved, and reminded for its new time only", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-ORG", '!termin ändern kurs --am 19.01.2027 --beginn "20.01.2027 14:00"')).toContain(
			"Termin geändert",
		);
		await bot.tick("2027-01-10T09:00:00+01:00");
		expect(await bot.tick("2027-01-18T09:00:00+01:00")).toEqual([]);
		expect((await bot.tick("2027-01-19T14:00:00+01:00")).map((each) => each.text).join()).toContain("14:00");
	});

	test("is cancelled, and not reminded", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("U-ORG", "!termin absagen kurs --am 19.01.2027")).toContain("fällt aus");
		expect(await bot.ask("U-ORG", "!termin absagen kurs --am 20.01.2027")).toContain("nicht statt");
		await bot.tick("2027-01-10T09:00:00+01:00");
		expect(await bot.tick("2027-01-18T09:00:00+01:00")).toEqual([]);
		expect(await bot.tick("2027-02-15T09:00:00+01:00")).toHaveLength(3);
	});
});

describe("Slack's /termin", () => {
	test("alone opens the form for organisers and shows the list to others; with words it always finds", async () => {
		await using bot = await testBot({ records });
		expect((await bot.say("U-ORG", "termin", { slash: true }))[0]?.form?.command).toBe("event new");
		expect((await bot.say("U-BERG", "termin", { slash: true }))[0]?.text).toContain("Grundkurs");
		expect((await bot.say("U-ORG", "termin liste", { slash: true }))[0]?.text).toContain("Grundkurs");
	});
});
