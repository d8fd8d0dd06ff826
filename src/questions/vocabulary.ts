/**
 * The field's vocabulary, from one readable file per language: what words mean, never who or where. Section → concept → phrases.
 * Phrases are compared by their words' stems; `opferschutz*` stands for every word that begins so, `*konferenz` for every one that ends so;
 * `läuft … aus` for both words with others between them.
 */
import { z } from "zod";
import { distance } from "../lib/fold.ts";
import { LANGUAGES, type Language } from "../lib/text.ts";
import { fold, stem, type Token, tokens, words } from "./fold.ts";
import german from "./vocabulary.de.json" with { type: "json" };
import english from "./vocabulary.en.json" with { type: "json" };

const SECTIONS = [
	"term",
	"ask",
	"field",
	"noun",
	"mark",
	"stage",
	"topic",
	"need",
	"organisationKind",
	"agreementKind",
	"commitmentKind",
	"eventKind",
	"language",
	"audience",
	"month",
	"number",
	"unit",
	"weekday",
	"when",
	"pronoun",
	"follow",
	"help",
	"scope",
	"family",
	"function",
	"common",
] as const;
export type Section = (typeof SECTIONS)[number];
const File = z.record(z.enum(SECTIONS), z.record(z.string(), z.array(z.string())));

/** A phrase of the vocabulary found in a text: tokens `from` ≤ i < `to`. */
export interface Tag {
	section: Section;
	concept: string;
	from: number;
	to: number;
}

interface Ending {
	section: Section;
	concept: string;
}

/** Of what one word may mean in these sections, the longest phrase says it: `Suchtberatung` is a need before `Sucht…` is a topic. */
const RIVALS: ReadonlySet<Section> = new Set(["topic", "need", "organisationKind"]);

function longest(found: readonly { ending: Ending; length: number }[]): Ending[] {
	const best = Math.max(0, ...found.filter(({ ending }) => RIVALS.has(ending.section)).map(({ length }) => length));
	return found
		.filter(({ ending, length }) => !RIVALS.has(ending.section) || length === best)
		.map(({ ending }) => ending);
}

interface Node {
	next: Map<string, Node>;
	/** Phrases that end here. */
	ends: Ending[];
	/** Phrases whose last word begins or ends with this. */
	begins: Map<string, Ending[]>;
	finishes: Map<string, Ending[]>;
	/** Verbs whose second part stands further behind, by the first part's stem. */
	split: Map<string, { last: string; ending: Ending }[]>;
}

const node = (): Node => ({ next: new Map(), ends: [], begins: new Map(), finishes: new Map(), split: new Map() });

function push<K, V>(map: Map<K, V[]>, key: K, value: V) {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}

export interface Vocabulary {
	/** Only what names are made of: the sections `term` and `function`, of German. */
	nameTags(text: readonly Token[]): Tag[];
	/** All phrases of one language in a text; contained ones are left out where a longer phrase of any section covers them. */
	tags(language: Language, text: readonly Token[]): Tag[];
	/** Folded words that carry meaning, and in how many phrases they stand: a slip may be read as one of these. */
	meaning: Record<Language, ReadonlyMap<string, number>>;
	/** Folded small words: a slip that may be a name is never read as one of these, because it would vanish. */
	small: Record<Language, ReadonlySet<string>>;
	/** Folded words of the phrases that ask for help, or for what is none of the bot's business. */
	phrases: Record<Language, ReadonlySet<string>>;
	knows(token: Token): boolean;
	/** Is this folded word written so, large or small, in some phrase? */
	written(language: Language, word: string, capital: boolean): boolean;
	/** Known as it stands, or by a pattern that leaves nothing of it but an ending. */
	knowsWhole(token: Token): boolean;
	/** A word whose first or last part is one slip away from a pattern's, with that part mended. */
	mendPart(language: Language, word: string): MendedPart[];
}

