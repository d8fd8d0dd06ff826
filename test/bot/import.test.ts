import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/lib/errors.ts";
import { type Posted, type TestBot, type TestBotOptions, testBot } from "../support/chat.ts";
import { testDatabase } from "../support/database.ts";
import { contact, organisation } from "../support/network.ts";

const ADMIN = "U-ADMIN";
const DIRECT = { direct: true };

const RECORDS = {
	organisation: [organisation({ key: "stadt-a", name: "Stadt A", kind: "municipality" })],
	contact: [contact({ key: "anna", name: "Anna Amsel", organisation: "stadt-a", phone: "+49341100" })],
};
const HEADER = "key,name,organisation,phone";
const CONTACTS = `${HEADER}\nanna,Anna Amsel,stadt-a,+49 341 200\nbert,Bert Buche,stadt-a,+49 341 300\n`;

const bot = (more: TestBotOptions = {}) => testBot({ records: RECORDS, ...more });
const drop = (to: TestBot, files: Record<string, string | Uint8Array>, words = "", who = ADMIN) =>
	to.say(who, words, { ...DIRECT, files });

/** Presses a button of what was posted, as whom it was shown to. */
async function press(on: TestBot, posted: readonly Posted[], label: string, who = ADMIN): Promise<string> {
	const action = posted.flatMap((each) => each.actions).find((each) => each.label === label);
	if (!action) throw new Error(`no button ${label} in: ${posted.map((each) => each.text).join("\n")}`);
	return on.ask(who, action.line, { ...DIRECT, entry: "button", id: randomUUID() });
}
const phones = async (on: TestBot) =>
	(await on.db.contact.findMany({ orderBy: { key: "asc" }, select: { key: true, phone: true } })).map(
		({ key, phone }) => `${key} ${phone}`,
	);
const kept = (on: TestBot) => on.db.uploadFile.count();

describe("an administrator drops a file into the direct message", () => {
	test("sees what would change, and imports it by button", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		expect(shown.map((each) => each.text).join("\n")).toMatchInlineSnapshot(`
			"Geprüft, ohne Fehler. Soll das übernommen werden?
			Tabelle | neu | geändert | gleich
			contacts | 1 | 1 | 0
			Geändert
			• Anna Amsel (anna): phone
			Neu
			• Bert Buche (bert)
			[1] Übernehmen
			[2] Verwerfen
			Es wurde nichts geschrieben. Die Datei wird nach einer Stunde gelöscht, wenn Sie sie nicht vorher übernehmen."
		`);
		expect(await phones(chat)).toEqual(["anna +49341100"]);
		expect(await press(chat, shown, "Übernehmen")).toMatchInlineSnapshot(`
			"Übernommen
			Tabelle | neu | geändert | gleich
			contacts | 1 | 1 | 0"
		`);
		expect(await phones(chat)).toEqual(["anna +49341200", "bert +49341300"]);
		expect(
			await chat.db.audit.findMany({ select: { command: true, status: true, records: true, userId: true } }),
		).toEqual([
			{ command: "import confirm", status: "done", records: ["contact/anna", "contact/bert"], userId: ADMIN },
		]);
		expect(await kept(chat)).toBe(0);
		expect(await chat.ask(ADMIN, "telefon von bert buche", DIRECT)).toContain("Bert");
	});

	test.each(["import", "!importieren", "einlesen", "hier die neuen Kontakte"])("with the words “%s”", async (words) => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS }, words);
		expect(shown[0]?.actions.map(({ label }) => label)).toEqual(["Übernehmen", "Verwerfen"]);
	});

	test("discards it", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		expect(await press(chat, shown, "Verwerfen")).toMatch(/Verworfen/);
		expect(await press(chat, shown, "Übernehmen")).toBe("Diese Datei ist verworfen.");
		expect(await phones(chat)).toEqual(["anna +49341100"]);
		expect(await kept(chat)).toBe(0);
	});

	test("answers by number or by word where there are no buttons", async () => {
		await using chat = await bot();
		await drop(chat, { "contacts.csv": CONTACTS });
		expect(await chat.ask(ADMIN, "1", DIRECT)).toMatch(/^Übernommen/);
		await drop(chat, { "contacts.csv": CONTACTS.replace("200", "999") });
		expect(await chat.ask(ADMIN, "verwerfen", DIRECT)).toMatch(/^Verworfen/);
		await drop(chat, { "contacts.csv": CONTACTS.replace("200", "999") });
		expect(await chat.ask(ADMIN, "import übernehmen", DIRECT)).toMatch(/^Übernommen/);
	});

	test("a double click does nothing twice", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		const line = shown[0]?.actions[0]?.line ?? "";
		const twice = [1, 2].map(() => chat.message(ADMIN, line, { ...DIRECT, entry: "button" }));
		await chat.port("slack").receive(twice);
		await chat.settle();
		expect(
			chat.sent
				.slice(-2)
				.map((each) => each.text.split("\n")[0])
				.sort(),
		).toEqual(["Diese Datei ist bereits übernommen.", "Übernommen"]);
		expect(await chat.db.audit.count({ where: { command: "import confirm", status: "done" } })).toBe(1);
	});

	test("an unchanged file asks for nothing", async () => {
		await using chat = await bot();
		const posted = await drop(chat, { "contacts.csv": `${HEADER}\nanna,Anna Amsel,stadt-a,+49 341 100\n` });
		expect(posted).toMatchObject([{ text: "Nichts zu tun: Alles ist schon genau so eingetragen.", actions: [] }]);
		expect(await kept(chat)).toBe(0);
	});

	test("what the file lacks is deleted only when --prune was typed, and named", async () => {
		await using chat = await bot();
		const bert = { "contacts.csv": `${HEADER}\nbert,Bert Buche,stadt-a,\n` };
		expect((await drop(chat, bert))[0]?.text).not.toMatch(/\| gelöscht|^Gelöscht/mu);
		const shown = await drop(chat, bert, "import --prune");
		expect(shown[0]?.text).toMatch(/Gelöscht\n• Anna Amsel \(anna\)/);
		await press(chat, shown, "Übernehmen");
		expect(await phones(chat)).toEqual(["bert null"]);
	});

	test("--prune may follow the file", async () => {
		await using chat = await bot();
		await drop(chat, { "contacts.csv": `${HEADER}\nbert,Bert Buche,stadt-a,\n` });
		expect(await chat.ask(ADMIN, "import --löschen", DIRECT)).toMatch(/Gelöscht\n• Anna Amsel/);
	});

	test("the word alone says how", async () => {
		await using chat = await bot();
		expect(await chat.ask(ADMIN, "import", DIRECT)).toMatch(/Legen Sie die Datei einfach hierher/);
		expect(await chat.ask("operator", "import")).toMatch(/npx lotse import PFAD/);
	});
});

