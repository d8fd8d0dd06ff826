/** Dates, times and durations in words, German after DIN 5008. What is shown here can be read back (read.ts). */
import type { Language } from "../text.ts";
import { MONTHS, UNITS, type Unit, WEEKDAYS } from "./words.ts";

const two = (value: number) => String(value).padStart(2, "0");

/** `19.01.2027`, `19 January 2027`; with `weekday` `Dienstag, 19.01.2027`. */
export function showDate(
	date: Temporal.PlainDate | Temporal.PlainDateTime | Temporal.ZonedDateTime,
	language: Language,
	{ weekday = false }: { weekday?: boolean } = {},
): string {
	const shown =
		language === "de"
			? `${two(date.day)}.${two(date.month)}.${date.year}`
			: `${date.day} ${MONTHS.en[date.month - 1]} ${date.year}`;
	return weekday ? `${WEEKDAYS[language][date.dayOfWeek - 1]}, ${shown}` : shown;
}

/** `09:00 Uhr`, `09:00`. */
export function showTime(
	time: Temporal.PlainTime | Temporal.PlainDateTime | Temporal.ZonedDateTime,
	language: Language,
): string {
	return `${two(time.hour)}:${two(time.minute)}${language === "de" ? " Uhr" : ""}`;
}

/** `Dienstag, 19.01.2027, 09:00 Uhr`; the zone is named where it is not `home`. */
export function showDateTime(at: Temporal.ZonedDateTime, language: Language, home: string): string {
	const shown = `${showDate(at, language, { weekday: true })}, ${showTime(at, language)}`;
	return at.timeZoneId === home ? shown : `${shown} (${showZone(at.timeZoneId, language)})`;
}

const showZone = (zone: string, language: Language) => (language === "de" ? `Zeitzone ${zone}` : `time zone ${zone}`);

const NAMES: Record<Language, Record<Unit, [one: string, many: string, dative: string]>> = {
	de: {
		minutes: ["1 Minute", "Minuten", "Minuten"],
		hours: ["1 Stunde", "Stunden", "Stunden"],
		days: ["1 Tag", "Tage", "Tagen"],
		weeks: ["1 Woche", "Wochen", "Wochen"],
		months: ["1 Monat", "Monate", "Monaten"],
		years: ["1 Jahr", "Jahre", "Jahren"],
	},
	en: {
		minutes: ["1 minute", "minutes", "minutes"],
		hours: ["1 hour", "hours", "hours"],
		days: ["1 day", "days", "days"],
		weeks: ["1 week", "weeks", "weeks"],
		months: ["1 month", "months", "months"],
		years: ["1 year", "years", "years"],
	},
};

const LARGEST_FIRST = [...UNITS].reverse();

function amounts(given: string | Temporal.Duration, language: Language, dative: boolean): string {
	const duration = Temporal.Duration.from(given);
	const words = LARGEST_FIRST.flatMap((unit) => {
		const count = duration[unit];
		if (count === 0) return [];
		const [one, many, withDative] = NAMES[language][unit];
		return count === 1 ? [one] : [`${count} ${dative ? withDative : many}`];
	});
	return words.length > 0 ? words.join(" ") : `0 ${NAMES[language].minutes[1]}`;
}

/** `90 Minuten`, `1 Stunde 30 Minuten`: as given, not converted. */
export const showDuration = (duration: string | Temporal.Duration, language: Language) =>
	amounts(duration, language, false);

const WHOLE: Record<string, Record<Language, string>> = {
	P1D: { de: "morgen", en: "tomorrow" },
	P1W: { de: "in einer Woche", en: "in one week" },
	P1M: { de: "in einem Monat", en: "in one month" },
	PT1H: { de: "in einer Stunde", en: "in one hour" },
};

/** How far ahead of its event a reminder stands: `in 14 Tagen`, `morgen`, `in einer Stunde`. */
export function showLead(lead: string, language: Language): string {
	return WHOLE[Temporal.Duration.from(lead).toString()]?.[language] ?? `in ${amounts(lead, language, true)}`;
}

/** The two largest units that matter of a length of time: `40 Minuten`, `2 Stunden 10 Minuten`, `3 Tage`. */
export function showLength(minutes: number, language: Language): string {
	const days = Math.floor(minutes / 1440);
	const hours = Math.floor((minutes % 1440) / 60);
	const length = days > 0 ? { days, hours } : { hours, minutes: Math.floor(minutes % 60) };
	return showDuration(Temporal.Duration.from(length), language);
}

/** `gerade eben`, `vor 40 Minuten`, `in 3 Tagen`. */
export function showRelative(at: Temporal.Instant, now: Temporal.Instant, language: Language): string {
	const minutes = Math.round((at.epochMilliseconds - now.epochMilliseconds) / 60_000);
	const far = Math.abs(minutes);
	if (far === 0) return language === "de" ? "gerade eben" : "just now";
	const [unit, count]: [Unit, number] =
		far < 60 ? ["minutes", far] : far < 36 * 60 ? ["hours", Math.round(far / 60)] : ["days", Math.round(far / 1440)];
	const length = amounts(Temporal.Duration.from({ [unit]: count }), language, true);
	if (minutes > 0) return `in ${length}`;
	return language === "de" ? `vor ${length}` : `${length} ago`;
}
