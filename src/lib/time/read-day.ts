/** The days that people name, each form with how it is read. `typed` is tidied (words.ts). */
import { monthOf, numberOf, ordinalOf, unitWord, weekdayOf } from "./words.ts";

type Day = Temporal.PlainDate;

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

function dateOf(year: number, month: number, day: number): Day | null {
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
	const first = new Temporal.PlainDate(year, month, 1);
	return day <= first.daysInMonth ? first.with({ day }) : null;
}

/** Without a year: the next such day, today included; 29 February may be years away. */
function dayOf(day: number, month: number, year: string | undefined, today: Day): Day | null {
	if (year) return dateOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
	for (let ahead = 0; ahead <= 8; ahead++) {
		const date = dateOf(today.year + ahead, month, day);
		if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
	}
	return null;
}

const after = (today: Day, weekday: number) => today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });
const before = (today: Day, weekday: number) => today.subtract({ days: ((today.dayOfWeek - weekday + 6) % 7) + 1 });
const monday = (today: Day) => today.subtract({ days: today.dayOfWeek - 1 });
const monthEnd = (day: Day) => day.with({ day: day.daysInMonth });

function calendarWeek(week: number, year: string | undefined, weekday: number, today: Day): Day | null {
	const of = (isoYear: number): Day | null => {
		const day = monday(new Temporal.PlainDate(isoYear, 1, 4)).add({ weeks: week - 1, days: weekday - 1 });
		return week >= 1 && day.add({ days: 4 - weekday }).year === isoYear ? day : null;
	};
	if (year) return of(year.length === 2 ? 2000 + Number(year) : Number(year));
	for (let ahead = 0; ahead <= 7; ahead++) {
		const day = of((today.yearOfWeek ?? today.year) + ahead);
		if (day && Temporal.PlainDate.compare(day, today) >= 0) return day;
	}
	return null;
}

const SIMPLE: Record<string, number> = {
	heute: 0,
	today: 0,
	morgen: 1,
	tomorrow: 1,
	uebermorgen: 2,
	"day after tomorrow": 2,
	gestern: -1,
	yesterday: -1,
	vorgestern: -2,
};

