/** What stands in a sentence, before anybody asks what it means: words of the vocabulary, names, places, people, times, numbers. */
import type { Language } from "../lib/text.ts";
import type { Key, RecordType } from "../network/records.ts";
import { near } from "./edits.ts";
import { stem, type Token, tokens } from "./fold.ts";
import { PLACE_WORDS, TITLES } from "./leading.ts";
import { bestSpelt, type Lexicon, nearAny } from "./lexicon.ts";
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
	/** Words that nothing else explains and that say what a contact does, with the token they stand at. */
	does: readonly { at: number; word: string }[];
	/** A word that nothing else explains stands in an event's title. */
	scheduled: boolean;
	/** Looks back: was, gab es, did. */
	past: boolean;
	has(section: Section, ...concepts: string[]): boolean;
	concepts(section: Section): string[];
	/** Concepts said outside the names of organisations, even of partly said ones. */
	outside(section: Section): string[];
	/** Indexes of tokens that units are made of. */
	tokensOf(units: readonly number[]): Set<number>;
}

const TITLED = ["service", "agreement", "event", "project", "material", "programme"] as const;

/**
 * A mistyped word is read as the near word that somebody knows, if there is just one of its kind. Where a place is named it is
 * only read as a place or name, so that a town nobody here knows does not turn into some other word and vanish.
 */
function corrected(lexicon: Lexicon, text: readonly Token[], language: Language): Token[] {
	const { near: known } = lexicon;
	const cased = text.slice(1).some((token) => token.capital);
	/** English inflects little; German writes nouns large inside a sentence, and what it writes large is one. */
	const meant = (word: string, form: string, token: Token, index: number) => {
		if (language === "en") return near(form, word);
		const agreeing = vocabulary.written("de", word, token.capital) || !vocabulary.written("de", word, !token.capital);
		return !cased || index === 0 || agreeing;
	};
	return text.map((token, index) => {
		const before = text[index - 1]?.word ?? "";
		if (token.word.length < 4 || lexicon.knowsWhole(token) || TITLES.has(before)) return token;
		if (lexicon.knows(token)) return compound(lexicon, token, language);
		const named = PLACE_WORDS.has(before) || (language === "en" && token.capital && index > 0);
		const nameless = cased && !token.capital && !PLACE_WORDS.has(before);
		// A short word that may be a name is left alone.
		if (!nameless && token.word.length < 5) return token;
		const kinds = named ? [known.region, known.name] : [known[language], known.region, known.name, known.text];
		for (const kind of nameless ? [known[language], nearAny[language], known.region, known.name, known.text] : kinds) {
			// Swapped letters may look like an umlaut written out: `Prjoekt` is tried as typed, too.
			for (const form of new Set([token.word, token.raw.toLowerCase()])) {
				const found = kind.find(form).filter((word) => meant(word, form, token, index));
				const word = best(form, found, vocabulary.meaning[language]);
				if (word !== null) return { ...token, word, stem: stem(word) };
				// Which of several was meant is weighed later (`mend`), if it matters.
				if (found.length > 0) return token;
			}
		}
		return token;
	});
}

/** The one word that was meant: the only one there is, the only one of the same letters, or by far the most usual one. */
function best(typed: string, found: readonly string[], usual: ReadonlyMap<string, number>): string | null {
	const letters = (word: string) => [...word].sort().join("");
	const swapped = found.filter((word) => letters(word) === letters(typed));
	for (const some of [swapped, found]) {
		const [word] = some;
		if (word !== undefined && new Set(some.map(stem)).size === 1) return word;
	}
	const counts = found.map((word) => ({ word, count: usual.get(word) ?? 0 })).sort((a, b) => b.count - a.count);
	const [first, second] = counts;
	return first && second && first.count >= 3 * Math.max(1, second.count) ? first.word : null;
}

/** Shorter words have too many neighbours to be mended although a pattern knows them. */
const COMPOUND = 9;

/** `Suchtbreatung`: a pattern would take the slip for a compound's second part. */
function compound(lexicon: Lexicon, token: Token, language: Language): Token {
	if (token.word.length < COMPOUND) return token;
	const parts = vocabulary.mendPart(language, token.word).map(({ word }) => word);
	const [word, ...others] = [...lexicon.near[language].find(token.word), ...parts].filter(
		(each) => each.length >= COMPOUND && near(token.word, each),
	);
	if (word === undefined || others.some((other) => stem(other) !== stem(word))) return token;
	return { ...token, word, stem: stem(word) };
}

