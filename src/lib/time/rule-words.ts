/** Recurrence as people say it → RFC 5545: "jeden 2. Dienstag im Monat", "alle 6 Wochen mittwochs", "every first Monday". */
import { UserError } from "../errors.ts";
import { readDateTime } from "./read.ts";
import { readDay } from "./read-day.ts";
import { parseRule, type Rule, WEEKDAY_CODES } from "./rule.ts";
import { monthOf, numberOf, ordinalOf, tidy, type Unit, unitWord, weekdayOf } from "./words.ts";

/** What was said, word by word, before it is put together. */
interface Said {
	unit: Unit | null;
	interval: number;
	ordinals: number[];
	days: number[];
	workdays: boolean;
	wholeDay: boolean;
	months: number[];
	/** Something in it says that it recurs: "jeden", "alle", "monatlich", "dienstags". */
	recurs: boolean;
}

const KEYWORDS: Record<string, [Unit, number]> = {
	taeglich: ["days", 1],
	daily: ["days", 1],
	woechentlich: ["weeks", 1],
	weekly: ["weeks", 1],
	zweiwoechentlich: ["weeks", 2],
	"14-taegig": ["weeks", 2],
	"14-taeglich": ["weeks", 2],
	vierzehntaegig: ["weeks", 2],
	fortnightly: ["weeks", 2],
	monatlich: ["months", 1],
	monthly: ["months", 1],
	zweimonatlich: ["months", 2],
	vierteljaehrlich: ["months", 3],
	quartalsweise: ["months", 3],
	quarterly: ["months", 3],
	halbjaehrlich: ["months", 6],
	jaehrlich: ["years", 1],
	yearly: ["years", 1],
	annually: ["years", 1],
};

const EACH = /^(?:jede[nrsm]?|every|each)$/u;
const MONTH_OF = /^(?:monats?|month)$/u;
const WORKDAY = /^(?:werktags?|werktagen|werktaeglich|arbeitstags?|arbeitstagen|weekdays?|workdays?)$/u;
const FILLER = /^(?:am|an|im|in|der|des|den|dem|the|on|of|und|and|u|immer|jeweils|a|,)$/u;

/** Null: a word that says nothing about recurrence. */
function listen(words: readonly string[]): Said | null {
	const said: Said = {
		unit: null,
		interval: 1,
		ordinals: [],
		days: [],
		workdays: false,
		wholeDay: false,
		months: [],
		recurs: false,
	};
	const setUnit = (unit: Unit, interval = 1): boolean => {
		if (said.unit !== null && (said.unit !== unit || interval !== 1)) return false;
		if (said.unit === null) said.interval = interval;
		said.unit = unit;
		return true;
	};
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? "";
		const next = words[index + 1] ?? "";
		const afterNext = unitWord(words[index + 2] ?? "");
		const keyword = Object.hasOwn(KEYWORDS, word) ? KEYWORDS[word] : undefined;
		if (keyword) {
			said.recurs = true;
			if (!setUnit(...keyword)) return null;
		} else if ((word === "alle" || EACH.test(word)) && numberOf(next) !== null && afterNext !== null) {
			said.recurs = true;
			if (!setUnit(afterNext, numberOf(next) ?? 1)) return null;
			index += 2;
		} else if (
			EACH.test(word) &&
			(next === "other" || ordinalOf(next) !== null) &&
			afterNext !== null &&
			afterNext !== "days"
		) {
			said.recurs = true;
			if (!setUnit(afterNext, next === "other" ? 2 : (ordinalOf(next) ?? 0))) return null;
			index += 2;
		} else if (EACH.test(word)) {
			said.recurs = true;
			const unit = unitWord(next);
			if (next === "other") {
				said.ordinals.push(2);
				index++;
			} else if (unit !== null) {
				if (!setUnit(unit)) return null;
				index++;
			}
		} else if (MONTH_OF.test(word)) {
			said.recurs = true;
			if (!setUnit("months")) return null;
		} else if (WORKDAY.test(word)) {
			said.workdays = true;
			if (/s$|lich$/u.test(word)) said.recurs = true;
		} else if (weekdayOf(word, true) !== null) {
			said.days.push(weekdayOf(word, true) ?? 1);
			if (weekdayOf(word) === null) said.recurs = true;
		} else if (monthOf(word) !== null) {
			said.months.push(monthOf(word) ?? 1);
		} else if (ordinalOf(word) !== null) {
			said.ordinals.push(ordinalOf(word) ?? 1);
		} else if (unitWord(word) === "days" && said.ordinals.length > 0) {
			said.wholeDay = true;
		} else if (/^\d{1,2}$/u.test(word) && monthOf(next) !== null) {
			said.ordinals.push(Number(word));
		} else if (!FILLER.test(word)) return null;
	}
	return said.recurs ? said : null;
}

const part = (name: string, values: readonly (string | number)[]) =>
	values.length > 0 ? `;${name}=${[...new Set(values)].join(",")}` : "";
const every = (frequency: string, interval: number) =>
	`FREQ=${frequency}${interval === 1 ? "" : `;INTERVAL=${interval}`}`;

