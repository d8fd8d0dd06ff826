/** A sentence becomes a query: what kind of record, which of them, and what about them. */
import {
	AGREEMENT_KINDS,
	AUDIENCES,
	COMMITMENT_KINDS,
	EVENT_KINDS,
	NEEDS,
	ORGANISATION_KINDS,
	STAGES,
	TOPICS,
} from "../network/enums.ts";
import type { Key, RecordRef, RecordType } from "../network/records.ts";
import { fieldOf } from "./fields.ts";
import { intentOf, titled } from "./intent.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mention } from "./names.ts";
import { emptyQuery, type Intent, type Party, type Query } from "./query.ts";
import type { Reading } from "./reading.ts";
import { wordsLeft } from "./rest.ts";

/** The values of a closed list that were said. */
const among = <T extends string>(values: readonly T[], said: readonly string[]): T[] =>
	values.filter((value) => said.includes(value));

/** Which kinds of record an intent's titles are of. */
const TITLE_TYPES: Partial<Record<Intent, RecordType[]>> = {
	agreement: ["agreement"],
	commitment: ["agreement"],
	event: ["event"],
	decision: ["event"],
	project: ["project"],
	material: ["material"],
	service: ["service"],
	programme: ["programme"],
	statistic: ["programme"],
};

function titleOf(reading: Reading, intent: Intent): Mention | null {
	for (const type of TITLE_TYPES[intent] ?? []) {
		const mention = titled(reading, type);
		if (mention) return mention;
	}
	return null;
}

/** Everything that lies in both places, so that "Reichenbach im Vogtland" is one of the two; else the first place. */
function regionsOf(lexicon: Lexicon, reading: Reading, taken: ReadonlySet<number>): Key[] {
	const places = reading.places.filter((place) => !place.units.every((unit) => taken.has(unit)));
	let chosen: readonly Key[] = places[0]?.keys ?? [];
	for (const { keys } of places.slice(1)) {
		const before = chosen;
		const within = before.filter((key) => keys.some((wider) => lexicon.regions.inside(wider).has(key)));
		const narrower = keys.filter((key) => before.some((wider) => lexicon.regions.inside(wider).has(key)));
		if (within.length > 0) chosen = within;
		else if (narrower.length > 0) chosen = narrower;
	}
	return [...chosen];
}

function partiesOf(reading: Reading, title: Mention | null, intent: Intent): Mention[] {
	return reading.parties.filter((mention) => {
		if (mention.generic) return false;
		const part = title !== null && mention.units.every((unit) => title.units.includes(unit));
		// What is part of a title names no further organisation, except whoever the promise of an agreement binds.
		return !part || intent === "organisation" || intent === "contact";
	});
}

export function understand(lexicon: Lexicon, reading: Reading, forced: Intent | null = null): Query | null {
	const said = forced ?? intentOf(reading);
	if (said === null) return null;
	const { has, concepts } = reading;
	const counts =
		has("ask", "how_many") && !["service", "material", "decision_votes"].includes(said) && !counted(reading, said);
	const query = emptyQuery(counts ? "statistic" : said);
	if (counts) query.counted = said;
	const title = titleOf(reading, said);
	const mentions = partiesOf(reading, title, said);
	const taken = new Set<number>([
		...(title?.units ?? []),
		...mentions.filter((mention) => mention.full).flatMap((mention) => mention.units),
	]);
	query.regions = regionsOf(lexicon, reading, taken);
	query.parties = mentions.map(
		(mention): Party => ({
			keys: mention.keys,
			full: mention.full,
			terms: mention.units.map((unit) => reading.units[unit]?.term ?? ""),
		}),
	);
	if (said === "organisation") misplaced(lexicon, reading, mentions, query);
	// Words of a name say nothing else: the topic of "Opferberatung …" is no topic asked for.
	const inNames = new Set<number>();
	for (const mention of [...mentions, ...(title ? [title] : [])]) {
		if (mention.full || said === "organisation") for (const at of reading.tokensOf(mention.units)) inNames.add(at);
	}
	const free = (section: Parameters<Reading["concepts"]>[0]) => [
		...new Set(
			reading.tags
				.filter(
					(tag) =>
						tag.section === section &&
						!Array.from({ length: tag.to - tag.from }, (_, at) => tag.from + at).every((at) => inNames.has(at)),
				)
				.map((tag) => tag.concept),
		),
	];
	query.organisationKinds = among(ORGANISATION_KINDS, free("organisationKind"));
	if (said === "contact" && has("topic", "complaints")) complaint(lexicon, reading, query);
	query.topics = among(TOPICS, free("topic"));
	query.needs = among(NEEDS, free("need"));
	query.audiences = among(AUDIENCES, free("audience"));
	query.languages = free("language");
	query.agreementKinds = among(AGREEMENT_KINDS, free("agreementKind"));
	query.commitmentKinds = among(COMMITMENT_KINDS, free("commitmentKind"));
	query.eventKinds = among(EVENT_KINDS, free("eventKind"));
	query.stages = among(STAGES, concepts("stage"));
	if (has("noun", "municipality") && query.organisationKinds.includes("prevention_council"))
		query.stages.push("council_constituted");
	query.marks = concepts("mark");
	query.asks = concepts("ask");
	if (reading.past && !query.marks.includes("past")) query.marks.push("past");
	// "Wofür ist die Stadt zuständig" asks for duties, "wer ist zuständig" for whoever has them.
	if (said === "commitment" && has("field", "responsible") && !has("ask", "who")) query.marks.push("duty");
	if (said === "contact" && has("mark", "leads")) query.topics = among(TOPICS, reading.outside("topic"));
	query.field = fieldOf(said, reading);
	query.span = reading.time && { from: reading.time.from, to: reading.time.to };
	query.people = reading.people?.keys ?? null;
	query.count = countOf(reading);
	if (title && title.type !== "programme") {
		query.named = title.keys.map((key): RecordRef => ({ type: title.type, key }));
		query.titled = true;
	}
	const programme = reading.titles.get("programme")?.find((mention) => mention.full);
	query.programme = programme?.keys[0] ?? null;
	if (reading.number) {
		if (reading.number.key === null) query.number = reading.number.text;
		else query.named = [{ type: "decision", key: reading.number.key }];
	}
	const left = wordsLeft(lexicon, reading, said, { mentions, title });
	query.functions = left.functions;
	query.subject = left.subject;
	query.unknown.push(...left.unknown);
	return query;
}

