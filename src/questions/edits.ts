/** Near words: at most one letter wrong, missing, too many, or two neighbours swapped. */
import { stem } from "./fold.ts";

/** Optimal string alignment distance is at most 1. */
export function near(a: string, b: string): boolean {
	if (a === b) return true;
	if (Math.abs(a.length - b.length) > 1) return false;
	let head = 0;
	while (head < a.length && a[head] === b[head]) head++;
	const swapped = a[head] === b[head + 1] && a[head + 1] === b[head] && a.slice(head + 2) === b.slice(head + 2);
	if (a.length === b.length) return swapped || a.slice(head + 1) === b.slice(head + 1);
	return a.length > b.length ? a.slice(head + 1) === b.slice(head) : a.slice(head) === b.slice(head + 1);
}

/** The word and all that is left of it with one letter taken out: two near words share at least one of these. */
export function shadows(word: string): string[] {
	const out = [word];
	for (let i = 0; i < word.length; i++) out.push(word.slice(0, i) + word.slice(i + 1));
	return out;
}

/** Shorter words are too often one letter away from another real one (Celle and Melle). */
const SHORTEST = 5;
/** From this length on the first letter may be wrong, too. */
const LONG = 8;

export interface NearIndex {
	/** Known words near to this one or of which its stem is near to theirs. The first letter of shorter words must agree. */
	find(word: string): string[];
}

const sameStart = (a: string, b: string) =>
	a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]) || Math.min(a.length, b.length) >= LONG;

/** @param shortest words with fewer letters are neither found nor looked for */
export function nearIndex(known: Iterable<string>, shortest = SHORTEST): NearIndex {
	/** Words and their stems, with the words that they stand for. */
	const forms = new Map<string, Set<string>>();
	for (const word of known) {
		for (const form of new Set([word, stem(word)])) {
			if (form.length < shortest) continue;
			const words = forms.get(form);
			if (words) words.add(word);
			else forms.set(form, new Set([word]));
		}
	}
	const byShadow = new Map<string, string[]>();
	for (const form of forms.keys()) {
		for (const shadow of new Set(shadows(form))) {
			const list = byShadow.get(shadow);
			if (list) list.push(form);
			else byShadow.set(shadow, [form]);
		}
	}
	function formsNear(word: string): Set<string> {
		const out = new Set<string>();
		for (const shadow of shadows(word)) {
			for (const form of byShadow.get(shadow) ?? []) if (sameStart(word, form) && near(word, form)) out.add(form);
		}
		return out;
	}
	return {
		find(word) {
			if (word.length < shortest) return [];
			for (const form of new Set([word, stem(word)])) {
				const out = new Set<string>();
				if (form.length >= shortest)
					for (const each of formsNear(form)) for (const known of forms.get(each) ?? []) out.add(known);
				if (out.size > 0) return [...out];
			}
			return [];
		},
	};
}
