import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOccurrence, nextOccurrences, occurrences } from "../../src/network/occurrences.ts";
import type { NetworkEvent } from "../../src/network/records.ts";
import { describeRule, validateRule } from "../../src/network/rules.ts";
import { event } from "./events.ts";

const at = (instant: string) => Temporal.Instant.from(instant);
const YEAR: [Temporal.Instant, Temporal.Instant] = [at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")];
const local = (of: NetworkEvent, [from, to] = YEAR) =>
	occurrences(of, from, to).map((one) => one.start.toPlainDateTime().toString({ smallestUnit: "minute" }));

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"] as const;
const CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** Written for this test alone: walks every day from the start and asks of each whether the rule means it. */
function walk(
	rule: { frequency: "DAILY" | "WEEKLY" | "MONTHLY"; interval: number; days: number[]; nth: number },
	of: NetworkEvent,
): string[] {
	const start = Temporal.PlainDateTime.from(of.start);
	const monday = start.toPlainDate().subtract({ days: start.dayOfWeek - 1 });
	const found: string[] = [];
	for (let day = start.toPlainDate(); day.toString() < "2028-01-03"; day = day.add({ days: 1 })) {
		const months = (day.year - start.year) * 12 + day.month - start.month;
		const place = rule.nth > 0 ? Math.ceil(day.day / 7) : -Math.ceil((day.daysInMonth - day.day + 1) / 7);
		const meant =
			rule.frequency === "DAILY"
				? start.toPlainDate().until(day).days % rule.interval === 0
				: rule.frequency === "WEEKLY"
					? Math.floor(monday.until(day).days / 7) % rule.interval === 0 && rule.days.includes(day.dayOfWeek)
					: months % rule.interval === 0 && rule.days.includes(day.dayOfWeek) && place === rule.nth;
		if (meant)
			found.push(
				day
					.toPlainDateTime(start)
					.toZonedDateTime(of.timezone, { disambiguation: "compatible" })
					.toInstant()
					.toString(),
			);
	}
	return found;
}

describe("a year of random series", () => {
	const series = fc.record({
		frequency: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY"),
		interval: fc.integer({ min: 1, max: 4 }),
		days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
		nth: fc.constantFrom(1, 2, 3, 4, -1),
		timezone: fc.constantFrom(...ZONES),
		start: fc.integer({ min: 0, max: 2 * 365 * 48 }).map((half) =>
			Temporal.PlainDateTime.from("2025-06-01T00:00")
				.add({ minutes: half * 30 })
				.toString()
				.slice(0, 16),
		),
	});
	test("is what a walk through the days finds, in every zone", () => {
		fc.assert(
			fc.property(series, ({ timezone, start, ...rule }) => {
				const days = rule.days.map((day) => `${rule.frequency === "MONTHLY" ? rule.nth : ""}${CODES[day - 1]}`);
				const rrule = `FREQ=${rule.frequency};INTERVAL=${rule.interval}${rule.frequency === "DAILY" ? "" : `;BYDAY=${days}`}`;
				const of = event({ start, timezone, rrule });
				const found = occurrences(of, ...YEAR).map((one) => one.start.toInstant().toString());
				const inYear = (instant: string) => instant >= "2027-01-01" && instant < "2028-01-01";
				expect(found).toEqual(walk(rule, of).filter(inYear).sort());
			}),
			{ numRuns: 150 },
		);
	});

	test("exceptions, cancellations and moves change nothing else", () => {
		const some = fc.uniqueArray(fc.integer({ min: 0, max: 51 }), { maxLength: 8 });
		fc.assert(
			fc.property(some, some, some, fc.constantFrom(...ZONES), (excepted, cancelled, moved, timezone) => {
				const plain = event({ rrule: "FREQ=WEEKLY", start: "2027-01-05T02:30", timezone });
				const week = (index: number) => Temporal.PlainDate.from("2027-01-05").add({ weeks: index }).toString();
				const of = {
					...plain,
					exceptions: excepted.map(week),
					cancelledOn: cancelled.map(week),
					moved: moved.map((index) => ({ from: `${week(index)}T02:30`, to: `${week(index)}T18:45` })),
				};
				const expected = occurrences(plain, ...YEAR).flatMap((one, index) => {
					if (moved.includes(index)) return [`${week(index)}T18:45 moved`];
					if (excepted.includes(index)) return [];
					return [
						`${one.start.toPlainDateTime().toString().slice(0, 16)}${cancelled.includes(index) ? " cancelled" : ""}`,
					];
				});
				const found = occurrences(of, ...YEAR).map(
					(one) =>
						`${one.start.toPlainDateTime().toString().slice(0, 16)}${one.moved ? " moved" : ""}${one.cancelled ? " cancelled" : ""}`,
				);
				expect(found).toEqual(expected);
			}),
			{ numRuns: 60 },
		);
	});

	test("cut into windows is the year again", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.integer({ min: 1, max: 8759 }), { maxLength: 12 }),
				fc.constantFrom(...ZONES),
				(cuts, timezone) => {
					const of = event({ rrule: "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30", start: "2026-12-01T02:00", timezone });
					const edges = [YEAR[0], ...cuts.sort((a, b) => a - b).map((hours) => YEAR[0].add({ hours })), YEAR[1]];
					const pieces = edges.slice(1).flatMap((edge, index) => occurrences(of, edges[index] ?? edge, edge));
					expect(pieces.map((one) => one.start.toInstant().toString())).toEqual(
						occurrences(of, ...YEAR).map((one) => one.start.toInstant().toString()),
					);
				},
			),
			{ numRuns: 40 },
		);
	});
});

