/** Reads dates, times and durations as people write them, German and English. What is ambiguous or malformed is null: the caller says so. */
import { readDay } from "./read-day.ts";
import { numberOf, tidy, type Unit, unitWord } from "./words.ts";

/**
 * A day: `31.03.2027`, `2027-03-31`, `31.3.`, `3. März`, `November 3rd`, `Dienstag, 19.01.2027`, `morgen`, `in 2 Wochen`,
 * `nächsten Dienstag` (the first after today), `KW 49 Mittwoch`, `Ende März`. Without a year: the next such day, today included.
 */
export function readDate(words: string, now: Temporal.ZonedDateTime): Temporal.PlainDate | null {
	return readDay(tidy(words), now.toPlainDate());
}

const DAYPART = "morgens|frueh|vormittags|mittags|nachmittags|abends|in the morning|in the afternoon|in the evening";
const HALF = "am|pm|a\\.m\\.|p\\.m\\.";
/** `9:30`, `9.30 Uhr`, `9 Uhr`, `9 Uhr 30`, `2pm`; a bare hour only after `um` or `at`. */
const TIME = `(?:(?:um|at|ab|@) ?)?(?:(\\d{1,2}):(\\d\\d)(?::00)? ?(?:uhr|h)?|(\\d{1,2})\\.(\\d\\d) ?(?:uhr|h)|(\\d{1,2}) ?(?:uhr|h)(?: ?(\\d\\d))?|(\\d{1,2})(?=(?: ?(?:${HALF})| (?:${DAYPART})))|(?<=(?:um|at) )(\\d{1,2}))(?: ?(${HALF}))?(?: (${DAYPART}))?`;
const AT_END = new RegExp(`^(.*?)[\\s,]+${TIME}$`, "u");
const AT_FRONT = new RegExp(`^${TIME}[\\s,]+(.+)$`, "u");

/** Half of the day that a word names; null = it names none. */
function halfOf(word: string | undefined): "am" | "pm" | null {
	if (!word) return null;
	if (/^(?:am|a\.m\.|morgens|frueh|vormittags?|in the morning)$/u.test(word)) return "am";
	return /^mittags?$/u.test(word) ? null : "pm";
}

function timeOf(groups: readonly (string | undefined)[], daypart: string | undefined): Temporal.PlainTime | null {
	const [h1, m1, h2, m2, h3, m3, h4, h5, twelve, part] = groups;
	let hour = Number(h1 ?? h2 ?? h3 ?? h4 ?? h5);
	const minute = Number(m1 ?? m2 ?? m3 ?? 0);
	const half = halfOf(twelve ?? part ?? daypart);
	if (twelve && (hour < 1 || hour > 12)) return null;
	if (twelve && hour === 12) hour = half === "am" ? 0 : 12;
	else if (half === "pm" && hour < 12) hour += 12;
	else if (half === "am" && hour > 12) return null;
	return hour < 24 && minute < 60 ? new Temporal.PlainTime(hour, minute) : null;
}