function compile(sections: z.infer<typeof File>, only: readonly Section[] = SECTIONS): Node {
	const root = node();
	for (const section of only) {
		for (const [concept, phrases] of Object.entries(sections[section])) {
			for (const phrase of phrases) {
				const ending = { section, concept };
				const [head, tail] = phrase.split(" … ");
				if (head && tail) {
					push(root.split, stem(fold(head)), { last: stem(fold(tail)), ending });
					continue;
				}
				const parts = phrase.split(/[\s-]+/);
				const last = parts.pop() ?? "";
				let at = root;
				for (const part of parts) {
					const key = stem(fold(part));
					const known = at.next.get(key) ?? node();
					at.next.set(key, known);
					at = known;
				}
				if (last.endsWith("*")) push(at.begins, fold(last.slice(0, -1)), ending);
				else if (last.startsWith("*"))
					for (const end of new Set([fold(last.slice(1)), stem(fold(last.slice(1)))])) push(at.finishes, end, ending);
				else {
					const key = stem(fold(last));
					const known = at.next.get(key) ?? node();
					at.next.set(key, known);
					known.ends.push(ending);
				}
			}
		}
	}
	return root;
}

function endingsOf(at: Node, token: Token): Ending[] {
	const { word } = token;
	const out = (at.next.get(token.stem)?.ends ?? []).map((ending) => ({ ending, length: word.length }));
	for (let length = 2; length <= word.length; length++) {
		for (const ending of at.begins.get(word.slice(0, length)) ?? []) out.push({ ending, length });
	}
	for (let start = 2; at.finishes.size > 0 && start < word.length; start++) {
		const finishes = at.finishes.get(word.slice(start)) ?? at.finishes.get(token.stem.slice(start));
		for (const ending of finishes ?? []) out.push({ ending, length: word.length - start });
	}
	return longest(out);
}

function find(root: Node, text: readonly Token[]): Tag[] {
	const all: Tag[] = [];
	for (let from = 0; from < text.length; from++) {
		let at: Node | undefined = root;
		for (let to = from; at && to < text.length; to++) {
			const token = text[to];
			if (!token) break;
			for (const ending of endingsOf(at, token)) all.push({ ...ending, from, to: to + 1 });
			at = at.next.get(token.stem);
		}
	}
	for (let from = 0; from < text.length; from++) {
		for (const { last, ending } of root.split.get(text[from]?.stem ?? "") ?? []) {
			const behind = text.findIndex((token, at) => at > from && at - from < 10 && token.stem === last);
			if (behind > 0) all.push({ ...ending, from, to: from + 1 }, { ...ending, from: behind, to: behind + 1 });
		}
	}
	return all.filter(
		(tag) =>
			!all.some(
				(other) =>
					other.section !== "term" &&
					other.to - other.from > tag.to - tag.from &&
					other.from <= tag.from &&
					other.to >= tag.to,
			),
	);
}

