import { describe, expect, test } from "vitest";
import { commands } from "../../commands/index.ts";
import { grammarOf, isSentence } from "../../src/bot/grammar.ts";

const grammar = grammarOf(commands);
const named = (line: string) => grammar.find(line)?.command.name ?? null;

describe("a line's command", () => {
	test.each([
		["beschluss Der Newsletter erscheint", "decision new"],
		["beschluss liste offen", "decision list"],
		["BESCHLUSS ZURÜCK B-2027-001", "decision undo"],
		["beschluss zurueck B-2027-001", "decision undo"],
		["termin neu Schulung", "event new"],
		["termin Leipzig", "event list"],
		["event cancel Grundkurs", "event cancel"],
		["wer ist zuständig", null],
		["", null],
	])("%s → %s", (line, name) => expect(named(line)).toBe(name));

	test("what follows its words is kept as typed", () => {
		expect(grammar.find('beschluss  "Der  Text" --bis morgen')?.rest).toBe('"Der  Text" --bis morgen');
	});
});

describe("the nearest command", () => {
	test.each([
		["beschlus liste", "beschluss liste"],
		["kontackt Leipzig", "kontakt"],
		["erinerungen", "erinnerungen"],
	])("%s → %s", (line, near) => expect(grammar.nearest(line, "de")).toContain(near));

	test("of a sentence is none", () => {
		expect(grammar.nearest("Wann ist der nächste Grundkurs Opferhilfe", "de")).toEqual([]);
		expect(grammar.nearest("xyzzy", "de")).toEqual([]);
	});
});

describe("a sentence", () => {
	test.each(["Opferschutz Zwickau?", "wer hilft in Zwickau", "and who is the deputy"])("%s", (line) =>
		expect(isSentence(line)).toBe(true),
	);
	test.each(["Opferschutz Zwickau", "Faltblatt Hilfe für Opfer", ""])("%s is none", (line) =>
		expect(isSentence(line)).toBe(false),
	);
});

test("no two commands are invoked by the same words", () => {
	for (const language of ["de", "en"] as const) {
		const words = commands.flatMap((command) => command.words[language].map((each) => each.toLowerCase()));
		expect(words.filter((each, index) => words.indexOf(each) !== index)).toEqual([]);
	}
});
