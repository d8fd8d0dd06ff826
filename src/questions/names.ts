/** Names of records, found in a text by the words they are made of, in any order and inflection. */
import type { Key, RecordType } from "../network/records.ts";

/** A word of a text or name that counts, with its place in the text. */
export interface Unit {
	/** Stem, or the vocabulary's own word for what was said (`PD` → `polizeidirektion`). */
	term: string;
	/** Tokens `from` ≤ i < `to`. */
	from: number;
	to: number;
}

export interface Name {
	type: RecordType;
	key: Key;
	terms: readonly string[];
	/** What tells it from others of its kind: not a region's name, not a year. */
	heads: readonly string[];
	/** As written. */
	text: string;
}

export interface Mention {
	type: RecordType;
	/** Several: the words fit them equally well. */
	keys: Key[];
	/** Indexes of the units that it is made of. */
	units: number[];
	/** All words of the name were said, years aside. */
	full: boolean;
	/** Only words that stand for a whole kind (`Stadt`, `Polizei`). */
	generic: boolean;
	weight: number;
}

export interface NameIndex {
	names: readonly Name[];
	/** How telling a term is; 0 = in no name. */
	weight(term: string): number;
	has(term: string): boolean;
	terms(): Iterable<string>;
	/** Mentions of records of this type, the best first, not overlapping. */
	find(units: readonly Unit[], type: RecordType): Mention[];
}

const YEAR = /^\d{4}$/;
/** Terms that are in more names than this confirm a name but do not bring it up, unless nothing rarer was said. */
const COMMON = 300;

interface Hit {
	name: Name;
	units: number[];
	full: boolean;
	weight: number;
	whole: number;
}

export function nameIndex(names: readonly Name[], generic: ReadonlySet<string>): NameIndex {
	const posting = new Map<string, number[]>();
	names.forEach((name, id) => {
		for (const term of new Set(name.terms)) {
			const list = posting.get(term);
			if (list) list.push(id);
			else posting.set(term, [id]);
		}
	});
	const weight = (term: string) => {
		const found = posting.get(term)?.length ?? 0;
		return found === 0 ? 0 : Math.log(2 + names.length / found);
	};

	function hitOf(name: Name, units: readonly Unit[]): Hit | null {
		const wanted = new Set(name.terms);
		const at: number[] = [];
		const met = new Set<string>();
		units.forEach((unit, index) => {
			if (wanted.has(unit.term) && !met.has(unit.term)) {
				met.add(unit.term);
				at.push(index);
			}
		});
		const missing = [...wanted].filter((term) => !met.has(term));
		const full = missing.every((term) => YEAR.test(term)) && [...met].some((term) => !YEAR.test(term));
		const spread = (at.at(-1) ?? 0) - (at[0] ?? 0) + 1 - at.length;
		// Words that stand far apart are not one name.
		if (spread > 3) return null;
		const own = name.heads.filter((head) => !generic.has(head));
		const needed = own.length > 0 ? own : name.heads;
		const headed = needed.length > 0 && needed.every((head) => met.has(head));
		if (!full && !headed) return null;
		const total = (terms: Iterable<string>) => [...terms].reduce((sum, term) => sum + weight(term), 0);
		return { name, units: at, full, weight: total(met), whole: total(wanted) };
	}

	function group(hits: Hit[], type: RecordType): Mention[] {
		const out: Mention[] = [];
		const taken = new Set<number>();
		// A full name beats a part of a longer one; of two full ones the longer wins.
		hits.sort((a, b) => Number(b.full) - Number(a.full) || b.weight - a.weight || a.whole - b.whole);
		for (const hit of hits) {
			if (hit.units.some((unit) => taken.has(unit))) {
				const same = out.find((mention) => mention.full === hit.full && String(mention.units) === String(hit.units));
				if (same && !same.keys.includes(hit.name.key)) same.keys.push(hit.name.key);
				continue;
			}
			for (const unit of hit.units) taken.add(unit);
			out.push({
				type,
				keys: [hit.name.key],
				units: hit.units,
				full: hit.full,
				generic: !hit.full && hit.name.heads.every((head) => generic.has(head)),
				weight: hit.weight,
			});
		}
		return out;
	}

	return {
		names,
		weight,
		has: (term) => posting.has(term),
		terms: () => posting.keys(),
		find(units, type) {
			const ids = new Set<number>();
			const lists = units.map((unit) => posting.get(unit.term) ?? []).filter((list) => list.length > 0);
			const rare = lists.filter((list) => list.length <= COMMON);
			const smallest = lists.reduce<number[]>(
				(least, list) => (least.length === 0 || list.length < least.length ? list : least),
				[],
			);
			for (const list of rare.length > 0 ? rare : [smallest]) {
				for (const id of list) if (names[id]?.type === type) ids.add(id);
			}
			const hits: Hit[] = [];
			for (const id of ids) {
				const name = names[id];
				const hit = name && hitOf(name, units);
				if (hit) hits.push(hit);
			}
			return group(hits, type);
		},
	};
}
