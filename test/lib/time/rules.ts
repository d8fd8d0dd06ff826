/** Random rules and their instances by the package rrule, the independent expansion that ours is compared with. */
import fc from "fast-check";
import rrule from "rrule";

const { RRule } = rrule;
const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const some = <T>(values: fc.Arbitrary<T>, most = 3) => fc.uniqueArray(values, { minLength: 1, maxLength: most });
/** rrule gives an instance twice where hours or minutes are not in order. */
const sorted = (most: number) => some(fc.integer({ min: 0, max: most })).map((all) => all.sort((a, b) => a - b));
const signed = (most: number) => fc.integer({ min: -most, max: most }).filter((number) => number !== 0);
const maybe = <T>(values: fc.Arbitrary<T>, chance = 2) => fc.option(values, { freq: chance, nil: null });
const list = (name: string, values: readonly (string | number)[] | null) =>
	values ? `;${name}=${values.join(",")}` : "";

const weekdays = some(fc.constantFrom(...days));
const numbered = some(fc.tuple(signed(5), fc.constantFrom(...days)).map(([nth, day]) => `${nth}${day}`));
const times = fc.record({
	hours: maybe(sorted(23), 5),
	minutes: maybe(sorted(59), 8),
});
const end = fc.oneof(
	fc.constant(""),
	fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
	fc
		.integer({ min: 2026, max: 2029 })
		.chain((year) =>
			fc.integer({ min: 1, max: 12 }).map((month) => `;UNTIL=${year}${String(month).padStart(2, "0")}15T090000Z`),
		),
);

/** Rules of RFC 5545 without what rrule reads differently: a plain and a numbered weekday side by side. */
export const rules: fc.Arbitrary<string> = fc
	.record({
		frequency: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
		interval: fc.integer({ min: 1, max: 5 }),
		months: maybe(some(fc.integer({ min: 1, max: 12 }))),
		monthDays: maybe(some(signed(31))),
		yearDays: maybe(some(signed(366)), 6),
		weeks: maybe(some(fc.integer({ min: 1, max: 53 })), 6),
		weekdays: maybe(fc.oneof(weekdays, numbered)),
		times,
		// Beyond the ends of a set rrule takes the first, and gives twice what two positions name: only one that is always there.
		positions: maybe(some(fc.constantFrom(-1, 1), 1), 4),
		weekStart: maybe(fc.constantFrom(...days), 4),
		end,
	})
	.map((rule) => {
		const yearly = rule.frequency === "YEARLY";
		const monthly = rule.frequency === "MONTHLY";
		const weeks = yearly ? rule.weeks : null;
		const counted = (yearly && !weeks) || monthly;
		const weekdays = rule.weekdays?.map((day) => (counted ? day : day.slice(-2))) ?? null;
		const by = [
			list("BYMONTH", rule.months),
			list("BYMONTHDAY", rule.frequency === "WEEKLY" ? null : rule.monthDays),
			list("BYYEARDAY", yearly ? rule.yearDays : null),
			list("BYWEEKNO", weeks),
			list("BYDAY", weekdays && [...new Set(weekdays)]),
			list("BYHOUR", rule.times.hours),
			list("BYMINUTE", rule.times.minutes),
		].join("");
		const positions = by === "" ? "" : list("BYSETPOS", rule.positions);
		const weekStart = rule.weekStart ? `;WKST=${rule.weekStart}` : "";
		return `FREQ=${rule.frequency};INTERVAL=${rule.interval}${by}${positions}${weekStart}${rule.end}`;
	});

export const starts: fc.Arbitrary<string> = fc.integer({ min: 0, max: 4 * 365 * 24 * 4 }).map((quarter) =>
	Temporal.PlainDateTime.from("2023-01-01T00:00")
		.add({ minutes: quarter * 15 })
		.toString()
		.slice(0, 16),
);

/** Instances with `from` ≤ instance < `to`, as local times. */
export function byPackage(rule: string, start: string, from: string, to: string): string[] {
	const asIfUtc = (local: string) => new Date(`${local}:00Z`);
	const found = new RRule({ ...RRule.parseString(rule), dtstart: asIfUtc(start) }, true).between(
		asIfUtc(from),
		asIfUtc(to),
		true,
	);
	return found.map((date) => date.toISOString().slice(0, 16)).filter((local) => local < to);
}
