/** One question, one answer: from the records alone, with the record named, or honestly none. */
import { note, type Part } from "../bot/reply.ts";
import type { Language } from "../lib/text.ts";
import type { Asker } from "../network/access.ts";
import { labelOf } from "../network/label.ts";
import type { RecordRef, RecordType } from "../network/records.ts";
import type { Found, FoundStatus, Search } from "./find/found.ts";
import { search } from "./find/index.ts";
import { followUp } from "./follow.ts";
import type { Lexicon } from "./lexicon.ts";
import { type Looked, mend } from "./mend.ts";
import { emptyQuery, type Intent, type Query, type Topic } from "./query.ts";
import { type Reading, read } from "./reading.ts";
import { resolve } from "./resolve.ts";
import { asksForHelp, outOfScope } from "./scope.ts";
import { partsOf } from "./tell.ts";
import { understand } from "./understand.ts";

export interface Question {
	text: string;
	/** Null = detect. */
	language: Language | null;
	now: Temporal.Instant;
	/** IANA zone in which "today" is. */
	timezone: string;
	asker: Asker;
	/** What the conversation was about last; null = nothing, or too long ago. */
	topic: Topic | null;
	/** The choice made of an earlier answer's choices. */
	only?: RecordRef | null;
}

export interface Answer {
	status: FoundStatus;
	intent: Intent;
	records: RecordRef[];
	/** The one fact asked for, as machines read it (cli.md). */
	value?: string | number;
	language: Language;
	parts: Part[];
	/** To be remembered for the next question of this person in this place. */
	topic: Topic | null;
	choices: { label: string; ref: RecordRef }[];
	/** What was understood, for `--json` and "why?". */
	understood: object;
}

const empty = (list: unknown) => list === null || list === false || (Array.isArray(list) && list.length === 0);

/** Only what was said, so that a person can read it. */
const shown = (query: Query | null): object =>
	query === null ? {} : Object.fromEntries(Object.entries(query).filter(([, value]) => !empty(value) && value !== 0));

const CONTACT_FIELDS = ["phone", "mobile", "email", "address", "website", "hours"];

/** Words that stand for nothing in this network: then the question is none of its business. */
function foreign(reading: Reading): boolean {
	const known = reading.places.length + reading.parties.length + (reading.people ? 1 : 0);
	return (
		known === 0 &&
		!reading.has("topic") &&
		!reading.has("need") &&
		!reading.has("noun") &&
		!reading.has("field", ...CONTACT_FIELDS)
	);
}

/** The choice that was made takes the place of what was ambiguous. */
function narrowed(query: Query, only: RecordRef): Query {
	if (only.type === "region") return { ...query, regions: [only.key] };
	return { ...query, named: [only], titled: true, regions: [], parties: [], unknown: [], people: null };
}

interface Told {
	found: Found;
	scope?: string | null;
	slips?: readonly string[];
}

interface Context {
	lexicon: Lexicon;
	question: Question;
	reading: Reading;
	now: Temporal.ZonedDateTime;
}

function finish(context: Context, query: Query | null, intent: Intent, { found, scope, slips }: Told): Answer {
	const { lexicon, question, reading, now } = context;
	const { language } = reading;
	const search: Search = { lexicon, query: query ?? emptyQuery(intent), asker: question.asker, now };
	const choices =
		found.status === "choose" ? found.records.map((ref) => ({ label: labelOf(lexicon.network, ref), ref })) : [];
	const remembered = query !== null && found.status !== "out_of_scope" && intent !== "help";
	const parts = partsOf({ ...search, found, language, intent, scope: scope ?? null });
	return {
		status: found.status,
		intent,
		records: found.records,
		...(found.value === undefined ? {} : { value: found.value }),
		language,
		parts: slips && intent !== "help" ? [...parts, readAs(slips, language)] : parts,
		topic: remembered ? { query, status: found.status, records: found.records } : question.topic,
		choices,
		understood: slips ? { ...shown(query), slips } : shown(query),
	};
}

