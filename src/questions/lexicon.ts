/** Everything that a network's records are called, made once per network and asked by every question. */
import type { Language } from "../lib/text.ts";
import type { Contact, Key, Network } from "../network/records.ts";
import { type NearIndex, nearIndex } from "./edits.ts";
import { root, spelling, type Token, tokens, words } from "./fold.ts";
import { type Name, type NameIndex, nameIndex, type Unit } from "./names.ts";
import { type Regions, regionsOf } from "./regions.ts";
import { type TextIndex, textIndex } from "./texts.ts";
import { titlesOf } from "./titles.ts";
import { termsOf, unitsOf } from "./units.ts";
import { vocabulary } from "./vocabulary.ts";

export type Group = ReadonlyMap<string, readonly Key[]>;
export type TextType = "decision" | "commitment" | "project" | "material" | "event" | "agreement" | "service";

export interface Lexicon {
	network: Network;
	regions: Regions;
	/** Names of everything but regions and contacts. */
	names: NameIndex;
	/** Folded words of contacts' names: whose they are. */
	people: Group;
	/** Words of what contacts do. */
	functions: TextIndex;
	/** Words in which records are searched by subject. */
	texts: Record<TextType, TextIndex>;
	contactsBy: { organisation: Group; region: Group; topic: ReadonlyMap<string, ReadonlySet<Key>> };
	servicesBy: { organisation: Group; need: Group };
	decisionsBy: { responsible: Group; event: Group };
	/** Words near to one that nothing knows; names of people are not among them: Meyer is not Meier. */
	near: { region: NearIndex; name: NearIndex; text: NearIndex; de: NearIndex; en: NearIndex };
	/** Near names of people: only ever offered, never assumed. */
	nearPeople: NearIndex;
	/** Is the word in a name, a subject or the vocabulary? */
	knows(token: Token): boolean;
	/** The words of a text that can be part of a name. */
	units(text: readonly Token[], language: Language): Unit[];
}

