import { describe, expect, test } from "vitest";
import { faultJson, faultLine } from "../../src/exchange/fault.ts";
import { type ImportOptions, importFolder } from "../../src/exchange/import.ts";
import { loadNetwork } from "../../src/network/load.ts";
import { testDatabase } from "../support/database.ts";
import { testFolder } from "../support/folder.ts";

const now = Temporal.Instant.from("2026-11-22T08:00:00Z");
const OPTIONS: ImportOptions = { dryRun: false, prune: false, now, language: "de", author: null };

const BASE = {
	"regions.csv": "key,name,kind\nsachsen,Sachsen,land\n",
	"organisations.csv": "key,name,kind\nwr,Weißer Ring,victim_support\n",
	"programmes.csv": "key,name,aliases\nasskomm,ASSKomm,Allianz\n",
};
const CONTACTS = "key,organisation,name,phone,hours,languages,deputy,on_call,verified_on,visibility\n";
const EVENTS = "key;title;kind;start;rrule;moved;exceptions;duration;timezone;skip_holidays;remind_before\n";

/** Faults of a folder laid over `BASE`, as people see them. */
async function faultsOf(files: Record<string, string | Uint8Array>, language: "de" | "en" = "de"): Promise<string[]> {
	await using database = await testDatabase();
	await using folder = await testFolder({ ...BASE, ...files });
	const result = await importFolder(database.db, folder.path, OPTIONS);
	expect((await loadNetwork(database.db)).region.size, "nothing is half-written").toBe(
		result.status === "done" ? 1 : 0,
	);
	return result.status === "done" ? [] : result.faults.map((fault) => faultLine(fault, language));
}

