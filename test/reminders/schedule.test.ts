import { describe, expect, test } from "vitest";
import { listReminders } from "../../src/bot/ledger.ts";
import type { Outgoing } from "../../src/bot/platform.ts";
import { SendError } from "../../src/bot/platform.ts";
import { plainText } from "../../src/bot/reply.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import type { NetworkEvent } from "../../src/network/records.ts";
import { saveRecords } from "../../src/network/save.ts";
import { previewMessages } from "../../src/reminders/preview.ts";
import { type TestBot, testBot } from "../support/chat.ts";
import { testDatabase } from "../support/database.ts";
import { channel, LEIPZIG } from "../support/network.ts";
import { event } from "./events.ts";

const NOW = "2027-01-05T08:00:00Z";
const inLeipzig = (more: Partial<NetworkEvent> = {}) => event({ channels: ["sl-leipzig"], ...more });
const records = (...events: NetworkEvent[]) => ({ ...LEIPZIG, event: events });

async function save(bot: TestBot, of: NetworkEvent): Promise<void> {
	await inTransaction(bot.db, (tx) =>
		saveRecords(tx, "event", [of], { at: bot.clock.now(), author: null, change: "amended" }),
	);
}
const waiting = async (bot: TestBot) =>
	(
		await bot.db.delivery.findMany({
			where: { kind: "reminder", state: "owed" },
			orderBy: [{ dueAt: "asc" }, { id: "asc" }],
		})
	).map((row) => `${row.dueAt.toISOString().slice(0, 16)} ${row.channelKey} ${row.lead}`);

describe("a reminder", () => {
	test("is posted in its channel when it is due, once", async () => {
		await using bot = await testBot({ now: NOW, records: records(inLeipzig()) });
		expect(await bot.tick()).toEqual([]);
		expect(await bot.tick("2027-01-11T07:59:00Z")).toEqual([]);
		const posted = await bot.tick("2027-01-11T08:00:30Z");
		expect(posted).toMatchObject([
			{ address: "C-LEIPZIG", text: expect.stringContaining("Dienstag, 12.01.2027, 09:00 Uhr (morgen)") },
		]);
		expect(await bot.tick("2027-01-11T08:02:00Z")).toEqual([]);
		expect(await bot.tick("2027-01-12T07:00:30Z")).toHaveLength(1);
	});

	test("with a lead time that was past when the event was entered is not made up for", async () => {
		await using bot = await testBot({ now: NOW, records: records(inLeipzig()) });
		await bot.tick();
		expect(await waiting(bot)).toEqual(["2027-01-11T08:00 sl-leipzig P1D", "2027-01-12T07:00 sl-leipzig PT1H"]);
	});

	test("of an event entered while no bot ran is sent late, if it is still of use", async () => {
		const database = await testDatabase();
		{
			await using writer = await testBot({
				now: "2027-01-11T07:00:00Z",
				records: records(
					inLeipzig(),
					inLeipzig({ key: "vorbei", start: "2027-01-11T09:30", duration: "PT30M", remindBefore: ["PT1H"] }),
				),
				database,
			});
			writer.clock.set("2027-01-11T07:00:00Z");
		}
		await using bot = await testBot({ now: "2027-01-11T10:00:00Z", database });
		const posted = await bot.tick();
		expect(posted.map((one) => one.text)).toEqual([
			expect.stringContaining("Diese Erinnerung kommt 2 Stunden verspätet."),
		]);
		await bot.close();
		await database.close();
	});

	test("missed in an outage is sent late and says so, or is listed with the reason", async () => {
		let down = true;
		const sending = async () => {
			if (down) throw new SendError("later", { de: "Slack ist gestört.", en: "Slack is in trouble." });
		};
		await using bot = await testBot({
			now: NOW,
			records: records(
				inLeipzig(),
				inLeipzig({
					key: "kurz",
					title: "Kurz",
					start: "2027-01-11T09:30",
					duration: "PT15M",
					remindBefore: ["PT45M"],
				}),
			),
			sending,
		});
		await bot.tick();
		await bot.tick("2027-01-11T08:00:30Z");
		expect(await listReminders(bot.db, { now: bot.clock.now() })).toMatchObject([
			{ status: "failed", event: "kurz", attempts: 1, reason: { de: "Slack ist gestört." } },
			{ status: "planned", event: "schulung", lead: "P1D" },
			{ status: "planned", event: "schulung", lead: "PT1H" },
		]);
		down = false;
		const posted = await bot.tick("2027-01-11T08:45:30Z");
		expect(posted.map((one) => one.text)).toEqual([expect.stringContaining("45 Minuten verspätet")]);
		expect(posted[0]?.text).not.toContain("morgen");
		expect(await listReminders(bot.db, { now: bot.clock.now() })).toMatchObject([
			{ status: "missed", event: "kurz", reason: { de: expect.stringContaining("schon vorbei") } },
			{ status: "late", event: "schulung", minutesLate: 45, reason: { de: expect.stringContaining("verspätet") } },
			{ status: "planned", event: "schulung", lead: "PT1H" },
		]);
	});
});

