import { describe, expect, test } from "vitest";
import { testBot } from "../support/chat.ts";
import { event, LEIPZIG } from "../support/network.ts";

const withConference = {
	...LEIPZIG,
	event: [
		event({
			key: "rk-leipzig",
			title: "Regionalkonferenz Leipzig",
			kind: "regional_conference",
			start: "2026-11-22T09:00",
			regions: ["leipzig"],
		}),
	],
};

describe("a decision in one line", () => {
	test("gets the next number, and the other chat's channel hears of it in its language", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const posted = await bot.say(
			"U-ORG",
			'!beschluss "Am Bahnhof wird die Beleuchtung erneuert." --zuständig "Stadt Leipzig" --bis 31.03.2027',
		);
		expect(
			posted
				.map((each) => [each.platform, each.address])
				.sort((a, b) => (b[0] ?? "").localeCompare(a[0] ?? "") || (a[1] ?? "").localeCompare(b[1] ?? "")),
		).toEqual([
			["slack", "C-LEIPZIG"],
			["matrix", "!leipzig:lab.test"],
			["matrix", "!sachsen:lab.test"],
		]);
		const [answer, english, german] = ["C-LEIPZIG", "!leipzig:lab.test", "!sachsen:lab.test"].map(
			(address) => posted.find((each) => each.address === address)?.text,
		);
		expect(answer).toContain("Beschluss B-2026-001 eingetragen");
		expect(answer).toContain("31.03.2027");
		expect(english).toContain("New decision: B-2026-001");
		expect(english).toContain("31 March 2027");
		expect(german).toContain("Neuer Beschluss: B-2026-001");
		expect(
			await bot.db.decision.findUnique({
				where: { key: "b-2026-001" },
				select: { text: true, due: true, responsible: { select: { organisationKey: true } } },
			}),
		).toEqual({
			text: "Am Bahnhof wird die Beleuchtung erneuert.",
			due: "2027-03-31",
			responsible: [{ organisationKey: "stadt-leipzig" }],
		});
	});

	test("from Matrix, in English, announced on Slack in German", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const posted = await bot.say(
			"@org:lab.test",
			'!decision "The lights are renewed." --responsible stadt-leipzig --due 2027-03-31',
		);
		expect(posted.find((each) => each.platform === "matrix" && each.address === "!leipzig:lab.test")?.text).toContain(
			"Decision B-2026-001 recorded",
		);
		expect(posted.find((each) => each.platform === "slack")?.text).toContain("Neuer Beschluss: B-2026-001");
	});

	test("takes the series of its event", async () => {
		await using bot = await testBot({ records: withConference });
		expect(
			await bot.ask("U-ORG", '!beschluss "Eins." --termin "Regionalkonferenz Leipzig" --abstimmung 12/1/2'),
		).toContain("RK-2026-001");
		expect(await bot.ask("U-ORG", '!beschluss "Zwei." --termin rk-leipzig --abstimmung einstimmig')).toContain(
			"RK-2026-002",
		);
		expect(await bot.db.decision.findMany({ orderBy: { key: "asc" }, select: { votes: true } })).toEqual([
			{ votes: "12/1/2" },
			{ votes: "consensus" },
		]);
	});

	test("the same again within a minute makes nothing new; after zurück it does", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ORG", '!beschluss "Eins."');
		expect(await bot.ask("U-ORG", '!beschluss "Eins."')).toBe("Bereits eingetragen: B-2026-001");
		expect(await bot.db.decision.count()).toBe(1);
		expect(await bot.ask("U-ORG", "!beschluss zurück B-2026-001")).toContain("B-2026-001 ist zurückgenommen");
		expect(await bot.ask("U-ORG", '!beschluss "Eins."')).toContain("B-2026-002 eingetragen");
		bot.clock.set("2026-11-22T09:05:00+01:00");
		expect(await bot.ask("U-ORG", '!beschluss "Eins."')).toContain("B-2026-003 eingetragen");
	});

	test("delivered again under the same id or its twin it is handled once", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const first = await bot.say("U-ORG", '!beschluss "Eins."', { id: "ev1", twin: "C-LEIPZIG:1.1" });
		expect(first.length).toBeGreaterThan(0);
		expect(await bot.say("U-ORG", '!beschluss "Eins."', { id: "ev1" })).toEqual([]);
		expect(await bot.say("U-ORG", '!beschluss "Eins."', { id: "ev2", twin: "C-LEIPZIG:1.1" })).toEqual([]);
		expect(await bot.db.decision.count()).toBe(1);
	});

	test("as a reply on Matrix takes the message's text", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("@org:lab.test", "!beschluss --zuständig stadt-leipzig", {
			repliesTo: { id: "$1", text: "Wir machen Licht am Bahnhof." },
		});
		await bot.say("@org:lab.test", "!beschluss --zuständig stadt-leipzig", {
			repliesTo: { id: "$2", text: "Wir treffen uns wieder." },
		});
		expect((await bot.db.decision.findMany({ orderBy: { key: "asc" } })).map((each) => each.text)).toEqual([
			"Wir machen Licht am Bahnhof.",
			"Wir treffen uns wieder.",
		]);
	});

	test("by undo after five minutes, or by somebody else, is refused", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ORG", '!beschluss "Eins."');
		expect(await bot.ask("U-ADMIN", "!beschluss zurück B-2026-001")).toContain("nur, wer ihn eingetragen hat");
		bot.clock.set("2026-11-22T09:06:00+01:00");
		expect(await bot.ask("U-ORG", "!beschluss zurück B-2026-001")).toContain("nicht mehr zurückgenommen");
		expect(await bot.db.decision.findUnique({ where: { key: "b-2026-001" }, select: { status: true } })).toEqual({
			status: "open",
		});
	});

	test("is amended with its earlier version kept", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ORG", '!beschluss "Eins."');
		expect(await bot.ask("U-ORG", '!beschluss ändern B-2026-001 "Zwei."')).toContain("Fassung 2");
		const shown = await bot.ask("U-BERG", "!beschluss zeigen B-2026-001");
		expect(shown).toContain("Zwei.");
		expect(shown).toContain("Fassung 1 vom 22.11.2026: Eins.");
		expect(await bot.ask("U-ORG", "!beschluss status b-2026-001 erledigt")).toContain("erledigt");
	});

	test("edited by its author afterwards brings a private offer to amend", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ORG", '!beschluss "Eins."', { id: "msg-1" });
		const [offer] = await bot.say("U-ORG", '!beschluss "Eins und zwei."', { entry: "edit", about: "msg-1" });
		expect(offer?.recipient).toBe("U-ORG");
		expect(offer?.text).toContain("Eins und zwei.");
		const pressed = await bot.say("U-ORG", offer?.actions[0]?.line ?? "", { entry: "button" });
		expect(pressed.find((each) => each.platform === "slack")?.text).toContain("Fassung 2");
		expect(await bot.say("U-BERG", "Hallo zusammen", { entry: "edit", about: "msg-0" })).toEqual([]);
	});

	test("is the organisers' to make; the refusal names the role and is private", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const [refused] = await bot.say("U-BERG", '!beschluss "Eins."');
		expect(refused?.text).toContain("Organisator");
		expect(refused?.recipient).toBe("U-BERG");
		expect(await bot.db.decision.count()).toBe(0);
		expect(await bot.db.audit.findMany({ select: { command: true, status: true } })).toEqual([
			{ command: "decision new", status: "refused" },
		]);
	});

	test("by an organiser of one series only in that series", async () => {
		await using bot = await testBot({ records: withConference });
		await bot.say("U-ADMIN", "!rolle geben Jana Berg organisator --reihe RK");
		expect(await bot.ask("U-BERG", '!beschluss "Eins."')).toContain("fehlt Ihnen die Rolle");
		expect(await bot.ask("U-BERG", '!beschluss "Eins." --termin rk-leipzig')).toContain("RK-2026-001");
	});
});

