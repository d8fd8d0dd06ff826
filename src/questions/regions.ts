/** Which region a name means, and what lies in and above it. */
import { LAENDER } from "../lib/opening-hours.ts";
import type { Key, Network, Region } from "../network/records.ts";
import { upwards } from "../network/regions.ts";
import { fold } from "./fold.ts";
import type { Unit } from "./names.ts";

/** A region named in a text. Several keys: regions that bear the name equally. */
export interface Place {
	keys: Key[];
	units: number[];
}

export interface Regions {
	/** The region itself and everything above it, nearest first. */
	up(region: Key): Key[];
	/** The region itself and everything in it. */
	inside(region: Key): ReadonlySet<Key>;
	/** ISO code of the Land in which it lies (`DE-SN`); null = not known. */
	landOf(region: Key | null): string | null;
	/** Regions named in a text, from left to right; the longest name wins. */
	find(units: readonly Unit[]): Place[];
	/** Words that are part of a region's name. */
	terms: ReadonlySet<string>;
	/** `leipziger` → `leipzig`. */
	adjectives: ReadonlyMap<string, string>;
}

const LAND_BY_AGS = ["SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH"];

function landCode(land: Region): string | null {
	const number = Number(land.ags?.slice(0, 2));
	if (number >= 1 && number <= 16) return `DE-${LAND_BY_AGS[number - 1]}`;
	const names = [land.name, ...land.aliases, land.key].map(fold);
	// The longest name first: Sachsen-Anhalt is not Sachsen.
	const byName = LAENDER.toSorted((a, b) => b.name.length - a.name.length).find(({ name }) =>
		names.some((known) => known.replaceAll("-", " ").includes(fold(name).replaceAll("-", " "))),
	);
	return byName?.code ?? LAENDER.find(({ code }) => names.includes(code.slice(3).toLowerCase()))?.code ?? null;
}

/** Words that say what kind of region it is; a name means the same without them, if no other region is called so. */
const KIND_WORDS = new Set([
	"landkreis",
	"stadt",
	"gemeinde",
	"freistaat",
	"land",
	"bundesland",
	"bezirk",
	"mark",
	"region",
]);
const KIND_ENDING = /(bezirk|bereich|direktion|prasidi(um)?|inspektion)$/;

/** How surely words mean a region: 0 its name, 1 without the kind of a district, 2 of anything else, 3 the first word of its name. */
function* ways(region: Region, terms: (text: string) => string[]): Generator<[string[], number]> {
	for (const text of [region.name, ...region.aliases]) {
		const all = terms(text);
		yield [all, 0];
		const bare = all.filter(
			(term) => !KIND_WORDS.has(term) && !(region.kind === "police_district" && KIND_ENDING.test(term)),
		);
		const rank = region.kind === "district" ? 1 : 2;
		if (bare.length < all.length) yield [bare, rank];
		if (region.kind === "district" && bare.length === all.length) yield [["landkreis", ...all], 0];
		const [only] = bare;
		if (region.kind === "district" && bare.length === 1 && only?.endsWith("kreis")) {
			yield [[only.replace(/s?kreis$/, "")], 1];
			yield [["landkreis", only.replace(/s?kreis$/, "")], 1];
		}
		if (text.includes("(")) yield [terms(text.replace(/\s*\([^)]*\)/g, "")), 3];
		const [first] = bare;
		if (region.kind === "municipality" && bare.length > 1 && first && first.length > 4) yield [[first], 3];
	}
}

/** The forms in which a place's name describes something: Leipziger, Dresdner, Göttinger, hallesch. */
function adjectivesOf(word: string): string[] {
	const short = word.replace(/(en|e)$/, "");
	return [`${word}er`, `${short}er`, `${short}ner`, `${short}isch`, `${short}esch`, `${word}isch`].filter(
		(form) => form !== word && form.length > 5,
	);
}

export function regionsOf(network: Pick<Network, "region">, terms: (text: string) => string[]): Regions {
	const byName = new Map<string, { key: Key; rank: number }[]>();
	const children = new Map<Key, Key[]>();
	const allTerms = new Set<string>();
	const adjectives = new Map<string, string>();
	let longest = 1;
	for (const region of network.region.values()) {
		if (region.parent !== null) children.set(region.parent, [...(children.get(region.parent) ?? []), region.key]);
		for (const [way, rank] of ways(region, terms)) {
			if (way.length === 0) continue;
			const name = way.join(" ");
			const known = byName.get(name) ?? [];
			if (!known.some((entry) => entry.key === region.key)) known.push({ key: region.key, rank });
			byName.set(name, known);
			longest = Math.max(longest, way.length);
			if (rank < 3) for (const term of way) if (!KIND_WORDS.has(term) && !KIND_ENDING.test(term)) allTerms.add(term);
		}
		const [term, more] = terms(region.name);
		if (term && !more) for (const form of adjectivesOf(fold(region.name))) adjectives.set(form, term);
	}

	function find(units: readonly Unit[]): Place[] {
		const out: Place[] = [];
		const taken = new Set<number>();
		for (let length = Math.min(longest, units.length); length > 0; length--) {
			for (let from = 0; from + length <= units.length; from++) {
				const at = Array.from({ length }, (_, index) => from + index);
				if (at.some((unit) => taken.has(unit))) continue;
				const said = at.map((unit) => units[unit]?.term ?? "");
				// English puts the kind behind: Leipzig district.
				const found =
					byName.get(said.join(" ")) ?? (length === 2 ? byName.get(said.toReversed().join(" ")) : undefined);
				if (!found) continue;
				const best = Math.min(...found.map((entry) => entry.rank));
				for (const unit of at) taken.add(unit);
				out.push({ keys: found.filter((entry) => entry.rank === best).map((entry) => entry.key), units: at });
			}
		}
		return out.sort((a, b) => (a.units[0] ?? 0) - (b.units[0] ?? 0));
	}

	const known = new Map<Key, ReadonlySet<Key>>();
	function inside(region: Key): ReadonlySet<Key> {
		const before = known.get(region);
		if (before) return before;
		const all = new Set([region]);
		for (const key of all) for (const child of children.get(key) ?? []) all.add(child);
		known.set(region, all);
		return all;
	}

	const lands = new Map<Key, string | null>();
	for (const region of network.region.values()) if (region.kind === "land") lands.set(region.key, landCode(region));
	return {
		up: (region) => upwards(network, region),
		inside,
		landOf: (region) =>
			upwards(network, region)
				.map((key) => lands.get(key))
				.find((code) => code) ?? null,
		find,
		terms: allTerms,
		adjectives,
	};
}
