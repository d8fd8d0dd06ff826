/**
 * Days and local minutes as whole numbers, for the loops over thousands of rules in which `Temporal` objects would cost too much.
 * An *epoch day* counts from 1970-01-01; a *local minute* counts from 1970-01-01T00:00 on the wall clock, whatever the zone.
 * Weekdays as in `Temporal`: 1 = Monday … 7 = Sunday.
 */

export const DAY = 1440;

const mod = (value: number, by: number) => ((value % by) + by) % by;

/** Howard Hinnant's civil calendar arithmetic: exact for every year of the proleptic Gregorian calendar. */
export function epochDay(year: number, month: number, day: number): number {
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

export interface Civil {
	year: number;
	month: number;
	day: number;
}

export function civil(day: number): Civil {
	const shifted = day + 719468;
	const era = Math.floor(shifted / 146097);
	const dayOfEra = shifted - era * 146097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
	};
}

export const weekday = (day: number) => mod(day + 3, 7) + 1;

/** The first day of the week in which `day` lies, weeks beginning on `weekStart`. */
export const weekBegin = (day: number, weekStart: number) => day - mod(weekday(day) - weekStart, 7);

export const daysInYear = (year: number) => epochDay(year + 1, 1, 1) - epochDay(year, 1, 1);

export const daysInMonth = (year: number, month: number) =>
	(month === 12 ? epochDay(year + 1, 1, 1) : epochDay(year, month + 1, 1)) - epochDay(year, month, 1);

/** First day of the year's week 1: the first week with at least four days in that year (RFC 5545, ISO 8601). */
export function firstWeek(year: number, weekStart: number): number {
	const newYear = epochDay(year, 1, 1);
	const begin = weekBegin(newYear, weekStart);
	return newYear - begin <= 3 ? begin : begin + 7;
}

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

export function showDay(day: number): string {
	const { year, month, day: ofMonth } = civil(day);
	return `${pad(year, 4)}-${pad(month)}-${pad(ofMonth)}`;
}

export function showLocal(minute: number): string {
	const ofDay = mod(minute, DAY);
	return `${showDay(Math.floor(minute / DAY))}T${pad(Math.floor(ofDay / 60))}:${pad(ofDay % 60)}`;
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::00)?)?$/;

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM` as a local minute; null = not of that form. The stored records have been checked. */
export function localMinute(local: string): number | null {
	const match = LOCAL.exec(local);
	if (!match) return null;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((part) => Number(part ?? 0));
	return epochDay(year, month, day) * DAY + hour * 60 + minute;
}
