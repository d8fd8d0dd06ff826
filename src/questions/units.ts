/** The words of a text that can be part of a name, in the vocabulary's own terms: `PD`, `police directorate` → `polizeidirektion`. */
import { LANGUAGES, type Language } from "../lib/text.ts";
import { fold, stem, type Token, tokens } from "./fold.ts";
import type { NameIndex, Unit } from "./names.ts";
import { type Tag, vocabulary } from "./vocabulary.ts";

/** `e.V.` is in every club's name. */
const EMPTY = new Set(["e", "v", "ev", "gmbh", "ggmbh", "s"]);

const termsIn = (tag: Tag) => tag.concept.split(" ").map((word) => stem(fold(word)));

/** The longest phrase that begins here; of equally long ones the one that names in this network have. */
function longest(tags: readonly Tag[], at: number, names: NameIndex | null): Tag | null {
	let best: Tag | null = null;
	for (const tag of tags) {
		if (tag.from !== at || tag.to < (best?.to ?? at + 1)) continue;
		const better =
			best === null ||
			tag.to > best.to ||
			(names !== null && !termsIn(best).every(names.has) && termsIn(tag).every(names.has));
		if (better) best = tag;
	}
	return best;
}

/** `Kreisjugendamt` → `kreis` + `jugendamt`, where both are words of names. */
function split(token: Token, names: NameIndex | null): string[] | null {
	if (!names || token.word.length < 9 || names.has(token.stem)) return null;
	for (let cut = 4; cut <= token.word.length - 4; cut++) {
		const head = token.word.slice(0, cut);
		const tail = stem(token.word.slice(cut));
		if (!names.has(tail)) continue;
		for (const part of [head, head.replace(/s$/, "")]) {
			const [term] = termsOf(part);
			if (term && names.has(term)) return [term, tail];
		}
	}
	return null;
}

export function unitsOf(
	text: readonly Token[],
	language: Language | null,
	adjectives: ReadonlyMap<string, string>,
	names: NameIndex | null,
): Unit[] {
	const order = language === "en" ? LANGUAGES.toReversed() : LANGUAGES;
	const all = language === null ? [vocabulary.nameTags(text)] : order.map((one) => vocabulary.tags(one, text));
	const terms = all.map((tags) => tags.filter((tag) => tag.section === "term"));
	const small = new Set<number>();
	for (const tag of all.flat()) if (tag.section === "function" && tag.to - tag.from === 1) small.add(tag.from);
	const out: Unit[] = [];
	for (let at = 0; at < text.length; ) {
		const token = text[at];
		if (!token) break;
		const [first, second] = terms.map((tags) => longest(tags, at, names));
		const tag = first ?? second ?? null;
		if (tag) {
			for (const term of termsIn(tag)) out.push({ term, from: tag.from, to: tag.to });
			at = tag.to;
			continue;
		}
		const place = { from: at, to: at + 1 };
		at++;
		// A town's adjective is no adjective where it is a word of the vocabulary.
		const adjective = adjectives.get(token.word) ?? adjectives.get(token.word.replace(/(en|em|es|e)$/, ""));
		if (adjective) out.push({ term: adjective, ...place });
		else if (!small.has(at - 1) && !EMPTY.has(token.word)) {
			for (const term of split(token, names) ?? [token.stem]) out.push({ term, ...place });
		}
	}
	return out;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Terms of a name as written in a record (German). */
export const termsOf = (text: string, adjectives: ReadonlyMap<string, string> = NONE) =>
	unitsOf(tokens(text), null, adjectives, null).map((unit) => unit.term);
