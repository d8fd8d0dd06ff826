/** Where an event is: by its regions, or because its place names a town. */
import type { Key, NetworkEvent } from "../../network/records.ts";
import { fold } from "../fold.ts";
import type { Lexicon } from "../lexicon.ts";
import { named, type Search } from "./found.ts";
import { within } from "./region.ts";

/** Names of a region and of the towns in it, as places of events name them. */
function placeNames(lexicon: Lexicon, region: Key): RegExp | null {
	const names = [...lexicon.regions.inside(region)].flatMap((key) => {
		const place = lexicon.network.region.get(key);
		if (!place || (key !== region && place.kind !== "municipality")) return [];
		return [place.name, ...place.aliases]
			.filter((name) => name.length > 3)
			.map((name) => fold(name).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	});
	return names.length > 0 ? new RegExp(`(?<![a-z])(${names.join("|")})(?![a-z])`) : null;
}

/** In a region: by the event's regions or because its place names the region or a town in it. `up`: else the nearest parent with a match. */
export function eventsIn(lexicon: Lexicon, keys: readonly Key[], region: Key | null, up: boolean): Key[] {
	if (region === null) return [...keys];
	const { event } = lexicon.network;
	const names = placeNames(lexicon, region);
	const inside = new Set(within(lexicon, region, keys, (key) => event.get(key)?.regions ?? []));
	const hits = keys.filter((key) => inside.has(key) || names?.test(fold(event.get(key)?.place ?? "")));
	if (hits.length > 0 || !up) return hits;
	for (const level of lexicon.regions.up(region).slice(1)) {
		const above = keys.filter((key) => event.get(key)?.regions.includes(level));
		if (above.length > 0) return above;
	}
	return [];
}

/** In a large calendar only what can be meant is looked at: the region's own and what lies above it. */
export function nearby(search: Search, events: NetworkEvent[]): NetworkEvent[] {
	const { query, lexicon } = search;
	const [region = null] = named(query, "event") ? [] : query.regions;
	if (region === null || events.length < 500) return events;
	const above = new Set(lexicon.regions.up(region));
	const inside = new Set(
		eventsIn(
			lexicon,
			events.map((event) => event.key),
			region,
			false,
		),
	);
	return events.filter((event) => inside.has(event.key) || event.regions.some((key) => above.has(key)));
}