/** Tags of the question's language; of the other one where its own says nothing. */
function tagsOf(language: Language, text: readonly Token[]): Tag[] {
	const own = vocabulary.tags(language, text);
	const covered = new Set<number>();
	for (const tag of own) for (let at = tag.from; at < tag.to; at++) covered.add(at);
	const foreign = vocabulary.tags(language === "de" ? "en" : "de", text);
	const meaning = foreign.filter(
		(tag) => !["function", "common", "pronoun", "when", "mark", "ask", "follow"].includes(tag.section),
	);
	return [...own, ...meaning.filter((tag) => !covered.has(tag.from) && !covered.has(tag.to - 1))];
}

function doing(lexicon: Lexicon, text: readonly Token[], tags: readonly Tag[], busy: ReadonlySet<number>) {
	const out: { at: number; word: string }[] = [];
	text.forEach((token, at) => {
		const here = tags.filter((tag) => tag.from <= at && tag.to > at);
		if (busy.has(at) || token.word.length < 3 || here.some((tag) => tag.section !== "term")) return;
		const terms = here.map((tag) => tag.concept);
		const word = [token.word, ...terms].find((each) => lexicon.functions.find(each).size > 0);
		if (word !== undefined) out.push({ at, word });
	});
	return out;
}

export function read(
	lexicon: Lexicon,
	{ text, language, today }: { text: string; language: Language | null; today: Temporal.PlainDate },
): Reading {
	const typed = tokens(text);
	const spoken = language ?? languageOf(text);
	const words = corrected(lexicon, typed, spoken);
	const said = tagsOf(spoken, words);
	const number = numberIn(lexicon.network, words);
	// A year that is part of a number is no word of a name.
	const units = lexicon.units(words, spoken).filter((unit) => !number?.tokens.includes(unit.from));
	const parties = lexicon.names.find(units, "organisation");
	const tokensOf = (indexes: readonly number[]) => {
		const out = new Set<number>();
		for (const index of indexes) {
			const unit = units[index];
			if (unit) for (let at = unit.from; at < unit.to; at++) out.add(at);
		}
		return out;
	};
	// Words of a whole name say nothing else: the ring of the WEISSER RING is no call.
	const inNames = new Set<number>();
	for (const party of parties)
		if (party.full && !party.generic) for (const at of tokensOf(party.units)) inNames.add(at);
	const tags = said.filter((tag) => {
		for (let at = tag.from; at < tag.to; at++) if (!inNames.has(at)) return true;
		return tag.section === "common";
	});
	const has = (section: Section, ...concepts: string[]) =>
		tags.some((tag) => tag.section === section && (concepts.length === 0 || concepts.includes(tag.concept)));
	const past = has("mark", "past") && !has("mark", "next");
	const time = timeOf(words, tags, today, past || (has("mark", "last") && !has("mark", "next")));
	const places = lexicon.regions.find(units);
	const titles = new Map<RecordType, readonly Mention[]>(TITLED.map((type) => [type, lexicon.names.find(units, type)]));
	const busy = new Set<number>();
	for (const place of places) for (const at of tokensOf(place.units)) busy.add(at);
	for (const party of parties) if (party.full) for (const at of tokensOf(party.units)) busy.add(at);
	const does = doing(
		lexicon,
		words,
		tags,
		new Set([...busy, ...parties.flatMap((party) => [...tokensOf(party.units)])]),
	);
	const people = peopleIn(lexicon, words, tags, busy);
	return {
		language: spoken,
		tokens: words,
		tags,
		units,
		places,
		parties,
		titles,
		people: people && {
			...people,
			keys: bestSpelt(
				lexicon.network,
				people.keys,
				people.tokens.map((at) => typed[at]?.raw ?? ""),
			),
		},
		time,
		number,
		does,
		scheduled: words.some(
			(token, at) =>
				token.word.length > 4 &&
				!tags.some((tag) => tag.from <= at && tag.to > at) &&
				lexicon.texts.event.find(token.word).size > 0,
		),
		past,
		has,
		concepts: (section) => [...new Set(tags.filter((tag) => tag.section === section).map((tag) => tag.concept))],
		outside: (section) => {
			const partly = new Set(parties.filter((party) => !party.generic).flatMap((party) => [...tokensOf(party.units)]));
			return [
				...new Set(tags.filter((tag) => tag.section === section && !partly.has(tag.from)).map((tag) => tag.concept)),
			];
		},
		tokensOf,
	};
}
