/** What may stand in a cell: how it is read, with what is expected where it cannot be, and how it is written again. */
import { nearestWords } from "../lib/fold.ts";
import { isLand } from "../lib/holidays.ts";
import { isHours } from "../lib/opening-hours.ts";
import { readPhone } from "../lib/phone.ts";
import type { Text } from "../lib/text.ts";
import type { Key, Move, Signatory } from "../network/records.ts";
import type { Shape } from "./value.ts";

export type Reading<V> = { value: V } | { problem: Text; nearest?: string | null };

export interface Cell<V> {
	expected: Text;
	/** `text` is trimmed and not empty. */
	read(text: string): Reading<V>;
	write(value: V): string;
	/** Phone and Matrix id columns begin with `+` and `@` by nature. */
	unguarded?: true;
	/** Text is kept as it is, line breaks and all. */
	verbatim?: true;
	/** What it is in a workbook; text where nothing is said. */
	shape?: Shape;
	/** The only words there are, for a drop-down. */
	words?: readonly string[];
	/** Several values, separated by `|`. */
	several?: true;
}

const wrong = (de: string, en: string, nearest: string | null = null) => ({ problem: { de, en }, nearest });
const invalid = (text: string, nearest: string | null = null) =>
	wrong(`„${text}“ ist nicht zu lesen`, `"${text}" cannot be read`, nearest);

/** A cell that is read by a function which returns null for what it cannot read. */
function plain<V>(expected: Text, read: (text: string) => V | null, write: (value: V) => string): Cell<V> {
	return {
		expected,
		write,
		read(text) {
			const value = read(text);
			return value === null ? invalid(text.length > 60 ? `${text.slice(0, 59)}…` : text) : { value };
		},
	};
}
const same = (value: string) => value;
const matching = (expected: Text, pattern: RegExp, change = same) =>
	plain<string>(expected, (text) => (pattern.test(change(text)) ? change(text) : null), same);

export const text: Cell<string> = {
	...plain<string>({ de: "ein Text", en: "a text" }, same, same),
	verbatim: true,
};
/** One of several words in a cell: the list's separator cannot be in it. */
export const word = plain<string>({ de: "ein Text", en: "a text" }, same, same);

const SLUG = /^[a-z0-9-]{1,80}$/;
const SLUG_WORDS: Text = {
	de: "ein Schlüssel aus Kleinbuchstaben a-z, Ziffern und Bindestrichen, höchstens 80 Zeichen",
	en: "a key of lower-case letters a-z, digits and hyphens, at most 80 characters",
};
export const slug = matching(SLUG_WORDS, SLUG);
export const ref: Cell<Key> = matching(SLUG_WORDS, SLUG);

export function oneOf<W extends string>(words: readonly W[]): Cell<W> {
	const list = words.join(", ");
	return {
		expected: { de: `eines von ${list}`, en: `one of ${list}` },
		read(text) {
			const value = words.find((known) => known === text.toLowerCase());
			return value === undefined ? invalid(text, nearestWords(text, words, 1)[0] ?? null) : { value };
		},
		write: same,
		words,
	};
}

const YES_NO: Text = { de: "yes oder no", en: "yes or no" };
const ANSWERS: Record<string, boolean> = { yes: true, no: false };
export const yesNo: Cell<boolean> = {
	...plain<boolean>(
		YES_NO,
		(text) => ANSWERS[text.toLowerCase()] ?? null,
		(value) => (value ? "yes" : "no"),
	),
	shape: "yes or no",
	words: ["yes", "no"],
};

const asDate = (year: string, month: string, day: string): string | null => {
	try {
		return Temporal.PlainDate.from({ year: +year, month: +month, day: +day }, { overflow: "reject" }).toString();
	} catch {
		return null;
	}
};

