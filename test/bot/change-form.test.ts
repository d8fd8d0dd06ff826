import { describe, expect, test } from "vitest";
import type { FormValues } from "../../src/bot/message.ts";
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
			duration: "PT90M",
			rrule: "FREQ=MONTHLY;BYDAY=3TU",
			place: "Leipzig, Rathaus",
			link: "https://example.org/kurs",
			host: ["weisser-ring"],
			regions: ["leipzig", "grimma"],
			channels: ["sl-leipzig"],
		}),
	],
};

type Bot = Awaited<ReturnType<typeof testBot>>;

async function opened(bot: Bot, line = "termin ändern kurs") {
	const [answer] = await bot.say("U-ORG", line, { slash: true });
	if (!answer?.form?.before) throw new Error(`no form: ${answer?.text}`);
	return { ...answer.form, before: answer.form.before };
}

async function submit(bot: Bot, change: (values: FormValues) => FormValues) {
	const form = await opened(bot);
	// As Slack gives it back: a picker for one has the first of several, text is what stood there.
	const shown = Object.fromEntries(
		Object.entries(form.values).map(([name, given]) => [
			name,
			name === "region" ? given.slice(0, 1) : [given.join(" | ")],
		]),
	);
	const values = change(shown);
	return bot.say("U-ORG", "", { entry: "form", form: { command: form.command, values, before: form.before } });
}

const stored = (bot: Bot) => bot.db.event.findUniqueOrThrow({ where: { key: "kurs" } });

describe("the form that changes an event", () => {
	test("begins with what the event is now, in words that read back", async () => {
		await using bot = await testBot({ records });
		expect(await opened(bot)).toMatchObject({
			command: "event change",
			values: {
				event: ["kurs"],
				title: ["Grundkurs Opferhilfe"],
				start: ["2027-01-19T09:00"],
				kind: ["training"],
				duration: ["90 Minuten"],
				rule: ["jeden 3. Dienstag im Monat"],
				place: ["Leipzig, Rathaus"],
				host: ["WEISSER RING Sachsen"],
				region: ["leipzig", "grimma"],
				// "Leipzig" is another channel: only the key means this one.
				channel: ["sl-leipzig"],
				remind: ["14 Tage", "1 Tag", "1 Stunde"],
			},
		});
	});

	test("changes what was changed and nothing else", async () => {
		await using bot = await testBot({ records });
		const before = await stored(bot);
		const [answer] = await submit(bot, (values) => ({ ...values, place: ["Grimma, Rathaus"] }));
		expect(answer?.text).toContain("Grimma, Rathaus");
		const after = await stored(bot);
		expect({ ...after, revision: 0, updatedAt: null }).toEqual({
			...before,
			place: "Grimma, Rathaus",
			revision: 0,
			updatedAt: null,
		});
	});

	test("takes away what was emptied", async () => {
		await using bot = await testBot({ records });
		await submit(bot, ({ link: _link, rule: _rule, ...values }) => values);
		expect(await stored(bot)).toMatchObject({ link: null, rrule: null, place: "Leipzig, Rathaus" });
	});

	test("moves one date where a day is given", async () => {
		await using bot = await testBot({ records });
		await submit(bot, (values) => ({ ...values, on: ["2027-02-16"], start: ["2027-02-17T10:00"] }));
		const [card] = await bot.say("U-ORG", "!termin zeigen kurs");
		expect(card?.text).toContain("17.02.2027");
	});

	test("left as it was, it says so", async () => {
		await using bot = await testBot({ records });
		const [answer] = await submit(bot, (values) => values);
		expect(answer?.text).toContain("nichts geändert");
	});

	test("what somebody else changed meanwhile stays", async () => {
		await using bot = await testBot({ records });
		const form = await opened(bot);
		await bot.say("U-ORG", '!termin ändern kurs --ort "Grimma, Rathaus"');
		const values = { ...form.values, region: ["leipzig"], title: ["Grundkurs"] };
		await bot.say("U-ORG", "", { entry: "form", form: { command: form.command, values, before: form.before } });
		expect(await stored(bot)).toMatchObject({ title: "Grundkurs", place: "Grimma, Rathaus" });
	});

	test("opens from the button on the event's card, for organisers only", async () => {
		await using bot = await testBot({ records });
		const [card] = await bot.say("U-ORG", "!termin zeigen kurs");
		expect(card?.actions).toMatchObject([{ label: "Ändern", line: "termin ändern kurs" }]);
		expect((await bot.say("U-BERG", "!termin zeigen kurs"))[0]?.actions).toEqual([]);
	});
});

describe("where no form can be opened", () => {
	test("it asks what shall change, then for the value", async () => {
		await using bot = await testBot({ records });
		const [question] = await bot.say("@org:lab.test", "!event change kurs");
		expect(question?.text).toContain("What shall change?");
		const place = question?.actions.findIndex(({ label }) => label === "place") ?? -1;
		expect(await bot.ask("@org:lab.test", String(place + 1), { entry: "answer" })).toContain("Where?");
		expect(await bot.ask("@org:lab.test", "Grimma, Rathaus", { entry: "answer" })).toContain("Event changed");
		expect(await stored(bot)).toMatchObject({ place: "Grimma, Rathaus" });
	});

	test("a single date is asked for its new time", async () => {
		await using bot = await testBot({ records });
		expect(await bot.ask("@org:lab.test", "!event change kurs --on 2027-02-16")).toContain("When does it begin?");
		expect(await bot.ask("@org:lab.test", "2027-02-17 10:00", { entry: "answer" })).toContain("Event changed");
	});

	test("on Slack a button opens the form all the same", async () => {
		await using bot = await testBot({ records });
		const [question] = await bot.say("U-ORG", "termin ändern kurs");
		expect(question?.actions.at(-1)).toMatchObject({ label: "Formular öffnen", only: "U-ORG" });
	});

	test("a minus takes a value away", async () => {
		await using bot = await testBot({ records });
		await bot.say("U-ORG", "!termin ändern kurs --ort=- --träger - --regel -");
		expect(await stored(bot)).toMatchObject({ place: null, rrule: null });
		expect(await bot.ask("U-ORG", "!termin zeigen kurs")).not.toContain("WEISSER RING");
	});
});
