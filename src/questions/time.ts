/** Spans of days in words: "im Dezember", "in den nächsten sechs Monaten", "KW 49", "Ende März", "since 2024", "this quarter". */
import type { Token } from "./fold.ts";
import {
	amount,
	calendarWeek,
	type Days,
	monthOf,
	period,
	quarterOf,
	safeDate,
	UNITS,
	weekOf,
	yearOf,
} from "./periods.ts";
import type { Section, Tag } from "./vocabulary.ts";

/** Both ends belong to it, `YYYY-MM-DD`; null = open. */
export interface Span {
	from: string | null;
	to: string | null;
}

export interface TimeFound extends Span {
	/** Indexes of the tokens that said it. */
	tokens: Set<number>;
	/** A whole calendar year, as in "2023". */
	year: boolean;
}

interface Piece extends Days {
	start: number;
	end: number;
	year?: boolean;
}

const plainNumber = (token: Token | undefined) => (token && /^\d{1,4}$/.test(token.word) ? Number(token.word) : null);
const ordinal = (token: Token | undefined) => {
	const match = /^(\d{1,2})(st|nd|rd|th)?$/.exec(token?.word ?? "");
	return match ? Number(match[1]) : null;
};
const calendarYear = (token: Token | undefined) => {
	const number = plainNumber(token);
	return number !== null && number >= 1950 && number <= 2100 ? number : null;
};

