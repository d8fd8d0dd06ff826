/**
 * The words of a sentence that nothing has explained yet. They are looked for in what contacts do, or in texts, and what is
 * found nowhere is unknown: an answer that passes over an unknown word would be made up.
 */

import { PLACE_WORDS } from "./leading.ts";
import type { Lexicon, TextType } from "./lexicon.ts";
import type { Mention } from "./names.ts";
import type { Intent } from "./query.ts";
import type { Reading } from "./reading.ts";
import type { Section, Tag } from "./vocabulary.ts";

/** Sections whose words carry what is asked, not what it is about. */
const GRAMMAR: readonly Section[] = [
	"ask",
	"month",
	"number",
	"unit",
	"weekday",
	"when",
	"pronoun",
	"follow",
	"family",
	"function",
	"common",
];
/** Sections that are filters of an intent; for the other intents their words are subject matter. */
const FILTERS: Record<Intent, readonly Section[]> = {
	contact: ["topic", "need", "organisationKind", "language", "audience", "field", "noun", "mark", "agreementKind"],
	organisation: ["organisationKind", "language", "field", "noun", "mark", "topic", "need", "audience"],
	service: ["need", "language", "audience", "field", "noun", "mark", "organisationKind", "topic"],
	agreement: ["agreementKind", "field", "noun", "mark", "organisationKind"],
	commitment: ["agreementKind", "commitmentKind", "field", "noun", "mark", "organisationKind"],
	event: ["eventKind", "field", "noun", "mark", "organisationKind", "language"],
	decision: ["field", "mark"],
	project: ["topic", "noun", "mark", "field", "organisationKind"],
	programme: ["stage", "noun", "mark", "field", "organisationKind"],
	material: ["language", "noun", "mark", "field", "topic", "organisationKind"],
	statistic: ["noun", "mark", "field", "stage", "organisationKind"],
	help: [],
};
/** Nouns of the intent itself; other nouns are subject matter where texts are searched. */
const NOUNS: Partial<Record<Intent, readonly string[]>> = {
	decision: ["decision"],
};
/** Fields and marks that matter for decisions; "Budget" or "Telefon" is what a decision is about. */
const DECISION_WORDS = ["status", "due", "votes", "rationale", "decided_on", "responsible", "signed_on"];
const NO_DECISION_MARKS = ["on_call", "in_stock", "out_of_stock", "planned", "idea", "deputy"];
const TEXTS: Partial<Record<Intent, TextType>> = {
	decision: "decision",
	commitment: "commitment",
	project: "project",
	material: "material",
	event: "event",
	agreement: "agreement",
	service: "service",
};

export interface WordsLeft {
	functions: string[];
	subject: string[];
	unknown: string[];
}

function explains(tag: Tag, intent: Intent): boolean {
	if (tag.section === "term") return false;
	if (GRAMMAR.includes(tag.section)) return true;
	if (intent === "decision") {
		if (tag.section === "noun") return NOUNS.decision?.includes(tag.concept) ?? false;
		if (tag.section === "field") return DECISION_WORDS.includes(tag.concept);
		if (tag.section === "mark") return !NO_DECISION_MARKS.includes(tag.concept);
		if (tag.section === "eventKind") return tag.concept === "regional_conference" || tag.concept === "council_session";
		return false;
	}
	return FILTERS[intent].includes(tag.section);
}

/**
 * Words that may be passed over although nobody knows them: German verbs and adjectives, which are written small where nouns
 * are not, and the verb of a duty ("muss … aufstellen").
 */
function soft(reading: Reading, at: number): boolean {
	const token = reading.tokens[at];
	// Where a place is named, an unknown word is an unknown place.
	if (!token || PLACE_WORDS.has(reading.tokens[at - 1]?.word ?? "")) return false;
	if (token.capital) return at === 0 && adjective(reading, at);
	const must = reading.has("mark", "must");
	if (reading.language === "en") return must && reading.tokens.some((_, other) => other !== at);
	const cased = reading.tokens.slice(1).some((other) => other.capital);
	const last = at === reading.tokens.length - 1;
	if (/(en|t)$/.test(token.word) && (cased || (must && last))) return true;
	return adjective(reading, at);
}

/** "vertrauliche Spurensicherung": describes the word behind it. A place's adjective ends in -er and stays a name. */
function adjective(reading: Reading, at: number): boolean {
	const token = reading.tokens[at];
	if (reading.language !== "de" || !token || !/[a-z]{3}(e|en|es|em)$/.test(token.word)) return false;
	return reading.tags.some(
		(tag) => tag.from === at + 1 && ["topic", "need", "eventKind", "agreementKind"].includes(tag.section),
	);
}

export function wordsLeft(
	lexicon: Lexicon,
	reading: Reading,
	intent: Intent,
	{ mentions, title }: { mentions: readonly Mention[]; title: Mention | null },
): WordsLeft {
	const done = new Set<number>([
		...(reading.people?.tokens ?? []),
		...(reading.number?.tokens ?? []),
		...(reading.time?.tokens ?? []),
	]);
	const cover = (units: readonly number[]) => {
		for (const at of reading.tokensOf(units)) done.add(at);
	};
	for (const place of reading.places) cover(place.units);
	for (const mention of mentions) cover(mention.units);
	if (title) cover(title.units);
	for (const mention of reading.titles.get("programme") ?? [])
		if (mention.full && intent !== "decision") cover(mention.units);
	const programmeWords = new Set(
		(reading.titles.get("programme") ?? [])
			.filter((mention) => mention.full)
			.flatMap((mention) => [...reading.tokensOf(mention.units)]),
	);
	for (const tag of reading.tags) {
		if (explains(tag, intent)) for (let at = tag.from; at < tag.to; at++) done.add(at);
	}
	const out: WordsLeft = { functions: [], subject: [], unknown: [] };
	const texts = TEXTS[intent];
	reading.tokens.forEach((token, at) => {
		// A programme's name is also what somebody does: "zuständig für …".
		if (intent === "contact" && programmeWords.has(at)) {
			if (lexicon.functions.find(token.word).size > 0) out.functions.push(token.word);
			return;
		}
		if (done.has(at)) return;
		const small = token.word.length < 2;
		if (small) return;
		if (intent === "contact" || intent === "organisation") {
			const whole = reading.parties.some((mention) => mention.generic && reading.tokensOf(mention.units).has(at));
			if (whole) return;
			const does = reading.does.find((each) => each.at === at);
			if (does) out.functions.push(does.word);
			else if (!soft(reading, at)) out.unknown.push(token.raw);
		} else if (texts) {
			if (lexicon.texts[texts].find(token.word).size > 0) out.subject.push(token.word);
			else if (!soft(reading, at)) out.unknown.push(token.raw);
		} else if (!soft(reading, at)) out.unknown.push(token.raw);
	});
	if (reading.has("mark", "leads") && intent === "contact") {
		const lead = reading.tags.find((tag) => tag.section === "mark" && tag.concept === "leads");
		const word = reading.tokens[lead?.from ?? -1]?.word;
		if (word) out.functions.push(lexicon.functions.find(word).size > 0 ? word : "leiter");
	}
	return out;
}
