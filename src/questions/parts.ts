/**
 * The lexicon's parts, each of some kinds of record alone: a change of a decision leaves what was made of contacts as it is. The network
 * in memory keeps what did not change as the very same objects, and by these a part is known again.
 */
import type { Contact, Key, Network } from "../network/records.ts";
import { type NearIndex, nearIndex } from "./edits.ts";
import { root, words } from "./fold.ts";
import { type Name, nameIndex } from "./names.ts";
import { type Regions, regionsOf } from "./regions.ts";
import { slipIndex, trigrams } from "./slips.ts";
import { textIndex } from "./texts.ts";
import { type Titled, titlesOf } from "./titles.ts";
import { termsOf } from "./units.ts";

export type Group = ReadonlyMap<string, readonly Key[]>;

/** Makes a part, or gives back the one made last where it was made of the very same things. */
export function kept<In extends readonly unknown[], Out>(make: (...of: In) => Out): (...of: In) => Out {
	let last: { of: In; made: Out } | null = null;
	return (...of) => {
		if (last?.of.length !== of.length || last.of.some((each, at) => each !== of[at])) last = { of, made: make(...of) };
		return last.made;
	};
}

/** Built with the first word that nobody knows: a question without a slip does not wait for it. */
export function whenNeeded(known: () => Iterable<string>, shortest?: number): NearIndex {
	let made: NearIndex | null = null;
	return {
		find(word) {
			made ??= nearIndex(known(), shortest);
			return made.find(word);
		},
	};
}

export function group<T extends { key: Key }>(records: Iterable<T>, of: (record: T) => Iterable<string>): Group {
	const out = new Map<string, Key[]>();
	for (const record of records) {
		for (const value of new Set(of(record))) {
			const list = out.get(value);
			if (list) list.push(record.key);
			else out.set(value, [record.key]);
		}
	}
	return out;
}

/** Words by their roots. */
const rootsOf = (all: Iterable<string>): ReadonlySet<string> => {
	const roots = new Set<string>();
	for (const word of all) roots.add(root(word));
	return roots;
};

export function regionPart(region: Network["region"]) {
	const regions = regionsOf({ region }, (text) => termsOf(text));
	const all = new Set([...region.values()].flatMap((each) => [each.name, ...each.aliases].flatMap(words)));
	return { regions, words: all, roots: rootsOf(all), near: whenNeeded(() => all) };
}

type Read = Pick<Name, "terms" | "heads">;

/** Reading a name costs most: what was read at the last making is kept, as long as the regions are the same. */
export function namePart() {
	let before: { regions: Regions; read: Map<string, Read> } | null = null;
	return (of: Titled, regions: Regions, regionWords: ReadonlySet<string>) => {
		const known = before?.regions === regions ? before.read : null;
		const read = new Map<string, Read>();
		const names: Name[] = [];
		for (const { type, key, text } of titlesOf(of)) {
			const one = read.get(text) ?? known?.get(text) ?? readName(text, regions);
			read.set(text, one);
			if (one.terms.length > 0) names.push({ type, key, ...one, text });
		}
		before = { regions, read };
		const all = new Set(regionWords);
		for (const { text } of names) for (const word of words(text)) all.add(word);
		return {
			index: nameIndex(names, genericTerms()),
			words: all,
			roots: rootsOf(all),
			near: whenNeeded(() => all),
			slips: slipIndex(() => [...all, ...regions.adjectives.keys()]),
			trigrams: trigrams(() => all),
		};
	};
}

function readName(text: string, regions: Regions): Read {
	const terms = termsOf(text, regions.adjectives);
	return { terms, heads: terms.filter((term) => !regions.terms.has(term) && !/^\d+$/.test(term)) };
}

/** A name's words that stand for a whole kind and so do not tell one record from another. */
function genericTerms(): Set<string> {
	const kinds =
		"Stadt Gemeinde Landkreis Polizei Ministerium Schule Verein Behörde Kirche Gericht Präventionsrat Vereinbarung Vertrag Projekt";
	return new Set(termsOf(kinds));
}

/** `Pressestelle …` or `Lagezentrum …` instead of a person: the name repeats the function or the organisation. */
function functionalContacts(network: Pick<Network, "contact" | "organisation">): ReadonlySet<Key> {
	const houses = new Map<Key, string[]>();
	for (const { key, name, shortName, aliases } of network.organisation.values()) {
		houses.set(
			key,
			words(`${name} ${shortName ?? ""} ${aliases.join(" ")}`).filter((word) => word.length > 3),
		);
	}
	const alike = (word: string, other: string) =>
		root(word) === root(other) ||
		(word.length > 5 && other.length > 5 && (other.startsWith(word) || word.startsWith(other)));
	const out = new Set<Key>();
	for (const contact of network.contact.values()) {
		const known = [...words(contact.function ?? ""), ...(houses.get(contact.organisation) ?? [])];
		if (words(contact.name).some((word) => word.length > 3 && known.some((other) => alike(word, other))))
			out.add(contact.key);
	}
	return out;
}

/** What is asked of contacts: whose name, what they do, where and for what. */
export function contactPart(contact: Network["contact"], organisation: Network["organisation"]) {
	const contacts = [...contact.values()];
	const functional = functionalContacts({ contact, organisation });
	const people = group(
		contacts.filter(({ key }) => !functional.has(key)),
		({ name }) => words(name).filter((word) => word.length > 1),
	);
	const does = ({ key, function: own, name }: Contact) => (functional.has(key) ? `${own ?? ""} ${name}` : (own ?? ""));
	const functions = textIndex(
		contacts.map((each) => ({ key: each.key, text: does(each) })),
		{ strict: true },
	);
	return {
		people,
		functions,
		roots: rootsOf(functions.words()),
		near: whenNeeded(() => people.keys()),
		slips: slipIndex(() => people.keys()),
		trigrams: trigrams(() => people.keys()),
		by: {
			organisation: group(contacts, (each) => [each.organisation]),
			region: group(contacts, (each) => regionsOfMember({ organisation }, each)),
			topic: new Map([...group(contacts, (each) => each.topics)].map(([topic, keys]) => [topic, new Set(keys)])),
		},
	};
}

/** The regions a contact or service stands for: its own, else its organisation's. */
export function regionsOfMember(
	network: Pick<Network, "organisation">,
	member: { regions: readonly Key[]; organisation: Key },
): readonly Key[] {
	if (member.regions.length > 0) return member.regions;
	const region = network.organisation.get(member.organisation)?.region;
	return region ? [region] : [];
}

/** The words in which records of one kind are searched by subject. */
export function textPart<R extends { key: Key }>(text: (record: R) => string) {
	return (records: ReadonlyMap<Key, R>) => {
		const index = textIndex([...records.values()].map((record) => ({ key: record.key, text: text(record) })));
		return { index, roots: rootsOf(index.words()), slips: slipIndex(() => index.words()) };
	};
}