/** Null: it could mean several things, or nothing. */
function put(said: Said): string | null {
	const { unit, interval, ordinals, days, months } = said;
	const codes = days.map((day) => WEEKDAY_CODES[day - 1] ?? "");
	const monthly = months.length > 0 ? "YEARLY" : "MONTHLY";
	if (unit === "hours" || unit === "minutes" || interval < 1) return null;
	if (months.length > 0 && unit !== null && unit !== "years" && !(unit === "months" && interval === 1)) return null;
	if (said.workdays) {
		if (days.length > 0) return null;
		const workdays = part("BYDAY", WEEKDAY_CODES.slice(0, 5));
		if (ordinals.length > 0)
			return `${every(monthly, interval)}${part("BYMONTH", months)}${workdays}${part("BYSETPOS", ordinals)}`;
		return (unit === null || unit === "weeks") && months.length === 0
			? `${every("WEEKLY", interval)}${workdays}`
			: null;
	}
	if (days.length > 0 && ordinals.length > 0) {
		if (unit === null && months.length === 0) {
			// "Jeden zweiten Dienstag" is every other one; "jeden dritten" could be either, so it has to say "im Monat".
			if (ordinals.length === 1 && ordinals[0] === 2) return `${every("WEEKLY", 2)}${part("BYDAY", codes)}`;
			if (!ordinals.every((nth) => nth === 1 || nth < 0)) return null;
		}
		if (
			ordinals.some((nth) => nth > 5) ||
			unit === "weeks" ||
			unit === "days" ||
			(unit === "years" && months.length === 0)
		)
			return null;
		return `${every(monthly, interval)}${part("BYMONTH", months)}${part(
			"BYDAY",
			ordinals.flatMap((nth) => codes.map((code) => `${nth}${code}`)),
		)}`;
	}
	if (days.length > 0)
		return (unit === null || unit === "weeks") && months.length === 0
			? `${every("WEEKLY", interval)}${part("BYDAY", codes)}`
			: null;
	if (ordinals.length > 0) {
		if (
			ordinals.some((day) => day > 31) ||
			unit === "weeks" ||
			unit === "days" ||
			(unit === "years" && months.length === 0)
		)
			return null;
		if (unit === null && months.length === 0 && ordinals.some((day) => day < 0 || day < 6)) return null;
		return `${every(monthly, interval)}${part("BYMONTH", months)}${part("BYMONTHDAY", ordinals)}`;
	}
	if (months.length > 0 || unit === null) return null;
	return every({ days: "DAILY", weeks: "WEEKLY", months: "MONTHLY", years: "YEARLY" }[unit], interval);
}

/** How long it recurs, taken off the end: "bis 31.12.2027", "10 mal". */
function takeEnd(typed: string, start: Temporal.PlainDateTime): { words: string; end: string } | null {
	const times = /^(.*?),? (?:nur )?(\S+?)[ -]?(?:mal|times|x|termine|occurrences)$/u.exec(typed);
	if (times) {
		const count = numberOf(times[2] ?? "");
		return count === null ? null : { words: times[1] ?? "", end: `;COUNT=${count}` };
	}
	const until = /^(.*?),? (?:bis|until|till|through) (.+)$/u.exec(typed);
	if (!until) return { words: typed, end: "" };
	const day = readDay(until[2] ?? "", start.toPlainDate());
	return day && { words: until[1] ?? "", end: `;UNTIL=${day.toString().replaceAll("-", "")}` };
}

/** A time of day said with the rule has to be the start's. */
function withoutTime(words: string, start: Temporal.PlainDateTime): string | null {
	const match =
		/^(.+?),? (?:um |at )?(\d{1,2}(?:[:.]\d\d)?(?: ?(?:uhr|h|am|pm))|\d{1,2}:\d\d|(?<=(?:um|at) )\d{1,2})$/u.exec(
			words,
		);
	if (!match) return words;
	const now = Temporal.ZonedDateTime.from("2000-01-01T00:00[UTC]");
	const said = readDateTime(`01.01.2000 um ${match[2]}`, now);
	return said?.toPlainTime().equals(start.toPlainTime()) ? (match[1] ?? null) : null;
}

/**
 * An RRULE value (with or without `RRULE:`), or a recurrence in words. "Jeden zweiten Dienstag" is every other Tuesday, "jeden 2. Dienstag
 * im Monat" the second one of each month. Null = not understood, or it could mean several things.
 */
export function readRule(words: string, start: Temporal.PlainDateTime): { rrule: string } | null {
	const typed = tidy(words);
	if (/^(?:rrule:)?\s*[a-z]+=/u.test(typed)) {
		const rrule = words
			.trim()
			.toUpperCase()
			.replace(/^RRULE:\s*/, "")
			.replace(/;$/, "");
		return isRule(rrule) ? { rrule } : null;
	}
	const cut = takeEnd(typed, start);
	const rest = cut && withoutTime(cut.words, start);
	if (!cut || !rest) return null;
	const said = listen(
		rest
			.replace(/,/gu, " , ")
			.split(" ")
			.filter((word) => word !== ""),
	);
	const rule = said && put(said);
	return rule && isRule(rule + cut.end) ? { rrule: rule + cut.end } : null;
}

function isRule(text: string): boolean {
	return parsed(text) !== null;
}

function parsed(text: string): Rule | null {
	try {
		return parseRule(text);
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}
