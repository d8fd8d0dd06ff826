/** Contacts: by name, by what they do, by topic and region; only those the asker may see, and the nearest. */
import { isOpen } from "../../lib/opening-hours.ts";
import { maySee } from "../../network/access.ts";
import type { Contact, Key } from "../../network/records.ts";
import { regionsOfMember } from "../lexicon.ts";
import { all, choice, type Finder, type Found, fact, has, named, nothing, type Search } from "./found.ts";
import { responsibleFor } from "./region.ts";

const contactOf = (search: Search, key: Key): Contact | undefined => search.lexicon.network.contact.get(key);

/** Open at the asker's now, `PH` by the Land of the contact's region. Without hours: only whoever is on call. */
export function isOpenNow(
	search: Search,
	member: { hours: string | null; regions: readonly Key[]; organisation: Key },
	always: boolean,
) {
	if (!member.hours) return always;
	const { network, regions } = search.lexicon;
	const land = regions.landOf(regionsOfMember(network, member)[0] ?? null);
	return isOpen(member.hours, search.now.toPlainDateTime(), land);
}

/** Whoever works for the organisations that were named; null = none was named. */
function colleagues(search: Search): ReadonlySet<Key> | null {
	const { query, lexicon } = search;
	let out: ReadonlySet<Key> | null = null;
	for (const party of query.parties) {
		const members = new Set(party.keys.flatMap((key) => lexicon.contactsBy.organisation.get(key) ?? []));
		out = out === null ? members : out.intersection(members);
	}
	return out;
}

interface Wanted {
	/** The smallest set that holds them all. */
	among: ReadonlySet<Key> | ReadonlyMap<Key, Contact>;
	ok(key: Key): boolean;
}

/** Whom the words fit, wherever they are; null = the words say nothing about anybody. */
function wanted(search: Search): Wanted | null {
	const { query, lexicon } = search;
	const chosen = named(query, "contact");
	if (chosen) return { among: new Set(chosen), ok: () => true };
	const sets: ReadonlySet<Key>[] = [];
	const members = colleagues(search);
	if (members) sets.push(members);
	if (query.people) sets.push(new Set(query.people));
	const topics = query.topics.map((topic): ReadonlySet<Key> => lexicon.contactsBy.topic.get(topic) ?? new Set());
	const [first, ...others] = topics;
	if (first) {
		const together = others.reduce((sum, set) => sum.intersection(set), first);
		sets.push(together.size > 0 ? together : others.reduce((sum, set) => sum.union(set), first));
	}
	for (const word of query.functions) sets.push(lexicon.functions.find(word));
	const speaks = query.languages.length > 0;
	const kinds = query.people ? [] : query.organisationKinds;
	const duty = has(query, "on_call") || (has(query, "open_now") && has(query, "now"));
	if (sets.length === 0 && !speaks && kinds.length === 0 && !duty) return null;
	const among = sets.reduce<Wanted["among"]>(
		(least, set) => (set.size < least.size ? set : least),
		lexicon.network.contact,
	);
	return {
		among,
		ok(key) {
			const contact = contactOf(search, key);
			if (!contact || sets.some((set) => set !== among && !set.has(key))) return false;
			if (speaks && !query.languages.every((language) => contact.languages.includes(language))) return false;
			const kind = lexicon.network.organisation.get(contact.organisation)?.kind;
			if (kinds.length > 0 && !(kind && kinds.includes(kind))) return false;
			if (has(query, "on_call")) return contact.onCall && isOpenNow(search, contact, true);
			return !duty || isOpenNow(search, contact, false);
		},
	};
}

/** Of few, each is asked where it belongs; of many, the region's own are asked first, level by level. */
const FEW = 500;

