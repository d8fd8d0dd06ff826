/** Known names that look like words nobody knows: offered, never assumed. */
import { distance } from "../lib/fold.ts";
import type { Key } from "../network/records.ts";
import { fold } from "./fold.ts";
import type { Lexicon } from "./lexicon.ts";

const MOST = 3;

/** @param sees whether this contact may be named to the asker */
export function nearestNames(lexicon: Lexicon, unknown: readonly string[], sees: (contact: Key) => boolean): string[] {
	const found: { name: string; far: number }[] = [];
	for (const typed of unknown.slice(0, 3)) {
		const word = fold(typed);
		if (word.length < 4) continue;
		for (const region of lexicon.network.region.values()) {
			const far = Math.min(...[region.name, ...region.aliases].map((name) => distance(word, fold(name), 2)));
			if (far <= 2 && far < word.length / 2.5) found.push({ name: region.name, far });
		}
		for (const near of lexicon.nearPeople.find(word)) {
			for (const key of lexicon.people.get(near) ?? []) {
				const contact = lexicon.network.contact.get(key);
				if (contact && sees(key)) found.push({ name: contact.name, far: 1 });
			}
		}
	}
	found.sort((a, b) => a.far - b.far);
	return [...new Set(found.map(({ name }) => name))].slice(0, MOST);
}