describe("export", () => {
	test("the workbook comes privately, reads back unchanged, is audited, and is not kept", async () => {
		await using chat = await bot();
		const [sent] = await chat.say(ADMIN, "exportieren", { slash: true });
		expect(sent).toMatchObject({ recipient: ADMIN, text: expect.stringMatching(/Personendaten/) });
		const book = sent?.files[0];
		expect(book?.name).toBe("netzwerk-2026-11-22.xlsx");
		const bytes = Buffer.from(book?.base64 ?? "", "base64");
		const back = await drop(chat, { "netzwerk.xlsx": bytes });
		expect(back[0]?.text).toBe("Nichts zu tun: Alles ist schon genau so eingetragen.");
		expect(await chat.db.audit.count({ where: { command: "export", userId: ADMIN, status: "done" } })).toBe(1);
		const rows = await chat.db.delivery.findMany({ select: { body: true } });
		expect(JSON.stringify(rows)).not.toContain(bytes.toString("base64").slice(0, 40));
	});

	test("only administrators get it, and only where files can be received", async () => {
		await using chat = await bot();
		expect(await chat.ask("U-ANY", "export", DIRECT)).toMatch(/fehlt Ihnen die Rolle/);
		expect(await chat.ask("operator", "export")).toMatch(/npx lotse export/);
	});
});

describe("a workbook", () => {
	test("that was exported, changed and sent back is imported", async () => {
		await using chat = await bot();
		const [sent] = await chat.say(ADMIN, "export", DIRECT);
		await chat.db.contact.update({ where: { key: "anna" }, data: { phone: null } });
		const shown = await drop(chat, { "netzwerk.xlsx": Buffer.from(sent?.files[0]?.base64 ?? "", "base64") });
		expect(shown[0]?.text).toMatch(/Geändert\n• Anna Amsel \(anna\): phone/);
		await press(chat, shown, "Übernehmen");
		expect(await phones(chat)).toEqual(["anna +49341100"]);
	});
});