function nearest(search: Search, { among, ok }: Wanted, region: Key | null, may: (key: Key) => boolean): Key[] {
	const { lexicon } = search;
	const fits = (key: Key) => may(key) && ok(key);
	if (region === null || among.size <= FEW) {
		const keys = [...among.keys()].filter(fits);
		const regionsOf = (key: Key) => {
			const contact = contactOf(search, key);
			return contact ? regionsOfMember(lexicon.network, contact) : [];
		};
		return responsibleFor(lexicon, region, keys, regionsOf);
	}
	const at = (level: Key) => (lexicon.contactsBy.region.get(level) ?? []).filter((key) => among.has(key) && fits(key));
	for (const level of lexicon.regions.up(region)) {
		const hits = at(level);
		if (hits.length > 0) return hits;
	}
	return [...new Set([...lexicon.regions.inside(region)].flatMap(at))];
}

/** A deputy is left out where the one they stand in for is listed too. */
function withoutDeputies(search: Search, keys: Key[]): Key[] {
	const principals = new Map<Key, Key[]>();
	for (const key of keys) {
		const deputy = contactOf(search, key)?.deputy;
		if (deputy && deputy !== key) principals.set(deputy, [...(principals.get(deputy) ?? []), key]);
	}
	// Two who stand in for each other are both listed.
	return keys.filter((key) => !principals.get(key)?.some((other) => contactOf(search, key)?.deputy !== other));
}

function factOf(contact: Contact, field: string): string | null {
	switch (field) {
		case "phone":
		case "mobile":
		case "email":
		case "function":
			return contact[field];
		default:
			return null;
	}
}

/** Wer vertritt …: the deputy, if there is one whom the asker may see. */
function deputyOf(search: Search, bases: Key[], field: string | null): Found {
	const [base] = bases;
	const contact = base === undefined ? undefined : contactOf(search, base);
	if (bases.length > 1) return choice("contact", bases);
	if (!contact) return nothing();
	if (contact.deputy === null) return { ...nothing(), missing: "deputy" };
	const deputy = contactOf(search, contact.deputy);
	if (!deputy || !maySee(search.asker, deputy)) return nothing("not_allowed");
	return field && field !== "function"
		? fact("contact", deputy.key, field, factOf(deputy, field))
		: all("contact", [deputy.key]);
}

function show(search: Search, keys: Key[]): Found {
	const { field } = search.query;
	const [key] = keys;
	const contact = key === undefined ? undefined : contactOf(search, key);
	if (!contact) return nothing();
	if (keys.length > 1) return all("contact", keys);
	if (field === "hours") return contact.hours ? all("contact", keys) : { ...nothing(), missing: field };
	return field ? fact("contact", contact.key, field, factOf(contact, field)) : all("contact", keys);
}

export const findContact: Finder = (search) => {
	const { query, asker } = search;
	const sees = (key: Key) => {
		const contact = contactOf(search, key);
		return contact !== undefined && maySee(asker, contact);
	};
	const chosen = named(query, "contact");
	const deputy = has(query, "deputy") || has(query, "principal");
	// A name of which nobody here has ever heard.
	if (query.people?.length === 0 && !chosen) return nothing();
	const who = wanted(search);
	if (who === null || (query.unknown.length > 0 && !chosen)) return nothing();
	const [region = null] = chosen ? [] : query.regions;
	const visible = withoutDeputies(search, nearest(search, who, region, sees));
	if (visible.length === 0)
		return nothing(nearest(search, who, region, () => true).length > 0 ? "not_allowed" : "not_found");
	if (has(query, "principal") && query.people !== null) return principals(search, visible, sees);
	if (deputy) return deputyOf(search, visible, query.field);
	if (query.people && visible.length > 1) return choice("contact", visible);
	return show(search, visible);
};

function principals(search: Search, deputies: Key[], sees: (key: Key) => boolean): Found {
	const hits = [...search.lexicon.network.contact.values()]
		.filter((contact) => contact.deputy !== null && deputies.includes(contact.deputy))
		.map((contact) => contact.key);
	const visible = hits.filter(sees);
	return hits.length > 0 && visible.length === 0 ? nothing("not_allowed") : all("contact", visible);
}
