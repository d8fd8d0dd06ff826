/** What agreements promise: of those in force, unless one of them is named. */
import type { Commitment } from "../../network/records.ts";
import { selectAgreements } from "./agreement.ts";
import { all, asks, choice, type Finder, nothing, type Search } from "./found.ts";

/** Whoever has to do it, is asked for: "wozu hat sich die Stadt verpflichtet", not the partners of its agreements. */
function byDuty(search: Search): boolean {
	const { query } = search;
	if (query.parties.length !== 1 || query.titled || asks(query, "who", "how_often")) return false;
	return query.field === "responsible" || query.marks.includes("duty");
}

function fitting(search: Search): Commitment[] {
	const { query, lexicon } = search;
	const duty = byDuty(search);
	const agreements = new Set(
		selectAgreements(duty ? { ...search, query: { ...query, parties: [] } } : search).map((it) => it.key),
	);
	const bound = query.parties[0]?.keys ?? [];
	return [...lexicon.network.commitment.values()].filter(
		(it) => agreements.has(it.agreement) && (!duty || it.responsible.some((key) => bound.includes(key))),
	);
}

export const findCommitment: Finder = (search) => {
	const { query, lexicon } = search;
	if (query.unknown.length > 0) return nothing();
	let hits = fitting(search);
	const kinds = query.commitmentKinds;
	if (kinds.length > 0) hits = hits.filter((it) => kinds.includes(it.kind));
	for (const word of query.subject) {
		const found = lexicon.texts.commitment.find(word);
		hits = hits.filter((it) => found.has(it.key));
	}
	const keys = hits.map((it) => it.key);
	const [only] = hits;
	if (query.field === "cadence" && hits.length > 1) return choice("commitment", keys);
	if (query.field === "responsible" && only && hits.every((it) => it.responsible.length === 0))
		return { ...nothing(), missing: "responsible" };
	const found = all("commitment", keys);
	// An empty cadence is an answer as well: no rhythm was promised.
	return query.field === "cadence" && only?.cadence ? { ...found, value: only.cadence } : found;
};
