/** Lower case, umlauts and ß written out, accents dropped: `Zuständig` and `zustaendig` fold to the same. */
export function fold(words: string): string {
	return words
		.normalize("NFC")
		.toLowerCase()
		.replaceAll("ä", "ae")
		.replaceAll("ö", "oe")
		.replaceAll("ü", "ue")
		.replaceAll("ß", "ss")
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.trim();
}

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; `limit` + 1 = more than the limit. */
export function distance(a: string, b: string, limit = 3): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, (before[j - 2] ?? 0) + 1);
			next.push(best);
		}
		before = row;
		row = next;
	}
	return Math.min(row[b.length] ?? limit + 1, limit + 1);
}

/** Edits beyond which one word is not meant for the other. */
const FAR = 4;

/** The known words nearest to a typed one, best first. */
export function nearestWords(typed: string, known: Iterable<string>, most = 3): string[] {
	const folded = fold(typed);
	return [...known]
		.map((word) => ({ word, distance: distance(folded, fold(word), FAR) }))
		.filter(
			({ word, distance: far }) =>
				far <= Math.min(FAR, Math.max(1, Math.floor(Math.max(word.length, folded.length) / 3))),
		)
		.sort((a, b) => a.distance - b.distance)
		.slice(0, most)
		.map(({ word }) => word);
}
