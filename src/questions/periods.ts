/** Periods of the calendar: weeks, months, quarters, years. */

/** Both days belong to it. */
export interface Days {
	from: Temporal.PlainDate;
	to: Temporal.PlainDate;
}

export type Unit = "day" | "week" | "month" | "quarter" | "half_year" | "year";
export const UNITS: readonly Unit[] = ["day", "week", "month", "quarter", "half_year", "year"];

export const monthOf = (year: number, month: number): Days => {
	const from = Temporal.PlainDate.from({ year, month, day: 1 });
	return { from, to: from.add({ months: 1 }).subtract({ days: 1 }) };
};

export const yearOf = (year: number): Days => ({
	from: Temporal.PlainDate.from({ year, month: 1, day: 1 }),
	to: Temporal.PlainDate.from({ year, month: 12, day: 31 }),
});

export function weekOf(day: Temporal.PlainDate): Days {
	const from = day.subtract({ days: day.dayOfWeek - 1 });
	return { from, to: from.add({ days: 6 }) };
}

export function calendarWeek(number: number, year: number): Days {
	const first = weekOf(Temporal.PlainDate.from({ year, month: 1, day: 4 }));
	const from = first.from.add({ weeks: number - 1 });
	return { from, to: from.add({ days: 6 }) };
}

export function quarterOf(year: number, quarter: number): Days {
	const from = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ months: 3 * (quarter - 1) });
	return { from, to: from.add({ months: 3 }).subtract({ days: 1 }) };
}

export const amount = (unit: Unit, count: number): Temporal.DurationLike => {
	if (unit === "quarter") return { months: 3 * count };
	if (unit === "half_year") return { months: 6 * count };
	return { [`${unit}s`]: count };
};

/** The calendar's own period: this week, next month, last year. */
export function period(unit: Unit, steps: number, today: Temporal.PlainDate): Days {
	const day = today.add(amount(unit, steps));
	if (unit === "week") return weekOf(day);
	if (unit === "month") return monthOf(day.year, day.month);
	if (unit === "quarter") return quarterOf(day.year, Math.ceil(day.month / 3));
	if (unit === "year") return yearOf(day.year);
	if (unit === "half_year") return { from: day, to: day.add({ months: 6 }) };
	return { from: day, to: day };
}

export function safeDate(year: number, month: number, day: number): Temporal.PlainDate | null {
	try {
		return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
	} catch {
		return null;
	}
}
