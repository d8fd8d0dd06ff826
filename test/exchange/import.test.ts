import { describe, expect, test } from "vitest";
import type { Database } from "../../src/database/client.ts";
import { exportFolder } from "../../src/exchange/export.ts";
import { type ImportOptions, type ImportResult, importFolder } from "../../src/exchange/import.ts";
import { listVersions } from "../../src/network/decisions.ts";
import { loadNetwork } from "../../src/network/load.ts";
import { testDatabase } from "../support/database.ts";
import { testFolder } from "../support/folder.ts";

const now = Temporal.Instant.from("2026-11-22T08:00:00Z");

/** Brings files in and returns what came of it. */
async function bring(
	{ db }: Database,
	files: Record<string, string>,
	options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
	await using folder = await testFolder(files);
	return await importFolder(db, folder.path, {
		dryRun: false,
		prune: false,
		now,
		language: "de",
		author: null,
		...options,
	});
}
const problems = (result: ImportResult) =>
	result.status === "done" ? [] : result.faults.map(({ problem }) => problem.en);

const ORGANISATIONS = "key,name,kind\nwr,Weißer Ring,victim_support\npolizei,Polizei,police\n";

describe("spellings", () => {
	test("become one: BOM, semicolon, German dates, phone numbers, lists with blanks", async () => {
		await using database = await testDatabase();
		await bring(database, {
			"organisations.csv": ORGANISATIONS,
			"contacts.csv":
				"\ufeffname;key;organisation;phone;mobile;verified_on;topics;languages;matrix_user;hours\r\n" +
				"Frau Meier;a;wr;(0351) 564-30 400;116 117;1.3.2026; press | crisis |press;DE|uk;@a:b.de;24/7\r\n;;;;;;;;;\r\n",
			"events.csv":
				"key,title,kind,start,rrule,moved,remind_before\ne,E,training,5.1.2027 9:00,RRULE:freq=weekly,12.01.2027 09:00>13.01.2027 10:30,P1D|pt1h\n",
			".versteckt": "",
			README: "",
			"notes.md": "",
		});
		const network = await loadNetwork(database.db);
		expect(network.contact.get("a")).toMatchObject({
			name: "Frau Meier",
			phone: "+4935156430400",
			mobile: "116117",
			verifiedOn: "2026-03-01",
			topics: ["press", "crisis"],
			languages: ["de", "uk"],
			matrixUser: "@a:b.de",
			visibility: "partners",
			onCall: false,
			regions: [],
		});
		expect(network.event.get("e")).toMatchObject({
			start: "2027-01-05T09:00",
			rrule: "FREQ=WEEKLY",
			moved: [{ from: "2027-01-12T09:00", to: "2027-01-13T10:30" }],
			remindBefore: ["P1D", "PT1H"],
			duration: "PT2H",
			timezone: "Europe/Berlin",
			status: "planned",
		});
	});

	test("what is guarded loses one quote; minus, plus and at are text", async () => {
		await using database = await testDatabase();
		await bring(database, {
			"regions.csv": "key,name,kind\na,'=1+1,land\nb,''=x,land\nc,-minus,land\nd,'Ort,land\ne,@x,land\nf,'\tx,land\n",
		});
		const { region } = await loadNetwork(database.db);
		expect([...region.values()].map(({ name }) => name)).toEqual(["=1+1", "'=x", "-minus", "'Ort", "@x", "\tx"]);
		await using out = await testFolder();
		await exportFolder(database.db, out.path);
		expect((await out.read())["regions.csv"]).toBe(
			"key,name,kind,parent,aliases,ags\na,'=1+1,land,,,\nb,''=x,land,,,\nc,'-minus,land,,,\nd,'Ort,land,,,\ne,'@x,land,,,\nf,'\tx,land,,,\n",
		);
	});

	test("a figure's programme may be its name or alias, a membership's stays as written", async () => {
		await using database = await testDatabase();
		await bring(database, {
			"organisations.csv": ORGANISATIONS,
			"programmes.csv": "key,name,aliases\nasskomm,ASSKomm,Allianz Sichere Kommunen\n",
			"figures.csv":
				"key,programme,label,value,as_of\na,asskomm,x,1,2026-01-01\nb,ALLIANZ sichere Kommunen,x,1,2026-01-01\nc,AssKomm,x,1,2026-01-01\n",
			"memberships.csv": "key,organisation,programme,stage\nm,wr,ASSkomm,advised\nn,wr,Frei Erfundenes,advised\n",
		});
		const network = await loadNetwork(database.db);
		expect([...network.figure.values()].map(({ programme }) => programme)).toEqual(["asskomm", "asskomm", "asskomm"]);
		expect([...network.membership.values()].map(({ programme }) => programme)).toEqual(["ASSkomm", "Frei Erfundenes"]);
	});
});

