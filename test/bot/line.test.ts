import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quote, readLine } from "../../src/bot/line.ts";

const words = (line: string) => readLine(line).words.map((token) => token.value);
const options = (line: string) =>
	Object.fromEntries(readLine(line).options.map((option) => [option.name, option.tokens.map((token) => token.value)]));

describe("a command line", () => {
	test("splits at spaces", () => expect(words("beschluss  eins\tzwei")).toEqual(["beschluss", "eins", "zwei"]));

	test.each([
		['"Der Newsletter erscheint"', "Der Newsletter erscheint"],
		["„Der Newsletter erscheint“", "Der Newsletter erscheint"],
		["„Der Newsletter erscheint”", "Der Newsletter erscheint"],
		["“Der Newsletter erscheint”", "Der Newsletter erscheint"],
		["»Der Newsletter erscheint«", "Der Newsletter erscheint"],
		['"Der „Newsletter“ erscheint"', "Der „Newsletter“ erscheint"],
		['"a \\"b\\" c"', 'a "b" c'],
		['""', ""],
	])("%s is one value", (line, value) => expect(words(line)).toEqual([value]));

	test("an unclosed quote is said with its place", () => {
		expect(readLine('beschluss "Der Newsletter').unclosed).toBe(10);
		expect(readLine("beschluss „Der Newsletter --bis morgen").unclosed).toBe(10);
		expect(readLine('beschluss "fertig"').unclosed).toBeNull();
	});

	test("an option takes the words up to the next one", () => {
		expect(options("x --bis 3. März 9 Uhr --zuständig Stadt Leipzig")).toEqual({
			bis: ["3.", "März", "9", "Uhr"],
			zuständig: ["Stadt", "Leipzig"],
		});
	});

	test("an option's value may follow = and stand in quotes", () => {
		expect(options('x --bis="31.03.2027" --ort="Rathaus Pirna"')).toEqual({
			bis: ["31.03.2027"],
			ort: ["Rathaus Pirna"],
		});
	});

	test("what follows a quoted value belongs to the command", () => {
		expect(words('beschluss --bis "31.03.2027" "Der Text"')).toEqual(["beschluss", "Der Text"]);
	});

	test("several quoted values by |", () =>
		expect(options('x --zuständig "Stadt A"|"Stadt B"')).toEqual({ zuständig: ["Stadt A|Stadt B"] }));

	test("typographic dashes from a phone's keyboard are options too", () =>
		expect(options("x —bis morgen")).toEqual({ bis: ["morgen"] }));

	test("a dash inside a sentence is none", () => expect(readLine("a - b -- c").options).toEqual([]));

	test("whatever is quoted comes back whole", () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 4 }), (values) => {
				const kept = values.map((value) => value.replace(/\p{Cc}/gu, ""));
				expect(words(kept.map(quote).join(" "))).toEqual(kept);
			}),
			{ numRuns: 2000 },
		);
	});

	test("values full of quotes and dashes come back whole", () => {
		const nasty = fc.string({
			unit: fc.constantFrom('"', "„", "“", "”", "»", "«", "\\", "|", "-", " ", "a", "="),
			maxLength: 12,
		});
		fc.assert(
			fc.property(nasty, nasty, (a, b) => {
				const line = readLine(`x ${quote(a)} --o=${quote(b)}`);
				expect(line.unclosed).toBeNull();
				expect(line.words.map((token) => token.value)).toEqual(["x", a]);
				expect(line.options.map((option) => option.tokens.map((token) => token.value))).toEqual([[b]]);
			}),
			{ numRuns: 3000 },
		);
	});

	test("nothing makes it throw, and 10,000 characters are read at once", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (line) => void readLine(line)),
			{ numRuns: 2000 },
		);
		expect(words("wort ".repeat(2000))).toHaveLength(2000);
	});
});
