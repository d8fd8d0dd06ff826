/**
 * Slips of the pen. A question that nothing answers, because of words that nobody knows, is read once more with the words that were
 * probably meant. If one such reading is clearly the likeliest, it is what was asked.
 */
import type { Language } from "../lib/text.ts";
import type { Found } from "./find/found.ts";
import { fold, type Token, tokens } from "./fold.ts";
import { guesses } from "./guess.ts";
import { PLACE_WORDS } from "./leading.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Query } from "./query.ts";
import type { Reading } from "./reading.ts";
import type { Section } from "./vocabulary.ts";

/** A sentence, understood and looked up. */
export interface Looked {
	reading: Reading;
	query: Query | null;
	found: Found;
	/** Why it is none of the bot's business, where there is a reason. */
	scope: string | null;
	/** Words that were read as slips, as they were typed. */
	slips?: readonly string[];
}

const MOST_WORDS = 3;
/** A sentence full of unknown words is about something else. */
const MOST_MENDED = 2;
const MOST_COST = 2.4;
const MOST_SENTENCES = 12;
/** A word that makes a known phrase with its neighbours was surely meant: "how many". */
const PHRASE = 0.3;
/** Who asks expects that there is an answer. */
const NOTHING = 0.1;
/** What may be none of the bot's business is not answered. */
const CAUTION = 0.3;
/** So much less likely that it does not count. */
const CLEARLY = 0.15;

/** @param look reads, understands and looks up another sentence; null = it is not known what was meant */
export function mend(lexicon: Lexicon, text: string, first: Looked, look: (text: string) => Looked): Looked | null {
	if (first.scope !== null || (first.found.status !== "not_found" && first.found.status !== "out_of_scope"))
		return null;
	const { tokens: read, language } = first.reading;
	const unknown = new Set(first.query?.unknown);
	const doubtful = indexes(read, (token) => fold(token.raw) !== token.word || !lexicon.knowsWhole(token));
	const missing = indexes(read, (token) => unknown.has(token.raw) && !lexicon.knowsWhole(token));
	const tried = sentences(lexicon, tokens(text), { doubtful, missing }, language).flatMap(({ text, cost, mended }) => {
		const looked = look(text);
		const { reading, query, found, scope } = looked;
		if ((query?.unknown.length ?? 0) > 0 || (scope === null && found.status === "out_of_scope")) return [];
		if (!mended.every((at) => fits(reading, at))) return [];
		const phrase = mended.some((at) => inPhrase(reading, at)) ? PHRASE : 0;
		const nothing = found.status === "not_found" ? NOTHING : 0;
		const slips = mended.map((at) => read[at]?.raw ?? "");
		return [{ looked: { ...looked, slips }, cost: cost - phrase + nothing - (scope === null ? 0 : CAUTION) }];
	});
	const [best, ...others] = tried.sort((one, other) => one.cost - other.cost);
	if (!best) return null;
	// Two readings that are as likely and say different things: it is not known which was meant.
	const torn = others.some((other) => other.cost < best.cost + CLEARLY && !same(best.looked, other.looked));
	return torn ? null : best.looked;
}

const indexes = (text: readonly Token[], of: (token: Token) => boolean) =>
	text.flatMap((token, at) => (of(token) ? [at] : []));

interface Sentence {
	text: string;
	/** Indexes of the words that were mended. */
	mended: readonly number[];
	cost: number;
}

/**
 * Sentences that may have been meant, the likeliest first.
 * @param words `missing`: indexes of words that all have to be mended; `doubtful`: of these and of others that may be slips
 */
function sentences(
	lexicon: Lexicon,
	text: readonly Token[],
	{ doubtful, missing }: { doubtful: readonly number[]; missing: readonly number[] },
	language: Language,
): Sentence[] {
	if (missing.length > MOST_WORDS) return [];
	let all: { words: ReadonlyMap<number, string>; cost: number }[] = [{ words: new Map(), cost: 0 }];
	for (const at of [...new Set([...missing, ...doubtful])].slice(0, MOST_WORDS)) {
		const some = guesses(lexicon, text, at, language);
		const further = all.flatMap(({ words, cost }) =>
			some.map((guess) => ({ words: new Map([...words, [at, guess.word]]), cost: cost + guess.cost })),
		);
		all = missing.includes(at) ? further : [...all, ...further];
	}
	return all
		.filter(({ words, cost }) => words.size > 0 && words.size <= MOST_MENDED && cost <= MOST_COST)
		.sort((a, b) => a.cost - b.cost)
		.slice(0, MOST_SENTENCES)
		.map(({ words, cost }) => ({
			cost,
			mended: [...words.keys()],
			text: text.map((token, at) => `${token.gap}${cased(token, words.get(at))}`).join(""),
		}));
}

/** Keeps the capital, which tells a name from a word. */
function cased(token: Token, word: string | undefined): string {
	if (word === undefined) return token.raw;
	return token.capital ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}

/** What stands behind "in" without being a place: "in den nächsten Wochen". */
const QUALIFIERS: ReadonlySet<Section> = new Set(["language", "stage", "unit", "when", "month", "number", "weekday"]);
/** A long word is no slip of a place's name. */
const LONG = 8;

/** Where a place is named, a mended word has to be a place or a time, or to belong to the word before it ("in Kraft"). */
function fits(reading: Reading, at: number): boolean {
	const before = reading.tokens[at - 1]?.word ?? "";
	if (before === "im" || !PLACE_WORDS.has(before)) return true;
	const named = [...reading.places, ...reading.parties, ...[...reading.titles.values()].flat()];
	if (named.some((mention) => reading.tokensOf(mention.units).has(at))) return true;
	if (reading.time?.tokens.has(at)) return true;
	const long = (reading.tokens[at]?.word.length ?? 0) >= LONG;
	return reading.tags.some(
		(tag) => tag.to > at && tag.from <= at && (tag.from < at || long || QUALIFIERS.has(tag.section)),
	);
}

const inPhrase = (reading: Reading, at: number) =>
	reading.tags.some((tag) => tag.from <= at && tag.to > at && tag.to - tag.from > 1);

const same = ({ found: one }: Looked, { found: other }: Looked) =>
	one.status === other.status &&
	JSON.stringify([one.records, one.value]) === JSON.stringify([other.records, other.value]);
