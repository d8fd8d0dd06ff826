/** Words as they are compared: without case, umlauts, accents and (as stems) inflection. Names, vocabulary and questions all pass through here. */

/**
 * The form in which words are equal: `Görlitz`, `Goerlitz`, `Gorlitz` and `GÖRLITZ` all give `gorlitz`. After a, e and q an
 * `ue` is no umlaut (Bauer, neue, Quelle) and stays.
 */
export const fold = remembered(foldOnce);

/** Words come again and again; what was worked out for one is kept, up to a bound. */
function remembered(work: (text: string) => string): (text: string) => string {
	const known = new Map<string, string>();
	return (text) => {
		const before = known.get(text);
		if (before !== undefined) return before;
		const made = work(text);
		if (known.size > 100_000) known.clear();
		if (text.length < 60) known.set(text, made);
		return made;
	};
}

function foldOnce(text: string): string {
	return text
		.normalize("NFKD")
		.replace(/[\p{M}\p{Cf}]/gu, "")
		.toLowerCase()
		.replaceAll("ß", "ss")
		.replaceAll("ł", "l")
		.replaceAll("ø", "o")
		.replaceAll("đ", "d")
		.replaceAll("ı", "i")
		.replace(/ae|oe|(?<![aeq])ue/g, (pair) => pair.slice(0, 1));
}

/** Spelling as typed, umlauts written out: tells `Bähr` from `Bahr` where both exist. */
export const spelling = (text: string) =>
	text
		.normalize("NFC")
		.toLowerCase()
		.replaceAll("ß", "ss")
		.replaceAll("ä", "ae")
		.replaceAll("ö", "oe")
		.replaceAll("ü", "ue");

const FEMININE = /(er|or|ent|ant|ist|og|ef|zt|lt|rt|at|ling|ien)in(nen)?$/;

/** Light stem of a folded word, the same for a noun's cases and for a function's female and male form. At least four letters remain. */
export const stem = remembered(stemOnce);

function stemOnce(word: string): string {
	if (word.length < 5 || /\d/.test(word)) return word;
	let out = word.replace(FEMININE, "$1");
	const cut = (pattern: RegExp) => {
		const shorter = out.replace(pattern, "");
		if (shorter.length >= 4) out = shorter;
	};
	cut(/(?<=[^aeiousxz])s$/);
	if (/nisse(n|s)?$/.test(out)) cut(/se[ns]?$/);
	cut(/(?<=i)um$/);
	cut(/(ern|em|en|er|es|e|(?<=[lr])n)$/);
	return out;
}

/** What inflection and derivation leave of a word: `Beleuchtung`, `beleuchtet` → `beleucht`. For searching subjects in texts. */
export const root = remembered(rootOnce);

function rootOnce(word: string): string {
	let out = stem(word);
	for (const ending of [/ung$/, /ier$/, /et$/, /ed$/, /ing$/]) {
		const shorter = out.replace(ending, "");
		if (shorter.length >= 5) out = shorter;
	}
	return out;
}

export interface Token {
	/** As typed. */
	raw: string;
	/** Folded. */
	word: string;
	stem: string;
	/** Begins with a capital. */
	capital: boolean;
	/** What stands between the previous word and this one. */
	gap: string;
}

/** Longer texts are cut: nobody asks a question of more than 2,000 characters, and a pasted page must not stop the bot. */
const LONGEST = 2000;

export function tokens(text: string): Token[] {
	const out: Token[] = [];
	let end = 0;
	const line = text
		.slice(0, LONGEST)
		.replace(/\p{Cf}/gu, "")
		.normalize("NFC")
		.replace(/(?<=\p{L})['’`´]s?(?![\p{L}])/gu, "");
	for (const match of line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
		const raw = match[0];
		const word = fold(raw);
		out.push({ raw, word, stem: stem(word), capital: /^\p{Lu}/u.test(raw), gap: line.slice(end, match.index) });
		end = match.index + raw.length;
	}
	return out;
}

/** Folded words of a text. */
export const words = (text: string) => (text.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(fold);