describe("a decision said piece by piece", () => {
	test("in a dialogue: what is missing is asked for, abbrechen ends it", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("@org:lab.test", "!beschluss --bis 31.03.2027", { in: "!r:lab.test" })).toContain(
			"Was wurde beschlossen?",
		);
		// Another person's talk is not the answer, and is not kept.
		expect(await bot.say("@berg:lab.test", "Ich hole Kaffee", { in: "!r:lab.test", entry: "answer" })).toEqual([]);
		expect(
			await bot.ask("@org:lab.test", "Wir treffen uns monatlich.", { in: "!r:lab.test", entry: "answer" }),
		).toContain("B-2026-001");
		await bot.say("@org:lab.test", "!beschluss", { in: "!r:lab.test" });
		expect(await bot.ask("@org:lab.test", "abbrechen", { in: "!r:lab.test", entry: "answer" })).toContain(
			"Abgebrochen",
		);
		expect(await bot.say("@org:lab.test", "Noch etwas", { in: "!r:lab.test", entry: "answer" })).toEqual([]);
		expect(await bot.db.decision.count()).toBe(1);
	});

	test("the bot stops waiting after 15 minutes", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("@org:lab.test", "!beschluss");
		bot.clock.set("2026-11-22T09:16:00+01:00");
		expect(await bot.say("@org:lab.test", "Zu spät", { entry: "answer" })).toEqual([]);
		expect(await bot.db.decision.count()).toBe(0);
	});

	test("in Slack's form: opened by the slash command, filled, answered in the channel", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const [opened] = await bot.say("U-ORG", "beschluss", { slash: true });
		expect(opened?.form).toEqual({ command: "decision new", values: {} });
		const form = {
			command: "decision new",
			values: { text: ["Mehr Licht."], responsible: ["stadt-leipzig", "pd-leipzig"], due: ["2027-03-31"] },
		};
		expect(await bot.port("slack").check(bot.message("U-ORG", "", { entry: "form", form }))).toBeNull();
		const [answer] = await bot.say("U-ORG", "", { entry: "form", form });
		expect(answer?.recipient).toBeNull();
		expect(answer?.text).toContain("B-2026-001");
		const wrong = { command: "decision new", values: { text: ["Mehr Licht."], votes: ["viele"] } };
		expect(await bot.port("slack").check(bot.message("U-ORG", "", { entry: "form", form: wrong }))).toHaveProperty(
			"votes",
		);
	});

	test("an ambiguous organisation is offered as a choice, picked by number", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const [choice] = await bot.say("@org:lab.test", '!beschluss "Eins." --zuständig Stadt');
		expect(choice?.actions.map((action) => action.label).sort()).toEqual(["Stadt Grimma", "Stadt Leipzig"]);
		const second = choice?.actions[1]?.label;
		const answer = await bot.ask("@org:lab.test", "2", { entry: "answer" });
		expect(answer).toContain("B-2026-001");
		expect(answer).toContain(second);
	});

	test("an unknown organisation gets the nearest names", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("U-ORG", '!beschluss "Eins." --zuständig "Stadt Leipzg"')).toContain("Stadt Leipzig");
		expect(await bot.db.decision.count()).toBe(0);
	});
});
