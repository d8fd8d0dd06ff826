/** Argument kinds: how a typed value becomes a checked one. Each is a zod schema made for the asker's language, time and sight. */
import { z } from "zod";
import { fold, nearestWords } from "../lib/fold.ts";
import type { Language, Text } from "../lib/text.ts";
import { readDate, readDateTime, readDuration } from "../lib/time/read.ts";
import type { Asker } from "../network/access.ts";
import type { Key, RecordRef, RecordType } from "../network/records.ts";
import type { FormField } from "./platform.ts";

/** What reading a value may depend on. */
export interface World {
	language: Language;
	/** In the zone in which the person's dates are read. */
	now: Temporal.ZonedDateTime;
	asker: Asker;
	/** People mentioned in the message, by the name that stands in its text. */
	mentions: readonly { name: string; id: string }[];
	resolve(type: RecordType, typed: string): Resolution;
}

export type Resolution =
	| { kind: "one"; ref: RecordRef }
	| { kind: "several"; refs: readonly RecordRef[] }
	| { kind: "none"; nearest: readonly RecordRef[]; hidden?: boolean };

/** Why a value could not be taken. */
export type Fault =
	| { kind: "invalid"; text: Text }
	| { kind: "unknown"; type: RecordType; typed: string; nearest: readonly RecordRef[]; hidden: boolean }
	| { kind: "several"; type: RecordType; typed: string; refs: readonly RecordRef[] };

export type Reading<T> = { ok: true; value: T } | { ok: false; fault: Fault; raw: string };

type Input = FormField["input"];

interface Spec {
	/** Option names, the first shown in help. The argument's own name (English) is always understood. */
	de: readonly string[];
	en: readonly string[];
	label: Text;
	/** The question that asks for it in a dialogue. */
	ask: Text;
	hint?: Text;
	/** `words`: takes the words outside options that `one` leaves over; `one`: one word or quoted value; `line`: the rest of the line as typed. */
	position?: "words" | "one" | "line";
	/** In a form it is picked from the records instead of typed (organisations and regions). */
	pick?: "one" | "several";
	/** Understood, but neither in help nor in forms (what buttons carry). */
	hidden?: boolean;
}

export interface Arg<T = unknown> extends Spec {
	required: boolean;
	several: boolean;
	/** `-` takes the value away. */
	clears?: boolean;
	input: Input;
	/** All raw values given, none for an argument that was left out. */
	read(raw: readonly string[], world: World): Reading<T>;
}

export type Values<Args> = { [Name in keyof Args]: Args[Name] extends Arg<infer T> ? T : never };

const TEXT_LIMIT = 4000;

function invalid(context: z.RefinementCtx, text: Text): never {
	return fail(context, { kind: "invalid", text });
}

function fail(context: z.RefinementCtx, fault: Fault): never {
	context.addIssue({ code: "custom", message: "", params: { fault } });
	return z.NEVER;
}