/** Who mistyped sees that it was noticed. */
const readAs = (words: readonly string[], language: Language): Part =>
	note(
		{
			de: `Als Tippfehler gelesen: ${words.map((word) => `„${word}“`).join(", ")}`,
			en: `Read as a slip: ${words.map((word) => `"${word}"`).join(", ")}`,
		}[language],
	);

/** Answers one question as this asker may hear it; where words that nobody knows are in the way, as it was probably meant. */
export function answer(lexicon: Lexicon, question: Question): Answer {
	const now = question.now.toZonedDateTimeISO(question.timezone);
	const first = look(lexicon, question, now);
	const { language } = first.reading;
	const meant = mend(lexicon, question.text, first, (text) => look(lexicon, { ...question, text, language }, now));
	const { reading, query, ...told } = meant ?? first;
	const intent = query?.intent ?? (told.found.status === "not_found" ? "contact" : "help");
	return finish({ lexicon, question, reading, now }, query, intent, told);
}

/** Reads, understands and looks up. */
function look(lexicon: Lexicon, question: Question, now: Temporal.ZonedDateTime): Looked {
	const reading = read(lexicon, { text: question.text, language: question.language, today: now.toPlainDate() });
	const none = (status: FoundStatus, scope: string | null = null): Looked => ({
		reading,
		query: null,
		found: { status, records: [] },
		scope,
	});
	if (reading.tokens.length === 0) return none("out_of_scope");
	const scope = outOfScope(reading);
	if (scope !== null) return none("out_of_scope", scope);
	if (asksForHelp(reading)) return none("answered");
	const own = understand(lexicon, reading);
	const followed = question.topic ? followUp(lexicon, reading, own, question.topic) : null;
	const understood = followed ?? own;
	if (understood === null) return none(foreign(reading) ? "out_of_scope" : "not_found");
	const query = question.only ? narrowed(understood, question.only) : understood;
	return { reading, query, found: search({ lexicon, query, asker: question.asker, now }), scope: null };
}

const FIND_INTENTS: Partial<Record<RecordType, Intent>> = {
	contact: "contact",
	organisation: "organisation",
	service: "service",
	agreement: "agreement",
	commitment: "commitment",
	event: "event",
	decision: "decision",
	project: "project",
	programme: "programme",
	membership: "programme",
	material: "material",
};

/** Of one kind, everything that fits is an answer: nothing is left to choose but a place that two regions bear. */
function listed(found: Found): Found {
	return found.status === "choose" && found.records.some((record) => record.type !== "region")
		? { ...found, status: "answered" }
		: found;
}

/** Finds records of one kind by words in any order, also by a part of their name; several right ones are all given. */
export function find(lexicon: Lexicon, type: RecordType, question: Question): Answer {
	const now = question.now.toZonedDateTimeISO(question.timezone);
	const intent = FIND_INTENTS[type] ?? "contact";
	const reading = read(lexicon, { text: question.text, language: question.language, today: now.toPlainDate() });
	const context = { lexicon, question: { ...question, topic: null }, reading, now };
	const understood = understand(lexicon, reading, intent) ?? emptyQuery(intent);
	// Nothing but the kind was said, or words that ask for all of it.
	const query = { ...understood, intent, counted: null, asks: [...new Set([...understood.asks, "list"])] };
	const found = listed(search({ lexicon, query, asker: question.asker, now }));
	if (found.status !== "not_found") return finish(context, query, intent, { found });
	const named = resolve(lexicon, type, question.text, question.asker);
	if (named.kind === "none")
		return finish(context, query, intent, {
			found: named.hidden ? { status: "not_allowed", records: [] } : found,
		});
	const records = named.kind === "one" ? [named.ref] : named.refs;
	return finish(context, query, intent, { found: { status: "answered", records } });
}
