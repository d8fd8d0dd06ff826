/** The audit log: who did what, when, through which chat. It never holds what was said. */
import { describe, expect, test } from "vitest";
import { importFolder } from "../../src/exchange/import.ts";
import { BY_OPERATOR } from "../../src/network/audit.ts";
import { type TestBot, testBot } from "../support/chat.ts";
import { testFolder } from "../support/folder.ts";
import { LEIPZIG } from "../support/network.ts";

const log = (bot: TestBot) =>
	bot.db.audit.findMany({ orderBy: { id: "asc" }, omit: { id: true, fingerprint: true, messageId: true } });

describe("what is written", () => {
	test("names person, contact, role, chat, command and record, and not what was said", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ORG", '!beschluss "Geheimer Wortlaut" --zuständig stadt-leipzig');
		const rows = await log(bot);
		expect(rows).toMatchObject([
			{
				contactKey: "stadt-leipzig-koordination",
				role: "organiser",
				platform: "slack",
				address: "C-LEIPZIG",
				userId: "U-ORG",
				command: "decision new",
				status: "done",
				records: ["decision/b-2026-001"],
				count: 1,
			},
		]);
		expect(rows[0]?.personId).toMatch(/^[0-9a-f-]{36}$/u);
		expect(JSON.stringify(rows)).not.toContain("Geheimer");
	});

	test("a role given and taken says whose and which, a channel bound and unbound which", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ADMIN", "!rolle geben pd-leipzig-opferschutz organisator --reihe RK");
		await bot.say("U-ADMIN", "!rolle nehmen pd-leipzig-opferschutz organisator");
		await bot.say("U-ADMIN", "!kanal verbinden Neu --region grimma", { in: "C-NEU" });
		await bot.say("U-ADMIN", "!kanal lösen", { in: "C-NEU" });
		const rows = await log(bot);
		expect(rows.map(({ command }) => command)).toEqual(["role give", "role take", "channel bind", "channel unbind"]);
		expect(rows[0]?.records).toEqual([expect.stringMatching(/^person\//u), "role/organiser", "series/RK"]);
		expect(rows[1]?.records).toEqual([rows[0]?.records[0], "role/organiser"]);
		expect(rows[2]?.records).toEqual(["channel/neu"]);
		expect(rows.every(({ role, userId }) => role === "admin" && userId === "U-ADMIN")).toBe(true);
	});

	test("an import says by whom, how many of what, and which records; looking and asking leave nothing", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await using folder = await testFolder({
			"regions.csv": "key,name,kind\nborna,Borna,municipality\nleipzig,Leipzig,municipality\n",
		});
		const options = { prune: false, now: bot.clock.now(), language: "de" as const, author: null, by: BY_OPERATOR };
		await importFolder(bot.db, folder.path, { ...options, dryRun: true });
		await bot.say("U-BERG", "wer ist in Leipzig für Opferschutz zuständig?");
		expect(await log(bot)).toEqual([]);
		await importFolder(bot.db, folder.path, { ...options, dryRun: false });
		expect(await log(bot)).toMatchObject([
			{
				command: "import",
				platform: "console",
				userId: "operator",
				records: expect.arrayContaining(["region/borna"]),
				details: { files: { regions: { new: 1 } } },
			},
		]);
	});

	test("a room that was replaced", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.port("matrix").moved("matrix", "!leipzig:lab.test", "!neu:lab.test");
		expect(await log(bot)).toMatchObject([
			{ command: "channel moved", address: "!neu:lab.test", records: ["channel/mx-leipzig"], userId: null },
		]);
	});
});

describe("what is refused", () => {
	test("is written with the account, also of a guest", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		await bot.say("U-FREMD", '!beschluss "Nein"');
		expect(await log(bot)).toMatchObject([
			{ command: "decision new", status: "refused", userId: "U-FREMD", role: "guest", personId: null, records: [] },
		]);
	});

	test("fills no disk: five of an hour one by one, the others as one row when it is over", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		for (let attempt = 1; attempt <= 12; attempt++) await bot.say("U-FREMD", "!rolle geben U-FREMD admin");
		await bot.say("U-ANDERER", "!rolle geben U-ANDERER admin");
		expect(await log(bot)).toHaveLength(6);
		await bot.tick("2026-11-22T09:59:00+01:00");
		expect(await log(bot)).toHaveLength(6);
		await bot.tick("2026-11-22T10:00:00+01:00");
		await bot.tick("2026-11-22T10:01:00+01:00");
		const rows = await log(bot);
		expect(rows).toHaveLength(7);
		expect(rows.at(-1)).toMatchObject({ command: "*", status: "refused", userId: "U-FREMD", count: 7 });
		expect(rows.at(-1)?.at.toISOString()).toBe("2026-11-22T08:00:00.000Z");
		expect(await bot.db.refusal.count()).toBe(0);
	});

	test("accounts made by the hundred are counted together", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		const hour = "2026-11-22T08:00:00Z";
		const crowd = Array.from({ length: 500 }, (_, index) => ({
			platform: "matrix" as const,
			userId: `@u${index}:evil.test`,
			hour,
			count: 1,
		}));
		await bot.db.refusal.createMany({ data: crowd });
		for (const who of ["@a:evil.test", "@b:evil.test", "@c:evil.test"])
			await bot.say(who, "!rolle geben @x:evil.test admin");
		expect(await log(bot)).toEqual([]);
		await bot.tick("2026-11-22T10:00:00+01:00");
		expect(await log(bot)).toMatchObject([{ platform: "matrix", userId: null, status: "refused", count: 3 }]);
	});
});

test("what failed through our fault is written with the reference that the person saw", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	await bot.database.rows("ALTER TABLE decision_series ADD CONSTRAINT broken CHECK (last < 0)");
	try {
		const answer = await bot.ask("U-ORG", '!beschluss "Das geht schief"');
		const [row] = await log(bot);
		expect(row).toMatchObject({ command: "decision new", status: "failed", records: [], fault: expect.any(String) });
		expect(answer).toContain(row?.fault);
	} finally {
		await bot.database.rows("ALTER TABLE decision_series DROP CONSTRAINT broken");
	}
});