describe("faults", () => {
	const BAD = `${HEADER}\nanna,Anna Amsel,stadt-b,+49 341 200\nbert,,stadt-a,keine\n`;

	test("are shown as a table with file, line and column, and nothing can be confirmed", async () => {
		await using chat = await bot();
		const posted = await drop(chat, { "contacts.csv": BAD });
		expect(posted[0]?.text).toMatchInlineSnapshot(`
			"3 Fehler. Es wurde nichts eingelesen.
			Stelle | Was ist falsch | Erwartet | Gemeint?
			contacts.csv:2 organisation | „stadt-b“ gibt es nicht | ein Schlüssel aus organisations | stadt-a
			contacts.csv:3 name | die Zelle ist leer | ein Text | 
			contacts.csv:3 phone | „keine“ ist nicht zu lesen | eine Telefonnummer wie +49 351 56430400, 0351 56430400 oder 116117 | 
			fehler.xlsx
			Bitte verbessern Sie die Datei und schicken Sie sie noch einmal. Fehlt nur eine weitere Tabelle, dann schicken Sie sie nach: Beide werden zusammen geprüft."
		`);
		expect(posted[0]?.actions).toEqual([]);
		// The attached workbook holds the same rows, marked: sent back as it is, it has the same faults.
		const book = posted[0]?.files[0];
		expect(book?.name).toBe("fehler.xlsx");
		const again = await drop(chat, { "fehler.xlsx": Buffer.from(book?.base64 ?? "", "base64") });
		expect(again[0]?.text).toMatch(/^3 Fehler/);
		await drop(chat, { "contacts.csv": BAD });
		expect(await chat.ask(ADMIN, "import übernehmen", DIRECT)).toMatch(/Fehler/);
		expect(await phones(chat)).toEqual(["anna +49341100"]);
	});

	test("the first twenty are shown, all are in the file", async () => {
		await using chat = await bot();
		const rows = Array.from({ length: 50 }, (_, index) => `k${index},,stadt-a,`).join("\n");
		const [posted] = await drop(chat, { "contacts.csv": `${HEADER}\n${rows}\n` });
		expect(posted?.text).toMatch(/^50 Fehler/);
		expect(posted?.text.match(/contacts\.csv:\d+ name/g)).toHaveLength(20);
		expect(posted?.text).toContain("30 weitere stehen in der Datei");
	});

	test("a table that is missing may be sent after", async () => {
		await using chat = await bot();
		const [first] = await drop(chat, { "contacts.csv": `${HEADER}\ncarl,Carl Clemens,stadt-c,\n` });
		expect(first?.text).toMatch(/stadt-c/);
		const shown = await drop(chat, { "organisations.csv": "key,name,kind\nstadt-c,Stadt C,municipality\n" });
		expect(shown[0]?.text).toMatch(/Zusammen geprüft mit: contacts\.csv/);
		expect(await press(chat, shown, "Übernehmen")).toMatch(/^Übernommen/);
		expect(await chat.db.contact.count({ where: { key: "carl" } })).toBe(1);
	});

	test("a mended file takes the place of the faulty one", async () => {
		await using chat = await bot();
		await drop(chat, { "contacts.csv": BAD });
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		expect(shown[0]?.text).not.toMatch(/Zusammen/);
		expect(await press(chat, shown, "Übernehmen")).toMatch(/^Übernommen/);
	});
});

describe("between the check and the confirmation", () => {
	test("the database changed: the new plan is shown and asked for again", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		await chat.db.contact.update({ where: { key: "anna" }, data: { phone: "+49341777" } });
		const again = await chat.say(ADMIN, shown[0]?.actions[0]?.line ?? "", { ...DIRECT, entry: "button" });
		expect(again[0]?.text).toMatch(/Seit der Prüfung hat sich etwas geändert/);
		expect(await phones(chat)).toEqual(["anna +49341777"]);
		await press(chat, again, "Übernehmen");
		expect(await phones(chat)).toEqual(["anna +49341200", "bert +49341300"]);
	});

	test("the database changed so that the file no longer fits", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": `${HEADER}\nbert,Bert Buche,stadt-a,\n` });
		await chat.db.contact.deleteMany();
		await chat.db.organisation.delete({ where: { key: "stadt-a" } });
		expect(await press(chat, shown, "Übernehmen")).toMatch(/contacts\.csv:2 organisation/);
		expect(await phones(chat)).toEqual([]);
	});

	test("a restart and another instance: the button still works", async () => {
		await using database = await testDatabase();
		const before = await bot({ database });
		const shown = await drop(before, { "contacts.csv": CONTACTS });
		await before.close();
		await using after = await testBot({ database });
		expect(await press(after, shown, "Übernehmen")).toMatch(/^Übernommen/);
		expect(await phones(after)).toEqual(["anna +49341200", "bert +49341300"]);
	});

	test("an hour passed: the contents are gone, the button says so", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		chat.clock.set("2026-11-22T09:00:01Z");
		expect(await press(chat, shown, "Übernehmen")).toMatch(/Nach einer Stunde wird sie gelöscht/);
		await chat.tick();
		expect([await kept(chat), await chat.db.upload.count()]).toEqual([0, 0]);
		expect(await phones(chat)).toEqual(["anna +49341100"]);
	});

	test("nobody else confirms it, also no other administrator", async () => {
		await using chat = await bot();
		const shown = await drop(chat, { "contacts.csv": CONTACTS });
		const line = shown[0]?.actions[0]?.line ?? "";
		expect(await chat.ask("U-OTHER", line, { ...DIRECT, entry: "button" })).toMatch(/fehlt Ihnen die Rolle/);
		expect(await chat.ask("@admin:lab.test", line, { ...DIRECT, entry: "button" })).toMatch(/jemand anderes geschickt/);
		expect(await phones(chat)).toEqual(["anna +49341100"]);
	});
});