describe("a fault says where, what and what was expected", () => {
	test.each<[string, Record<string, string | Uint8Array>, string]>([
		["an unknown file", { "kontakte.csv": "key\n" }, "kontakte.csv:1: diese Datei ist unbekannt"],
		["a misspelt file", { "contact.csv": "key\n" }, "gemeint vielleicht „contacts.csv“?"],
		[
			"an unknown column",
			{ "regions.csv": "key,name,kind,parnt\n" },
			"regions.csv:1 parnt: die Spalte „parnt“ gibt es nicht",
		],
		["its nearest", { "regions.csv": "key,name,kind,parnt\n" }, "gemeint vielleicht „parent“?"],
		[
			"a column that is there twice",
			{ "regions.csv": "key,name,kind,name\n" },
			"regions.csv:1 name: die Spalte „name“ steht zweimal da",
		],
		["a missing column", { "regions.csv": "key,name\na,A\n" }, "regions.csv:1 kind: die Spalte „kind“ fehlt"],
		["an empty file", { "regions.csv": "" }, "regions.csv:1: die Kopfzeile fehlt"],
		[
			"a ragged row",
			{ "regions.csv": "key,name,kind\na,A,land\nb,B\n" },
			"regions.csv:3: die Zeile hat 2 Zellen, erwartet: 3 wie die Kopfzeile",
		],
		["an open quote", { "regions.csv": 'key,name,kind\na,"A,land\n' }, "regions.csv:2: ein Anführungszeichen"],
		["text after a quote", { "regions.csv": 'key,name,kind\na,"A"B,land\n' }, "regions.csv:2: nach einem schließenden"],
		[
			"a double key",
			{ "regions.csv": "key,name,kind\na,A,land\na,B,land\n" },
			"regions.csv:3 key: der Schlüssel „a“ steht schon in Zeile 2",
		],
		[
			"a key that is none",
			{ "regions.csv": "key,name,kind\nSachsen!,A,land\n" },
			"regions.csv:2 key: „Sachsen!“ ist nicht zu lesen",
		],
		[
			"an empty cell that must not be",
			{ "regions.csv": "key,name,kind\na, ,land\n" },
			"regions.csv:2 name: die Zelle ist leer",
		],
		[
			"a list of nothing that must not be",
			{ "services.csv": "key,organisation,name,needs\ns,wr,S,|\n" },
			"services.csv:2 needs: die Zelle ist leer",
		],
		[
			"a word that is not on the list",
			{ "regions.csv": "key,name,kind\na,A,distrikt\n" },
			"gemeint vielleicht „district“?",
		],
		[
			"the line after a break in a cell",
			{ "regions.csv": 'key,name,kind\r\na,"A\r\nB",land\r\n\r\nc,C,x\r\n' },
			"regions.csv:5 kind",
		],
		[
			"another encoding",
			{ "regions.csv": Buffer.from("key,name,kind\na,A,land\nb,B\xfcrgeramt,land\n", "latin1") },
			"regions.csv:3: das ist nicht in UTF-8",
		],
		[
			"two bytes a letter",
			{ "regions.csv": Buffer.from("\ufeffkey,name,kind\n", "utf16le") },
			"regions.csv:1: das ist nicht in UTF-8",
		],
		["a formula", { "regions.csv": "key,name,kind\na,=1+1,land\n" }, "regions.csv:2 name: „=1+1“ ist eine Formel"],
		[
			"a formula for a phone",
			{ "contacts.csv": `${CONTACTS}a,wr,A,=49,,,,,,\n` },
			"contacts.csv:2 phone: „=49“ ist eine Formel",
		],
		[
			"too long a cell",
			{ "regions.csv": `key,name,kind\na,${"x".repeat(100_001)},land\n` },
			"regions.csv:2 name: die Zelle hat mehr als 100.000 Zeichen",
		],
		[
			"a null character",
			{ "regions.csv": "key,name,kind\na,A\0,land\n" },
			"regions.csv:2 name: die Zelle enthält ein Nullzeichen",
		],
		[
			"an unknown reference",
			{ "contacts.csv": `${CONTACTS}a,ww,A,,,,,,,\n` },
			"contacts.csv:2 organisation: „ww“ gibt es nicht, erwartet: ein Schlüssel aus organisations",
		],
		[
			"and what it may mean",
			{
				"regions.csv": `${BASE["regions.csv"]}b,B,district,\n`
					.replace("kind\n", "kind,parent\n")
					.replace("land\n", "land,sachsn\n"),
			},
			"gemeint vielleicht „sachsen“?",
		],
		[
			"a phone number that is none",
			{ "contacts.csv": `${CONTACTS}a,wr,A,0351 abc,,,,,,\n` },
			"contacts.csv:2 phone: „0351 abc“",
		],
		[
			"opening hours that are none",
			{ "contacts.csv": `${CONTACTS}a,wr,A,,blah,,,,,\n` },
			"contacts.csv:2 hours: „blah“",
		],
		[
			"a language that is none",
			{ "contacts.csv": `${CONTACTS}a,wr,A,,,de|deutsch,,,,\n` },
			"contacts.csv:2 languages: „deutsch“",
		],
		[
			"a deputy for oneself",
			{ "contacts.csv": `${CONTACTS}a,wr,A,,,,a,,,\n` },
			"contacts.csv:2 deputy: „a“ kann sich nicht selbst vertreten",
		],
		[
			"a truth value that is none",
			{ "contacts.csv": `${CONTACTS}a,wr,A,,,,,maybe,,\n` },
			"contacts.csv:2 on_call: „maybe“ ist nicht zu lesen, erwartet: yes oder no",
		],
		[
			"a date that is none",
			{ "contacts.csv": `${CONTACTS}a,wr,A,,,,,,30.02.2026,\n` },
			"contacts.csv:2 verified_on: „30.02.2026“",
		],
		[
			"a local time that is none",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T25:00;;;;;;;\n` },
			"events.csv:2 start: „2026-01-01T25:00“",
		],
		[
			"a duration that is none",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T10:00;;;;2h;;;\n` },
			"events.csv:2 duration: „2h“",
		],
		[
			"a zone that is none",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T10:00;;;;;Europa/Berlin;;\n` },
			"events.csv:2 timezone: „Europa/Berlin“",
		],
		[
			"a Land that is none",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T10:00;;;;;;DE-XX;\n` },
			"events.csv:2 skip_holidays: „DE-XX“",
		],
		[
			"a rule that is none",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T10:00;FREQ=SOMETIMES;;;;;;\n` },
			"events.csv:2 rrule:",
		],
		[
			"a move of no occurrence",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T10:00;FREQ=DAILY;02.01.2026 11:00>03.01.2026 10:00;;;;;\n` },
			"events.csv:2 moved: 2026-01-02T11:00 ist kein Termin dieser Reihe",
		],
		[
			"a move that is none",
			{ "events.csv": `${EVENTS}e;E;training;2026-01-01T10:00;FREQ=DAILY;2026-01-02T10:00;;;;;\n` },
			"events.csv:2 moved: „2026-01-02T10:00“ ist nicht zu lesen",
		],
		[
			"votes that are none",
			{ "decisions.csv": "key,decided_on,text,votes\nd,2026-01-01,T,12/1\n" },
			"decisions.csv:2 votes: „12/1“",
		],
		[
			"a circle of regions",
			{ "regions.csv": "key,name,kind,parent\na,A,land,b\nb,B,district,c\nc,C,district,a\n" },
			"regions.csv:2 parent: die Verweise drehen sich im Kreis: a → b → c → a",
		],
		[
			"a decision that supersedes itself",
			{ "decisions.csv": "key,decided_on,text,supersedes\nd,2026-01-01,T,d\n" },
			"decisions.csv:2 supersedes: die Verweise drehen sich im Kreis",
		],
		[
			"a count that is none",
			{ "materials.csv": "key,title,publisher,stock\nm,M,wr,-1\n" },
			"materials.csv:2 stock: „-1“",
		],
		[
			"a signatory without organisation",
			{ "agreements.csv": "key,title,kind,parties,signatories\na,A,accession,wr,Frau Meier\n" },
			"agreements.csv:2 signatories: „Frau Meier“",
		],
		[
			"a signatory for nobody",
			{ "agreements.csv": "key,title,kind,parties,signatories\na,A,accession,wr,Frau Meier (xx)\n" },
			"agreements.csv:2 signatories: „xx“ gibt es nicht",
		],
		[
			"an official key of the wrong length",
			{ "regions.csv": "key,name,kind,ags\na,A,land,147\n" },
			"regions.csv:2 ags: „147“",
		],
		[
			"a figure of no programme",
			{ "figures.csv": "key,programme,label,value,as_of\nf,Nirgends,x,1,2026-01-01\n" },
			"figures.csv:2 programme: „Nirgends“ gibt es nicht",
		],
		[
			"an address of two channels",
			{ "channels.csv": "key,platform,address\na,slack,C1\nb,slack,C1\n" },
			"channels.csv:3 address: diese Adresse hat schon der Kanal „a“",
		],
	])("%s", async (_, files, expected) => {
		expect((await faultsOf(files)).join("\n")).toContain(expected);
	});

	test("all of them at once, in both languages, also several of one row", async () => {
		const faults = await faultsOf(
			{ "contacts.csv": `${CONTACTS}a,nobody,,0351 abc,,,,,,secret\nb,wr,B,,blah,,,,,\n`, "x.txt": "" },
			"en",
		);
		expect(faults.map((fault) => fault.split(":").slice(0, 2).join(":"))).toEqual([
			"x.txt:1",
			"contacts.csv:2 name",
			"contacts.csv:2 organisation",
			"contacts.csv:2 phone",
			"contacts.csv:2 visibility",
			"contacts.csv:3 hours",
		]);
		expect(faults[3]).toBe(
			'contacts.csv:2 phone: "0351 abc" cannot be read, expected: a phone number such as +49 351 56430400, 0351 56430400 or 116117',
		);
	});

	test("machine-readable", async () => {
		await using database = await testDatabase();
		await using folder = await testFolder({ "regions.csv": "key,name,kind\na,A,lnd\n" });
		const result = await importFolder(database.db, folder.path, OPTIONS);
		expect(result.status === "invalid" && result.faults.map((fault) => faultJson(fault, "en"))).toEqual([
			{
				file: "regions.csv",
				line: 2,
				column: "kind",
				problem: '"lnd" cannot be read',
				expected: "one of land, police_district, district, municipality",
				nearest: "land",
			},
		]);
	});

	test("a path that is no folder is refused in words", async () => {
		await using database = await testDatabase();
		await expect(importFolder(database.db, "/nowhere", OPTIONS)).rejects.toThrow(
			'There is no folder or file "/nowhere"',
		);
	});
});