const WEEK = "(?:woche|week)";
/** 0 = not a word of this form. */
const forms: [RegExp, (groups: string[], today: Day) => Day | 0 | null][] = [
	[/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/u, ([y, m, d]) => dateOf(Number(y), Number(m), Number(d))],
	[
		/^(\d{1,2})\. ?(\d{1,2})\.? ?(\d{4}|\d\d)?$/u,
		([d, m, y], today) => dayOf(Number(d), Number(m), y || undefined, today),
	],
	[
		/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u,
		// 3/4/2027 is March to some and April to others.
		([a, b, y]) =>
			Number(a) > 12
				? dateOf(Number(y), Number(b), Number(a))
				: Number(b) > 12
					? dateOf(Number(y), Number(a), Number(b))
					: null,
	],
	[
		/^(\d{1,2})(?:\.|st|nd|rd|th)? ?(?:of )?([a-z]+\.?),? ?(\d{4}|\d\d)?$/u,
		([d, name = "", y], today) => {
			const month = monthOf(name);
			return month && dayOf(Number(d), month, y || undefined, today);
		},
	],
	[
		/^([a-z]+\.?) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u,
		([name = "", d, y], today) => {
			const month = monthOf(name);
			return month && dayOf(Number(d), month, y || undefined, today);
		},
	],
	[/^(?:heute )?in (\S+) ([a-z]+)$/u, ([count = "", unit = ""], today) => moved(today, numberOf(count), unit, 1)],
	[/^vor (\S+) ([a-z]+)$/u, ([count = "", unit = ""], today) => moved(today, numberOf(count), unit, -1)],
	[/^(\S+) ([a-z]+) ago$/u, ([count = "", unit = ""], today) => moved(today, numberOf(count), unit, -1)],
	[
		/^([a-z]+) in (\S+) (?:wochen?|weeks?)$/u,
		([name = "", count = ""], today) => {
			const weekday = weekdayOf(name);
			const weeks = numberOf(count);
			return weekday && weeks ? monday(today).add({ weeks, days: weekday - 1 }) : null;
		},
	],
	[
		/^(?:(?:naechste[nrs]?|kommende[nrs]?|next|coming) )?([a-z]+)$/u,
		([name = ""], today) => {
			const weekday = weekdayOf(name);
			return weekday && after(today, weekday);
		},
	],
	[
		/^(?:diese[nrs]?|this) ([a-z]+)$/u,
		([name = ""], today) => {
			const weekday = weekdayOf(name);
			return weekday && (weekday === today.dayOfWeek ? today : after(today, weekday));
		},
	],
	[
		/^uebernaechste[nrs]? ([a-z]+)$/u,
		([name = ""], today) => {
			const weekday = weekdayOf(name);
			return weekday && after(today, weekday).add({ weeks: 1 });
		},
	],
	[
		/^(?:letzte[nrs]?|vergangene[nrs]?|last) ([a-z]+)$/u,
		([name = ""], today) => {
			const weekday = weekdayOf(name);
			return weekday && before(today, weekday);
		},
	],
	[
		new RegExp(
			`^(?:(naechste|kommende|next|diese|this|uebernaechste)[rn]? ${WEEK} (?:am |on )?([a-z]+)|([a-z]+),? (?:in )?(?:der )?(naechste|kommende|next|diese|this|uebernaechste)[rn]? ${WEEK})$`,
			"u",
		),
		([w1, d1, d2, w2], today) => {
			const weekday = weekdayOf(d1 || d2 || "");
			const which = w1 || w2 || "";
			const weeks = /^(?:diese|this)$/u.test(which) ? 0 : which === "uebernaechste" ? 2 : 1;
			return weekday && monday(today).add({ weeks, days: weekday - 1 });
		},
	],
	[
		/^(?:kw|cw|kalenderwoche|week|woche) ?(\d{1,2})(?: ?\/? ?(\d{4}|\d\d))?,? (?:am |on )?([a-z]+)$/u,
		([week, year, name = ""], today) => {
			const weekday = weekdayOf(name);
			return weekday && calendarWeek(Number(week), year || undefined, weekday, today);
		},
	],
	[
		/^([a-z]+),? (?:in |der |in der |of )?(?:kw|cw|kalenderwoche|week|woche) ?(\d{1,2})(?: ?\/? ?(\d{4}|\d\d))?$/u,
		([name = "", week, year], today) => {
			const weekday = weekdayOf(name);
			return weekday && calendarWeek(Number(week), year || undefined, weekday, today);
		},
	],
	[
		/^(?:ende|end of) ([a-z]+\.?) ?(\d{4})?$/u,
		([name = "", year], today) => {
			const month = monthOf(name);
			if (!month) return null;
			if (year) return dateOf(Number(year), month, 1) && monthEnd(new Temporal.PlainDate(Number(year), month, 1));
			const end = monthEnd(new Temporal.PlainDate(today.year, month, 1));
			return Temporal.PlainDate.compare(end, today) >= 0 ? end : monthEnd(end.add({ years: 1 }));
		},
	],
	[/^(?:monatsende|ende (?:des|dieses) monats|(?:the )?end of (?:the|this) month)$/u, (_, today) => monthEnd(today)],
	[
		/^(?:ende (?:des )?naechsten monats|(?:the )?end of next month)$/u,
		(_, today) => monthEnd(today.with({ day: 1 }).add({ months: 1 })),
	],
	[
		/^(?:jahresende|ende (?:des|dieses) jahres|(?:the )?end of (?:the|this) year)$/u,
		(_, today) => today.with({ month: 12, day: 31 }),
	],
	[/^(?:ende|end of) (\d{4})$/u, ([year]) => dateOf(Number(year), 12, 31)],
];

function moved(today: Day, count: number | null, unitName: string, sign: 1 | -1): Day | null {
	const unit = unitWord(unitName);
	if (count === null || unit === null || unit === "hours" || unit === "minutes") return null;
	return today.add({ [unit]: count * sign });
}

/** @param typed tidied; a weekday in front of a date has to fit it */
export function readDay(typed: string, today: Day): Day | null {
	const words = typed
		.replace(/^(?:(?:am|an|den|der|dem|ab|bis|zum|vom|on|the|by|from|until) )+/u, "")
		.replace(/[,\s]+$/u, "");
	const simple = Object.hasOwn(SIMPLE, words) ? SIMPLE[words] : undefined;
	if (simple !== undefined) return today.add({ days: simple });
	for (const [form, read] of forms) {
		const match = form.exec(words);
		const day =
			match &&
			read(
				match.slice(1).map((group) => group ?? ""),
				today,
			);
		if (day) return day.year >= FIRST_YEAR && day.year <= LAST_YEAR ? day : null;
	}
	const named = /^([a-z]+\.?),? (?:den |dem |the )?(.+)$/u.exec(words);
	const weekday = named?.[1] ? weekdayOf(named[1]) : null;
	if (weekday === null || !named?.[2] || !/\d/u.test(named[2]) || ordinalOf(named[2]) !== null) return null;
	const day = readDay(named[2], today);
	return day?.dayOfWeek === weekday ? day : null;
}
