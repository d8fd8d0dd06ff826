/**
 * The same questions as people really type them: with one slip, without umlauts, in small letters without punctuation, in other words of the
 * field. Only questions that are answered right as they stand are changed; what turns wrong, and what becomes a false answer, is counted.
 */
import { words } from "../../src/questions/fold.ts";

export const CHANGES = ["slip", "umlauts ae", "umlauts a", "small", "synonym"] as const;
export type Change = (typeof CHANGES)[number];

/** Of the questions that each change touches, at most so many turn wrong. */
export const MOST_WRONG: Record<Change, number> = {
	slip: 0.04,
	"umlauts ae": 0.015,
	"umlauts a": 0.015,
	small: 0.015,
	synonym: 0.04,
};

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
export function dice(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Words without content: nobody minds a slip in them, and the measure is about the others. */
const SMALL = new Set(
	words(
		`der die das den dem des ein eine einen einem einer und oder ist sind war wird wurde wurden werden hat haben gibt es in im an am auf zu zum
		zur bei beim von vom für mit aus nach über um wer wen wem was wie wo wann welche welcher welches wohin ich du er sie wir ihr mir mich uns
		sich auch noch nicht kein keine the a an of for in at on to and or is are was were do does did has have there who whom what when where how
		which with by from about any i you he she it we they me my his her our their their be can`,
	),
);

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function slip(text: string, random: () => number): string {
	const content = [...text.matchAll(/\p{L}{4,}/gu)].filter(
		([word]) => !SMALL.has(words(word).join()) && !/^\p{Lu}+$/u.test(word),
	);
	const chosen = content[Math.floor(random() * content.length)];
	if (!chosen) return text;
	const [word] = chosen;
	const at = 1 + Math.floor(random() * (word.length - 2));
	const letter = LETTERS[Math.floor(random() * LETTERS.length)] ?? "e";
	const [head, here, next, tail] = [word.slice(0, at), word[at] ?? "", word[at + 1] ?? "", word.slice(at + 2)];
	const slips = [
		head + next + tail,
		head + letter + here + next + tail,
		head + letter + next + tail,
		head + next + here + tail,
	];
	const wrong = slips[Math.floor(random() * slips.length)] ?? word;
	return text.slice(0, chosen.index) + wrong + text.slice(chosen.index + word.length);
}

const AE: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", Ä: "Ae", Ö: "Oe", Ü: "Ue" };
const spelt = (text: string, how: (letter: string) => string) => text.replace(/[äöüßÄÖÜ]/g, how);

/** Words of the field that mean the same, with the forms that fit into the same place. */
const SYNONYMS: readonly (readonly string[])[] = [
	["Ansprechpartner", "Kontakt", "Ansprechperson"],
	["Ansprechpartnerin", "Kontaktperson"],
	["zuständig", "verantwortlich", "Ansprechpartner"],
	["Vereinbarung", "Kooperation"],
	["Vereinbarungen", "Abkommen", "Kooperationen"],
	["Schulung", "Fortbildung"],
	["Schulungen", "Fortbildungen", "Trainings"],
	["Fortbildung", "Schulung"],
	["Training", "Schulung"],
	["Telefonnummer", "Rufnummer", "Telefon"],
	["Adresse", "Anschrift"],
	["Termine", "Veranstaltungen"],
	["Beschlüsse", "Entscheidungen"],
	["contact", "point of contact", "contact person"],
	["responsible", "in charge", "the contact"],
	["agreement", "accord", "arrangement"],
	["agreements", "accords", "arrangements"],
	["training", "training course"],
	["phone number", "telephone number"],
	["decisions", "resolutions"],
];

function synonym(text: string, random: () => number): string {
	const fitting = SYNONYMS.flatMap(([word = "", ...others]) => {
		const found = new RegExp(`(?<![\\p{L}-])${word}(?![\\p{L}-])`, "iu").exec(text);
		return found ? others.map((other) => ({ found, other })) : [];
	});
	const chosen = fitting[Math.floor(random() * fitting.length)];
	if (!chosen) return text;
	const { found, other } = chosen;
	const small = found[0] === found[0].toLowerCase() && text === text.toLowerCase();
	return text.slice(0, found.index) + (small ? other.toLowerCase() : other) + text.slice(found.index + found[0].length);
}

/** @returns the text itself where the change does not touch it */
export function changed(text: string, change: Change, random: () => number): string {
	switch (change) {
		case "slip":
			return slip(text, random);
		case "umlauts ae":
			return spelt(text, (letter) => AE[letter] ?? letter);
		case "umlauts a":
			return spelt(text, (letter) => (AE[letter] ?? letter).replace(/(?<=[aouAOU])e$/, ""));
		case "small":
			return text.toLowerCase().replace(/[?!.,;:„“”"'»«]/g, "");
		case "synonym":
			return synonym(text, random);
	}
}