/**
 * "PD Bautzen" where there is only one in Görlitz: a name with a place that it does not have is nobody's name. "Die PD in Bautzen" is
 * whoever is responsible there.
 */
function misplaced(lexicon: Lexicon, reading: Reading, mentions: readonly Mention[], query: Query): void {
	const { organisation } = lexicon.network;
	for (const mention of mentions) {
		const last = reading.units[mention.units.at(-1) ?? -1];
		const place = reading.places.find((each) => reading.units[each.units[0] ?? -1]?.from === last?.to);
		if (!last || !place || place.units.some((unit) => mention.units.includes(unit))) continue;
		const near = (key: Key) => {
			const region = organisation.get(key)?.region ?? null;
			if (region === null) return mention.full;
			return place.keys.some(
				(each) =>
					lexicon.regions.inside(each).has(region) || (mention.full && lexicon.regions.inside(region).has(each)),
			);
		};
		if (!mention.keys.some(near))
			query.unknown.push(
				reading.tokens
					.slice(last.from, last.to + 1)
					.map((token) => token.raw)
					.join(" "),
			);
	}
}

/** Whom one complains about is not where one complains: only the place counts. */
function complaint(lexicon: Lexicon, reading: Reading, query: Query): void {
	const about = reading.tokens.findIndex((token) => /^(uber|about|against|gegen)$/.test(token.word));
	if (about < 0) return;
	query.organisationKinds = [];
	const [party] = query.parties;
	const home = party && lexicon.network.organisation.get(party.keys[0] ?? "")?.region;
	if (party && !reading.parties.some((mention) => (reading.units[mention.units[0] ?? -1]?.from ?? 0) < about))
		query.parties = [];
	if (query.regions.length === 0 && home) query.regions = [home];
}

/** "How many" that asks for a fact of one record instead of counting records. */
function counted(reading: Reading, intent: Intent): boolean {
	if (intent === "agreement") return reading.has("field", "parties") && titled(reading, "agreement") !== null;
	if (intent === "project") return reading.has("field", "budget");
	return intent === "decision" && reading.number !== null;
}

/** "the next three": a number directly behind the word. */
function countOf(reading: Reading): number | null {
	for (const tag of reading.tags) {
		if (tag.section !== "mark" || (tag.concept !== "next" && tag.concept !== "last")) continue;
		const word = reading.tokens[tag.to]?.word ?? "";
		const named = reading.tags.find((other) => other.section === "number" && other.from === tag.to)?.concept;
		const number = /^\d{1,2}$/.test(word) ? Number(word) : Number(named ?? 0);
		const span = reading.time?.tokens.has(tag.to) ?? false;
		if (number > 1 && !span) return number;
	}
	return null;
}
