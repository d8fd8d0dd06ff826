/** What planning reminders costs at the size of a federal network: `node bench/reminders.ts`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../src/database/client.ts";
import { migrate } from "../src/database/migrate.ts";
import { inTransaction } from "../src/database/transaction.ts";
import { fixedClock } from "../src/lib/clock.ts";
import { liveNetwork } from "../src/network/live.ts";
import type { Channel, NetworkEvent } from "../src/network/records.ts";
import { saveRecords } from "../src/network/save.ts";
import { planTick } from "../src/reminders/schedule.ts";

const EVENTS = 50_000;
const RECURRING = 10_000;
const CHANNELS = 300;
const NOW = Temporal.Instant.from("2027-01-05T08:00:00Z");
const RULES = [
	"FREQ=MONTHLY;BYDAY=2TU",
	"FREQ=MONTHLY;BYMONTHDAY=15",
	"FREQ=WEEKLY;BYDAY=TU",
	"FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH",
	"FREQ=WEEKLY;INTERVAL=2",
];

const channels = Array.from(
	{ length: CHANNELS },
	(_, index): Channel => ({
		key: `c-${index}`,
		platform: "slack",
		address: `C${index}`,
		name: null,
		language: "de",
		regions: [],
		topics: [],
		purpose: null,
	}),
);

const events = Array.from({ length: EVENTS }, (_, index): NetworkEvent => {
	const start = Temporal.PlainDateTime.from("2026-01-01T08:00").add({
		days: (index * 7) % 730,
		minutes: (index % 40) * 15,
	});
	return {
		key: `e-${index}`,
		title: `Schulung ${index}`,
		kind: "training",
		start: start.toString().slice(0, 16),
		duration: "PT2H",
		timezone: "Europe/Berlin",
		rrule: index < RECURRING ? (RULES[index % RULES.length] ?? null) : null,
		exceptions: [],
		cancelledOn: [],
		moved: [],
		skipHolidays: index % 2 === 0 ? "DE-SN" : null,
		place: "Leipzig",
		link: null,
		host: [],
		agreement: null,
		audience: [],
		regions: [],
		channels: [`c-${index % CHANNELS}`],
		remindBefore: ["P14D", "P1D", "PT1H"],
		status: "planned",
	};
});

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
	const before = process.memoryUsage().rss;
	const began = performance.now();
	await work();
	const grown = (process.memoryUsage().rss - before) / 1e6;
	console.log(`${what}: ${(performance.now() - began).toFixed(1)} ms, ${grown.toFixed(0)} MB more`);
}

const dataDir = await mkdtemp(join(tmpdir(), "lotse-bench-"));
const database = await openDatabase({ url: null, dataDir });
try {
	await migrate(database);
	const { db } = database;
	const stamp = { at: NOW, author: null, change: "imported" } as const;
	await timed("import", () =>
		inTransaction(
			db,
			async (tx) => {
				await saveRecords(tx, "channel", channels, stamp);
				await saveRecords(tx, "event", events, stamp);
			},
			{ timeoutMs: 300_000 },
		),
	);
	const live = liveNetwork(db);
	const clock = fixedClock(NOW.toString());
	await timed("load the network", () => live.current());
	const tick = () => planTick({ db, live, clock, installation: "bench" });
	await timed("full plan", tick);
	console.log(`ledger rows: ${await db.delivery.count()}`);
	for (let round = 0; round < 3; round++) await timed("nothing new", tick);
	for (let round = 0; round < 3; round++) {
		const [first] = events;
		if (first) await inTransaction(db, (tx) => saveRecords(tx, "event", [{ ...first, place: `Raum ${round}` }], stamp));
		await timed("one event changed", tick);
	}
} finally {
	await database.close();
	await rm(dataDir, { recursive: true, force: true });
}