describe("a change", () => {
	test("moves the reminders with the event, and reminds of nothing twice", async () => {
		await using bot = await testBot({ now: "2026-12-20T08:00:00Z", records: records(inLeipzig()) });
		await bot.tick();
		expect(await bot.tick("2026-12-29T08:00:30Z")).toHaveLength(1);
		await save(bot, inLeipzig({ place: "Rathaus" }));
		expect(await bot.tick("2026-12-29T08:01:30Z")).toEqual([]);
		expect(await waiting(bot)).toHaveLength(2);
		await save(bot, inLeipzig({ start: "2027-01-13T10:00" }));
		expect(await bot.tick("2026-12-29T08:05:00Z")).toEqual([]);
		expect(await waiting(bot)).toEqual([
			"2026-12-30T09:00 sl-leipzig P14D",
			"2027-01-12T09:00 sl-leipzig P1D",
			"2027-01-13T08:00 sl-leipzig PT1H",
		]);
	});

	test("that cancels an event takes its reminders out", async () => {
		await using bot = await testBot({ now: NOW, records: records(inLeipzig({ rrule: "FREQ=WEEKLY;COUNT=3" })) });
		await bot.tick();
		expect((await waiting(bot)).length).toBeGreaterThan(6);
		await save(bot, inLeipzig({ rrule: "FREQ=WEEKLY;COUNT=3", cancelledOn: ["2027-01-19"] }));
		await bot.tick("2027-01-05T08:01:00Z");
		expect((await waiting(bot)).some((row) => row.startsWith("2027-01-18"))).toBe(false);
		await save(bot, inLeipzig({ status: "cancelled" }));
		await bot.tick("2027-01-05T08:02:00Z");
		expect(await waiting(bot)).toEqual([]);
	});

	test("in the minute before a reminder is due stops it", async () => {
		await using bot = await testBot({ now: NOW, records: records(inLeipzig()) });
		await bot.tick();
		bot.clock.set("2027-01-11T08:00:10Z");
		await save(bot, inLeipzig({ status: "cancelled" }));
		expect(await bot.tick()).toEqual([]);
		const [row] = await bot.db.delivery.findMany({ where: { lead: "P1D" } });
		expect(row).toMatchObject({ state: "dropped", reason: { de: "Der Termin wurde abgesagt." } });
	});

	test("of a channel's place and language reaches what is planned", async () => {
		await using bot = await testBot({ now: NOW, records: records(inLeipzig()) });
		await bot.tick();
		const moved = channel({
			key: "sl-leipzig",
			platform: "matrix",
			address: "!neu:lab.test",
			language: "en",
			regions: ["leipzig"],
		});
		await inTransaction(bot.db, (tx) =>
			saveRecords(tx, "channel", [moved], { at: bot.clock.now(), author: null, change: "amended" }),
		);
		expect(await bot.tick("2027-01-11T08:00:30Z")).toMatchObject([
			{ platform: "matrix", address: "!neu:lab.test", text: expect.stringContaining("tomorrow") },
		]);
	});
});

describe("the running bot", () => {
	test("posts message for message what the preview says", async () => {
		const from = Temporal.Instant.from("2027-03-20T00:00:00Z");
		const to = Temporal.Instant.from("2027-03-30T00:00:00Z");
		const all: Outgoing[] = [];
		await using bot = await testBot({
			now: from.toString(),
			records: records(
				event({
					key: "a",
					title: "Lage",
					rrule: "FREQ=WEEKLY;BYDAY=MO,SU",
					regions: ["leipzig"],
					skipHolidays: "DE-SN",
				}),
				event({
					key: "b",
					title: "Runde",
					rrule: "FREQ=DAILY",
					start: "2027-03-01T02:30",
					timezone: "America/New_York",
					channels: ["mx-leipzig"],
					remindBefore: ["P1D", "PT30M"],
				}),
				event({
					key: "c",
					title: "Rat",
					rrule: "FREQ=MONTHLY;BYDAY=-1TH",
					host: ["stadt-grimma"],
					moved: [{ from: "2027-03-25T09:00", to: "2027-03-27T09:00" }],
					remindBefore: ["P1W", "P1DT12H"],
				}),
			),
			sending: async (outgoing) => void all.push(outgoing),
		});
		const preview = previewMessages(await bot.open.live.current(), from, to, { timezone: "Europe/Berlin" });
		expect(preview.length).toBeGreaterThan(40);
		for (const instant of new Set(preview.map((message) => message.at))) await bot.tick(instant);
		const address = new Map((LEIPZIG.channel ?? []).map((each) => [each.key, each.address]));
		const shown = (place: string | undefined, text: string) => `${place} ${text}`;
		expect(all.map((one) => shown(one.address, plainText(one.reply.parts))).sort()).toEqual(
			preview.map((message) => shown(address.get(message.channel), plainText(message.reply.parts))).sort(),
		);
	});

	test("plans again after a restart without doubling, and further as time goes on", async () => {
		const database = await testDatabase();
		const daily = inLeipzig({ rrule: "FREQ=WEEKLY", remindBefore: ["PT1H"] });
		{
			await using first = await testBot({ now: NOW, records: records(daily), database });
			await first.tick();
			expect(await waiting(first)).toHaveLength(8);
		}
		await using second = await testBot({ now: "2027-01-05T09:00:00Z", database });
		await second.tick();
		expect(await waiting(second)).toHaveLength(8);
		await second.tick("2027-01-12T07:00:30Z");
		expect(await waiting(second)).toHaveLength(8);
		await second.close();
		await database.close();
	});
});
