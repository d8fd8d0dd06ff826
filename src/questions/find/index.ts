/** The finder of each kind of record, and counting. */
import type { Intent } from "../query.ts";
import { findAgreement } from "./agreement.ts";
import { findCommitment } from "./commitment.ts";
import { findContact } from "./contact.ts";
import { findDecision } from "./decision.ts";
import { findEvent } from "./event.ts";
import { choice, type Finder, type Found, nothing, refs } from "./found.ts";
import { findOrganisation } from "./organisation.ts";
import { findMaterial, findProgramme, findProject } from "./others.ts";
import { findService } from "./service.ts";

/** How many of them there are. None is a number too, where all words were understood. */
const count: Finder = (search) => {
	const { query } = search;
	if (query.counted === null || query.unknown.length > 0) return nothing();
	const found = FINDERS[query.counted]({ ...search, query: { ...query, intent: query.counted, field: null } });
	if (found.status === "not_allowed") return found;
	const [figure] = query.counted === "programme" && query.marks.includes("by_agreement") ? figures(search) : [];
	if (figure) return { status: "answered", records: refs("figure", [figure.key]), value: Number(figure.value) };
	return { status: "answered", records: found.records, value: found.records.length };
};

/** What a programme reports about itself; never mixed with counts of records. */
function figures({ query, lexicon }: Parameters<Finder>[0]) {
	return [...lexicon.network.figure.values()]
		.filter((figure) => figure.programme === query.programme && query.stages.some((stage) => stage === figure.label))
		.sort((a, b) => b.asOf.localeCompare(a.asOf));
}

const FINDERS: Record<Intent, Finder> = {
	contact: findContact,
	organisation: findOrganisation,
	service: findService,
	agreement: findAgreement,
	commitment: findCommitment,
	event: findEvent,
	decision: findDecision,
	project: findProject,
	programme: findProgramme,
	material: findMaterial,
	statistic: count,
	help: () => ({ status: "answered", records: [] }),
};

/** Where a place's name means several, it must be asked which. */
export const search: Finder = (what): Found => {
	const { query } = what;
	if (query.regions.length > 1) return choice("region", query.regions);
	return FINDERS[query.intent](what);
};