function group<T extends { key: Key }>(records: Iterable<T>, of: (record: T) => Iterable<string>): Group {
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

/** The regions a contact or service stands for: its own, else its organisation's. */
export function regionsOfMember(
	network: Network,
	member: { regions: readonly Key[]; organisation: Key },
): readonly Key[] {
	if (member.regions.length > 0) return member.regions;
	const region = network.organisation.get(member.organisation)?.region;
	return region ? [region] : [];
}

/** `Pressestelle …` or `Lagezentrum …` instead of a person: the name repeats the function or the organisation. */
function functionalContacts(network: Network): ReadonlySet<Key> {
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

/** A name's words that stand for a whole kind and so do not tell one record from another. */
function genericTerms(): Set<string> {
	const kinds =
		"Stadt Gemeinde Landkreis Polizei Ministerium Schule Verein Behörde Kirche Gericht Präventionsrat Vereinbarung Vertrag Projekt";
	return new Set(termsOf(kinds));
}

function texts(network: Network): Lexicon["texts"] {
	const { decision, commitment, project, material, event, agreement, service } = network;
	const of = <T extends { key: Key }>(records: Iterable<T>, text: (record: T) => string) =>
		textIndex([...records].map((record) => ({ key: record.key, text: text(record) })));
	return {
		decision: of(decision.values(), (it) => `${it.text} ${it.tags.join(" ")}`),
		commitment: of(commitment.values(), (it) => it.text),
		project: of(project.values(), (it) => `${it.title} ${it.description ?? ""}`),
		material: of(material.values(), (it) => it.title),
		event: of(event.values(), (it) => it.title),
		agreement: of(agreement.values(), (it) => `${it.title} ${it.purpose ?? ""}`),
		service: of(service.values(), (it) => it.name),
	};
}

/** Built with the first word that nobody knows: a question without a slip does not wait for it. */
function whenNeeded(known: () => Iterable<string>): NearIndex {
	let made: NearIndex | null = null;
	return {
		find(word) {
			made ??= nearIndex(known(), 4);
			return made.find(word);
		},
	};
}

const nearMeaning = {
	de: whenNeeded(() => vocabulary.meaning.de.keys()),
	en: whenNeeded(() => vocabulary.meaning.en.keys()),
};

/** Near words of any kind, also short and small ones: only for words that cannot be names, because they are written small. */
export const nearAny = {
	de: whenNeeded(() => [...vocabulary.meaning.de.keys(), ...vocabulary.small.de]),
	en: whenNeeded(() => [...vocabulary.meaning.en.keys(), ...vocabulary.small.en]),
};

/**
 * Made anew whenever the network changed: 100,000 contacts take about a second. `network` must be an unchanging picture:
 * what was made from it is not updated when its maps change.
 */
export function buildLexicon(network: Network): Lexicon {
	const regions = regionsOf(network, (text) => termsOf(text));
	const named = (text: string) => termsOf(text, regions.adjectives);
	const names: Name[] = [];
	for (const { type, key, text } of titlesOf(network)) {
		const terms = named(text);
		if (terms.length === 0) continue;
		const heads = terms.filter((term) => !regions.terms.has(term) && !/^\d+$/.test(term));
		names.push({ type, key, terms, heads, text });
	}
	const index = nameIndex(names, genericTerms());
	const contacts = [...network.contact.values()];
	const functional = functionalContacts(network);
	const people = group(
		contacts.filter((contact) => !functional.has(contact.key)),
		(contact) => words(contact.name).filter((word) => word.length > 1),
	);
	const does = ({ key, function: own, name }: Contact) => (functional.has(key) ? `${own ?? ""} ${name}` : (own ?? ""));
	const functions = textIndex(
		contacts.map((contact) => ({ key: contact.key, text: does(contact) })),
		{ strict: true },
	);
	const subjects = texts(network);
	const regionWords = new Set(
		[...network.region.values()].flatMap((region) => [region.name, ...region.aliases].flatMap(words)),
	);
	const nameWords = new Set([...regionWords, ...names.flatMap((name) => words(name.text))]);
	const textWords = new Set([...Object.values(subjects), functions].flatMap((text) => [...text.words()]));
	const roots = new Set([...nameWords, ...textWords].map(root));
	return {
		network,
		regions,
		names: index,
		people,
		functions,
		texts: subjects,
		contactsBy: {
			organisation: group(contacts, (contact) => [contact.organisation]),
			region: group(contacts, (contact) => regionsOfMember(network, contact)),
			topic: new Map([...group(contacts, (contact) => contact.topics)].map(([topic, keys]) => [topic, new Set(keys)])),
		},
		servicesBy: {
			organisation: group(network.service.values(), (service) => [service.organisation]),
			need: group(network.service.values(), (service) => service.needs),
		},
		decisionsBy: {
			responsible: group(network.decision.values(), (decision) => decision.responsible),
			event: group(network.decision.values(), (decision) => (decision.event === null ? [] : [decision.event])),
		},
		near: { region: nearIndex(regionWords), name: nearIndex(nameWords), text: nearIndex(textWords), ...nearMeaning },
		nearPeople: nearIndex(people.keys()),
		knows: (token) =>
			/\d/.test(token.word) ||
			roots.has(root(token.word)) ||
			regions.adjectives.has(token.word) ||
			people.has(token.word) ||
			people.has(token.word.replace(/s$/, "")) ||
			vocabulary.knows(token),
		units: (text, language) => unitsOf(text, language, regions.adjectives, index),
	};
}

/** Of contacts with a name that folds to what was typed, those spelt exactly so, if there are any: Bähr is not Bahr. */
export function bestSpelt(network: Network, keys: readonly Key[], typed: readonly string[]): Key[] {
	const wanted = typed.map(spelling);
	const exact = keys.filter((key) => {
		const name = tokens(network.contact.get(key)?.name ?? "").map((token) => spelling(token.raw));
		return wanted.every((word) => name.includes(word) || name.includes(word.replace(/s$/, "")));
	});
	return exact.length > 0 ? exact : [...keys];
}

const made = new WeakMap<Network, Lexicon>();

/** The lexicon of a picture of the network, made on its first use. */
export function lexiconOf(network: Network): Lexicon {
	const known = made.get(network);
	if (known) return known;
	const lexicon = buildLexicon(network);
	made.set(network, lexicon);
	return lexicon;
}

export { resolve, suggest } from "./resolve.ts";
