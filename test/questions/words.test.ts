import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOpen } from "../../src/lib/opening-hours.ts";
import { near, nearIndex } from "../../src/questions/edits.ts";
import { fold, root, stem, tokens } from "../../src/questions/fold.ts";
import { timeOf } from "../../src/questions/time.ts";
import { languageOf, vocabulary } from "../../src/questions/vocabulary.ts";

describe("folding", () => {
	test("umlauts may be written out or dropped", () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom("bä", "kö", "tü", "ß", "b", "ko", "ta", "nei", "r")), (parts) => {
				const word = parts.join("");
				const out = word.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss");
				expect(fold(out)).toBe(fold(word));
				expect(fold(word.toUpperCase())).toBe(fold(word));
			}),
		);
		expect(fold("Goerlitz")).toBe(fold("Gorlitz"));
		expect(fold("Bauer")).toBe("bauer");
	});

	test("cases, numbers and female forms have one stem", () => {
		for (const [one, other] of [
			["Leiterin", "Leiter"],
			["Präventionsräte", "Präventionsrat"],
			["Polizeipräsidien", "Polizeipräsidium"],
			["Opferschutzbeauftragter", "Opferschutzbeauftragte"],
			["Vereinbarungen", "Vereinbarung"],
			["Landkreises", "Landkreis"],
		] as const) {
			expect(stem(fold(one)), one).toBe(stem(fold(other)));
		}
		expect(root(fold("Beleuchtung"))).toBe(root(fold("beleuchtet")));
	});

	test("any text is read without harm", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), (text) => {
				expect(tokens(text).every((token) => token.word !== "" || token.raw !== "")).toBe(true);
			}),
		);
	});
});

describe("slips", () => {
	const slip = fc
		.tuple(fc.stringMatching(/^[a-z]{6,12}$/), fc.nat(), fc.constantFrom("swap", "drop", "double"))
		.map(([word, place, kind]) => {
			const at = 1 + (place % (word.length - 2));
			if (kind === "swap")
				return [word, word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)] as const;
			if (kind === "drop") return [word, word.slice(0, at) + word.slice(at + 1)] as const;
			return [word, word.slice(0, at) + word.charAt(at) + word.slice(at)] as const;
		});

	test("a word with one slip is near, and found", () => {
		fc.assert(
			fc.property(slip, ([word, typed]) => {
				expect(near(word, typed)).toBe(true);
				expect(nearIndex([word]).find(typed)).toEqual([word]);
			}),
		);
	});

	test("short names and other first letters are other names", () => {
		expect(nearIndex(["melle"]).find("celle")).toEqual([]);
		expect(near("meyer", "maier")).toBe(false);
	});
});

describe("spans of time", () => {
	const today = Temporal.PlainDate.from("2026-11-22");
	const span = (text: string, past = false) => {
		const words = tokens(text);
		const found = timeOf(words, vocabulary.tags(languageOf(text), words), today, past);
		return found && [found.from, found.to];
	};

	test.each([
		["Termine im Dezember", "2026-12-01", "2026-12-31"],
		["Termine im Januar", "2027-01-01", "2027-01-31"],
		["in den nächsten sechs Monaten", "2026-11-22", "2027-05-22"],
		["within the next 3 months", "2026-11-22", "2027-02-22"],
		["nächsten Monat", "2026-12-01", "2026-12-31"],
		["diese Woche", "2026-11-16", "2026-11-22"],
		["next week", "2026-11-23", "2026-11-29"],
		["KW 49", "2026-11-30", "2026-12-06"],
		["Ende März", "2027-03-21", "2027-03-31"],
		["this quarter", "2026-10-01", "2026-12-31"],
		["im 1. Quartal 2027", "2027-01-01", "2027-03-31"],
		["im Jahr 2023", "2023-01-01", "2023-12-31"],
		["am 3.12.2026", "2026-12-03", "2026-12-03"],
		["am 3. Dezember", "2026-12-03", "2026-12-03"],
		["on 3 March 2027", "2027-03-03", "2027-03-03"],
		["morgen", "2026-11-23", "2026-11-23"],
		["vom 1.12.2026 bis 15.12.2026", "2026-12-01", "2026-12-15"],
		["dieses Jahr", "2026-01-01", "2026-12-31"],
	])("%s", (text, from, to) => {
		expect(span(text)).toEqual([from, to]);
	});

	test("looking back, a month is the last one; bis and seit leave an end open", () => {
		expect(span("im Oktober", true)).toEqual(["2026-10-01", "2026-10-31"]);
		expect(span("im Dezember", true)).toEqual(["2025-12-01", "2025-12-31"]);
		expect(span("bis Ende März")).toEqual([null, "2027-03-31"]);
		expect(span("seit 2024")).toEqual(["2024-01-01", null]);
		expect(span("Wer ist zuständig?")).toBeNull();
	});
});

describe("opening hours", () => {
	const open = (hours: string, at: string, land: string | null = "DE-SN") =>
		isOpen(hours, Temporal.PlainDateTime.from(at), land);

	test("nights, weekends and the holidays of the Land", () => {
		const hours = "Mo-Fr 16:00-08:00; Sa-Su 00:00-24:00; PH 00:00-24:00";
		expect(open(hours, "2026-11-24T03:00")).toBe(true);
		expect(open(hours, "2026-11-24T12:00")).toBe(false);
		// Buß- und Bettag is a holiday in Saxony alone.
		expect(open(hours, "2026-11-18T12:00")).toBe(true);
		expect(open(hours, "2026-11-18T12:00", "DE-TH")).toBe(false);
		// 15 August is none in all of Bavaria.
		expect(open("Mo-Fr 08:00-16:00; PH off", "2028-08-15T12:00", "DE-BY")).toBe(true);
		expect(open("24/7", "2026-12-24T23:59", null)).toBe(true);
		expect(open("gibberish", "2026-12-24T12:00")).toBe(false);
	});
});
