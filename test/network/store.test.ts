import { describe, expect, test } from "vitest";
import { inTransaction } from "../../src/database/transaction.ts";
import { insertDecision, listVersions, updateDecision } from "../../src/network/decisions.ts";
import { getEvent, insertEvent, updateEvent } from "../../src/network/events.ts";
import { liveNetwork } from "../../src/network/live.ts";
import { loadNetwork } from "../../src/network/load.ts";
import type { Contact, Decision, NetworkEvent, Region } from "../../src/network/records.ts";
import { deleteRecords, type Stamp, saveRecords } from "../../src/network/save.ts";
import { testDatabase } from "../support/database.ts";

const at = Temporal.Instant.from("2026-11-22T08:00:00Z");
const STAMP: Stamp = { at, author: null, change: "imported" };

const region = (key: string, parent: string | null = null): Region => ({
	key,
	name: `Region ${key}`,
	kind: "district",
	parent,
	aliases: ["ä", "zwei, drei"],
	ags: null,
});
const event = (key: string, fields: Partial<NetworkEvent> = {}): NetworkEvent => ({
	key,
	title: "Sitzung",
	kind: "council_session",
	start: "2026-01-13T16:00",
	duration: "PT2H",
	timezone: "Europe/Berlin",
	rrule: "FREQ=MONTHLY",
	exceptions: ["2026-02-13"],
	cancelledOn: [],
	moved: [
		{ from: "2026-03-13T16:00", to: "2026-03-14T16:00" },
		{ from: "2026-04-13T16:00", to: "2026-04-12T10:30" },
	],
	skipHolidays: "DE-SN",
	place: null,
	link: null,
	host: [],
	agreement: null,
	audience: [],
	regions: ["b", "a"],
	channels: [],
	remindBefore: ["P14D"],
	status: "planned",
	...fields,
});
const decision = (fields: Partial<Decision> = {}): Omit<Decision, "key"> => ({
	event: null,
	decidedOn: "2026-11-22",
	text: "Beschluss",
	rationale: null,
	responsible: [],
	due: null,
	status: "open",
	supersedes: null,
	votes: "12/1/2",
	tags: [],
	...fields,
});

describe("records", () => {
	test("come back as they were saved, in whatever order they refer to each other", async () => {
		await using database = await testDatabase();
		const { db } = database;
		const contact = (key: string, deputy: string): Contact => ({
			key,
			organisation: "o",
			name: "Name",
			function: null,
			topics: ["press", "crisis"],
			regions: ["c", "a", "b"],
			phone: "+49351564",
			mobile: null,
			email: null,
			hours: "Mo-Fr 08:00-16:00",
			languages: ["de"],
			visibility: "partners",
			deputy,
			onCall: true,
			verifiedOn: "2026-10-01",
			slackUser: null,
			matrixUser: "@a:example.org",
		});
		await inTransaction(db, async (tx) => {
			await saveRecords(tx, "region", [region("c", "a"), region("a", "b"), region("b")], STAMP);
			const organisation = {
				key: "o",
				name: "O",
				kind: "police",
				shortName: null,
				aliases: [],
				region: "a",
				parent: null,
			} as const;
			const address = { street: null, postcode: null, city: null, phone: null, email: null, website: null };
			await saveRecords(
				tx,
				"organisation",
				[{ ...organisation, ...address, aliases: [], description: null, languages: [] }],
				STAMP,
			);
			// Two who stand in for each other.
			await saveRecords(tx, "contact", [contact("x", "y"), contact("y", "x")], STAMP);
			await saveRecords(tx, "event", [event("e")], STAMP);
		});
		const network = await loadNetwork(db);
		expect([...network.region.keys()]).toEqual(["a", "b", "c"]);
		expect(network.region.get("c")).toEqual(region("c", "a"));
		expect(network.contact.get("x")).toEqual(contact("x", "y"));
		expect(network.event.get("e")).toEqual(event("e"));

		await saveRecords(db, "event", [event("e", { regions: ["a", "c"], moved: [], place: "Rathaus" })], STAMP);
		expect((await loadNetwork(db)).event.get("e")).toEqual(
			event("e", { regions: ["a", "c"], moved: [], place: "Rathaus" }),
		);
		await deleteRecords(db, "event", ["e"]);
		await deleteRecords(db, "contact", ["x", "y"]);
		await deleteRecords(db, "organisation", ["o"]);
		await deleteRecords(db, "region", ["a", "b", "c"]);
		expect((await loadNetwork(db)).region.size).toBe(0);
	});

	test("every change of an event is a new revision", async () => {
		await using database = await testDatabase();
		const { db } = database;
		await saveRecords(db, "region", [region("a"), region("b")], STAMP);
		await insertEvent(db, event("e"), at);
		await expect(insertEvent(db, event("e"), at)).rejects.toThrow("already");
		expect(await updateEvent(db, event("e", { place: "Rathaus" }))).toBe(2);
		expect(await updateEvent(db, event("e", { place: "Schule" }))).toBe(3);
		expect((await getEvent(db, "e")).place).toBe("Schule");
		const row = await db.event.findUniqueOrThrow({ where: { key: "e" } });
		expect(row.enteredAt.toISOString()).toBe("2026-11-22T08:00:00.000Z");
		await expect(updateEvent(db, event("f"))).rejects.toThrow('no event "f"');
	});
});

