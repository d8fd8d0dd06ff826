/** What a word that nobody knows may have been meant as: a near word of the vocabulary, of a name or of a text. */
import { distance } from "../lib/fold.ts";
import { LANGUAGES, type Language } from "../lib/text.ts";
import { root, type Token } from "./fold.ts";
import { PLACE_WORDS, TITLES } from "./leading.ts";
import type { Lexicon } from "./lexicon.ts";
import { slipIndex } from "./slips.ts";
import { vocabulary } from "./vocabulary.ts";

const MEANING = {
	de: slipIndex(() => vocabulary.meaning.de.keys()),
	en: slipIndex(() => vocabulary.meaning.en.keys()),
};
const SMALL = {
	de: slipIndex(() => [...vocabulary.small.de, ...vocabulary.phrases.de]),
	en: slipIndex(() => [...vocabulary.small.en, ...vocabulary.phrases.en]),
};

export interface Guess {
	word: string;
	cost: number;
}

/** A long word may hold two slips. */
const LONG = 9;
const MOST_GUESSES = 6;
const OTHER_LANGUAGE = 0.4;
/** Shorter words of texts are near to too much. */
const LEAST_IN_TEXT = 5;

/** Doubled letters as one. */
const squeezed = (word: string) => word.replace(/(.)\1/g, "$1");

/** How unlikely a slip is: swapped or doubled letters are common, a wrong first letter is rare. */
function slipCost(typed: string, meant: string): number {
	const far = Math.min(distance(typed, meant, 2), distance(typed, meant.replaceAll("ss", "s"), 2));
	const letters = (word: string) => [...word].sort().join("");
	const likely = letters(typed) === letters(meant) || squeezed(typed) === squeezed(meant);
	return far - (likely ? 0.3 : 0) + (typed[0] === meant[0] ? 0 : 0.4) - Math.min(0.2, meant.length / 100);
}

/** Ways to write what sounds the same: two spellings of one are two people, not a slip (Meier, Maier, Meyer; Schmidt, Schmitt). */
const sound = (name: string) =>
	squeezed(
		name
			.replace(/ai|ay|ey|ei/g, "ai")
			.replace(/y|ie|ih/g, "i")
			.replace(/dt|tt|th|d$/g, "t")
			.replace(/ph|v/g, "f")
			.replace(/ck|c/g, "k")
			.replace(/tz/g, "z")
			.replace(/(?<=[aeou])h/g, ""),
	);

export function guesses(lexicon: Lexicon, text: readonly Token[], at: number, language: Language): Guess[] {
	const token = text[at];
	if (!token) return [];
	const before = text[at - 1]?.word ?? "";
	const place = PLACE_WORDS.has(before);
	const cased = text.slice(1).some((each) => each.capital);
	const inside = cased && at > 0;
	// German writes nouns and names large, and nothing else inside a sentence.
	const agrees = (word: string, own: Language) =>
		own !== "de" || !inside || vocabulary.written(own, word, token.capital);
	const found = new Map<string, number>();
	const add = (words: readonly string[], form: string, extra: number) => {
		for (const word of words) {
			const cost = slipCost(form, word) + extra;
			if (cost < (found.get(word) ?? Number.POSITIVE_INFINITY)) found.set(word, cost);
		}
	};

	function fromVocabulary(form: string) {
		for (const own of LANGUAGES) {
			const near = MEANING[own].find(form).filter((word) => agrees(word, own));
			add(near, form, own === language ? 0 : OTHER_LANGUAGE);
		}
		const parts = vocabulary.mendPart(language, form).filter(({ part }) => agrees(part, language));
		add(
			parts.map(({ word }) => word),
			form,
			0.1,
		);
		// A place, or a name written large, is never read as a small word: it would vanish.
		const mayVanish = (word: string) => !(inside && token?.capital) || (language === "de" && agrees(word, "de"));
		if (!place) add(SMALL[language].find(form).filter(mayVanish), form, 0.2);
	}

	function fromRecords(form: string) {
		add(lexicon.slips.names.find(form), form, 0.1);
		if (form.length < LEAST_IN_TEXT) return;
		for (const each of new Set([form, root(form)])) {
			const near = lexicon.slips.texts.find(each).filter((word) => !vocabulary.small[language].has(word));
			add(near, each, 0.2);
		}
	}

	// Swapped letters may look like an umlaut written out, or tear one apart.
	const typed = token.raw.toLowerCase();
	const titled = TITLES.has(before);
	const plain = typed.normalize("NFKD").replace(/\p{M}/gu, "");
	for (const form of new Set([token.word, typed, plain, plain.replaceAll("ß", "s")])) {
		if (!titled) {
			fromVocabulary(form);
			fromRecords(form);
		}
		// A name that may be somebody's is somebody else's.
		if (!place && !lexicon.plausible(form)) {
			const near = lexicon.slips.people.find(form).filter((name) => sound(name) !== sound(form));
			add(near, form, 0.3);
		}
	}
	if (found.size === 0 && !titled && token.word.length >= LONG)
		add(farther(lexicon, token.word, language), token.word, 0.5);
	return [...found]
		.map(([word, cost]) => ({ word, cost }))
		.sort((a, b) => a.cost - b.cost)
		.slice(0, MOST_GUESSES);
}

/** Long words with two slips, no names: of these the nearest are told instead. Only where there is none with one: it looks at every word. */
function farther(lexicon: Lexicon, typed: string, language: Language): string[] {
	return [MEANING[language], lexicon.slips.texts].flatMap((index) =>
		[...index.words()].filter((word) => Math.abs(word.length - typed.length) <= 2 && distance(typed, word, 2) === 2),
	);
}
