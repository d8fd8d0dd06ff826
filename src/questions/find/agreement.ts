/** Agreements: in force today unless history, a year or one of them by name is asked for. */
import type { Agreement, Key, Network } from "../../network/records.ts";
import {
	all,
	asks,
	bySubject,
	choice,
	type Finder,
	type Found,
	fact,
	has,
	named,
	nothing,
	type Search,
} from "./found.ts";
import { within } from "./region.ts";

const begun = (agreement: Agreement, day: string) => {
	const start = agreement.validFrom ?? agreement.signedOn;
	return start === null || start <= day;
};

/** Begun, not past its last day, and not superseded by one that has begun. */
export function inForce(network: Network, agreement: Agreement, day: string): boolean {
	if (!begun(agreement, day) || (agreement.validUntil !== null && agreement.validUntil < day)) return false;
	return !supersededBy(network, agreement.key).some((other) => begun(other, day));
}

const successors = new WeakMap<Network, ReadonlyMap<Key, Agreement[]>>();

/** What took its place, made once per picture of the network. */
function supersededBy(network: Network, key: Key): readonly Agreement[] {
	let known = successors.get(network);
	if (!known) {
		const made = new Map<Key, Agreement[]>();
		for (const agreement of network.agreement.values()) {
			if (agreement.supersedes !== null)
				made.set(agreement.supersedes, [...(made.get(agreement.supersedes) ?? []), agreement]);
		}
		successors.set(network, made);
		known = made;
	}
	return known.get(key) ?? [];
}

/** Towns are parties by their administration: "die Vereinbarung mit" and a town's name. */
function isParty(network: Network, agreement: Agreement, region: Key): boolean {
	return agreement.parties.some((party) => {
		const organisation = network.organisation.get(party);
		return organisation?.region === region && organisation.kind === "municipality";
	});
}

/** All that the words fit, without regard to whether they are in force. */
function fitting(search: Search): Agreement[] {
	const { query, lexicon } = search;
	const { network } = lexicon;
	const subject = bySubject(search, "agreement");
	const chosen = named(query, "agreement");
	const [region = null] = chosen ? [] : query.regions;
	const inRegion =
		region === null
			? null
			: new Set(
					within(lexicon, region, [...network.agreement.keys()], (key) => [network.agreement.get(key)?.region ?? null]),
				);
	return [...network.agreement.values()].filter((agreement) => {
		if (chosen) return chosen.includes(agreement.key);
		if (!query.parties.every((party) => party.keys.some((key) => agreement.parties.includes(key)))) return false;
		const kinds = agreement.parties.map((party) => network.organisation.get(party)?.kind);
		if (!query.organisationKinds.every((kind) => kinds.includes(kind))) return false;
		if (query.agreementKinds.length > 0 && !query.agreementKinds.includes(agreement.kind)) return false;
		if (query.intent === "agreement" && subject && !subject.has(agreement.key)) return false;
		return !inRegion || inRegion.has(agreement.key) || (region !== null && isParty(network, agreement, region));
	});
}

/** The agreements that a question is about, after the rules of being in force. */
export function selectAgreements(search: Search): Agreement[] {
	const { query, lexicon, now } = search;
	const { network } = lexicon;
	const today = now.toPlainDate().toString();
	const fit = fitting(search);
	const valid = (agreement: Agreement) => inForce(network, agreement, today);
	const { span } = query;
	if (has(query, "expired") && !has(query, "history"))
		return fit.filter((it) => it.validUntil !== null && it.validUntil < today);
	const expiring = has(query, "expiring") || (query.field === "valid_until" && span !== null);
	if (expiring && asks(query, "which", "list", "how_many") && !query.titled) {
		const until = span?.to ?? "9999";
		return fit.filter(
			(it) => valid(it) && it.validUntil !== null && it.validUntil >= (span?.from ?? today) && it.validUntil <= until,
		);
	}
	if (query.titled || named(query, "agreement")) {
		// Of several with the same title but for the year, the one in force is meant.
		const current = fit.filter(valid);
		return fit.length > 1 && current.length > 0 && !has(query, "superseded", "supersedes", "history") ? current : fit;
	}
	if (span && !expiring) {
		if (has(query, "in_force")) {
			const day = span.to ?? span.from ?? today;
			return fit.filter((it) => inForce(network, it, day));
		}
		return fit.filter(
			(it) => it.signedOn !== null && it.signedOn >= (span.from ?? "") && it.signedOn <= (span.to ?? "9999"),
		);
	}
	return has(query, "history", "superseded", "supersedes") ? fit : fit.filter(valid);
}

function factOf(agreement: Agreement, field: string): string | number | null {
	switch (field) {
		case "signed_on":
			return agreement.signedOn;
		case "signed_at":
			return agreement.signedAt;
		case "valid_from":
			return agreement.validFrom;
		case "valid_until":
			return agreement.validUntil;
		case "notice":
			return agreement.notice;
		case "purpose":
			return agreement.purpose;
		case "document":
			return agreement.documentUrl;
		case "parties_count":
			return agreement.parties.length;
		default:
			return null;
	}
}

/** What took an agreement's place, or whose place it took. */
function succession(search: Search, keys: Key[]): Found {
	const { network } = search.lexicon;
	const after = keys.flatMap((key) => supersededBy(network, key).map((agreement) => agreement.key));
	const before = keys.flatMap((key) => network.agreement.get(key)?.supersedes ?? []);
	const [first, second] = has(search.query, "superseded") ? [after, before] : [before, after];
	return all("agreement", first.length > 0 ? first : second);
}

export const findAgreement: Finder = (search) => {
	const { query } = search;
	if (query.unknown.length > 0) return nothing();
	const hits = selectAgreements(search);
	const keys = hits.map((agreement) => agreement.key);
	if (has(query, "superseded", "supersedes")) return succession(search, keys);
	const [agreement] = hits;
	if (!agreement || query.field === null || query.field === "parties") return all("agreement", keys);
	if (hits.length > 1) return choice("agreement", keys);
	if (query.field === "signatories") {
		return agreement.signatories.length > 0 ? all("agreement", keys) : { ...nothing(), missing: "signatories" };
	}
	return fact("agreement", agreement.key, query.field, factOf(agreement, query.field));
};