describe("the clock change", () => {
	test("moves forward what the clock skips, and takes the first of what comes twice", () => {
		const of = event({ rrule: "FREQ=DAILY", start: "2027-01-01T02:30" });
		expect(local(of, [at("2027-03-27T12:00:00Z"), at("2027-03-29T12:00:00Z")])).toEqual([
			"2027-03-28T03:30",
			"2027-03-29T02:30",
		]);
		const autumn = occurrences(of, at("2027-10-30T12:00:00Z"), at("2027-10-31T12:00:00Z"));
		expect(autumn.map((one) => one.start.toString())).toEqual(["2027-10-31T02:30:00+02:00[Europe/Berlin]"]);
	});
	test("leaves the wall-clock time of a series alone", () => {
		const of = event({ rrule: "FREQ=MONTHLY", start: "2027-01-15T09:00" });
		expect(new Set(local(of).map((start) => start.slice(11)))).toEqual(new Set(["09:00"]));
	});
	test("of half an hour on Lord Howe Island is one of half an hour", () => {
		const of = event({ rrule: "FREQ=DAILY", start: "2027-01-01T02:15", timezone: "Australia/Lord_Howe" });
		expect(local(of, [at("2027-10-02T00:00:00Z"), at("2027-10-03T00:00:00Z")])).toEqual(["2027-10-03T02:45"]);
	});
});

