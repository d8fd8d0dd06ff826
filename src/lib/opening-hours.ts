/** Whether something is open, by OpenStreetMap `opening_hours`. The only place that turns wall-clock time into a `Date`. */
import { createRequire } from "node:module";
import { isPublicHoliday } from "./holidays.ts";

type OpeningHours = import("opening_hours").opening_hours;
type Constructor = typeof import("opening_hours").opening_hours;

/** The library's names for the Länder, by ISO 3166-2 code. */
const STATES: Record<string, string> = {
	"DE-BW": "Baden-Württemberg",
	"DE-BY": "Bayern",
	"DE-BE": "Berlin",
	"DE-BB": "Brandenburg",
	"DE-HB": "Bremen",
	"DE-HH": "Hamburg",
	"DE-HE": "Hessen",
	"DE-MV": "Mecklenburg-Vorpommern",
	"DE-NI": "Niedersachsen",
	"DE-NW": "Nordrhein-Westfalen",
	"DE-RP": "Rheinland-Pfalz",
	"DE-SL": "Saarland",
	"DE-SN": "Sachsen",
	"DE-ST": "Sachsen-Anhalt",
	"DE-SH": "Schleswig-Holstein",
	"DE-TH": "Thüringen",
};
/** A Land's ISO 3166-2 code and German name. */
export const LAENDER = Object.entries(STATES).map(([code, name]) => ({ code, name }));

let loaded: Constructor | null = null;
const parsed = new Map<string, OpeningHours>();

function parse(hours: string, state: string): OpeningHours {
	const id = `${state} ${hours}`;
	const known = parsed.get(id);
	if (known) return known;
	// Loaded on first use: its tables take a tenth of a second, and many processes never ask.
	loaded ??= createRequire(import.meta.url)("opening_hours");
	if (!loaded) throw new Error("opening_hours could not be loaded");
	const made = new loaded(hours, { lat: 51, lon: 11, address: { country_code: "de", state } });
	if (parsed.size > 5000) parsed.clear();
	parsed.set(id, made);
	return made;
}

/** The Land's table of the library, or, on a day on which it errs about a holiday, that of a Land in which it is right. */
function stateOn(land: string | null, local: Date, date: string): string {
	const own = STATES[land ?? ""] ?? "Hessen";
	const holiday = land !== null && land in STATES && isPublicHoliday(land, date);
	return [own, ...Object.values(STATES)].find((state) => parse("PH", state).getState(local) === holiday) ?? own;
}

/**
 * Is it open at this wall-clock time? `land`: ISO code of the Land whose public holidays `PH` means (`DE-SN`); null = none known.
 * Hours that cannot be read count as closed.
 */
export function isOpen(hours: string, at: Temporal.PlainDateTime, land: string | null): boolean {
	// The library reads local fields, so it gets the wall clock's fields whatever zone the process has.
	const local = new Date(at.year, at.month - 1, at.day, at.hour, at.minute);
	try {
		const state = hours.includes("PH") ? stateOn(land, local, at.toPlainDate().toString()) : "Hessen";
		return parse(hours, state).getState(local);
	} catch {
		return false;
	}
}

/** Can this be read as opening hours at all? */
export function isHours(hours: string): boolean {
	try {
		parse(hours, "Hessen");
		return true;
	} catch {
		return false;
	}
}
