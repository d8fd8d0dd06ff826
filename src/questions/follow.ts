/** Follow-ups keep everything of the question before that they do not change. */
import type { RecordRef } from "../network/records.ts";
import { chosen, elsewhere, otherKind } from "./elsewhere.ts";
import { fieldOf } from "./fields.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Intent, Query, Topic } from "./query.ts";
import type { Reading } from "./reading.ts";
import { understand } from "./understand.ts";

const STATUS_MARKS = [
	"open",
	"in_progress",
	"done",
	"revoked",
	"overdue",
	"running",
	"idea",
	"planned",
	"in_force",
	"expired",
	"expiring",
	"cancelled",
];
const TYPE_INTENTS: Partial<Record<RecordRef["type"], Intent>> = {
	contact: "contact",
	organisation: "organisation",
	service: "service",
	agreement: "agreement",
	commitment: "commitment",
	event: "event",
	decision: "decision",
	project: "project",
	membership: "programme",
	material: "material",
};

/** Who or what is asked about is said in the sentence itself. */
function hasSubject(reading: Reading, query: Query | null): boolean {
	if (reading.places.length > 0 || reading.people || reading.number || reading.time) return true;
	if (reading.parties.some((party) => !party.generic)) return true;
	if (query === null) return false;
	const lists = [
		query.topics,
		query.needs,
		query.named,
		query.organisationKinds,
		query.languages,
		query.eventKinds,
		query.commitmentKinds,
		query.agreementKinds,
		query.stages,
		query.subject,
		query.functions,
		query.unknown,
	];
	return query.programme !== null || lists.some((list) => list.length > 0);
}

/** "sie" is a person only where it is no polite "Sie". */
function refersBack(reading: Reading): boolean {
	const polite = reading.tags.some(
		(tag) => tag.section === "pronoun" && tag.concept === "polite_or_person" && reading.tokens[tag.from]?.raw === "sie",
	);
	return (
		reading.has("pronoun", "person", "place") ||
		polite ||
		(reading.has("pronoun", "thing") && reading.tokens.length < 8)
	);
}

/** Is this said in continuation of what was asked before? */
function continues(reading: Reading, query: Query | null): boolean {
	const [first] = reading.tokens;
	if (!first) return false;
	if (reading.tags.some((tag) => tag.section === "follow" && tag.from === 0)) return true;
	if (reading.has("mark", "after_that")) return true;
	// A sentence of its own that means nothing here is not more of the same: "how many partners do we have?" after a training.
	if (query === null) return refersBack(reading) || (reading.tokens.length <= 4 && !reading.has("ask", "how_many"));
	const subject = hasSubject(reading, query);
	if (!subject) return true;
	if (refersBack(reading) && !(reading.places.length > 0 && query.topics.length + query.needs.length > 0)) {
		return !reading.people && !reading.parties.some((party) => party.full);
	}
	// A place or a language alone: "in Chemnitz?", "auf Arabisch?".
	return (
		reading.tokens.length <= 3 &&
		!reading.has("ask") &&
		query.topics.length + query.needs.length + query.functions.length === 0 &&
		query.unknown.length === 0 &&
		!reading.people &&
		query.parties.length === 0 &&
		query.field === null
	);
}

function about(records: readonly RecordRef[], query: Query, reading: Reading): Query | null {
	const [record] = records;
	const intent = record && TYPE_INTENTS[record.type];
	if (!record || !intent) return null;
	const field = fieldOf(intent, reading);
	const deputy = reading.has("mark", "deputy") && intent === "contact";
	const promise = intent === "agreement" && reading.has("noun", "commitment");
	const succession = reading.has("mark", "superseded", "supersedes");
	if (!field && !deputy && !promise && !succession) return null;
	const marks = reading.concepts("mark").filter((mark) => mark !== "next");
	return {
		...query,
		intent: promise ? "commitment" : intent,
		counted: null,
		named: [...records],
		titled: true,
		field: promise ? null : field,
		marks,
		asks: reading.concepts("ask"),
		regions: [],
		parties: [],
		people: null,
		unknown: [],
		span: null,
		count: null,
	};
}

