/** Words of running texts (decisions, promises, functions), found in any inflected or compound form. */
import type { Key } from "../network/records.ts";
import { fold, root, words } from "./fold.ts";

export interface TextIndex {
	/** Records with this word in some form; `strict` wants the word itself or a long compound of it. */
	find(word: string): ReadonlySet<Key>;
	words(): Iterable<string>;
}

interface Entry {
	word: string;
	root: string;
	keys: Key[];
}

export function textIndex(
	records: Iterable<{ key: Key; text: string }>,
	{ strict }: { strict: boolean } = { strict: false },
): TextIndex {
	const entries = new Map<string, Entry>();
	for (const { key, text } of records) {
		for (const word of new Set(words(text))) {
			const entry = entries.get(word);
			if (entry) entry.keys.push(key);
			else entries.set(word, { word, root: root(word), keys: [key] });
		}
	}
	const all = [...entries.values()];
	const [shortest, shortestPart] = strict ? [7, 100] : [4, 6];

	function matches(entry: Entry, word: string, wanted: string): boolean {
		if (entry.root === wanted) return true;
		if (wanted.length >= shortest && entry.word.includes(wanted)) return true;
		// `Straßenbeleuchtung` was asked for, `beleuchtet` is written.
		return entry.root.length >= shortestPart && word.includes(entry.root);
	}

	return {
		find(typed) {
			const word = fold(typed);
			const wanted = root(word);
			const out = new Set<Key>();
			for (const entry of all) {
				if (matches(entry, word, wanted)) for (const key of entry.keys) out.add(key);
			}
			return out;
		},
		words: () => entries.keys(),
	};
}
