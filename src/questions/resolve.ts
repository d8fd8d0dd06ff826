/** A value typed into a command that names a record: by key, name, short name, alias or a unique part of one (chat.md, "The line"). */
import { distance } from "../lib/fold.ts";
import { type Asker, maySee } from "../network/access.ts";
import { labelOf } from "../network/label.ts";
import type { Key, Network, RecordRef, RecordType } from "../network/records.ts";
import { fold, tokens, words } from "./fold.ts";
import type { Lexicon } from "./lexicon.ts";
import { numberIn } from "./numbers.ts";

/** `hidden`: something fits that this person may not see; nothing of it is told. */
export type Resolved =
	| { kind: "one"; ref: RecordRef }
	| { kind: "several"; refs: RecordRef[] }
	| { kind: "none"; nearest: RecordRef[]; hidden?: boolean };

interface Called {
	key: Key;
	text: string;
}

/** What records of this type are called, as written. */
function calledOf(lexicon: Lexicon, type: RecordType): Called[] {
	const { network } = lexicon;
	switch (type) {
		case "region":
			return [...network.region.values()].flatMap(({ key, name, aliases }) =>
				[name, ...aliases].map((text) => ({ key, text })),
			);
		case "contact":
			return [...network.contact.values()].map(({ key, name, function: does, organisation }) => {
				const house = network.organisation.get(organisation);
				return { key, text: [name, does, house?.shortName, house?.name].filter(Boolean).join(" ") };
			});
		case "channel":
			return [...network.channel.values()].flatMap(({ key, name, address }) =>
				[name ?? key, address].map((text) => ({ key, text })),
			);
		case "decision":
			return [...network.decision.values()].map(({ key, text }) => ({ key, text }));
		case "commitment":
			return [...network.commitment.values()].map(({ key, text }) => ({ key, text }));
		case "membership":
		case "figure":
			return [];
		default:
			return lexicon.names.names.filter((name) => name.type === type).map(({ key, text }) => ({ key, text }));
	}
}

const keysOf = (called: readonly Called[]) => [...new Set(called.map(({ key }) => key))];

/** The best reading: the whole name, else the same words, else a part of it. */
function fitting(lexicon: Lexicon, type: RecordType, typed: string): Key[] {
	const { network } = lexicon;
	const key = typed.trim().toLowerCase();
	if (network[type].has(key)) return [key];
	const said = tokens(typed);
	if (type === "decision") {
		const number = numberIn(network, said);
		if (number?.key) return [number.key];
	}
	const all = calledOf(lexicon, type);
	const folded = words(typed).join(" ");
	if (folded === "") return [];
	if (type === "contact") {
		const named = [...network.contact.values()].filter((contact) => words(contact.name).join(" ") === folded);
		if (named.length > 0) return named.map((contact) => contact.key);
	}
	const whole = keysOf(all.filter(({ text }) => words(text).join(" ") === folded));
	if (whole.length > 0) return whole;
	const units = lexicon.units(said, "de");
	if (type === "region") {
		const place = lexicon.regions.find(units).find((each) => each.units.length === units.length);
		if (place) return place.keys;
	} else {
		const [mention] = lexicon.names
			.find(units, type)
			.filter((each) => each.units.length === units.length && !each.generic);
		if (mention?.full) return mention.keys;
	}
	const parts = words(typed);
	return keysOf(
		all.filter(({ text }) => {
			const own = words(text);
			return parts.every((part) => own.some((word) => word.startsWith(part)));
		}),
	);
}

const MOST_SCANNED = 20_000;

function nearest(lexicon: Lexicon, type: RecordType, typed: string, sees: (key: Key) => boolean): RecordRef[] {
	const said = words(typed).slice(0, 6);
	const all = calledOf(lexicon, type);
	const head = said.at(-1)?.slice(0, 2) ?? "";
	// In a very large network only names with a word that begins as the last one typed are compared.
	const compared =
		all.length > MOST_SCANNED ? all.filter(({ text }) => words(text).some((own) => own.startsWith(head))) : all;
	const scored = compared
		.map(({ key, text }) => {
			const own = words(text);
			return {
				key,
				far: said.reduce((sum, word) => sum + Math.min(4, ...own.map((each) => distance(word, each, 3))), 0),
			};
		})
		.filter(({ key, far }) => far <= Math.max(1, Math.floor(fold(typed).length / 4)) && far <= 3 && sees(key))
		.sort((a, b) => a.far - b.far);
	return [...new Set(scored.map(({ key }) => key))].slice(0, 3).map((key) => ({ type, key }));
}

const seen = (network: Network, type: RecordType, asker: Asker) => (key: Key) => {
	if (type !== "contact") return true;
	const contact = network.contact.get(key);
	return contact !== undefined && maySee(asker, contact);
};

/** Which record a typed value means. Contacts that the asker may not see are neither found nor offered. */
export function resolve(lexicon: Lexicon, type: RecordType, typed: string, asker: Asker): Resolved {
	const sees = seen(lexicon.network, type, asker);
	const fits = fitting(lexicon, type, typed);
	const keys = fits.filter(sees);
	const [only, another] = keys;
	if (only === undefined)
		return { kind: "none", nearest: nearest(lexicon, type, typed, sees), ...(fits.length > 0 ? { hidden: true } : {}) };
	if (another === undefined) return { kind: "one", ref: { type, key: only } };
	return { kind: "several", refs: keys.map((key) => ({ type, key })) };
}

/** Options for a picker while somebody types: those whose words begin as typed first, at most `limit`; nothing typed = the first by name. */
export function suggest(
	lexicon: Lexicon,
	type: "organisation" | "region",
	typed: string,
	limit: number,
): { key: Key; label: string }[] {
	const parts = words(typed);
	const options = new Map<Key, { rank: number; label: string }>();
	for (const { key, text } of calledOf(lexicon, type)) {
		const own = words(text);
		if (!parts.every((part) => own.some((word) => word.startsWith(part)))) continue;
		const rank = parts.length > 0 && own[0]?.startsWith(parts[0] ?? "") ? own.length : 100 + own.length;
		const known = options.get(key);
		if (!known || known.rank > rank)
			options.set(key, { rank, label: known?.label ?? labelOf(lexicon.network, { type, key }) });
	}
	return [...options]
		.sort(([, a], [, b]) => (parts.length > 0 ? a.rank - b.rank : 0) || a.label.localeCompare(b.label, "de"))
		.slice(0, limit)
		.map(([key, { label }]) => ({ key, label }));
}
