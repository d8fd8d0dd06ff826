/** Words one slip of the pen away: a letter wrong, missing or too many, or two neighbours swapped. */
import { distance } from "../lib/fold.ts";
import { shadows } from "./edits.ts";

/** Words that share a form with one letter less are one slip apart. */
export interface SlipIndex {
	find(word: string): string[];
	words(): Iterable<string>;
}

/** Shorter words have too many neighbours to be guessed at. */
const SHORTEST = 3;

/** Made with the first slip: a question without one does not wait for it. */
export function slipIndex(known: () => Iterable<string>): SlipIndex {
	let made: { all: Set<string>; byShadow: Map<string, { form: string; word: string }[]> } | null = null;
	function make() {
		const all = new Set<string>();
		const byShadow = new Map<string, { form: string; word: string }[]>();
		for (const word of known()) {
			if (word.length < SHORTEST || all.has(word)) continue;
			all.add(word);
			// ß is one letter to whoever types it.
			for (const form of new Set([word, word.replaceAll("ss", "s")])) {
				for (const shadow of new Set(shadows(form))) {
					const list = byShadow.get(shadow);
					if (list) list.push({ form, word });
					else byShadow.set(shadow, [{ form, word }]);
				}
			}
		}
		return { all, byShadow };
	}
	return {
		find(typed) {
			if (typed.length < SHORTEST) return [];
			made ??= make();
			const { byShadow } = made;
			const out = new Set<string>();
			for (const shadow of shadows(typed)) {
				for (const { form, word } of byShadow.get(shadow) ?? [])
					if (word !== typed && distance(typed, form, 1) <= 1) out.add(word);
			}
			return [...out];
		},
		words() {
			made ??= make();
			return made.all;
		},
	};
}

/** Several indexes as one. */
export function bothSlips(some: readonly SlipIndex[]): SlipIndex {
	return {
		find: (word) => [...new Set(some.flatMap((index) => index.find(word)))],
		*words() {
			for (const index of some) yield* index.words();
		},
	};
}

/** The word's letters by threes, its beginning and end counted as one. */
export function trigramsOf(word: string): string[] {
	const framed = `^${word}$`;
	return Array.from({ length: Math.max(0, framed.length - 2) }, (_, at) => framed.slice(at, at + 3));
}

/** All of them in these words; made when first asked. */
export function trigrams(known: () => Iterable<string>): { has(part: string): boolean } {
	let made: Set<string> | null = null;
	return {
		has(part) {
			if (made === null) {
				made = new Set();
				for (const word of known()) for (const each of trigramsOf(word)) made.add(each);
			}
			return made.has(part);
		},
	};
}
