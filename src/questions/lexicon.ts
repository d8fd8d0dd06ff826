/** Everything that a network's records are called, made once per network and asked by every question. */
import type { Language } from "../lib/text.ts";
import type {
	Agreement,
	Commitment,
	Decision,
	Key,
	Material,
	Network,
	NetworkEvent,
	Project,
	Service,
} from "../network/records.ts";
import type { NearIndex } from "./edits.ts";
import { root, spelling, type Token, tokens } from "./fold.ts";
import type { NameIndex, Unit } from "./names.ts";
import { contactPart, type Group, group, kept, namePart, regionPart, textPart, whenNeeded } from "./parts.ts";
import type { Regions } from "./regions.ts";
import { bothSlips, type SlipIndex, trigrams, trigramsOf } from "./slips.ts";
import type { TextIndex } from "./texts.ts";
import { unitsOf } from "./units.ts";
import { vocabulary } from "./vocabulary.ts";

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
	/** Words one slip away from one that nobody knows. */
	slips: { names: SlipIndex; texts: SlipIndex; people: SlipIndex };
	/** May be somebody's name: no three letters of it are without example. What is none was mistyped. */
	plausible(word: string): boolean;
	/** Is the word in a name, a subject or the vocabulary? */
	knows(token: Token): boolean;
	/** The same, but a compound is only known if all of it is. */
	knowsWhole(token: Token): boolean;
	/** The words of a text that can be part of a name. */
	units(text: readonly Token[], language: Language): Unit[];
}

const OF_VOCABULARY = { trigrams: trigrams(() => vocabulary.meaning.de.keys()) };

const nearMeaning = {
	de: whenNeeded(() => vocabulary.meaning.de.keys(), 4),
	en: whenNeeded(() => vocabulary.meaning.en.keys(), 4),
};

/** Near words of any kind, also short and small ones: only for words that cannot be names, because they are written small. */
export const nearAny = {
	de: whenNeeded(() => [...vocabulary.meaning.de.keys(), ...vocabulary.small.de, ...vocabulary.phrases.de], 4),
	en: whenNeeded(() => [...vocabulary.meaning.en.keys(), ...vocabulary.small.en, ...vocabulary.phrases.en], 4),
};

/** Makes lexicons of one network after the other; what did not change from one to the next is not made again. */
export function lexiconMaker(): (network: Network) => Lexicon {
	const regionsFor = kept(regionPart);
	const readNames = namePart();
	const namesFor = kept(
		(
			part: ReturnType<typeof regionPart>,
			region: Network["region"],
			organisation: Network["organisation"],
			service: Network["service"],
			agreement: Network["agreement"],
			event: Network["event"],
			project: Network["project"],
			material: Network["material"],
			programme: Network["programme"],
			membership: Network["membership"],
		) => {
			const titled = { region, organisation, service, agreement, event, project, material, programme, membership };
			return readNames(titled, part.regions, part.words);
		},
	);
	const contactsFor = kept(contactPart);
	const textsFor = {
		decision: kept(textPart<Decision>((it) => `${it.text} ${it.tags.join(" ")}`)),
		commitment: kept(textPart<Commitment>((it) => it.text)),
		project: kept(textPart<Project>((it) => `${it.title} ${it.description ?? ""}`)),
		material: kept(textPart<Material>((it) => it.title)),
		event: kept(textPart<NetworkEvent>((it) => it.title)),
		agreement: kept(textPart<Agreement>((it) => `${it.title} ${it.purpose ?? ""}`)),
		service: kept(textPart<Service>((it) => it.name)),
	};
	const servicesFor = kept((service: Network["service"]) => ({
		organisation: group(service.values(), (each) => [each.organisation]),
		need: group(service.values(), (each) => each.needs),
	}));
	const decisionsFor = kept((decision: Network["decision"]) => ({
		responsible: group(decision.values(), (each) => each.responsible),
		event: group(decision.values(), (each) => (each.event === null ? [] : [each.event])),
	}));

	return (network) => {
		const region = regionsFor(network.region);
		const { organisation, service, agreement, event, project, material, programme, membership } = network;
		const names = namesFor(
			region,
			network.region,
			organisation,
			service,
			agreement,
			event,
			project,
			material,
			programme,
			membership,
		);
		const contacts = contactsFor(network.contact, organisation);
		const texts = {
			decision: textsFor.decision(network.decision),
			commitment: textsFor.commitment(network.commitment),
			project: textsFor.project(project),
			material: textsFor.material(material),
			event: textsFor.event(event),
			agreement: textsFor.agreement(agreement),
			service: textsFor.service(service),
		};
		const subjects = [...Object.values(texts).map(({ index }) => index), contacts.functions];
		const roots = [region, names, contacts, ...Object.values(texts)].map((part) => part.roots);
		const { adjectives } = region.regions;
		const inRecords = ({ word }: Token) =>
			/\d/.test(word) ||
			roots.some((part) => part.has(root(word))) ||
			adjectives.has(word) ||
			contacts.people.has(word) ||
			contacts.people.has(word.replace(/s$/, ""));
		return {
			network,
			regions: region.regions,
			names: names.index,
			people: contacts.people,
			functions: contacts.functions,
			texts: {
				decision: texts.decision.index,
				commitment: texts.commitment.index,
				project: texts.project.index,
				material: texts.material.index,
				event: texts.event.index,
				agreement: texts.agreement.index,
				service: texts.service.index,
			},
			contactsBy: contacts.by,
			servicesBy: servicesFor(service),
			decisionsBy: decisionsFor(network.decision),
			near: {
				region: region.near,
				name: names.near,
				text: whenNeeded(() => new Set(subjects.flatMap((text) => [...text.words()]))),
				...nearMeaning,
			},
			nearPeople: contacts.near,
			slips: {
				names: names.slips,
				texts: bothSlips(Object.values(texts).map((part) => part.slips)),
				people: contacts.slips,
			},
			plausible: (word) =>
				trigramsOf(word).every((part) => [names, contacts, OF_VOCABULARY].some(({ trigrams }) => trigrams.has(part))),
			knows: (token) => inRecords(token) || vocabulary.knows(token),
			knowsWhole: (token) => inRecords(token) || vocabulary.knowsWhole(token),
			units: (text, language) => unitsOf(text, language, adjectives, names.index),
		};
	};
}

/** From nothing. `network` must be an unchanging picture: what was made from it is not updated when its maps change. */
export const buildLexicon = (network: Network): Lexicon => lexiconMaker()(network);

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
const make = lexiconMaker();

/** The lexicon of a picture of the network, made on its first use. */
export function lexiconOf(network: Network): Lexicon {
	const known = made.get(network);
	if (known) return known;
	const lexicon = make(network);
	made.set(network, lexicon);
	return lexicon;
}

export type { Group } from "./parts.ts";
export { regionsOfMember } from "./parts.ts";
export { resolve, suggest } from "./resolve.ts";
