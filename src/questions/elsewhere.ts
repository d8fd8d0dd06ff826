/** What changes when a follow-up names another place, another kind of place, or one of several choices. */
import type { RecordRef } from "../network/records.ts";
import { tokens } from "./fold.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Party, Query, Topic } from "./query.ts";
import type { Reading } from "./reading.ts";

/** The name with another place in it: the police directorate of there instead of here. */
export function elsewhere(lexicon: Lexicon, party: Party, place: readonly string[]): Party | null {
	const kept = party.terms.filter((term) => !lexicon.regions.terms.has(term));
	if (kept.length === 0 || place.length === 0) return null;
	const units = [...kept.filter((term) => !place.includes(term)), ...place].map((term, at) => ({
		term,
		from: at,
		to: at + 1,
	}));
	const [best] = lexicon.names
		.find(units, "organisation")
		.filter((mention) => mention.full && mention.units.length > kept.length - 1 + Math.min(1, place.length));
	return best ? { keys: best.keys, full: true, terms: best.units.map((unit) => units[unit]?.term ?? "") } : null;
}

/** "das vom Landkreis": the same name, of the other kind of place. */
export function otherKind(lexicon: Lexicon, reading: Reading, query: Query): Query | null {
	const kind = reading.units.find((unit) => unit.term === "landkreis" || unit.term === "stadt");
	if (!kind || reading.places.length > 0 || reading.parties.some((party) => party.full)) return null;
	const [party] = query.parties;
	const terms = party?.terms.filter((term) => term !== "landkreis" && term !== "stadt") ?? [];
	const places = terms.filter((term) => lexicon.regions.terms.has(term));
	const changed = party && elsewhere(lexicon, { ...party, terms }, [kind.term, ...places]);
	if (changed) return { ...query, parties: [changed] };
	const [region] = query.regions;
	const name = region === undefined ? [] : lexicon.units(tokens(lexicon.network.region.get(region)?.name ?? ""), "de");
	const [found] = lexicon.regions.find([
		kind,
		...name.filter((unit) => unit.term !== "landkreis" && unit.term !== "stadt"),
	]);
	return found && found.units.length > 1 ? { ...query, regions: found.keys } : null;
}

/** The choice that was open is made by saying what tells one from the others. */
export function chosen(lexicon: Lexicon, reading: Reading, topic: Topic): RecordRef[] {
	if (topic.status !== "choose") return [];
	const number = /^([1-9])$/.exec(reading.tokens[0]?.word ?? "");
	const picked = number && reading.tokens.length === 1 ? topic.records[Number(number[1]) - 1] : undefined;
	if (picked) return [picked];
	const places = reading.places.flatMap((place) => place.keys);
	const party = new Set(reading.parties.flatMap((mention) => mention.keys));
	const person = new Set(reading.people?.keys ?? []);
	return topic.records.filter((record) => {
		const { network, regions } = lexicon;
		if (person.has(record.key) || party.has(record.key)) return true;
		const lies = (region: string | null | undefined) =>
			region != null && places.some((place) => regions.inside(place).has(region) || regions.up(place).includes(region));
		if (record.type === "region") return places.some((place) => regions.inside(place).has(record.key));
		if (record.type === "organisation") return lies(network.organisation.get(record.key)?.region);
		if (record.type === "contact") {
			const contact = network.contact.get(record.key);
			return contact !== undefined && (party.has(contact.organisation) || contact.regions.some(lies));
		}
		return false;
	});
}
