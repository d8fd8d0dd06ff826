import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRule } from "../../../src/lib/time/rule-words.ts";
import { showRule } from "../../../src/lib/time/show-rule.ts";
import { rules } from "./rules.ts";

/** A Tuesday. */
const start = Temporal.PlainDateTime.from("2027-01-12T16:00");

test.each([
	["jeden Dienstag", "FREQ=WEEKLY;BYDAY=TU"],
	["dienstags", "FREQ=WEEKLY;BYDAY=TU"],
	["jeden Dienstag und Donnerstag", "FREQ=WEEKLY;BYDAY=TU,TH"],
	["every monday, wednesday and friday", "FREQ=WEEKLY;BYDAY=MO,WE,FR"],
	["jeden zweiten Dienstag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
	["every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
	["jeden 2. Dienstag im Monat", "FREQ=MONTHLY;BYDAY=2TU"],
	["jeden zweiten Dienstag im Monat um 16 Uhr", "FREQ=MONTHLY;BYDAY=2TU"],
	["every third Tuesday of the month", "FREQ=MONTHLY;BYDAY=3TU"],
	["monatlich am letzten Donnerstag", "FREQ=MONTHLY;BYDAY=-1TH"],
	["jeden 1. und 3. Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO,3MO"],
	["every first Monday", "FREQ=MONTHLY;BYDAY=1MO"],
	["jeden letzten Freitag", "FREQ=MONTHLY;BYDAY=-1FR"],
	["alle 6 Wochen mittwochs", "FREQ=WEEKLY;INTERVAL=6;BYDAY=WE"],
	["alle sechs Wochen am Mittwoch", "FREQ=WEEKLY;INTERVAL=6;BYDAY=WE"],
	["alle 2 Monate am 2. Dienstag", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU"],
	["vierteljährlich am dritten Mittwoch", "FREQ=MONTHLY;INTERVAL=3;BYDAY=3WE"],
	["jährlich", "FREQ=YEARLY"],
	["jedes Jahr am ersten Freitag im Dezember", "FREQ=YEARLY;BYMONTH=12;BYDAY=1FR"],
	["jährlich am 3. März", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"],
	["every year on 3 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"],
	["vierteljährlich", "FREQ=MONTHLY;INTERVAL=3"],
	["halbjährlich", "FREQ=MONTHLY;INTERVAL=6"],
	["every other week", "FREQ=WEEKLY;INTERVAL=2"],
	["jede zweite Woche", "FREQ=WEEKLY;INTERVAL=2"],
	["wöchentlich", "FREQ=WEEKLY"],
	["monatlich", "FREQ=MONTHLY"],
	["monatlich am 15.", "FREQ=MONTHLY;BYMONTHDAY=15"],
	["am 15. jeden Monats", "FREQ=MONTHLY;BYMONTHDAY=15"],
	["on the 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=15"],
	["am letzten Tag des Monats", "FREQ=MONTHLY;BYMONTHDAY=-1"],
	["am letzten Werktag des Monats", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"],
	["werktags", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
	["weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
	["täglich", "FREQ=DAILY"],
	["alle 3 Tage", "FREQ=DAILY;INTERVAL=3"],
	["jeden Dienstag bis 31.12.2027", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20271231"],
	["jeden Dienstag, 10 mal", "FREQ=WEEKLY;BYDAY=TU;COUNT=10"],
	["every tuesday until end of March", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331"],
	["weekly 5 times", "FREQ=WEEKLY;COUNT=5"],
	["FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=2TU"],
	["RRULE:freq=weekly;byday=tu", "FREQ=WEEKLY;BYDAY=TU"],
])("%s is %s", (words, rrule) => {
	expect(readRule(words, start)).toEqual({ rrule });
});

test.each([
	"",
	"irgendwann",
	"Dienstag",
	"jeden dritten Dienstag",
	"jeden Dienstag 9 Uhr",
	"jeden Dienstag im März",
	"jeden 6. Dienstag im Monat",
	"alle 0 Wochen",
	"alle paar Wochen",
	"jeden Dienstag bis irgendwann",
	"FREQ=HOURLY",
	"FREQ=DAILY;COUNT=x",
	"jeden Monat am Dienstag",
	"alle 2 Stunden",
	"jeden 40. im Monat",
])("%s is ambiguous or malformed", (words) => {
	expect(readRule(words, start)).toBeNull();
});

describe("a rule in words", () => {
	test("reads well", () => {
		expect(showRule("FREQ=MONTHLY;BYDAY=2TU", "de")).toBe("jeden 2. Dienstag im Monat");
		expect(showRule("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TH", "de")).toBe("alle 2 Monate am letzten Donnerstag");
		expect(showRule("FREQ=WEEKLY;INTERVAL=6;BYDAY=WE", "en")).toBe("every 6 weeks on Wednesday");
		expect(showRule("FREQ=YEARLY;BYMONTH=4,5,6;BYDAY=2SA", "de")).toBe(
			"jedes Jahr am 2. Samstag im April, Mai und Juni",
		);
		expect(showRule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270301T225959Z", "de")).toBe("jeden Dienstag bis 01.03.2027");
		expect(showRule("FREQ=YEARLY;BYWEEKNO=20", "de")).toBe("nach der Regel FREQ=YEARLY;BYWEEKNO=20");
	});

	const parts = (rrule: string) =>
		rrule
			.split(";")
			.map((part) =>
				part
					.split("=")
					.map((side) => side.split(",").sort().join())
					.join("="),
			)
			.sort();

	const weekdays = fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU");
	const nth = fc.constantFrom(1, 2, 3, 4, 5, -1);
	const some = <T>(values: fc.Arbitrary<T>) => fc.uniqueArray(values, { minLength: 1, maxLength: 3 });
	const which = fc.oneof(
		fc.tuple(some(nth), weekdays).map(([nths, day]) => `;BYDAY=${nths.map((each) => each + day)}`),
		fc.oneof(some(fc.integer({ min: 1, max: 31 })), fc.constant([-1])).map((days) => `;BYMONTHDAY=${days}`),
		nth.filter((each) => each < 5).map((each) => `;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${each}`),
	);
	const months = some(fc.integer({ min: 1, max: 12 })).map((all) => `;BYMONTH=${all}`);
	const interval = fc.integer({ min: 1, max: 12 }).map((each) => (each === 1 ? "" : `;INTERVAL=${each}`));
	const maybe = (values: fc.Arbitrary<string>) => fc.oneof(fc.constant(""), values);
	const speakable = fc
		.tuple(
			fc.oneof(
				interval.map((often) => `FREQ=DAILY${often}`),
				fc
					.tuple(interval, maybe(some(weekdays).map((days) => `;BYDAY=${days}`)))
					.map(([often, days]) => `FREQ=WEEKLY${often}${days}`),
				fc.tuple(interval, maybe(which)).map(([often, days]) => `FREQ=MONTHLY${often}${days}`),
				fc
					.tuple(interval, maybe(fc.tuple(months, which).map(([all, days]) => all + days)))
					.map(([often, days]) => `FREQ=YEARLY${often}${days}`),
			),
			maybe(fc.constantFrom(";UNTIL=20281231", ";COUNT=1", ";COUNT=12")),
		)
		.map(([rule, end]) => rule + end);

	test("reads back", () => {
		fc.assert(
			fc.property(speakable, fc.constantFrom<"de" | "en">("de", "en"), (rrule, language) => {
				const words = showRule(rrule, language);
				expect(words).not.toContain("FREQ=");
				expect(parts(readRule(words, start)?.rrule ?? words)).toEqual(parts(rrule));
			}),
			{ numRuns: 500 },
		);
	});

	test("never lies about a rule that is too intricate for words", () => {
		fc.assert(
			fc.property(rules, fc.constantFrom<"de" | "en">("de", "en"), (random, language) => {
				const rrule = random.replace(/UNTIL=(\d{8})T\w+/, "UNTIL=$1");
				const words = showRule(rrule, language);
				if (words.includes("FREQ=")) return;
				const plain = rrule.replace(/;WKST=\w+/, "").replace(/;INTERVAL=1(?=;|$)/, "");
				expect(parts(readRule(words, start)?.rrule ?? words)).toEqual(parts(plain));
			}),
			{ numRuns: 500 },
		);
	});

	test("reading never throws, whatever is typed", () => {
		const words = fc.array(
			fc.constantFrom(
				..."jeden zweiten 2. Dienstag im Monat alle 6 Wochen bis 10 mal every first der letzten Tag Werktag März jährlich FREQ= ; , um 9 Uhr".split(
					" ",
				),
			),
		);
		fc.assert(
			fc.property(
				fc.oneof(
					words.map((list) => list.join(" ")),
					fc.string(),
				),
				(typed) => void readRule(typed, start),
			),
			{ numRuns: 1000 },
		);
	});
});