describe("decisions", () => {
	test("are numbered without gaps, also at once, after what was imported, and when one is rolled back", async () => {
		await using database = await testDatabase();
		const { db } = database;
		await saveRecords(
			db,
			"decision",
			["rk-2026-013", "rk-2026-04-01", "rk-2027-900", "sch-2026-0500"].map((key) => ({ key, ...decision() })),
			STAMP,
		);
		const log = (fail = false) =>
			inTransaction(db, async (tx) => {
				const { key } = await insertDecision(tx, { series: "RK", ...decision() }, { author: null, at });
				if (fail) throw new Error("no");
				return key;
			});
		const keys = await Promise.allSettled([log(), log(true), log(), log(), log(true), log()]);
		expect(keys.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])).sort()).toEqual([
			"rk-2026-014",
			"rk-2026-015",
			"rk-2026-016",
			"rk-2026-017",
		]);
		const other = await insertDecision(
			db,
			{ series: "B", ...decision({ decidedOn: "2027-01-01" }) },
			{ author: null, at },
		);
		expect(other.key).toBe("b-2027-001");
	});

	test("keep every state that they had", async () => {
		await using database = await testDatabase();
		const { db } = database;
		const first = await insertDecision(db, { series: "PR", ...decision() }, { author: null, at });
		const second = { ...first, text: "Anders", status: "done" as const };
		expect(await updateDecision(db, second, { at: at.add({ minutes: 1 }), author: null, change: "amended" })).toBe(2);
		const versions = await listVersions(db, first.key);
		expect(versions).toEqual([
			{ ...first, version: 1, change: "new", author: null, at },
			{ ...second, version: 2, change: "amended", author: null, at: at.add({ minutes: 1 }) },
		]);
		expect((await loadNetwork(db)).decision.get(first.key)).toEqual(second);
	});
});

describe("the network in memory", () => {
	test("is the same object until something changes, and then has it", async () => {
		await using database = await testDatabase();
		const { db } = database;
		await saveRecords(db, "region", [region("a"), region("b")], STAMP);
		const live = liveNetwork(db);
		const first = await live.current();
		expect(await live.current()).toBe(first);
		expect(live.revision).toBe(1);
		await saveRecords(db, "region", [{ ...region("b"), name: "Neu" }, region("aa")], STAMP);
		const second = await live.current();
		expect(live.revision).toBe(2);
		expect([...second.region.keys()]).toEqual(["a", "aa", "b"]);
		expect(second.region.get("b")?.name).toBe("Neu");
		expect(second.region.get("a")).toBe(first.region.get("a"));
		expect(second.contact).toBe(first.contact);
		await deleteRecords(db, "region", ["a"]);
		expect((await live.current()).region.has("a")).toBe(false);
		expect(await live.current()).toBe(await live.current());
	});

	test("shows a transaction its own changes, and nobody else what was rolled back", async () => {
		await using database = await testDatabase();
		const { db } = database;
		const live = liveNetwork(db);
		const failed = inTransaction(db, async (tx) => {
			await saveRecords(tx, "region", [region("a")], STAMP);
			expect((await live.current(tx)).region.has("a")).toBe(true);
			await saveRecords(tx, "region", [region("b")], STAMP);
			expect((await live.current(tx)).region.has("b")).toBe(true);
			throw new Error("back");
		});
		await expect(failed).rejects.toThrow("back");
		expect((await live.current()).region.size).toBe(0);
		await inTransaction(db, async (tx) => {
			await saveRecords(tx, "region", [region("a")], STAMP);
			expect((await live.current(tx)).region.size).toBe(1);
		});
		expect((await live.current()).region.size).toBe(1);
	});

	test("takes in changes of thousands of records at once", async () => {
		await using database = await testDatabase();
		const { db } = database;
		const live = liveNetwork(db);
		await live.current();
		await saveRecords(
			db,
			"region",
			Array.from({ length: 4_000 }, (_, i) => region(`r${i}`, i === 0 ? null : "r0")),
			STAMP,
		);
		expect((await live.current()).region.size).toBe(4_000);
		expect(await db.recordChange.count()).toBeLessThan(20);
	});
});