describe("importing again", () => {
	test("changes what changed; a missing column leaves, an empty cell clears", async () => {
		await using database = await testDatabase();
		await bring(database, {
			"organisations.csv": "key,name,kind,city,phone\nwr,WR,association,Mainz,116006\nsmi,SMI,ministry,Dresden,\n",
		});
		expect(
			await bring(database, { "organisations.csv": "key,name,kind,phone\nwr,WR,victim_support,\nsmi,SMI,ministry,\n" }),
		).toEqual({
			status: "done",
			files: { organisations: { new: 0, changed: 1, same: 1, pruned: 0 } },
		});
		expect((await loadNetwork(database.db)).organisation.get("wr")).toMatchObject({
			kind: "victim_support",
			city: "Mainz",
			phone: null,
		});
	});

	test("a dry run only reports", async () => {
		await using database = await testDatabase();
		const result = await bring(database, { "organisations.csv": ORGANISATIONS }, { dryRun: true });
		expect(result).toMatchObject({ status: "done", files: { organisations: { new: 2 } } });
		expect((await loadNetwork(database.db)).organisation.size).toBe(0);
	});

	test("a channel without a language has that of the installation", async () => {
		await using database = await testDatabase();
		await bring(database, { "channels.csv": "key,platform,address\na,slack,C1\n" }, { language: "en" });
		expect((await loadNetwork(database.db)).channel.get("a")?.language).toBe("en");
	});

	test("addresses of channels may change hands, also that of a pruned one", async () => {
		await using database = await testDatabase();
		const head = "key,platform,address,name\n";
		await bring(database, { "channels.csv": `${head}a,slack,C1,A\nb,slack,C2,B\nc,slack,C3,C\n` });
		const result = await bring(
			database,
			{ "channels.csv": `${head}a,slack,C2,A\nb,slack,C1,B\nd,slack,C3,D\n` },
			{ prune: true },
		);
		expect(result).toMatchObject({ files: { channels: { new: 1, changed: 2, pruned: 1 } } });
		expect([...(await loadNetwork(database.db)).channel.values()].map(({ address }) => address)).toEqual([
			"C2",
			"C1",
			"C3",
		]);
	});

	test("an event keeps when it was entered and gets a new revision", async () => {
		await using database = await testDatabase();
		const head = "key,title,kind,start\n";
		await bring(database, { "events.csv": `${head}e,E,training,2027-01-05T09:00\nf,F,training,2027-01-05T09:00\n` });
		await bring(
			database,
			{ "events.csv": `${head}e,E,training,2027-01-05T10:00\nf,F,training,2027-01-05T09:00\n` },
			{ now: now.add({ hours: 1 }) },
		);
		const rows = await database.db.event.findMany({
			orderBy: { key: "asc" },
			select: { revision: true, enteredAt: true },
		});
		const enteredAt = new Date("2026-11-22T08:00:00Z");
		expect(rows).toEqual([
			{ revision: 2, enteredAt },
			{ revision: 1, enteredAt },
		]);
	});

	test("a changed decision becomes a version with the importer as author", async () => {
		await using database = await testDatabase();
		const { id } = await database.db.person.create({ data: { name: "Importeurin" } });
		const head = "key,decided_on,text,status\n";
		await bring(database, { "decisions.csv": `${head}rk-2026-1,2026-01-01,Alt,\nrk-2026-2,2026-01-01,Bleibt,done\n` });
		await bring(
			database,
			{ "decisions.csv": `${head}rk-2026-1,2026-01-01,Neu,\nrk-2026-2,2026-01-01,Bleibt,done\n` },
			{ author: id },
		);
		expect(
			(await listVersions(database.db, "rk-2026-1")).map(({ text, author, change }) => ({ text, author, change })),
		).toEqual([
			{ text: "Alt", author: null, change: "imported" },
			{ text: "Neu", author: id, change: "imported" },
		]);
		expect(await listVersions(database.db, "rk-2026-2")).toHaveLength(1);
	});
});

describe("--prune", () => {
	const FULL = {
		"regions.csv": "key,name,kind,parent\nland,L,land,\nkreis,K,district,land\nort,O,municipality,kreis\n",
		"organisations.csv": ORGANISATIONS,
		"contacts.csv": "key,organisation,name,regions,deputy\na,wr,A,ort,b\nb,wr,B,,a\n",
		"decisions.csv": "key,decided_on,text,responsible\nd,2026-01-01,T,wr\ne,2026-01-01,T,\n",
	};

	test("deletes what present files no longer have, whole chains too, and keeps decisions", async () => {
		await using database = await testDatabase();
		await bring(database, FULL);
		const result = await bring(
			database,
			{
				"regions.csv": "key,name,kind\nneu,N,land\n",
				"contacts.csv": "key,organisation,name\n",
				"decisions.csv": "key,decided_on,text\nd,2026-01-01,T\n",
			},
			{ prune: true },
		);
		expect(result).toEqual({
			status: "done",
			files: {
				regions: { new: 1, changed: 0, same: 0, pruned: 3 },
				contacts: { new: 0, changed: 0, same: 0, pruned: 2 },
				decisions: { new: 0, changed: 0, same: 1, pruned: 0, kept: 1 },
			},
		});
		const network = await loadNetwork(database.db);
		expect([network.region.size, network.contact.size, network.organisation.size, network.decision.size]).toEqual([
			1, 0, 2, 2,
		]);
	});

	test("what stays must not refer to what goes", async () => {
		await using database = await testDatabase();
		await bring(database, FULL);
		const result = await bring(
			database,
			{ "organisations.csv": "key,name,kind\npolizei,Polizei,police\n" },
			{ prune: true },
		);
		expect(problems(result)).toEqual([
			'"wr" is missing and would be deleted, but "a" (contacts, organisation) refers to it',
			'"wr" is missing and would be deleted, but "b" (contacts, organisation) refers to it',
			'"wr" is missing and would be deleted, but "d" (decisions, responsible) refers to it',
		]);
		const inFolder = await bring(
			database,
			{ "regions.csv": "key,name,kind\nland,L,land\n", "contacts.csv": "key,organisation,name\na,wr,A\nb,wr,B\n" },
			{ prune: true },
		);
		expect(problems(inFolder)).toEqual([
			'"ort" is missing and would be deleted, but "a" (contacts, regions) refers to it',
		]);
		expect((await loadNetwork(database.db)).region.size).toBe(3);
	});

	test("without it nothing goes", async () => {
		await using database = await testDatabase();
		await bring(database, FULL);
		await bring(database, { "contacts.csv": "key,organisation,name\n" });
		expect((await loadNetwork(database.db)).contact.size).toBe(2);
	});
});
