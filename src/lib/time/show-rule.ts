/** A recurrence rule in words: "jeden 2. Dienstag im Monat". */
import type { Language } from "../text.ts";
import { parseRule, type Rule, WEEKDAY_CODES } from "./rule.ts";
import { showDate } from "./show.ts";
import { MONTHS, WEEKDAYS } from "./words.ts";

const and = (words: readonly string[], language: Language) =>
	words.length < 2
		? words.join("")
		: `${words.slice(0, -1).join(", ")} ${language === "de" ? "und" : "and"} ${words.at(-1)}`;

function ordinal(nth: number, language: Language): string | null {
	if (nth === -1) return language === "de" ? "letzten" : "last";
	if (nth === -2) return language === "de" ? "vorletzten" : null;
	if (nth < 1) return null;
	if (language === "de") return `${nth}.`;
	const ending =
		nth % 10 === 1 && nth !== 11
			? "st"
			: nth % 10 === 2 && nth !== 12
				? "nd"
				: nth % 10 === 3 && nth !== 13
					? "rd"
					: "th";
	return `${nth}${ending}`;
}

const INTERVALS: Record<Language, Record<Rule["frequency"], string>> = {
	de: { DAILY: "Tage", WEEKLY: "Wochen", MONTHLY: "Monate", YEARLY: "Jahre" },
	en: { DAILY: "days", WEEKLY: "weeks", MONTHLY: "months", YEARLY: "years" },
};

/** "am 2. und 4. Dienstag" without the "am"; null = cannot be said simply. */
function whichDays(rule: Rule, language: Language): string | null {
	const name = (day: number) => WEEKDAYS[language][day - 1] ?? "";
	const nths = [...new Set(rule.weekdays.map((day) => day.nth))];
	const days = [...new Set(rule.weekdays.map((day) => day.day))];
	const workdays = days.length === 5 && days.every((day) => day <= 5);
	if (rule.positions.length > 0) {
		const words = rule.positions.map((nth) => ordinal(nth, language));
		if (!workdays || nths[0] !== null || nths.length > 1 || words.some((word) => word === null)) return null;
		return `${and(words.map(String), language)} ${language === "de" ? "Werktag" : "weekday"}`;
	}
	if (rule.weekdays.length > 0) {
		const words = nths.map((nth) => (nth === null ? null : ordinal(nth, language)));
		if (days.length !== 1 || rule.monthDays.length > 0 || words.some((word) => word === null)) return null;
		return `${and(words.map(String), language)} ${name(days[0] ?? 1)}`;
	}
	if (rule.monthDays.length === 1 && rule.monthDays[0] === -1) return language === "de" ? "letzten Tag" : "last day";
	const words = rule.monthDays.map((day) => ordinal(day, language));
	return words.length === 0 || rule.monthDays.some((day) => day < 0) ? null : and(words.map(String), language);
}

function weekly(rule: Rule, language: Language): string | null {
	const { interval } = rule;
	const days = rule.weekdays.map((day) => day.day);
	const names = and(
		days.map((day) => WEEKDAYS[language][day - 1] ?? ""),
		language,
	);
	const often =
		language === "de"
			? interval === 1
				? "jede Woche"
				: `alle ${interval} Wochen`
			: interval === 1
				? "every week"
				: `every ${interval} weeks`;
	if (days.length === 0) return often;
	if (interval > 1) return `${often} ${language === "de" ? "am" : "on"} ${names}`;
	if (rule.weekdays.map((day) => WEEKDAY_CODES[day.day - 1]).join() === WEEKDAY_CODES.slice(0, 5).join())
		return language === "de" ? "werktags" : "on weekdays";
	return `${language === "de" ? "jeden" : "every"} ${names}`;
}

function monthly(rule: Rule, language: Language): string | null {
	const { interval } = rule;
	const often =
		language === "de"
			? interval === 1
				? "jeden Monat"
				: `alle ${interval} Monate`
			: interval === 1
				? "every month"
				: `every ${interval} months`;
	if (rule.weekdays.length + rule.monthDays.length === 0) return often;
	const days = whichDays(rule, language);
	if (days === null) return null;
	if (interval > 1) return language === "de" ? `${often} am ${days}` : `${often} on the ${days}`;
	if (rule.weekdays.length > 0 && rule.positions.length === 0)
		return language === "de" ? `jeden ${days} im Monat` : `every ${days} of the month`;
	return language === "de" ? `jeden Monat am ${days}` : `every month on the ${days}`;
}

function yearly(rule: Rule, language: Language): string | null {
	const { interval } = rule;
	const often =
		language === "de"
			? interval === 1
				? "jedes Jahr"
				: `alle ${interval} Jahre`
			: interval === 1
				? "every year"
				: `every ${interval} years`;
	if (rule.weekdays.length + rule.monthDays.length + rule.months.length === 0) return often;
	const days = whichDays(rule, language);
	if (days === null || rule.months.length === 0) return null;
	const months = and(
		rule.months.map((month) => MONTHS[language][month - 1] ?? ""),
		language,
	);
	if (rule.weekdays.length > 0)
		return language === "de" ? `${often} am ${days} im ${months}` : `${often} on the ${days} in ${months}`;
	return language === "de" ? `${often} am ${days} ${months}` : `${often} on the ${days} of ${months}`;
}

function often(rule: Rule, language: Language): string | null {
	const plain = rule.yearDays.length + rule.weeks.length + rule.hours.length + rule.minutes.length === 0;
	if (!plain || (rule.frequency !== "YEARLY" && rule.months.length > 0)) return null;
	// Which weeks are "every other" then depends on where they begin.
	if (rule.frequency === "WEEKLY" && rule.weekStart !== 1 && rule.interval > 1) return null;
	if (rule.frequency === "WEEKLY" && rule.positions.length === 0) return weekly(rule, language);
	if (rule.frequency === "MONTHLY") return monthly(rule, language);
	if (rule.frequency === "YEARLY") return yearly(rule, language);
	if (rule.frequency !== "DAILY" || rule.weekdays.length + rule.monthDays.length + rule.positions.length > 0)
		return null;
	if (rule.interval === 1) return language === "de" ? "täglich" : "daily";
	return `${language === "de" ? "alle" : "every"} ${rule.interval} ${INTERVALS[language].DAILY}`;
}

/** In words that `readRule` reads back; a rule too intricate for words is shown as it is. */
export function showRule(rrule: string, language: Language): string {
	const rule = parseRule(rrule);
	const words = often(rule, language);
	if (words === null) return language === "de" ? `nach der Regel ${rrule}` : `by the rule ${rrule}`;
	if (rule.count !== null) return `${words}, ${rule.count} ${language === "de" ? "Mal" : "times"}`;
	if (!rule.until) return words;
	const last = Temporal.PlainDate.from(rule.until.value.slice(0, 10));
	return `${words} ${language === "de" ? "bis" : "until"} ${showDate(last, language)}`;
}
