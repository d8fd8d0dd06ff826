/** Organisations: by name, or by kind and place. */
import type { Key, Organisation } from "../../network/records.ts";
import { all, asks, choice, type Finder, type Found, fact, has, named, nothing, type Search } from "./found.ts";
import { responsibleFor, within } from "./region.ts";

/** `street, postcode city`; null where there is no street: a town alone is no address. */
function addressOf({ street, postcode, city }: Organisation): string | null {
	if (!street || !city) return null;
	return `${street}, ${[postcode, city].filter(Boolean).join(" ")}`;
}

function factOf(organisation: Organisation, field: string): string | null {
	switch (field) {
		case "phone":
		case "email":
		case "website":
			return organisation[field];
		case "address":
			return addressOf(organisation);
		default:
			return null;
	}
}

function show(search: Search, keys: Key[]): Found {
	const { query, lexicon } = search;
	const [key] = keys;
	const organisation = key === undefined ? undefined : lexicon.network.organisation.get(key);
	if (!organisation) return nothing();
	if (query.field) return fact("organisation", organisation.key, query.field, factOf(organisation, query.field));
	return all("organisation", keys);
}

export const findOrganisation: Finder = (search) => {
	const { query, lexicon } = search;
	const { organisation } = lexicon.network;
	const regionOf = (key: Key) => [organisation.get(key)?.region ?? ""];
	const [region = null] = query.regions;
	const [party] = query.parties;
	const chosen = named(query, "organisation");
	if (chosen) return show(search, chosen);
	if (query.unknown.length > 0) return nothing();
	const list = asks(query, "which", "list", "how_many") && !query.field;
	const speaks = (keys: Key[]) =>
		keys.filter((key) => query.languages.every((language) => organisation.get(key)?.languages.includes(language)));
	if (party && has(query, "parent")) {
		return all(
			"organisation",
			[...organisation.values()]
				.filter((it) => it.parent !== null && party.keys.includes(it.parent))
				.map((it) => it.key),
		);
	}
	if (party) {
		const keys = speaks(
			list ? within(lexicon, region, party.keys, regionOf) : narrowed(search, party.keys, region, regionOf),
		);
		return keys.length > 1 && !list ? choice("organisation", keys) : show(search, keys);
	}
	if (query.functions.length > 0) return nothing();
	const { organisationKinds: kinds } = query;
	if (kinds.length === 0 && query.languages.length === 0) return nothing();
	const byKind = speaks(
		[...organisation.values()].filter((it) => kinds.length === 0 || kinds.includes(it.kind)).map((it) => it.key),
	);
	if (list || !query.field) return all("organisation", within(lexicon, region, byKind, regionOf));
	const nearest = responsibleFor(lexicon, region, byKind, regionOf);
	return nearest.length > 1 ? choice("organisation", nearest) : show(search, nearest);
};

/** A name that several bear is narrowed by a place in the sentence; one that only one bears needs none. */
function narrowed(search: Search, keys: Key[], region: Key | null, regionOf: (key: Key) => Key[]): Key[] {
	return keys.length > 1 || !search.query.parties[0]?.full
		? responsibleFor(search.lexicon, region, keys, regionOf)
		: keys;
}