/** Control characters, direction overrides and zero-width characters carry no meaning here and can hide what is written. */
export function clean(raw: string): string {
	return raw
		.normalize("NFC")
		.replace(/[\p{Cc}]/gu, (character) => (character === "\n" || character === "\t" ? character : ""))
		.replace(/[\u200B\u2060\uFEFF\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "")
		.trim();
}

function make<T>(spec: Spec, input: Input, schema: (world: World) => z.ZodType<T, string>): Arg<T> {
	return {
		...spec,
		required: true,
		several: false,
		input,
		read(raw, world) {
			const joined = clean(raw.join(" "));
			const result = schema(world).safeParse(joined);
			if (result.success) return { ok: true, value: result.data };
			const issue = result.error.issues[0];
			const fault: Fault | undefined = issue?.code === "custom" ? issue.params?.fault : undefined;
			return { ok: false, raw: joined, fault: fault ?? { kind: "invalid", text: faultText(spec, issue) } };
		},
	};
}

function faultText(spec: Spec, issue: z.core.$ZodIssue | undefined): Text {
	if (issue?.code === "too_big") {
		return {
			de: `${spec.label.de}: zu lang, höchstens ${issue.maximum} Zeichen.`,
			en: `${spec.label.en}: too long, at most ${issue.maximum} characters.`,
		};
	}
	return {
		de: `${spec.label.de}: dieser Wert fehlt oder ist leer.`,
		en: `${spec.label.en}: this value is missing or empty.`,
	};
}

/** Leaves the argument out: `undefined`. */
export function optional<T>(arg: Arg<T>): Arg<T | undefined> {
	return {
		...arg,
		required: false,
		read: (raw, world) => (raw.length === 0 ? { ok: true, value: undefined } : arg.read(raw, world)),
	};
}

/** What a person writes to take a value away. */
export const CLEARED = "-";

/** A property that can be taken away again: `-` reads as null. */
export function clearable<T>(arg: Arg<T>): Arg<T | null> {
	const hint = { de: `„${CLEARED}“ entfernt die Angabe.`, en: `"${CLEARED}" removes it.` };
	return {
		...arg,
		clears: true,
		hint: arg.hint ? { de: `${arg.hint.de} ${hint.de}`, en: `${arg.hint.en} ${hint.en}` } : hint,
		read: (raw, world) =>
			raw.length > 0 && raw.every((value) => /^[-–—]$/u.test(value.trim()))
				? { ok: true, value: null }
				: arg.read(raw, world),
	};
}

/** Several values, by `|` or by repeating the option; none = an empty list. */
export function many<T>(arg: Arg<T>): Arg<T[]> {
	return {
		...arg,
		required: false,
		several: true,
		// A picker takes one date: several are typed.
		input: arg.input.kind === "date" ? { kind: "text", multiline: false } : arg.input,
		read(raw, world) {
			const values: T[] = [];
			for (const piece of raw.flatMap((value) => value.split("|")).map((value) => value.trim())) {
				if (piece === "") continue;
				const reading = arg.read([piece], world);
				if (!reading.ok) return reading;
				if (!values.includes(reading.value)) values.push(reading.value);
			}
			return { ok: true, value: values };
		},
	};
}

export const text = (spec: Spec, limit = TEXT_LIMIT): Arg<string> =>
	make(spec, { kind: "text", multiline: limit > 300 }, () => z.string().min(1).max(limit));

const shorten = (typed: string) => (typed.length > 60 ? `${typed.slice(0, 57)}…` : typed);

export const date = (spec: Spec): Arg<Temporal.PlainDate> =>
	make(spec, { kind: "date" }, (world) =>
		z.string().transform((typed, context) => {
			const read = typed.length > 200 ? null : readDate(typed, world.now);
			if (read) return read;
			return invalid(context, {
				de: `${spec.label.de}: „${shorten(typed)}“ ist kein Datum. Zum Beispiel: 31.03.2027, 3. März, nächsten Dienstag, in 2 Wochen.`,
				en: `${spec.label.en}: "${shorten(typed)}" is not a date. For example: 2027-03-31, 3 March, next Tuesday, in 2 weeks.`,
			});
		}),
	);

export const dateTime = (spec: Spec): Arg<Temporal.PlainDateTime> =>
	make(spec, { kind: "datetime" }, (world) =>
		z.string().transform((typed, context) => {
			const read = typed.length > 200 ? null : readDateTime(typed, world.now);
			if (read) return read;
			return invalid(context, {
				de: `${spec.label.de}: „${shorten(typed)}“ ist kein Zeitpunkt. Zum Beispiel: 31.03.2027 14:30, 3. März 9 Uhr, morgen 14:30.`,
				en: `${spec.label.en}: "${shorten(typed)}" is not a date and time. For example: 2027-03-31 14:30, 3 March 9 am, tomorrow 14:30.`,
			});
		}),
	);

export const duration = (spec: Spec): Arg<string> =>
	make(spec, { kind: "text", multiline: false }, () =>
		z.string().transform((typed, context) => {
			const read = typed.length > 100 ? null : readDuration(typed);
			if (read) return read.toString();
			return invalid(context, {
				de: `${spec.label.de}: „${shorten(typed)}“ ist keine Dauer. Zum Beispiel: 90 Minuten, 2 Stunden, 1 Tag.`,
				en: `${spec.label.en}: "${shorten(typed)}" is not a duration. For example: 90 minutes, 2 hours, 1 day.`,
			});
		}),
	);

/** A word out of a closed list, by its stored word or by its words in either language. */
export function choice<Value extends string>(
	spec: Spec,
	values: Record<Value, Text & { also?: readonly string[] }>,
): Arg<Value> {
	const known = Object.keys(values).filter((value): value is Value => value in values);
	const words = new Map<string, Value>();
	for (const value of known) {
		const { de, en, also = [] } = values[value];
		for (const word of [value, value.replaceAll("_", "-"), de, en, ...also]) words.set(fold(word), value);
	}
	const input: Input = { kind: "select", options: known.map((value) => ({ value, label: values[value] })) };
	return make(spec, input, (world) =>
		z.string().transform((typed, context) => {
			const value = words.get(fold(typed));
			if (value) return value;
			const shown = known.map((each) => values[each][world.language]).join(", ");
			const near =
				typed.length > 60
					? []
					: nearestWords(
							typed,
							known.map((each) => values[each][world.language]),
							1,
						);
			return invalid(context, {
				de: `${spec.label.de}: „${shorten(typed)}“ gibt es nicht.${near[0] ? ` Meinten Sie „${near[0]}“?` : ""} Möglich: ${shown}.`,
				en: `${spec.label.en}: there is no "${shorten(typed)}".${near[0] ? ` Did you mean "${near[0]}"?` : ""} Possible: ${shown}.`,
			});
		}),
	);
}

/** A value that names a record: key, name, short name, alias or a unique part of one. */
export function record(type: RecordType, spec: Spec): Arg<Key> {
	const input: Input =
		spec.pick && (type === "organisation" || type === "region")
			? { kind: "record", type, several: spec.pick === "several" }
			: { kind: "text", multiline: false };
	return make(spec, input, (world) =>
		z
			.string()
			.min(1)
			.max(300)
			.transform((typed, context) => {
				const found = world.resolve(type, typed);
				if (found.kind === "one") return found.ref.key;
				if (found.kind === "several") return fail(context, { kind: "several", type, typed, refs: found.refs });
				return fail(context, {
					kind: "unknown",
					type,
					typed: shorten(typed),
					nearest: found.nearest,
					hidden: found.hidden ?? false,
				});
			}),
	);
}

/** An option without a value: `--prune`. */
export function flag(spec: Spec): Arg<boolean> {
	return {
		...spec,
		required: false,
		several: false,
		input: { kind: "text", multiline: false },
		read(raw) {
			const given = fold(raw.join(" ").trim());
			if (["", "ja", "yes"].includes(given)) return { ok: true, value: raw.length > 0 };
			const text = {
				de: `${spec.label.de}: diese Angabe steht allein, ohne Wert.`,
				en: `${spec.label.en}: this option stands alone, without a value.`,
			};
			return { ok: false, raw: given, fault: { kind: "invalid", text } };
		},
	};
}

/** A value read by a function of the caller's; `null` = malformed, and `expected` says what would be right. */
export const custom = <T>(spec: Spec, expected: Text, read: (typed: string, world: World) => T | null): Arg<T> =>
	make(spec, { kind: "text", multiline: false }, (world) =>
		z.string().transform((typed, context) => {
			const value = typed.length > 1000 ? null : read(typed, world);
			if (value !== null) return value;
			return invalid(context, {
				de: `${spec.label.de}: „${shorten(typed)}“ verstehe ich nicht. ${expected.de}`,
				en: `${spec.label.en}: I do not understand "${shorten(typed)}". ${expected.en}`,
			});
		}),
	);
