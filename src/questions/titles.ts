/** What each kind of record may be called, as written: names, short names, aliases, titles and obvious variants of them. */
import type { Network, Organisation, RecordType, Region } from "../network/records.ts";

export interface Title {
	type: RecordType;
	key: string;
	text: string;
}

const withoutBrackets = (name: string) => name.replace(/\s*\([^)]*\)/g, "");

/** `Stadt Halle (Saale)` is also `Stadt Halle`: with each of its region's other names. */
function localVariants(name: string, region: Region | undefined): string[] {
	if (!region || !name.includes(region.name)) return [];
	return region.aliases.filter((alias) => alias.length > 3).map((alias) => name.replace(region.name, alias));
}

function* organisationTitles(network: Pick<Network, "region">, organisation: Organisation): Generator<string> {
	const region = organisation.region === null ? undefined : network.region.get(organisation.region);
	const names = [organisation.name, ...organisation.aliases];
	for (const name of names) {
		yield name;
		if (name.includes("(")) yield withoutBrackets(name);
		// What follows a comma is the branch of a club: `WEISSER RING e.V., Landesverband …`.
		if (name.includes(",")) yield name.slice(0, name.indexOf(","));
		yield* localVariants(name, region);
	}
	if (organisation.shortName) yield organisation.shortName;
}

/** The kinds of record that names come from. */
export type Titled = Pick<
	Network,
	"region" | "organisation" | "service" | "agreement" | "event" | "project" | "material" | "programme" | "membership"
>;

/** Names of everything that has one, except regions and contacts. */
export function* titlesOf(network: Titled): Generator<Title> {
	for (const organisation of network.organisation.values()) {
		for (const text of new Set(organisationTitles(network, organisation))) {
			yield { type: "organisation", key: organisation.key, text };
		}
	}
	for (const { key, name: text } of network.service.values()) yield { type: "service", key, text };
	for (const type of ["agreement", "event", "project", "material"] as const) {
		for (const { key, title } of network[type].values()) {
			yield { type, key, text: title };
			if (title.includes("(")) yield { type, key, text: withoutBrackets(title) };
		}
	}
	const described = new Set<string>();
	for (const { key, name, aliases } of network.programme.values()) {
		described.add(key);
		for (const text of [name, ...aliases]) yield { type: "programme", key, text };
	}
	// A programme that nobody described is known by what memberships call it; that text is its key.
	for (const { programme } of network.membership.values()) {
		if (described.has(programme)) continue;
		described.add(programme);
		yield { type: "programme", key: programme, text: programme };
	}
}