const ISO = /^(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(z|[+-]\d\d:?\d\d)?$/u;

function readIso([whole, date = "", time = "", offset]: RegExpExecArray, zone: string): Temporal.PlainDateTime | null {
	try {
		if (!offset) return Temporal.PlainDateTime.from(`${date}T${time}`);
		const at = Temporal.Instant.from(whole.toUpperCase()).toZonedDateTimeISO(zone).toPlainDateTime();
		return at.round({ smallestUnit: "minute", roundingMode: "trunc" });
	} catch {
		return null;
	}
}

/** A day with a time: `3. März 9 Uhr`, `morgen 14:30`, `next tuesday 2pm`, `um 9.30 Uhr am 3.11.`, `in 2 Stunden`, ISO 8601. */
export function readDateTime(words: string, now: Temporal.ZonedDateTime): Temporal.PlainDateTime | null {
	const typed = tidy(words);
	const iso = ISO.exec(typed);
	if (iso) return readIso(iso, now.timeZoneId);
	const soon = /^in (\S+?) ?(minuten?|min\.?|stunden?|std\.?|minutes?|hours?|h)$/u.exec(typed);
	if (soon) {
		const count = numberOf(soon[1] ?? "");
		const unit = unitWord(soon[2] ?? "");
		if (count === null || unit === null) return null;
		return now
			.add({ [unit]: count })
			.toPlainDateTime()
			.round({ smallestUnit: "minute", roundingMode: "trunc" });
	}
	const end = AT_END.exec(typed);
	const front = end ? null : AT_FRONT.exec(typed);
	const groups = end ? end.slice(2) : front?.slice(1, 11);
	const day = (end ? end[1] : front?.[11])?.trim();
	if (!groups || !day) return null;
	const part = / (frueh|vormittag|mittag|nachmittag|abend|morning|afternoon|evening)$/u.exec(day);
	const date = readDay(part ? day.slice(0, part.index) : day, now.toPlainDate());
	const time = timeOf(groups, part?.[1]?.replace("morning", "morgens"));
	return date && time ? date.toPlainDateTime(time) : null;
}

const HALVES: [RegExp, string][] = [
	[/^(?:ein(?:e|en)? )?(?:dreiviertel|viertel ?stunde(?= )|3\/4) ?stunde$/u, "PT45M"],
	[/^(?:eine )?viertelstunde$|^(?:a )?quarter of an hour$/u, "PT15M"],
	[/^(?:eine )?halbe ?stunde$|^(?:a )?half (?:an )?hour$/u, "PT30M"],
	[/^(?:anderthalb|eineinhalb|1 ?1\/2) stunden$|^(?:an|one) hour and a half$/u, "PT1H30M"],
	[/^(?:zweieinhalb|2 ?1\/2) stunden$/u, "PT2H30M"],
];

const NEXT_UNIT: Partial<Record<Unit, [Unit, number]>> = {
	hours: ["minutes", 60],
	days: ["hours", 24],
	weeks: ["days", 7],
	years: ["months", 12],
};

/** `90 Minuten`, `1,5 Stunden`, `2h`, `1 Std. 30 Min.`, `1:30 h`, `2 Wochen`, `PT2H`. Always longer than nothing. */
export function readDuration(words: string): Temporal.Duration | null {
	const typed = tidy(words);
	const half = HALVES.find(([form]) => form.test(typed));
	if (half) return Temporal.Duration.from(half[1]);
	if (/^p[\dt]/u.test(typed)) {
		try {
			const duration = Temporal.Duration.from(typed.toUpperCase());
			return duration.sign > 0 ? duration : null;
		} catch {
			return null;
		}
	}
	const clock = /^(\d{1,3}):([0-5]\d) ?(?:h|std\.?|stunden)$/u.exec(typed);
	const spelt = clock ? `${clock[1]} h ${clock[2]} min` : typed;
	const fields: Partial<Record<Unit, number>> = {};
	const pieces = spelt.replace(/(\d)(?=[a-z])|([a-z]\.?)(?=\d)/gu, "$1$2 ").split(/ (?:und|and) |, | /u);
	if (pieces.length % 2 === 1) return null;
	for (let index = 0; index < pieces.length; index += 2) {
		const amount = pieces[index] ?? "";
		const unit = unitWord(pieces[index + 1] ?? "");
		const count = /^\d{1,4}[.,]\d{1,2}$/u.test(amount) ? Number(amount.replace(",", ".")) : numberOf(amount);
		if (unit === null || count === null || fields[unit] !== undefined) return null;
		const whole = Math.trunc(count);
		fields[unit] = whole;
		if (whole === count) continue;
		const [smaller, factor] = NEXT_UNIT[unit] ?? [null, 0];
		const rest = Math.round((count - whole) * factor * 100) / 100;
		if (smaller === null || !Number.isInteger(rest) || fields[smaller] !== undefined) return null;
		fields[smaller] = rest;
	}
	const duration = Temporal.Duration.from(fields);
	return duration.sign > 0 ? duration : null;
}

/** `14 Tage|1 Tag|1 Stunde`, with `|`, `;`, `, ` or `und` between: ISO 8601 durations in the order given, each once. */
export function readLeadTimes(words: string): string[] | null {
	const pieces = tidy(words)
		.replace(/ (?:vorher|davor|zuvor|vor beginn|before|earlier|in advance)(?= |$|[|,;])/gu, "")
		.split(/ ?[|;] ?|, | (?:und|and) /u)
		.filter((piece) => piece !== "");
	const leads = pieces.map((piece) => readDuration(piece)?.toString() ?? null);
	return leads.length > 0 && leads.every((lead) => lead !== null) ? [...new Set(leads)] : null;
}