describe("the contract", () => {
	test("an UNTIL that is a date includes that day, one in Z is brought into the zone, one without is local", () => {
		const until = (value: string) =>
			local(event({ rrule: `FREQ=DAILY;UNTIL=${value}`, start: "2027-02-27T23:30" })).at(-1);
		expect(until("20270301")).toBe("2027-03-01T23:30");
		expect(until("20270301T225959Z")).toBe("2027-03-01T23:30");
		expect(until("20270301T222959Z")).toBe("2027-02-28T23:30");
		expect(until("20270301T233000")).toBe("2027-03-01T23:30");
		expect(until("20270301T232900")).toBe("2027-02-28T23:30");
	});
	test("the start counts only if the rule gives it, and is counted only then", () => {
		expect(local(event({ rrule: "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2" }))).toEqual([
			"2027-01-13T09:00",
			"2027-01-20T09:00",
		]);
	});
	test("public holidays of the Land are dropped, 24 and 31 December are none", () => {
		const friday = event({ rrule: "FREQ=WEEKLY;BYDAY=WE,FR", skipHolidays: "DE-SN" });
		const days = local(friday).map((start) => start.slice(0, 10));
		// Karfreitag and Buß- und Bettag
		expect(days).not.toContain("2027-03-26");
		expect(days).not.toContain("2027-11-17");
		expect(days).toContain("2027-12-24");
		expect(days).toContain("2027-12-31");
		expect(local({ ...friday, skipHolidays: "DE-ST" })).toContain("2027-11-17T09:00");
	});
	test("a move wins over exception, cancellation and holiday, from and onto", () => {
		const of = event({
			rrule: "FREQ=WEEKLY;BYDAY=FR",
			skipHolidays: "DE-SN",
			exceptions: ["2027-01-15", "2027-01-23"],
			cancelledOn: ["2027-01-29"],
			moved: [
				{ from: "2027-01-15T09:00", to: "2027-01-16T10:00" },
				{ from: "2027-01-22T09:00", to: "2027-01-23T09:00" },
				{ from: "2027-01-29T09:00", to: "2027-01-30T09:00" },
				{ from: "2027-03-26T09:00", to: "2027-03-26T08:00" },
			],
		});
		expect(local(of)).toEqual(
			expect.arrayContaining(["2027-01-16T10:00", "2027-01-23T09:00", "2027-01-30T09:00", "2027-03-26T08:00"]),
		);
		expect(occurrences(of, ...YEAR).some((one) => one.cancelled)).toBe(false);
		expect(occurrences(of, ...YEAR)[0]).toMatchObject({ original: "2027-01-15T09:00", moved: true });
	});
	test("exceptions go by the original date", () => {
		const of = event({
			rrule: "FREQ=WEEKLY",
			exceptions: ["2027-01-20"],
			moved: [{ from: "2027-01-19T09:00", to: "2027-01-20T09:00" }],
		});
		expect(local(of).slice(0, 3)).toEqual(["2027-01-12T09:00", "2027-01-20T09:00", "2027-01-26T09:00"]);
	});
	test("what is no occurrence cannot be moved", () => {
		const of = event({ rrule: "FREQ=WEEKLY" });
		expect(isOccurrence(of, "2027-01-19T09:00")).toBe(true);
		expect(isOccurrence(of, "2027-01-19T10:00")).toBe(false);
		expect(isOccurrence(of, "quatsch")).toBe(false);
		expect(isOccurrence(event(), "2027-01-12T09:00")).toBe(true);
		expect(local({ ...of, moved: [{ from: "2027-01-20T09:00", to: "2027-01-21T09:00" }] })).not.toContain(
			"2027-01-21T09:00",
		);
	});
	test("a move into the window from far outside is found", () => {
		const of = event({ rrule: "FREQ=YEARLY", moved: [{ from: "2030-01-12T09:00", to: "2027-06-01T09:00" }] });
		expect(local(of)).toEqual(["2027-01-12T09:00", "2027-06-01T09:00"]);
	});
	test("a cancelled event keeps its dates, all cancelled", () => {
		const of = event({ rrule: "FREQ=MONTHLY", status: "cancelled" });
		expect(occurrences(of, ...YEAR).every((one) => one.cancelled)).toBe(true);
		expect(nextOccurrences(of, YEAR[0], 3)).toEqual([]);
		expect(nextOccurrences(of, YEAR[0], 3, { cancelled: true })).toHaveLength(3);
	});
	test("an occurrence ends after its duration", () => {
		const [one] = occurrences(event({ duration: "PT90M" }), ...YEAR);
		expect(one?.end.toString()).toBe("2027-01-12T10:30:00+01:00[Europe/Berlin]");
	});
});

describe("rules", () => {
	test("the next dates are found however rare they are", () => {
		const of = event({ rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29" });
		expect(nextOccurrences(of, YEAR[0], 2).map((one) => one.start.toPlainDate().toString())).toEqual([
			"2028-02-29",
			"2032-02-29",
		]);
		expect(nextOccurrences(event(), at("2027-02-01T00:00:00Z"), 3)).toEqual([]);
	});
	test("faults are told, and a rule without any date is one", () => {
		expect(validateRule("FREQ=MONTHLY;BYDAY=2TU", "2027-01-12T09:00")).toBeNull();
		expect(validateRule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2027-01-12T09:00")?.de).toMatch(
			/keinen einzigen Termin/,
		);
		expect(validateRule("FREQ=DAILY;UNTIL=20260101", "2027-01-12T09:00")?.de).toMatch(/keinen einzigen Termin/);
		expect(validateRule("FREQ=HOURLY", "2027-01-12T09:00")?.de).toMatch(/täglich, wöchentlich/);
	});
	test("are said in words", () => {
		expect(describeRule(event({ rrule: "FREQ=MONTHLY;BYDAY=2TU", start: "2027-01-12T16:00" }), "de")).toBe(
			"jeden 2. Dienstag im Monat, 16:00 Uhr",
		);
		expect(describeRule(event(), "de")).toBeNull();
	});
});