function readDate(text: string): string | null {
	const [, y = "", m = "", d = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
	if (y !== "") return asDate(y, m, d);
	const [, day = "", month = "", year = ""] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
	return year === "" ? null : asDate(year, month, day);
}

function readLocalTime(text: string): string | null {
	const [, day, hour = "", minute = ""] = /^(\S+?)[T ]+(\d{1,2}):(\d{2})(?::00)?$/.exec(text) ?? [];
	const date = day === undefined ? null : readDate(day);
	if (date === null || Number(hour) > 23 || Number(minute) > 59) return null;
	return `${date}T${hour.padStart(2, "0")}:${minute}`;
}

export const date: Cell<string> = {
	...plain<string>(
		{ de: "ein Datum wie 2026-11-22 oder 22.11.2026", en: "a date such as 2026-11-22 or 22.11.2026" },
		readDate,
		same,
	),
	shape: "date",
};
export const localTime: Cell<string> = {
	...plain<string>(
		{
			de: "eine Ortszeit wie 2026-11-22T09:30 oder 22.11.2026 09:30",
			en: "a local time such as 2026-11-22T09:30 or 22.11.2026 09:30",
		},
		readLocalTime,
		same,
	),
	shape: "local time",
};
export const duration: Cell<string> = {
	...matching(
		{ de: "eine Dauer nach ISO 8601 wie P6M, P14D oder PT1H", en: "an ISO 8601 duration such as P6M, P14D or PT1H" },
		/^P(?=[\dT])(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}W)?(\d{1,6}D)?(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?$/,
		(text) => text.toUpperCase(),
	),
	shape: "duration",
};

export const moves = plain<Move>(
	{
		de: "eine Verlegung wie 2027-03-01T10:00>2027-03-02T10:00",
		en: "a move such as 2027-03-01T10:00>2027-03-02T10:00",
	},
	(text) => {
		const times = text.split(">").map((time) => readLocalTime(time.trim()));
		const [from, to] = times;
		return times.length === 2 && from != null && to != null ? { from, to } : null;
	},
	({ from, to }) => `${from}>${to}`,
);

export const signatory = plain<Signatory>(
	{ de: "Name (Schlüssel der Organisation)", en: "Name (organisation key)" },
	(text) => {
		const [, name, organisation] = /^(.*\S)\s*\(\s*([a-z0-9-]{1,80})\s*\)$/s.exec(text) ?? [];
		return name === undefined || organisation === undefined ? null : { name, organisation };
	},
	({ name, organisation }) => `${name} (${organisation})`,
);

export const phone: Cell<string> = {
	...plain<string>(
		{
			de: "eine Telefonnummer wie +49 351 56430400, 0351 56430400 oder 116117",
			en: "a phone number such as +49 351 56430400, 0351 56430400 or 116117",
		},
		readPhone,
		same,
	),
	unguarded: true,
};
export const matrixUser: Cell<string> = {
	...matching(
		{ de: "eine Matrix-Kennung wie @name:server.de", en: "a Matrix id such as @name:server.de" },
		/^@[^\s:]+:\S+$/,
	),
	unguarded: true,
};
export const hours = plain<string>(
	{ de: "Zeiten wie „Mo-Fr 08:00-16:00; Sa off“", en: 'times such as "Mo-Fr 08:00-16:00; Sa off"' },
	(text) => (isHours(text) ? text : null),
	same,
);

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
export const language = plain<string>(
	{ de: "ein Sprachkürzel nach ISO 639-1 wie de, ar, uk", en: "an ISO 639-1 code such as de, ar, uk" },
	(text) => {
		const code = text.toLowerCase();
		return /^[a-z]{2}$/.test(code) && languageNames.of(code) !== undefined ? code : null;
	},
	same,
);
export const ags = matching(
	{ de: "ein amtlicher Schlüssel aus 2, 5 oder 8 Ziffern", en: "an official key of 2, 5 or 8 digits" },
	/^(\d{2}|\d{5}|\d{8})$/,
);
const zones = new Map<string, string>();
/** Costs a tenth of a millisecond. */
function readZone(text: string): string | null {
	if (!/^[a-z]/i.test(text)) return null;
	try {
		return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
	} catch {
		return null;
	}
}
export const timezone = plain<string>(
	{ de: "eine Zeitzone wie Europe/Berlin", en: "a time zone such as Europe/Berlin" },
	(text) => {
		const known = zones.get(text);
		if (known !== undefined) return known;
		const read = readZone(text);
		// What is no zone is not kept: a hostile file has no end of those.
		if (read !== null) zones.set(text, read);
		return read;
	},
	same,
);
const lands = new Map<string, boolean>();
/** Asking the calendar costs a millisecond, too much for each of a hundred thousand rows. */
function isKnownLand(code: string): boolean {
	if (!/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code)) return false;
	const known = lands.get(code) ?? isLand(code);
	lands.set(code, known);
	return known;
}
export const land = plain<string>(
	{ de: "das ISO-Kürzel eines Landes wie DE-SN", en: "a Land's ISO code such as DE-SN" },
	(text) => (isKnownLand(text.toUpperCase()) ? text.toUpperCase() : null),
	same,
);
/** What a rule says is checked with its start; here only the spelling. */
export const rrule = plain<string>(
	{ de: "eine Regel nach RFC 5545 wie FREQ=MONTHLY;BYDAY=2TU", en: "an RFC 5545 rule such as FREQ=MONTHLY;BYDAY=2TU" },
	(text) => text.toUpperCase().replace(/^RRULE:/, ""),
	same,
);
export const votes = matching(
	{
		de: "Stimmen wie 12/1/2 (ja/nein/enthalten) oder consensus",
		en: "votes such as 12/1/2 (yes/no/abstain) or consensus",
	},
	/^(\d{1,9}\/\d{1,9}\/\d{1,9}|consensus)$/,
	(text) => text.toLowerCase().replaceAll(/\s/g, ""),
);
const LARGEST = 2_147_483_647;
export const count: Cell<number> = {
	...plain<number>(
		{ de: "eine ganze Zahl ab 0", en: "a whole number from 0" },
		(text) => (/^\d{1,10}$/.test(text) && Number(text) <= LARGEST ? Number(text) : null),
		String,
	),
	shape: "number",
};
export const amount: Cell<number> = {
	...plain<number>(
		{ de: "ein Betrag wie 12000 oder 12000.50", en: "an amount such as 12000 or 12000.50" },
		(text) => (/^\d{1,12}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(",", ".")) : null),
		String,
	),
	shape: "number",
};