/** Sections of small words. */
const SMALL: ReadonlySet<Section> = new Set(["pronoun", "follow", "family", "function", "common"]);
/** Sections of whole phrases, whose single words say nothing. */
const PHRASES: ReadonlySet<Section> = new Set(["help", "scope"]);
function load(): Vocabulary {
	const files = { de: File.parse(german), en: File.parse(english) };
	const roots = { de: compile(files.de), en: compile(files.en) };
	const naming = compile(files.de, ["term", "function"]);
	const small = { de: new Set<string>(), en: new Set<string>() };
	const meaning = { de: new Map<string, number>(), en: new Map<string, number>() };
	const phrases = { de: new Set<string>(), en: new Set<string>() };
	for (const language of LANGUAGES) {
		const phrasesOf = (section: Section) =>
			Object.entries(files[language][section]).flatMap(([concept, phrases]) =>
				phrases.map((phrase) => ({ concept, phrase })),
			);
		for (const section of SECTIONS) {
			for (const { concept, phrase } of phrasesOf(section)) {
				if (SMALL.has(section) || concept === "past") for (const word of words(phrase)) small[language].add(word);
			}
		}
		for (const section of SECTIONS) {
			if (SMALL.has(section)) continue;
			if (PHRASES.has(section)) {
				for (const { phrase } of phrasesOf(section)) for (const word of words(phrase)) phrases[language].add(word);
				continue;
			}
			for (const { concept, phrase } of phrasesOf(section)) {
				if (concept === "past") continue;
				for (const word of words(phrase))
					if (!small[language].has(word)) meaning[language].set(word, (meaning[language].get(word) ?? 0) + 1);
			}
		}
	}
	const cases = { de: new Set<string>(), en: new Set<string>() };
	for (const language of LANGUAGES) {
		for (const phrase of Object.values(files[language]).flatMap((concepts) => Object.values(concepts).flat()))
			for (const word of phrase
				.replace(/^\*(\p{L})/u, (_, first: string) => first.toUpperCase())
				.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
				cases[language].add(`${/^\p{Lu}/u.test(word) ? "+" : "-"}${fold(word)}`);
	}
	const ends = new Set(LANGUAGES.flatMap((language) => [...roots[language].finishes.keys()]));
	const patterns = new Set(LANGUAGES.flatMap((language) => [...roots[language].begins.keys()]));
	// A pattern for everyday words would make every slip that begins like one a known word.
	const roomy = (token: Token) =>
		LANGUAGES.some((language) => endingsOf(roots[language], token).some((ending) => ending.section !== "common"));
	const stems = new Set<string>();
	for (const language of LANGUAGES) {
		for (const phrase of Object.values(files[language]).flatMap((concepts) => Object.values(concepts).flat())) {
			for (const word of words(phrase.replace(/\S*\*\S*/g, ""))) stems.add(stem(word));
		}
	}
	/** Known as it stands, or made of two known parts, or a pattern's with nothing more than an ending. */
	function whole(word: string): boolean {
		if (stems.has(stem(word))) return true;
		for (let at = 3; at < word.length; at++) {
			const rest = word.slice(at);
			const start = word.slice(0, at);
			if (patterns.has(start) && (rest.length <= 3 || ends.has(rest) || stems.has(stem(rest)))) return true;
			const noun = (part: string) => cases.de.has(`+${part}`);
			if (noun(rest) && (noun(start) || noun(start.replace(/s$/, "")))) return true;
		}
		return patterns.has(word);
	}
	return {
		nameTags: (text) => find(naming, text),
		tags: (language, text) => find(roots[language], text),
		meaning,
		small,
		phrases,
		knows: (token) => stems.has(token.stem) || roomy(token),
		written: (language, word, capital) => cases[language].has(`${capital ? "+" : "-"}${word}`),
		knowsWhole: (token) => whole(token.word),
		mendPart: (language, word) =>
			mendedParts(roots[language], word).filter(({ word, part }) => part.length >= LONG_ENOUGH || whole(word)),
	};
}

/** Shorter patterns are one letter away from too much. */
const LONG_PART = 5;

/** Of a longer pattern's word the rest may be anything. */
const LONG_ENOUGH = 7;

export interface MendedPart {
	word: string;
	/** The pattern, without its star. */
	part: string;
}

function mendedParts(root: Node, word: string): MendedPart[] {
	const out: MendedPart[] = [];
	const lengths = (part: string) =>
		part.length < LONG_PART ? [] : [part.length - 1, part.length, part.length + 1].filter((one) => one <= word.length);
	for (const part of root.begins.keys()) {
		if (word.startsWith(part)) continue;
		for (const length of lengths(part))
			if (distance(word.slice(0, length), part, 1) === 1) out.push({ word: part + word.slice(length), part });
	}
	for (const part of root.finishes.keys()) {
		if (word.endsWith(part)) continue;
		for (const length of lengths(part))
			if (distance(word.slice(-length), part, 1) === 1) out.push({ word: word.slice(0, -length) + part, part });
	}
	return out;
}

/** Read once per process. */
export const vocabulary: Vocabulary = load();

/** Which language a text is written in: the one that knows more of its small words; German where both know as many. */
export function languageOf(text: string): Language {
	const all = tokens(text);
	const known = (language: Language) =>
		vocabulary
			.tags(language, all)
			.filter((tag) => tag.section !== "term" && tag.section !== "language")
			.reduce((covered, tag) => {
				for (let at = tag.from; at < tag.to; at++) covered.add(at);
				return covered;
			}, new Set<number>()).size;
	return known("en") > known("de") ? "en" : "de";
}
