/** A recurrence rule of RFC 5545 as data, read strictly: what a calendar elsewhere would read differently is refused here. */
import { UserError } from "../errors.ts";

export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** In the order of `Temporal`'s `dayOfWeek`: Monday is 1. */
export const WEEKDAY_CODES: readonly string[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

export interface RuleWeekday {
	/** 1 = Monday … 7 = Sunday. */
	day: number;
	/** The how-manieth of the month or year, negative from its end; null = every. */
	nth: number | null;
}

/** As written: a date includes its day, `instant` (ends in `Z`) is brought into the event's zone, `local` is wall-clock time. */
export interface Until {
	kind: "date" | "local" | "instant";
	/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; seconds are dropped, since everything starts at a full minute. */
	value: string;
}

export interface Rule {
	frequency: Frequency;
	interval: number;
	count: number | null;
	until: Until | null;
	weekStart: number;
	months: number[];
	weeks: number[];
	yearDays: number[];
	monthDays: number[];
	weekdays: RuleWeekday[];
	hours: number[];
	minutes: number[];
	positions: number[];
}

const refuse = (de: string, en: string): never => {
	throw new UserError({ de, en });
};

function wholeNumbers(part: string, value: string, least: number, most: number): number[] {
	const numbers = value.split(",").map((word) => {
		const number = /^[+-]?\d{1,4}$/.test(word) ? Number(word) : Number.NaN;
		const fits = number >= least && number <= most && (number !== 0 || least === 0);
		if (!fits) {
			refuse(
				`Die Wiederholungsregel hat bei ${part} den Wert „${word}“; erlaubt ist ${least} bis ${most}.`,
				`The recurrence rule has “${word}” at ${part}; ${least} to ${most} is allowed.`,
			);
		}
		return number;
	});
	return [...new Set(numbers)].sort((a, b) => a - b);
}

function weekdays(value: string): RuleWeekday[] {
	return value.split(",").map((word) => {
		const match = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(word);
		const nth = match?.[1] === undefined ? null : Number(match[1]);
		if (!match || nth === 0 || Math.abs(nth ?? 1) > 53) {
			return refuse(
				`Die Wiederholungsregel nennt bei BYDAY „${word}“; erwartet wird ein Wochentag wie TU, 2TU oder -1TH.`,
				`The recurrence rule has “${word}” at BYDAY; expected is a weekday such as TU, 2TU or -1TH.`,
			);
		}
		return { day: WEEKDAY_CODES.indexOf(match[2] ?? "") + 1, nth };
	});
}

function until(value: string): Until {
	const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(value);
	const date = match && `${match[1]}-${match[2]}-${match[3]}`;
	try {
		if (!match || !date) throw new RangeError(value);
		if (match[4] === undefined) return { kind: "date", value: Temporal.PlainDate.from(date).toString() };
		const local = `${date}T${match[4]}:${match[5]}`;
		Temporal.PlainDateTime.from(`${local}:${match[6]}`);
		return { kind: match[7] ? "instant" : "local", value: local };
	} catch {
		return refuse(
			`Die Wiederholungsregel endet mit UNTIL=${value}; erwartet wird zum Beispiel UNTIL=20271231.`,
			`The recurrence rule ends with UNTIL=${value}; expected is for example UNTIL=20271231.`,
		);
	}
}

function parts(text: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const piece of text
		.trim()
		.toUpperCase()
		.replace(/^RRULE:/, "")
		.replace(/;$/, "")
		.split(";")) {
		const [name = "", value = "", ...more] = piece.split("=").map((word) => word.trim());
		if (!value || more.length > 0 || !PARTS.has(name)) {
			refuse(
				`Die Wiederholungsregel ist nicht zu lesen bei „${piece}“. Ein Beispiel: FREQ=MONTHLY;BYDAY=2TU`,
				`The recurrence rule cannot be read at “${piece}”. An example: FREQ=MONTHLY;BYDAY=2TU`,
			);
		}
		if (found.has(name)) {
			refuse(`Die Wiederholungsregel nennt ${name} zweimal.`, `The recurrence rule has ${name} twice.`);
		}
		found.set(name, value);
	}
	return found;
}