/** @param past whether the question looks back: a month without a year is then the last one, else the next to come */
export function timeOf(
	text: readonly Token[],
	tags: readonly Tag[],
	today: Temporal.PlainDate,
	past: boolean,
): TimeFound | null {
	const at = (section: Section, index: number) =>
		tags.find((tag) => tag.section === section && tag.from === index)?.concept ?? null;
	const when = (index: number, ...concepts: string[]) =>
		tags.some((tag) => tag.section === "when" && tag.from === index && concepts.includes(tag.concept));
	const unitAt = (index: number) => UNITS.find((unit) => unit === at("unit", index)) ?? null;
	const count = (index: number) =>
		plainNumber(text[index]) ?? (at("number", index) ? Number(at("number", index)) : null);

	function monthYear(month: number, index: number): { year: number; end: number } {
		const said = calendarYear(text[index]);
		if (said !== null) return { year: said, end: index + 1 };
		const year = today.year + (past ? (month > today.month ? -1 : 0) : month < today.month ? 1 : 0);
		return { year, end: index };
	}

	function date(index: number): Piece | null {
		const [a, b, c] = [text[index], text[index + 1], text[index + 2]].map(plainNumber);
		const [gap, next] = [text[index + 1]?.gap, text[index + 2]?.gap];
		const one = (day: Temporal.PlainDate | null, end: number) =>
			day ? { from: day, to: day, start: index, end } : null;
		if (a != null && b != null && c != null && gap === "-" && next === "-" && a > 1900)
			return one(safeDate(a, b, c), index + 3);
		if (a != null && b != null && gap?.trim() === "." && b <= 12 && a <= 31) {
			const year = next?.trim() === "." ? calendarYear(text[index + 2]) : null;
			if (year !== null) return one(safeDate(year, b, a), index + 3);
			return one(safeDate(monthYear(b, index + 99).year, b, a), index + 2);
		}
		const day = ordinal(text[index]);
		const month = at("month", index + 1);
		if (day !== null && month !== null && day <= 31) {
			const { year, end } = monthYear(Number(month), index + 2);
			return one(safeDate(year, Number(month), day), end);
		}
		const named = at("month", index);
		const after = ordinal(text[index + 1]);
		if (named !== null && after !== null && after <= 31) {
			const { year, end } = monthYear(Number(named), index + 2);
			return one(safeDate(year, Number(named), after), end);
		}
		return null;
	}

	function month(index: number): Piece | null {
		const part = ["start", "middle", "end"].find((concept) => when(index, concept));
		const place = part
			? (tags.find((tag) => tag.section === "when" && tag.from === index && tag.concept === part)?.to ?? index + 1)
			: index;
		const named = at("month", place);
		// "may" and "march" are words of their own where no month is meant; a month is written large.
		if (named === null || (/^(may|march)$/.test(text[place]?.word ?? "") && !text[place]?.capital)) return null;
		const { year, end } = monthYear(Number(named), place + 1);
		const whole = monthOf(year, Number(named));
		const [first, last] =
			part === "start" ? [1, 10] : part === "middle" ? [11, 20] : part === "end" ? [21, 31] : [1, 31];
		const from = whole.from.with({ day: first });
		return { from, to: whole.from.with({ day: Math.min(last, whole.to.day) }), start: index, end };
	}

	function relative(index: number): Piece | null {
		const step = when(index, "this") ? 0 : when(index, "next") ? 1 : when(index, "last") ? -1 : null;
		const number = step === null ? count(index) : count(index + 1);
		const unitIndex = index + (step === null ? 1 : number === null ? 1 : 2);
		const unit = unitAt(unitIndex);
		if (step === null && (number === null || unit === null)) return null;
		if (unit === null) {
			const weekday = step === null ? null : at("weekday", index + 1);
			if (weekday === null) return null;
			const from = nextWeekday(Number(weekday));
			return { from, to: from, start: index, end: index + 2 };
		}
		const end = unitIndex + 1;
		if (number !== null) {
			if (step === -1) return { from: today.subtract(amount(unit, number)), to: today, start: index, end };
			return { from: today, to: today.add(amount(unit, number)), start: index, end };
		}
		const several = /^(tagen|wochen|monaten|jahren|days|weeks|months|years|quarters)$/.test(
			text[unitIndex]?.word ?? "",
		);
		if (several && step === 1)
			return {
				from: today,
				to: today.add(amount(unit, unit === "day" ? 7 : unit === "week" ? 4 : 3)),
				start: index,
				end,
			};
		if (several && step === -1)
			return {
				from: today.subtract(amount(unit, unit === "day" ? 7 : unit === "week" ? 4 : 3)),
				to: today,
				start: index,
				end,
			};
		return { ...period(unit, step ?? 0, today), start: index, end };
	}

	function quarter(index: number): Piece | null {
		const number =
			/^q([1-4])$/.exec(text[index]?.word ?? "")?.[1] ?? (unitAt(index + 1) === "quarter" ? text[index]?.word : null);
		if (!number || !/^[1-4]$/.test(number) || (text[index + 1]?.gap === " " && !/^q/.test(text[index]?.word ?? "")))
			return null;
		const end = index + (unitAt(index + 1) === "quarter" ? 2 : 1);
		const year = calendarYear(text[end]);
		return { ...quarterOf(year ?? today.year, Number(number)), start: index, end: year === null ? end : end + 1 };
	}

	const nextWeekday = (day: number) => today.add({ days: (day - today.dayOfWeek + 7) % 7 });

	function other(index: number): Piece | null {
		const place = { start: index, end: index + 1 };
		if (when(index, "today")) return { from: today, to: today, ...place };
		if (when(index, "tomorrow")) return { from: today.add({ days: 1 }), to: today.add({ days: 1 }), ...place };
		if (when(index, "day_after_tomorrow"))
			return { from: today.add({ days: 2 }), to: today.add({ days: 2 }), ...place };
		if (when(index, "yesterday"))
			return { from: today.subtract({ days: 1 }), to: today.subtract({ days: 1 }), ...place };
		const thisYear = tags.find((tag) => tag.section === "when" && tag.concept === "this_year" && tag.from === index);
		if (thisYear) return { ...yearOf(today.year), start: index, end: thisYear.to };
		const week = plainNumber(text[index + 1]);
		if (when(index, "calendar_week") && week !== null && week >= 1 && week <= 53) {
			const year = calendarYear(text[index + 2]);
			const days = calendarWeek(week, year ?? today.year);
			const late = year === null && !past && Temporal.PlainDate.compare(days.to, today) < 0;
			return {
				...(late ? calendarWeek(week, today.year + 1) : days),
				start: index,
				end: index + (year === null ? 2 : 3),
			};
		}
		if (when(index, "weekend")) {
			const { to } = weekOf(today);
			return { from: to.subtract({ days: 1 }), to, ...place };
		}
		if (when(index, "end") && unitAt(index + 1) === "year")
			return { ...monthOf(today.year, 12), start: index, end: index + 2 };
		if (/^jahresende$/.test(text[index]?.word ?? "")) return { ...monthOf(today.year, 12), ...place };
		const weekday = at("weekday", index);
		if (weekday !== null) return { from: nextWeekday(Number(weekday)), to: nextWeekday(Number(weekday)), ...place };
		const year = calendarYear(text[index]);
		return year === null ? null : { ...yearOf(year), ...place, year: true };
	}

	const pieces: Piece[] = [];
	for (let index = 0; index < text.length; ) {
		const piece = date(index) ?? month(index) ?? quarter(index) ?? relative(index) ?? other(index);
		if (piece) pieces.push(piece);
		index = piece ? piece.end : index + 1;
	}
	const [first, second] = pieces;
	if (!first) return null;
	const used = new Set<number>();
	for (const piece of pieces.slice(0, 2)) for (let index = piece.start; index < piece.end; index++) used.add(index);
	const before = (piece: Piece, concept: string) => when(piece.start - 1, concept);
	let span: Span = { from: first.from.toString(), to: first.to.toString() };
	if (second) span = { from: span.from, to: second.to.toString() };
	else if (before(first, "until")) span = { from: null, to: span.to };
	else if (before(first, "since")) span = { from: span.from, to: null };
	if (before(first, "until") || before(first, "since")) used.add(first.start - 1);
	return { ...span, tokens: used, year: !second && first.year === true };
}
