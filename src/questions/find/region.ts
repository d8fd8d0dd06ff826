/** Where a record counts: responsibility rolls up, occurrence rolls down. */
import type { Key } from "../../network/records.ts";
import type { Lexicon } from "../lexicon.ts";

/**
 * Who is responsible for a region: the nearest level with a match wins, from the region itself up to the Land; where no level
 * matches, everything that matches inside it.
 */
export function responsibleFor(
	lexicon: Lexicon,
	region: Key | null,
	keys: readonly Key[],
	regionsOf: (key: Key) => readonly Key[],
): Key[] {
	if (region === null) return [...keys];
	for (const level of lexicon.regions.up(region)) {
		const hits = keys.filter((key) => regionsOf(key).includes(level));
		if (hits.length > 0) return hits;
	}
	return within(lexicon, region, keys, regionsOf);
}

/** What is there: in the region itself and in everything inside it. */
export function within(
	lexicon: Lexicon,
	region: Key | null,
	keys: readonly Key[],
	regionsOf: (key: Key) => readonly (Key | null)[],
): Key[] {
	if (region === null) return [...keys];
	const inside = lexicon.regions.inside(region);
	return keys.filter((key) => regionsOf(key).some((place) => place !== null && inside.has(place)));
}
