/** What a search gives: which records answer, or why none does. */
import type { Asker } from "../../network/access.ts";
import type { RecordRef, RecordType } from "../../network/records.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Query } from "../query.ts";

export interface Search {
	lexicon: Lexicon;
	query: Query;
	asker: Asker;
	/** The asker's now, in the bot's time zone. */
	now: Temporal.ZonedDateTime;
}

export type FoundStatus = "answered" | "choose" | "not_found" | "not_allowed" | "out_of_scope";

export interface Found {
	status: FoundStatus;
	records: RecordRef[];
	/** The one fact asked for, as machines read it. */
	value?: string | number;
	/** The records are there, but the fact asked for is not recorded. */
	missing?: string;
	/** Of an event: which of its next dates was asked for, 0 = the next. */
	step?: number;
	/** Local dates of events, in the order of `records`. */
	dates?: string[];
}

export type Finder = (search: Search) => Found;

export const refs = (type: RecordType, keys: Iterable<string>): RecordRef[] =>
	[...new Set(keys)].map((key) => ({ type, key }));

export const nothing = (status: "not_found" | "not_allowed" = "not_found"): Found => ({ status, records: [] });

/** All of them answer; none = not found. */
export const all = (type: RecordType, keys: Iterable<string>): Found => {
	const records = refs(type, keys);
	return records.length > 0 ? { status: "answered", records } : nothing();
};

/** The words fit several equally well: ask which. */
export const choice = (type: RecordType, keys: Iterable<string>): Found => ({
	status: "choose",
	records: refs(type, keys),
});

/** A fact of one record; not recorded = not found, even though the record is known. */
export function fact(type: RecordType, key: string, field: string, value: string | number | null | undefined): Found {
	if (value === null || value === undefined || value === "")
		return { status: "not_found", records: [], missing: field };
	return { status: "answered", records: refs(type, [key]), value };
}

export const has = (query: Query, ...marks: string[]) => marks.some((mark) => query.marks.includes(mark));
export const asks = (query: Query, ...words: string[]) => words.some((word) => query.asks.includes(word));

/** Records of `type` in which every one of these words stands; null = no words were given. */
export function bySubject(search: Search, type: keyof Lexicon["texts"]): ReadonlySet<string> | null {
	let out: ReadonlySet<string> | null = null;
	for (const word of search.query.subject) {
		const found = search.lexicon.texts[type].find(word);
		out = out === null ? found : out.intersection(found);
	}
	return out;
}

/** Records meant by title, number or choice; null = none was named. */
export function named(query: Query, type: RecordType): string[] | null {
	const keys = query.named.filter((ref) => ref.type === type).map((ref) => ref.key);
	return keys.length > 0 ? keys : null;
}
