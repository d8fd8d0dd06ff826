import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { civil, daysInMonth, epochDay, localMinute, showDay, showLocal, weekday } from "../../../src/lib/time/days.ts";
import { expand } from "../../../src/lib/time/expand.ts";
import { parseRule } from "../../../src/lib/time/rule.ts";
import { byPackage, rules, starts } from "./rules.ts";

function ours(rule: string, start: string, from: string, to: string): string[] {
	const parsed = parseRule(rule);
	const [begin = 0, first = 0, last = 0] = [start, from, to].map((local) => localMinute(local) ?? Number.NaN);
	const end = parsed.until && localMinute(parsed.until.value);
	return [...expand(parsed, begin, end, first, last)].map(showLocal);
}

describe("whole numbers for days", () => {
	test("agree with Temporal", () => {
		fc.assert(
			fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
				const date = Temporal.PlainDate.from("1970-01-01").add({ days: day });
				expect(civil(day)).toEqual({ year: date.year, month: date.month, day: date.day });
				expect(epochDay(date.year, date.month, date.day)).toBe(day);
				expect(weekday(day)).toBe(date.dayOfWeek);
				expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth);
				if (date.year >= 0 && date.year <= 9999) expect(showDay(day)).toBe(date.toString());
			}),
		);
	});
});

describe("rules", () => {
	test("give what the package rrule gives", () => {
		fc.assert(
			fc.property(rules, starts, fc.integer({ min: 0, max: 900 }), (rule, start, later) => {
				const from = Temporal.PlainDateTime.from(start).add({ days: later });
				const window: [string, string] = [
					from.toString().slice(0, 16),
					from.add({ days: 200 }).toString().slice(0, 16),
				];
				expect(ours(rule, start, ...window)).toEqual(byPackage(rule, start, ...window));
			}),
			{ numRuns: 150 },
		);
	});
	test("the start counts only if the rule gives it", () => {
		expect(ours("FREQ=WEEKLY;BYDAY=TU", "2026-01-05T09:00", "2026-01-01", "2026-01-15")).toEqual([
			"2026-01-06T09:00",
			"2026-01-13T09:00",
		]);
	});
	test("that give nothing, or run for a century, cost nothing", () => {
		const began = performance.now();
		expect(ours("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "1926-01-01T09:00", "2026-01-01", "2027-01-01")).toEqual([]);
		expect(ours("FREQ=DAILY", "1926-01-01T09:00", "2026-01-01", "2027-01-01")).toHaveLength(365);
		expect(performance.now() - began).toBeLessThan(500);
	});
	test.each([
		["FREQ=HOURLY", /täglich/],
		["FREQ=SECONDLY", /täglich/],
		["BYDAY=TU", /täglich/],
		["FREQ=DAILY;FREQ=DAILY", /zweimal/],
		["FREQ=DAILY;BYEASTER=1", /BYEASTER=1/],
		["FREQ=MONTHLY;BYDAY=2XX", /2XX/],
		["FREQ=WEEKLY;BYDAY=2TU", /2TU/],
		["FREQ=MONTHLY;BYMONTHDAY=32", /-31 bis 31/],
		["FREQ=WEEKLY;BYMONTHDAY=1", /passt nicht/],
		["FREQ=DAILY;UNTIL=20270230", /UNTIL=20270230/],
		["FREQ=DAILY;UNTIL=20270203;COUNT=2", /COUNT oder mit UNTIL/],
		["FREQ=DAILY;INTERVAL=0", /INTERVAL/],
		["FREQ=DAILY;BYSETPOS=1", /BYSETPOS/],
		["jeden Dienstag", /nicht zu lesen/],
		["", /nicht zu lesen/],
	])("refuse %s, saying why", (rule, reason) => {
		expect(() => parseRule(rule)).toThrow();
		try {
			parseRule(rule);
		} catch (error) {
			expect(error).toHaveProperty("text.de", expect.stringMatching(reason));
		}
	});
	test("may begin with RRULE:", () => {
		expect(parseRule("RRULE:freq=monthly;byday=-1th")).toEqual(parseRule("FREQ=MONTHLY;BYDAY=-1TH"));
	});
});
