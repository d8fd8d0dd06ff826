/** The words of dates in German and English, folded (`fold`): weekdays, months, numbers, ordinals, units. */
import { fold } from "../fold.ts";
import type { Language } from "../text.ts";

export const WEEKDAYS: Record<Language, readonly string[]> = {
	de: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
	en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

export const MONTHS: Record<Language, readonly string[]> = {
	de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
	en: "January February March April May June July August September October November December".split(" "),
};

function numbered(lines: string): Map<string, number> {
	const rows = lines.trim().split("\n");
	return new Map(
		rows.flatMap((row, index) =>
			row
				.trim()
				.split(/\s+/)
				.map((word) => [word, index + 1]),
		),
	);
}

const weekdays = numbered(`
	montag mo mon monday
	dienstag di die tue tues tuesday
	mittwoch mi mit wed wednesday
	donnerstag do don thu thur thurs thursday
	freitag fr fre fri friday
	samstag sonnabend sa sam sat saturday
	sonntag so son sun sunday`);

const months = numbered(`
	januar jaenner jan january
	februar feber feb february
	maerz marz mrz mar march
	april apr
	mai may
	juni jun june
	juli jul july
	august aug
	september sep sept
	oktober okt october oct
	november nov
	dezember dez december dec`);

const numbers = numbered(`
	ein eine einen einem einer eines a an one
	zwei two
	drei three
	vier four
	fuenf five
	sechs six
	sieben seven
	acht eight
	neun nine
	zehn ten
	elf eleven
	zwoelf twelve`);

const ordinals = numbered(`
	erst first
	zweit second
	dritt third
	viert fourth
	fuenft fifth`);

export const UNITS = ["minutes", "hours", "days", "weeks", "months", "years"] as const;
export type Unit = (typeof UNITS)[number];

const UNIT_WORDS: Record<Unit, string> = {
	minutes: "minute minuten min minutes mins",
	hours: "stunde stunden std h hour hours hrs hr",
	days: "tag tage tagen day days d",
	weeks: "woche wochen wo week weeks w",
	months: "monat monate monaten month months",
	years: "jahr jahre jahren year years",
};
const units = new Map<string, Unit>();
for (const unit of UNITS) for (const word of UNIT_WORDS[unit].split(" ")) units.set(word, unit);

/** Lower case without umlauts, invisible characters and doubled spaces. */
export const tidy = (words: string) => fold(words.replace(/\p{Cf}/gu, "")).replace(/[\s ]+/gu, " ");

const bare = (word: string) => word.replace(/[.,]+$/u, "");

/** 1 = Monday … 7; null = no weekday. `dienstags` and `tuesdays` only with `plural`. */
export function weekdayOf(word: string, plural = false): number | null {
	const known = weekdays.get(bare(word));
	if (known !== undefined) return known;
	return plural && word.length > 5 ? (weekdays.get(bare(word).replace(/s$/u, "")) ?? null) : null;
}

export const monthOf = (word: string): number | null => months.get(bare(word)) ?? null;

/** `3`, `drei`, `a`; null = no number. */
export const numberOf = (word: string): number | null =>
	/^\d{1,4}$/u.test(word) ? Number(word) : (numbers.get(word) ?? null);

/** `zweiten`, `2.`, `2nd`, `last` (-1), `vorletzten` (-2); null = no ordinal. */
export function ordinalOf(word: string): number | null {
	const digits = /^(\d{1,2})(?:\.|st|nd|rd|th)$/u.exec(word);
	if (digits) return Number(digits[1]);
	if (/^(?:letzte[nrsm]?|last)$/u.test(word)) return -1;
	if (/^vorletzte[nrsm]?$/u.test(word)) return -2;
	return ordinals.get(word) ?? ordinals.get(word.replace(/e[nrsm]?$/u, "")) ?? null;
}

export const unitWord = (word: string): Unit | null => units.get(bare(word)) ?? null;
