/** Days since the beginning of 1900 or 1904, as worksheets count them, to dates and back. */
import type { Moment } from "../value.ts";

const DAY = 86_400;
/** 31 December 9999 in the count from 1900. */
const LAST = 2_958_466;

/**
 * The count from 1900 has a 29 February 1900 (day 60), which there never was: days before it are one off.
 * @returns null where no such day exists
 */
export function momentOf(serial: number, looks: Moment["looks"], from1904: boolean): Moment | null {
	if (!Number.isFinite(serial) || serial < 0 || serial >= LAST) return null;
	const total = Math.round(serial * DAY);
	const days = Math.floor(total / DAY);
	const seconds = total % DAY;
	if (looks === "span") return { is: "moment", at: null, seconds: total, looks };
	if (looks === "time" && days === 0) return { is: "moment", at: null, seconds, looks };
	if (!from1904 && (days === 0 || days === 60)) return null;
	const zero = from1904 ? "1904-01-01" : days < 60 ? "1899-12-31" : "1899-12-30";
	const at = Temporal.PlainDateTime.from(zero).add({ days, seconds }).toString({ smallestUnit: "second" });
	return { is: "moment", at, seconds, looks };
}

/** Before it the two counts differ from a calendar's; such a date is written as text. */
const FIRST = "1900-03-01";

/** `2026-11-22` or `2026-11-22T09:30` as days in the count from 1900; null = has to be written as text. */
export function serialOf(at: string): number | null {
	const moment = Temporal.PlainDateTime.from(at);
	if (at < FIRST || moment.year > 9999) return null;
	const { days } = moment.toPlainDate().since("1899-12-30", { largestUnit: "day" });
	return days + (moment.hour * 60 + moment.minute) / 1440;
}
