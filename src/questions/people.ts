/** Names of people in a sentence. Spelling is taken as it stands: a similar name is another person. */
import type { Key } from "../network/records.ts";
import { fold, type Token } from "./fold.ts";
import { TITLES } from "./leading.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Tag } from "./vocabulary.ts";

const OF = new Set(["von", "of", "fur", "for"]);

export interface PeopleFound {
	keys: Key[];
	tokens: number[];
}

export function peopleIn(
	lexicon: Lexicon,
	text: readonly Token[],
	tags: readonly Tag[],
	busy: ReadonlySet<number>,
): PeopleFound | null {
	const owners = (at: number): readonly Key[] => {
		const word = text[at]?.word ?? "";
		return lexicon.people.get(word) ?? lexicon.people.get(word.replace(/s$/, "")) ?? [];
	};
	const family = (key: Key, at: number) => {
		const last =
			lexicon.network.contact
				.get(key)
				?.name.split(/[\s-]+/)
				.at(-1) ?? "";
		return lexicon.people.get(text[at]?.word ?? "")?.includes(key)
			? sameWord(last, text[at])
			: sameWord(last, text[at], true);
	};
	for (let at = 0; at + 1 < text.length; at++) {
		const next = new Set(owners(at + 1));
		const both = owners(at).filter((key) => next.has(key));
		if (both.length > 0) return { keys: both, tokens: [at, at + 1] };
		// The first name is right and the family name one letter off: that is a slip, not another person.
		const near = text[at + 1] ? lexicon.nearPeople.find(text[at + 1]?.word ?? "") : [];
		const slip =
			next.size > 0 ? [] : owners(at).filter((key) => near.some((word) => lexicon.people.get(word)?.includes(key)));
		if (slip.length === 1) return { keys: slip, tokens: [at, at + 1] };
		// So is a first name one letter off before the right family name.
		const first = owners(at).length > 0 ? [] : lexicon.slips.people.find(text[at]?.word ?? "");
		const meant = [...next].filter(
			(key) => family(key, at + 1) && first.some((word) => lexicon.people.get(word)?.includes(key)),
		);
		if (meant.length === 1) return { keys: meant, tokens: [at, at + 1] };
	}
	const meaning = (at: number) =>
		tags.some((tag) => tag.from <= at && tag.to > at && tag.section !== "common" && tag.section !== "term");
	const common = (at: number) => tags.some((tag) => tag.from <= at && tag.to > at && tag.section === "common");
	for (let at = 0; at < text.length; at++) {
		const before = text[at - 1]?.word ?? "";
		const titled = TITLES.has(before);
		if (!titled && (busy.has(at) || meaning(at))) continue;
		if (!titled && common(at) && !(OF.has(before) && text[at]?.capital)) continue;
		const all = owners(at);
		const byFamily = all.filter((key) => family(key, at));
		if (byFamily.length > 0) return { keys: byFamily, tokens: [at] };
		if (all.length > 0 && !titled) return { keys: [...all], tokens: [at] };
		if (titled && !TITLES.has(text[at]?.word ?? "") && !busy.has(at)) return { keys: [...all], tokens: [at] };
	}
	return null;
}

function sameWord(name: string, token: Token | undefined, genitive = false): boolean {
	const typed = token?.word ?? "";
	return fold(name) === (genitive ? typed.replace(/s$/, "") : typed);
}