describe("who may, and where", () => {
	test("anybody else is told who may, and the file is not fetched", async () => {
		let fetched = 0;
		await using chat = await bot({
			download: async () => {
				fetched++;
				return new Uint8Array();
			},
		});
		const said = await drop(chat, { "contacts.csv": CONTACTS }, "", "U-GUEST");
		expect(said).toMatchObject([
			{
				text: expect.stringMatching(/^Ihre Datei wurde nicht abgerufen\.\nDafür fehlt Ihnen die Rolle „Administrator“/),
			},
		]);
		expect(fetched).toBe(0);
		expect(await chat.db.audit.count({ where: { command: "import", status: "refused" } })).toBe(1);
	});

	test("in a channel a file is nobody's business; the bot addressed points to the direct message", async () => {
		await using chat = await bot();
		const files = { "contacts.csv": CONTACTS };
		expect(await chat.say(ADMIN, "unsere Liste", { files, entry: "answer" })).toEqual([]);
		expect(await chat.ask(ADMIN, "import", { files })).toMatch(/nur in der Direktnachricht/);
		expect(await kept(chat)).toBe(0);
	});

	test("a picture beside a question does not hinder the answer", async () => {
		await using chat = await bot();
		expect(await chat.ask(ADMIN, "wer ist Anna Amsel?", { ...DIRECT, files: { "foto.png": "x" } })).toMatch(
			/Anna Amsel/,
		);
		expect(await chat.ask(ADMIN, "", { ...DIRECT, files: { "foto.png": "x" } })).toMatch(/foto\.png.*weder/);
	});
});

describe("hostile files", () => {
	const refused = async (files: Record<string, string | Uint8Array>) => {
		await using chat = await bot();
		const text = (await drop(chat, files)).map((each) => each.text).join("\n");
		expect(await phones(chat)).toEqual(["anna +49341100"]);
		expect(await chat.db.upload.count({ where: { state: "waiting" } })).toBe(0);
		return text;
	};

	test("a sign-in page in the place of the file", async () => {
		expect(await refused({ "contacts.csv": "<!DOCTYPE html><title>Sign in | Slack</title>" })).toMatch(/Fehler/);
	});
	test("a formula", async () => {
		const formula = `${HEADER}\nbert,"=HYPERLINK(""http://evil.example"")",stadt-a,\n`;
		expect(await refused({ "contacts.csv": formula })).toMatch(/contacts\.csv:2 name/);
	});
	test("a file that is no workbook, an old one, one with macros", async () => {
		expect(await refused({ "network.xlsx": "PK nothing" })).toMatch(/network\.xlsx/);
		expect(await refused({ "network.xls": "x" })).toMatch(/altes? Excel|alten Excel/);
		expect(await refused({ "network.xlsm": "x" })).toMatch(/Makros/);
	});
	test("names that lead elsewhere or hide what they are", async () => {
		expect(await refused({ "../../etc/contacts.csv": "key\n" })).not.toContain("etc");
		expect(await refused({ "a\u202Evsc.exe": "x" })).not.toContain("\u202E");
		expect(await refused({ [`${"x".repeat(5_000)}.csv`]: "key\n" })).not.toContain("x".repeat(200));
	});
	test("two files of the same name, a workbook beside a table", async () => {
		expect(await refused({ "a/contacts.csv": CONTACTS, "b/contacts.csv": CONTACTS })).toMatch(/zweimal/);
		expect(await refused({ "network.xlsx": "x", "contacts.csv": CONTACTS })).toMatch(/entweder/);
	});
	test("too large a file, whatever its size is said to be", async () => {
		await using said = await bot({ download: async () => new Uint8Array() });
		const huge = { name: "contacts.csv", mediaType: null, size: 21 * 1024 * 1024, ref: "huge" };
		await said.port("slack").receive([{ ...said.message(ADMIN, "", DIRECT), files: [huge] }]);
		await said.settle();
		expect(said.sent[0]?.text).toMatch(/20 MiB.*npx lotse import/);
		await using lied = await bot({
			download: async (_, most) => {
				throw new UserError({ de: `größer als ${most / 1024 / 1024} MiB`, en: "" });
			},
		});
		expect((await drop(lied, { "contacts.csv": "x" }))[0]?.text).toBe("größer als 20 MiB");
	});
});
