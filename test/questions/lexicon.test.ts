// A lexicon that takes over what did not change knows the same as one made from nothing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byKey } from "../../src/network/load.ts";
import type { Network, RecordOf } from "../../src/network/records.ts";
import { tokens } from "../../src/questions/fold.ts";
import { buildLexicon, type Lexicon, lexiconMaker } from "../../src/questions/lexicon.ts";
import { NETWORK } from "./world.ts";

const WORDS = [
	"Zwickau",
	"Nordheim",
	"Opferschutz",
	"Beleuchtung",
	"Fahrrad",
	"Jugendamt",
	"Schulung",
	"Bähr",
	"Krause",
];
const word = fc.constantFrom(...WORDS);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(" "));

type Change = (network: Network) => Network;

/** One record of a kind is changed, goes, or comes again under another key. */
function changeOf<T extends "region" | "organisation" | "contact" | "decision" | "event" | "agreement" | "service">(
	type: T,
	change: (text: string) => Partial<RecordOf[T]>,
) {
	return fc.record({ at: fc.nat(), how: fc.constantFrom("change", "copy"), text: phrase }).map(
		({ at, how, text }): Change =>
			(network) => {
				const map: ReadonlyMap<string, RecordOf[T]> = network[type];
				const all = [...map.values()];
				const record = all[at % all.length];
				if (record === undefined) return network;
				const next = { ...record, ...change(text), ...(how === "copy" && { key: `${record.key}-${at % 7}` }) };
				return { ...network, [type]: byKey([...all.filter(({ key }) => key !== next.key), next]) };
			},
	);
}

const changes = fc.oneof(
	changeOf("region", (name) => ({ name })),
	changeOf("organisation", (name) => ({ name })),
	changeOf("contact", (name) => ({ name, function: name })),
	changeOf("decision", (text) => ({ text })),
	changeOf("event", (title) => ({ title })),
	changeOf("agreement", (title) => ({ title })),
	changeOf("service", (name) => ({ name })),
	fc.constantFrom<Change>(
		(network) => ({ ...network, decision: new Map([...network.decision].slice(1)) }),
		(network) => ({ ...network, event: new Map([...network.event].slice(1)) }),
	),
);

/** All that a lexicon tells about these words. */
function told(lexicon: Lexicon) {
	const said = tokens(WORDS.join(" "));
	const units = lexicon.units(said, "de");
	const near = ["zwikau", "beleuchtng", "jugendampt", "krausse"];
	return {
		names: lexicon.names.names,
		mentions: lexicon.names.find(units, "organisation"),
		weights: WORDS.map((each) => lexicon.names.weight(each.toLowerCase())),
		regions: lexicon.regions.find(units),
		terms: lexicon.regions.terms,
		people: lexicon.people,
		functions: WORDS.map((each) => lexicon.functions.find(each)),
		texts: Object.entries(lexicon.texts).map(([type, text]) => [type, WORDS.map((each) => text.find(each))]),
		contactsBy: lexicon.contactsBy,
		servicesBy: lexicon.servicesBy,
		decisionsBy: lexicon.decisionsBy,
		near: Object.values({ ...lexicon.near, people: lexicon.nearPeople }).map((index) =>
			near.map((each) => index.find(each)),
		),
		known: said.map((token) => lexicon.knows(token)),
		units,
	};
}

describe("a lexicon", () => {
	test("made after changes is the one made from nothing", () => {
		fc.assert(
			fc.property(fc.array(changes, { minLength: 1, maxLength: 6 }), (all) => {
				const make = lexiconMaker();
				let network = NETWORK;
				make(network);
				for (const change of all) {
					network = change(network);
					expect(told(make(network))).toEqual(told(buildLexicon(network)));
				}
			}),
			{ numRuns: 40 },
		);
	});

	test("keeps what was made of contacts when a decision changes, and the other way round", () => {
		const make = lexiconMaker();
		const before = make(NETWORK);
		const decided = make({ ...NETWORK, decision: new Map(NETWORK.decision) });
		expect(decided.people).toBe(before.people);
		expect(decided.names).toBe(before.names);
		expect(decided.texts.decision).not.toBe(before.texts.decision);
		const moved = make({ ...NETWORK, contact: new Map(NETWORK.contact) });
		expect(moved.people).not.toBe(before.people);
		expect(moved.texts.event).toBe(before.texts.event);
	});
});
