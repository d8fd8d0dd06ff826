/** The register of decisions: by number, subject, event, whoever has to act, and how far it is. */
import type { DecisionStatus, EventKind } from "../../network/enums.ts";
import type { Decision, Key, Network } from "../../network/records.ts";
import { eventsIn } from "./event-places.ts";
import { all, bySubject, type Finder, type Found, fact, has, named, nothing, type Search } from "./found.ts";

const isOpen = (decision: Decision) => decision.status === "open" || decision.status === "in_progress";

export const isOverdue = (decision: Decision, today: string) =>
	isOpen(decision) && decision.due !== null && decision.due < today;

/** Events whose decisions are meant; null = no event was named. */
function eventsOf(search: Search): ReadonlySet<Key> | null {
	const { query, lexicon } = search;
	const { event } = lexicon.network;
	const chosen = named(query, "event");
	if (chosen) return new Set(chosen);
	const meeting = (kind: EventKind) =>
		query.eventKinds.includes(kind) && (kind === "regional_conference" || kind === "council_session");
	if (!query.eventKinds.some(meeting)) return null;
	const keys = [...event.values()].filter((it) => meeting(it.kind)).map((it) => it.key);
	return new Set(eventsIn(lexicon, keys, query.regions[0] ?? null, false));
}

/** "What did the council decide": a body decides in its own events; "decisions of the town": whoever has to carry them out. */
function decides(search: Search): ReadonlySet<Key> | null {
	const { query, lexicon } = search;
	const [party] = query.parties;
	if (!party || has(query, "open", "overdue", "in_progress", "due_span", "must") || query.field === "due") return null;
	const hosted = [...lexicon.network.event.values()].filter((event) =>
		event.host.some((key) => party.keys.includes(key)),
	);
	const council = party.keys.every((key) => lexicon.network.organisation.get(key)?.kind === "prevention_council");
	const sessions = hosted.filter((event) => has(query, "decides") || event.kind === "council_session");
	if (!(has(query, "decides") || council) || sessions.length === 0) return null;
	const keys = new Set(sessions.map((event) => event.key));
	return [...lexicon.network.decision.values()].some((decision) => decision.event !== null && keys.has(decision.event))
		? keys
		: null;
}

function statusesOf(search: Search): DecisionStatus[] | null {
	const { query } = search;
	if (has(query, "revoked")) return ["revoked"];
	if (has(query, "in_progress")) return ["in_progress"];
	if (has(query, "open", "overdue", "due_span")) return ["open", "in_progress"];
	return has(query, "done") ? ["done"] : null;
}

const supersededKeys = new WeakMap<Network, ReadonlySet<Key>>();

/** Decisions that another one replaced, made once per picture of the network. */
function supersededIn(network: Network): ReadonlySet<Key> {
	const known = supersededKeys.get(network);
	if (known) return known;
	const made = new Set([...network.decision.values()].flatMap((it) => it.supersedes ?? []));
	supersededKeys.set(network, made);
	return made;
}

function select(search: Search): Decision[] {
	const { query, lexicon, now } = search;
	const today = now.toPlainDate().toString();
	const { decision, event } = lexicon.network;
	const superseded = supersededIn(lexicon.network);
	const subject = bySubject(search, "decision");
	const statuses = statusesOf(search);
	const meetings = eventsOf(search);
	const own = decides(search);
	const [region = null] = query.regions;
	const { span } = query;
	const inSpan = (date: string | null) => date !== null && date >= (span?.from ?? "") && date <= (span?.to ?? "9999");
	const due = has(query, "due_span") || query.asks.includes("until");
	const [party] = query.parties;
	const bound = party && !own ? party.keys.flatMap((key) => lexicon.decisionsBy.responsible.get(key) ?? []) : null;
	const candidates =
		bound ??
		((own ?? meetings)
			? [...(own ?? meetings ?? [])].flatMap((key) => lexicon.decisionsBy.event.get(key) ?? [])
			: subject) ??
		decision.keys();
	const records = [...new Set(candidates)].flatMap((key) => decision.get(key) ?? []);
	return records.filter((it) => {
		if (!statuses?.includes("revoked") && it.status === "revoked") return false;
		if (superseded.has(it.key) && !has(query, "superseded", "history")) return false;
		if (subject && !subject.has(it.key)) return false;
		if (statuses && !statuses.includes(it.status)) return false;
		if (has(query, "overdue") && !isOverdue(it, today)) return false;
		if (span && due && !(isOpen(it) && inSpan(it.due) && (it.due ?? "") >= today)) return false;
		if (span && !due && !inSpan(it.decidedOn)) return false;
		if (meetings && !(it.event !== null && meetings.has(it.event))) return false;
		if (own) return it.event !== null && own.has(it.event);
		if (!query.parties.every((party) => it.responsible.some((key) => party.keys.includes(key)))) return false;
		if (region === null || meetings) return true;
		const inside = lexicon.regions.inside(region);
		return it.event !== null && (event.get(it.event)?.regions.some((place) => inside.has(place)) ?? false);
	});
}

function factOf(decision: Decision, field: string): string | null {
	switch (field) {
		case "status":
		case "votes":
		case "due":
		case "rationale":
			return decision[field];
		case "decided_on":
			return decision.decidedOn;
		default:
			return null;
	}
}

/** Which decision replaced this one, or which one this replaced. */
function succession(search: Search, key: Key): Found {
	const { decision } = search.lexicon.network;
	const after = [...decision.values()].filter((it) => it.supersedes === key).map((it) => it.key);
	const before = decision.get(key)?.supersedes;
	const [first, second] = has(search.query, "superseded")
		? [after, before ? [before] : []]
		: [before ? [before] : [], after];
	return all("decision", first.length > 0 ? first : second);
}

export const findDecision: Finder = (search) => {
	const { query, lexicon } = search;
	if (query.number !== null) return nothing();
	const chosen = named(query, "decision");
	const [number] = chosen ?? [];
	if (number !== undefined && has(query, "superseded", "supersedes")) return succession(search, number);
	if (!chosen && query.unknown.length > 0) return nothing();
	if (
		!chosen &&
		query.marks.length === 0 &&
		!query.subject.length &&
		!query.parties.length &&
		!query.regions.length &&
		!query.span &&
		!query.eventKinds.length &&
		!named(query, "event")
	) {
		return query.asks.includes("list") || query.asks.includes("which") || query.asks.includes("how_many")
			? all(
					"decision",
					select(search).map((it) => it.key),
				)
			: nothing();
	}
	const keys = chosen ?? select(search).map((it) => it.key);
	const [key] = keys;
	const decision = key === undefined ? undefined : lexicon.network.decision.get(key);
	if (!decision) return nothing();
	const { field } = query;
	if (field === "responsible") {
		const bound = keys.some((each) => (lexicon.network.decision.get(each)?.responsible.length ?? 0) > 0);
		return bound ? all("decision", keys) : { ...nothing(), missing: field };
	}
	if (keys.length > 1 || field === null) return all("decision", keys);
	return fact("decision", decision.key, field, factOf(decision, field));
};