function merged(lexicon: Lexicon, reading: Reading, query: Query | null, before: Query): Query {
	const out: Query = { ...before, step: 0, named: [], titled: false, unknown: query?.unknown ?? [], number: null };
	if (!query) return { ...out, named: before.named, titled: before.titled };
	const place = reading.places.flatMap((each) => each.units.map((unit) => reading.units[unit]?.term ?? ""));
	if (query.regions.length > 0) {
		out.regions = query.regions;
		const local = before.parties.map((party) => elsewhere(lexicon, party, place));
		const tied = before.parties.some((party) => party.terms.some((term) => lexicon.regions.terms.has(term)));
		out.parties = local.every((party) => party !== null)
			? local.filter((party) => party !== null)
			: tied
				? []
				: before.parties;
	}
	if (query.parties.length > 0) {
		out.parties = query.parties;
		if (query.regions.length === 0) out.regions = [];
	}
	if (query.topics.length + query.needs.length + query.functions.length > 0) {
		out.topics = query.topics;
		out.needs = query.needs;
		out.functions = query.functions;
		out.people = null;
	}
	if (query.people)
		Object.assign(out, {
			people: query.people,
			topics: [],
			needs: [],
			functions: [],
			parties: query.parties,
			regions: query.regions,
		});
	for (const list of [
		"languages",
		"audiences",
		"agreementKinds",
		"commitmentKinds",
		"eventKinds",
		"stages",
		"organisationKinds",
		"subject",
	] as const) {
		if (query[list].length > 0) Object.assign(out, { [list]: query[list] });
	}
	if (query.named.length > 0) Object.assign(out, { named: query.named, titled: query.titled });
	if (query.programme) out.programme = query.programme;
	if (query.span) out.span = query.span;
	if (query.count) out.count = query.count;
	const status = query.marks.some((mark) => STATUS_MARKS.includes(mark));
	out.marks = [...new Set([...before.marks.filter((mark) => !status || !STATUS_MARKS.includes(mark)), ...query.marks])];
	const nouns: Intent[] = ["decision", "agreement", "event", "project", "material"];
	const [noun] = nouns.filter((each) => reading.has("noun", each));
	if (noun && noun !== before.intent && before.intent !== "statistic")
		Object.assign(out, { intent: noun, field: null });
	out.field = fieldOf(out.intent, reading) ?? (out.intent === before.intent ? before.field : null);
	return out;
}

/** The whole query behind a follow-up; null = it stands for itself. */
export function followUp(lexicon: Lexicon, reading: Reading, query: Query | null, topic: Topic): Query | null {
	if (!continues(reading, query)) return null;
	const before = topic.query;
	const pick = chosen(lexicon, reading, topic);
	if (pick.length > 0 && pick.length < topic.records.length) {
		if (pick[0]?.type === "region") return { ...before, regions: pick.map((record) => record.key) };
		return { ...before, named: pick, titled: true, regions: [], parties: [], unknown: [], people: null };
	}
	if (reading.has("mark", "after_that") && before.intent === "event") {
		const named = topic.records.filter((record) => record.type === "event");
		return {
			...before,
			marks: [...new Set([...before.marks, "next", "after_that"])],
			named: named.length === 1 ? named : before.named,
			titled: true,
			field: "date",
			step: before.step + 1,
		};
	}
	const other = otherKind(lexicon, reading, before);
	if (other) return other;
	const own = hasSubject(reading, query);
	const told = own ? null : about(topic.status === "choose" ? [] : topic.records, before, reading);
	if (told) return told;
	if (!own && query?.marks.includes("deputy"))
		return { ...before, intent: "contact", marks: query.marks, field: query.field };
	// What has no meaning of its own is read as more of the same.
	return merged(lexicon, reading, query ?? understand(lexicon, reading, before.counted ?? before.intent), before);
}
