/** Public holidays of a Land. Only the type `public`: 24 and 31 December are `bank` there, and school holidays are not known. */
import { createRequire } from "node:module";

type Holidays = typeof import("date-holidays").default;

let loaded: Holidays | null = null;

/** Loaded on first use: the rules of all countries take 0.2 s and 25 MB, and most networks never skip a holiday. */
function holidays(): Holidays {
	loaded ??= createRequire(import.meta.url)("date-holidays");
	if (!loaded) throw new Error("date-holidays could not be loaded");
	return loaded;
}

const years = new Map<string, ReadonlySet<string>>();

/** @param land ISO 3166-2 code (`DE-SN`) @returns dates `YYYY-MM-DD` */
function publicHolidays(land: string, year: number): ReadonlySet<string> {
	const name = `${land} ${year}`;
	const known = years.get(name);
	if (known) return known;
	const [country = "", state = ""] = land.split("-");
	const calendar = new (holidays())(country, state, { types: ["public"] });
	const dates = new Set(calendar.getHolidays(year).map((holiday) => holiday.date.slice(0, 10)));
	// Years come from dates that people type: without a limit a long-running bot would keep every year ever asked for.
	if (years.size > 500) years.clear();
	years.set(name, dates);
	return dates;
}

export const isPublicHoliday = (land: string, date: string) => publicHolidays(land, Number(date.slice(0, 4))).has(date);

/** Is this the ISO 3166-2 code of a Land whose holidays are known? */
export function isLand(code: string): boolean {
	const match = /^([A-Z]{2})-([A-Z0-9]{1,3})$/.exec(code);
	if (!match?.[1] || !match[2]) return false;
	return Object.hasOwn(new (holidays())().getStates(match[1]) ?? {}, match[2]);
}
