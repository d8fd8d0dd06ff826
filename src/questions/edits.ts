/** Near words: at most one letter wrong, missing, too many, or two neighbours swapped. */

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
function shadows(word: string): string[] {
	const out = [word];
	for (let i = 0; i < word.length; i++) out.push(word.slice(0, i) + word.slice(i + 1));
	return out;
}

/** Shorter words are too often one letter away from another real one (Celle and Melle). */
const SHORTEST = 5;

export interface NearIndex {
	/** Known words near this one. The first letter must agree, unless the first two are swapped. */
	find(word: string): string[];
}

export function nearIndex(known: Iterable<string>): NearIndex {
	const byShadow = new Map<string, string[]>();
	for (const word of known) {
		if (word.length < SHORTEST) continue;
		for (const shadow of new Set(shadows(word))) {
			const list = byShadow.get(shadow);
			if (list) list.push(word);
			else byShadow.set(shadow, [word]);
		}
	}
	const sameStart = (a: string, b: string) => a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]);
	return {
		find(word) {
			if (word.length < SHORTEST) return [];
			const out = new Set<string>();
			for (const shadow of shadows(word)) {
				for (const candidate of byShadow.get(shadow) ?? []) {
					if (sameStart(word, candidate) && near(word, candidate)) out.add(candidate);
				}
			}
			return [...out];
		},
	};
}
