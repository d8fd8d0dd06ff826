/** What is none of the bot's business, and what asks about the bot itself. */
import type { Reading } from "./reading.ts";

/** Never answered, whatever else stands in the sentence. */
const NEVER = ["weather", "joke", "poem", "knowledge", "smalltalk", "injection", "private", "victim_data", "legal"];
const SMALL = ["help", "common", "function", "pronoun", "follow", "family", "ask"];

/** Which reason there is not to answer; null = none. `case` = somebody's own misfortune. */
export function outOfScope(reading: Reading): string | null {
	const names = new Set<number>();
	for (const mention of [...reading.parties, ...[...reading.titles.values()].flat()]) {
		if (mention.full) for (const at of reading.tokensOf(mention.units)) names.add(at);
	}
	const said = reading.tags.filter((tag) => tag.section === "scope" && !names.has(tag.from)).map((tag) => tag.concept);
	const hit = said.find((concept) => NEVER.includes(concept));
	if (hit) return hit;
	const subject = reading.has("topic") || reading.has("need") || reading.parties.some((party) => !party.generic);
	if (said.includes("medical") && (reading.has("family") || !subject)) return "medical";
	if (said.includes("case") && !reading.has("need") && !reading.has("noun", "service", "contact")) return "case";
	const titled = reading.tokens.some((token) => /^(frau|herr|herrn|mr|mrs|ms)$/.test(token.word));
	if (said.includes("private_weak") && (reading.people || titled || reading.has("pronoun", "person") || !subject))
		return "private";
	return null;
}

/** "Hilfe", "what can you do?", "Guten Morgen!": nothing but that was said. */
export function asksForHelp(reading: Reading): boolean {
	if (!reading.has("help")) return false;
	const covered = new Set<number>();
	for (const tag of reading.tags) {
		if (SMALL.includes(tag.section)) for (let at = tag.from; at < tag.to; at++) covered.add(at);
	}
	return reading.tokens.every((_, at) => covered.has(at));
}
