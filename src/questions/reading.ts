/** What stands in a sentence, before anybody asks what it means: words of the vocabulary, names, places, people, times, numbers. */
import type { Language } from "../lib/text.ts";
import type { Key, RecordType } from "../network/records.ts";
import { stem, type Token, tokens } from "./fold.ts";
import { bestSpelt, type Lexicon } from "./lexicon.ts";
import type { Mention, Unit } from "./names.ts";
import { numberIn } from "./numbers.ts";
import { peopleIn } from "./people.ts";
import type { Place } from "./regions.ts";
import { type TimeFound, timeOf } from "./time.ts";
import { languageOf, type Section, type Tag, vocabulary } from "./vocabulary.ts";

export interface Reading {
	language: Language;
	tokens: readonly Token[];
	tags: readonly Tag[];
	units: readonly Unit[];
	places: readonly Place[];
	/** Organisations named. */
	parties: readonly Mention[];
	/** Other records named by their titles, by type. */
	titles: ReadonlyMap<RecordType, readonly Mention[]>;
	/** Contacts who bear a name that was said; null = none was said. */
	people: { keys: Key[]; tokens: number[] } | null;
	time: TimeFound | null;
	/** A decision's number: its key, or what looked like one. */
	number: { key: Key | null; text: string; tokens: number[] } | null;
	/** Looks back: was, gab es, did. */
	past: boolean;
	has(section: Section, ...concepts: string[]): boolean;
	concepts(section: Section): string[];
	/** Indexes of tokens that units are made of. */
	tokensOf(units: readonly number[]): Set<number>;
}

export const TITLED = ["service", "agreement", "event", "project", "material", "programme"] as const;

/** Mr and Mrs guard a name from being "corrected". */
const GUARDS = new Set(["frau", "herr", "herrn", "mr", "mrs", "ms", "dr", "prof"]);

/** Mistyped words are read as the near word that somebody knows, if there is just one kind of it. */
function corrected(lexicon: Lexicon, text: readonly Token[]): Token[] {
	return text.map((token, index) => {
		if (token.word.length < 5 || lexicon.knows(token) || GUARDS.has(text[index - 1]?.word ?? "")) return token;
		const near = lexicon.near.find(token.word);
		const own = near.filter((word) => vocabulary.words.has(word));
		const choice = own.length > 0 ? own : near;
		const stems = new Set(choice.map(stem));
		const [word] = choice;
		if (word === undefined || stems.size > 1) return token;
		return { ...token, word, stem: stem(word) };
	});
}

/** Tags of the question's language; of the other one where its own says nothing. */
function tagsOf(language: Language, text: readonly Token[]): Tag[] {
	const own = vocabulary.tags(language, text);
	const covered = new Set<number>();
	for (const tag of own) for (let at = tag.from; at < tag.to; at++) covered.add(at);
	const foreign = vocabulary.tags(language === "de" ? "en" : "de", text);
	const meaning = foreign.filter((tag) => !["function", "common", "pronoun", "when", "mark", "ask", "follow"].includes(tag.section));
	return [...own, ...meaning.filter((tag) => !covered.has(tag.from) && !covered.has(tag.to - 1))];
}

export function read(
	lexicon: Lexicon,
	{ text, language, today }: { text: string; language: Language | null; today: Temporal.PlainDate },
): Reading {
	const typed = tokens(text);
	const spoken = language ?? languageOf(text);
	const words = corrected(lexicon, typed);
	const tags = tagsOf(spoken, words);
	const has = (section: Section, ...concepts: string[]) =>
		tags.some((tag) => tag.section === section && (concepts.length === 0 || concepts.includes(tag.concept)));
	const number = numberIn(lexicon.network, words);
	const past = has("mark", "past") && !has("mark", "next");
	const time = timeOf(words, tags, today, past || (has("mark", "last") && !has("mark", "next")));
	// A year that is part of a number or a title is no word of a name; function words neither.
	const units = lexicon.units(words, spoken).filter((unit) => !number?.tokens.includes(unit.from));
	const places = lexicon.regions.find(units);
	const parties = lexicon.names.find(units, "organisation");
	const titles = new Map<RecordType, readonly Mention[]>(TITLED.map((type) => [type, lexicon.names.find(units, type)]));
	const tokensOf = (indexes: readonly number[]) => {
		const out = new Set<number>();
		for (const index of indexes) {
			const unit = units[index];
			if (unit) for (let at = unit.from; at < unit.to; at++) out.add(at);
		}
		return out;
	};
	const busy = new Set<number>();
	for (const place of places) for (const at of tokensOf(place.units)) busy.add(at);
	for (const party of parties) if (party.full) for (const at of tokensOf(party.units)) busy.add(at);
	const people = peopleIn(lexicon, words, tags, busy);
	return {
		language: spoken,
		tokens: words,
		tags,
		units,
		places,
		parties,
		titles,
		people: people && { ...people, keys: bestSpelt(lexicon.network, people.keys, people.tokens.map((at) => typed[at]?.raw ?? "")) },
		time,
		number,
		past,
		has,
		concepts: (section) => [...new Set(tags.filter((tag) => tag.section === section).map((tag) => tag.concept))],
		tokensOf,
	};
}

