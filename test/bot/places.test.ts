import { describe, expect, test } from "vitest";
import { testBot } from "../support/chat.ts";
import { LEIPZIG } from "../support/network.ts";

describe("openly or privately", () => {
	test("a public contact is shown in the room", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const [answer] = await bot.say("U-GUEST", "wer ist für Opferschutz in Leipzig zuständig?");
		expect(answer?.recipient).toBeNull();
		expect(answer?.text).toContain("Jana Berg");
	});

	test("a partners' contact openly in a bound channel, to the asker alone in another", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const [bound] = await bot.say("U-BERG", "!kontakt Prävention Grimma");
		expect([bound?.recipient, bound?.text.includes("Paul Partner")]).toEqual([null, true]);
		const [unbound] = await bot.say("U-BERG", "!kontakt Prävention Grimma", { in: "C-OTHER" });
		expect([unbound?.recipient, unbound?.text.includes("Paul Partner")]).toEqual(["U-BERG", true]);
	});

	test("an organisers' contact goes to the asker alone", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const posted = await bot.say("@org:lab.test", "!kontakt Krise Grimma");
		expect(posted.map((each) => each.recipient)).toEqual(["@org:lab.test"]);
		expect(posted[0]?.text).toContain("Ute Geheim");
	});

	test("who may not see it learns nothing but that a role is missing", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const text = await bot.ask("U-BERG", "!kontakt Krise Grimma");
		expect(text).not.toContain("Geheim");
		expect(text).not.toContain("3437");
	});

	test("a slash command that reads is answered to the asker alone, one that writes in the channel", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect((await bot.say("U-ORG", "kontakt Opferschutz Leipzig", { slash: true }))[0]?.recipient).toBe("U-ORG");
		expect((await bot.say("U-ORG", 'beschluss "Eins."', { slash: true }))[0]?.recipient).toBeNull();
	});
});

describe("a language", () => {
	test("is the person's own, else the channel's", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("@berg:lab.test", "!hilfe")).toContain("Just ask");
		expect(await bot.ask("U-BERG", "!hilfe")).toContain("Fragen Sie einfach");
		expect(await bot.ask("U-BERG", "!sprache en")).toContain("in English");
		expect(await bot.ask("U-BERG", "!help")).toContain("Just ask");
	});

	test("of an answer is the question's", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("U-BERG", "who is responsible for victim support in Leipzig?")).toMatch(/Phone/);
		expect(await bot.ask("@berg:lab.test", "Wer ist für Opferschutz in Leipzig zuständig?")).toMatch(/Telefon/);
	});
});

describe("what was said while the bot was away", () => {
	test("is answered once where it is at most an hour old", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const posted = await bot.say("U-BERG", "!werbinich", { at: "2026-11-22T08:10:00+01:00" });
		expect(posted).toHaveLength(1);
	});

	test("else gets one notice per room, and nothing is carried out", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const old = { at: "2026-11-22T06:00:00+01:00" };
		expect((await bot.say("U-ORG", '!beschluss "Eins."', old))[0]?.text).toContain("nicht erreichbar");
		expect(await bot.say("U-ORG", '!beschluss "Zwei."', old)).toEqual([]);
		expect(await bot.say("U-ORG", '!beschluss "Drei."', { ...old, in: "C-GRIMMA" })).toHaveLength(1);
		expect(await bot.db.decision.count()).toBe(0);
	});
});

test("of what was handled only the id is kept, and that for a month", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	await bot.say("U-BERG", "wer ist für Opferschutz in Leipzig zuständig?");
	expect(await bot.db.inbox.findMany({ select: { body: true, outcome: true } })).toEqual([
		{ body: {}, outcome: "done" },
	]);
	await bot.tick("2026-12-20T09:00:00+01:00");
	expect(await bot.db.inbox.count()).toBe(1);
	await bot.tick("2026-12-23T09:00:00+01:00");
	expect(await bot.db.inbox.count()).toBe(0);
});

describe("an administrator", () => {
	test("binds a channel, shows and unbinds it", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("U-BERG", "!kanal verbinden Neu --region Leipzig", { in: "C-NEW" })).toContain(
			"Administrator",
		);
		expect(
			await bot.ask("U-ADMIN", "!kanal verbinden Netz Grimma --region Grimma --sprache en", { in: "C-NEW" }),
		).toContain("netz-grimma");
		expect(await bot.ask("U-BERG", "!channel show", { in: "C-NEW" })).toContain("Grimma");
		expect(await bot.ask("U-ADMIN", "!kanal lösen", { in: "C-NEW" })).toContain("unbound");
		expect(await bot.db.channel.count()).toBe(4);
	});

	test("gives and takes roles, to contacts and accounts", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("U-ADMIN", "!rolle geben Jana Berg organisator")).toContain(
			"Jana Berg hat jetzt die Rolle Organisator",
		);
		expect(await bot.ask("@berg:lab.test", "!whoami")).toContain("organiser");
		expect(
			await bot.ask("U-ADMIN", "!rolle geben @Neuling partner", { mentions: [{ name: "Neuling", id: "U0NEWBIE1" }] }),
		).toContain("Neuling");
		expect(await bot.ask("U0NEWBIE1", "!werbinich")).toContain("Partner");
		expect(await bot.ask("U-ADMIN", "!rollen")).toContain("Jana Berg");
		expect(await bot.ask("U-ADMIN", "!rolle nehmen Jana Berg organisator")).toContain("nicht mehr");
		expect(await bot.ask("U-BERG", '!beschluss "Eins."')).toContain("fehlt Ihnen die Rolle");
	});
});