const BY = {
	BYMONTH: [1, 12],
	BYWEEKNO: [-53, 53],
	BYYEARDAY: [-366, 366],
	BYMONTHDAY: [-31, 31],
	BYHOUR: [0, 23],
	BYMINUTE: [0, 59],
	BYSECOND: [0, 0],
	BYSETPOS: [-366, 366],
	INTERVAL: [1, 9999],
	COUNT: [1, 9999],
} as const;
const PARTS = new Set(["FREQ", "UNTIL", "WKST", "BYDAY", ...Object.keys(BY)]);

/** Which parts RFC 5545 (section 3.3.10) rules out for a frequency. */
const RULED_OUT: Record<Frequency, readonly string[]> = {
	DAILY: ["BYWEEKNO", "BYYEARDAY"],
	WEEKLY: ["BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"],
	MONTHLY: ["BYWEEKNO", "BYYEARDAY"],
	YEARLY: [],
};

/** Reads an RRULE value, with or without `RRULE:`. @throws UserError saying which part is wrong. */
export function parseRule(text: string): Rule {
	const given = parts(text);
	const numbers = (part: keyof typeof BY) => {
		const value = given.get(part);
		return value === undefined ? [] : wholeNumbers(part, value, BY[part][0], BY[part][1]);
	};
	const one = (part: "INTERVAL" | "COUNT") => {
		const [number = null, second] = numbers(part);
		return second === undefined ? number : refuse(`${part} nimmt nur eine Zahl.`, `${part} takes one number only.`);
	};
	const wanted = given.get("FREQ") ?? "";
	const frequency =
		FREQUENCIES.find((known) => known === wanted) ??
		refuse(
			`Termine wiederholen sich täglich, wöchentlich, monatlich oder jährlich (FREQ=DAILY, WEEKLY, MONTHLY, YEARLY), nicht „${wanted}“.`,
			`Events recur daily, weekly, monthly or yearly (FREQ=DAILY, WEEKLY, MONTHLY, YEARLY), not “${wanted}”.`,
		);
	const out = RULED_OUT[frequency].find((part) => given.has(part));
	if (out) refuse(`${out} passt nicht zu FREQ=${frequency}.`, `${out} does not go with FREQ=${frequency}.`);
	if (given.has("COUNT") && given.has("UNTIL")) {
		refuse("Eine Regel endet entweder mit COUNT oder mit UNTIL.", "A rule ends either by COUNT or by UNTIL.");
	}
	const days = given.has("BYDAY") ? weekdays(given.get("BYDAY") ?? "") : [];
	const numbered = days.some((day) => day.nth !== null);
	if (numbered && (frequency === "DAILY" || frequency === "WEEKLY" || given.has("BYWEEKNO"))) {
		refuse(
			"Ein gezählter Wochentag wie 2TU geht nur bei MONTHLY und YEARLY ohne BYWEEKNO.",
			"A numbered weekday such as 2TU goes with MONTHLY and YEARLY without BYWEEKNO only.",
		);
	}
	if (given.has("BYSETPOS") && ![...given.keys()].some((name) => name.startsWith("BY") && name !== "BYSETPOS")) {
		refuse("BYSETPOS braucht einen weiteren BY-Teil.", "BYSETPOS needs another BY part.");
	}
	numbers("BYSECOND");
	const [weekStart] = weekdays(given.get("WKST") ?? "MO");
	const end = given.get("UNTIL");
	return {
		frequency,
		interval: one("INTERVAL") ?? 1,
		count: one("COUNT"),
		until: end === undefined ? null : until(end),
		weekStart: weekStart?.day ?? 1,
		months: numbers("BYMONTH"),
		weeks: numbers("BYWEEKNO"),
		yearDays: numbers("BYYEARDAY"),
		monthDays: numbers("BYMONTHDAY"),
		weekdays: days,
		hours: numbers("BYHOUR"),
		minutes: numbers("BYMINUTE"),
		positions: numbers("BYSETPOS"),
	};
}
