/** Projects, programmes, materials: by place, topic, whoever takes part, and how far they are. */
import { STAGES } from "../../network/enums.ts";
import type { Key, Material, Project } from "../../network/records.ts";
import { all, asks, bySubject, choice, type Finder, fact, has, named, nothing } from "./found.ts";
import { within } from "./region.ts";

const inSpan = (date: string | null, span: { from: string | null; to: string | null }) =>
	date !== null && date >= (span.from ?? "") && date <= (span.to ?? "9999");

function projectValue(project: Project, field: string): string | number | null {
	switch (field) {
		case "budget":
			return project.budgetEur;
		case "starts_on":
			return project.startsOn;
		case "ends_on":
			return project.endsOn;
		case "status":
			return project.status;
		default:
			return null;
	}
}

export const findProject: Finder = (search) => {
	const { query, lexicon } = search;
	const { project } = lexicon.network;
	if (query.unknown.length > 0) return nothing();
	const chosen = named(query, "project");
	const subject = bySubject(search, "project");
	const status = (["running", "idea", "planned", "done"] as const).filter((each) => has(query, each));
	const { span } = query;
	const hits = [...project.values()].filter((it) => {
		if (chosen) return chosen.includes(it.key);
		if (status.length > 0 && !status.includes(it.status)) return false;
		if (subject && !subject.has(it.key)) return false;
		if (!query.topics.every((topic) => it.topics.includes(topic))) return false;
		if (!query.parties.every((party) => party.keys.some((key) => key === it.lead || it.partners.includes(key))))
			return false;
		if (span && (has(query, "expiring") || query.field === "ends_on")) return inSpan(it.endsOn, span);
		return !span || inSpan(it.startsOn, span);
	});
	const [region = null] = chosen ? [] : query.regions;
	const keys = within(
		lexicon,
		region,
		hits.map((it) => it.key),
		(key) => [project.get(key)?.region ?? null],
	);
	const [key] = keys;
	const only = key === undefined ? undefined : project.get(key);
	const { field } = query;
	if (!only || keys.length > 1 || field === null || field === "lead" || field === "partners")
		return all("project", keys);
	return fact("project", only.key, field, projectValue(only, field));
};

export const findProgramme: Finder = (search) => {
	const { query, lexicon } = search;
	const { network } = lexicon;
	if (query.unknown.length > 0) return nothing();
	if (query.programme === null && query.stages.length === 0) return nothing();
	const stages =
		has(query, "not") && query.stages.length > 0
			? STAGES.filter((stage) => !query.stages.includes(stage))
			: query.stages;
	const hits = [...network.membership.values()].filter((it) => {
		if (query.programme !== null && it.programme !== query.programme) return false;
		if (stages.length > 0 && !stages.includes(it.stage)) return false;
		if (query.span && !inSpan(it.since, query.span)) return false;
		return query.parties.every((party) => party.keys.includes(it.organisation));
	});
	const [region = null] = query.regions;
	const home = (key: Key) => [
		network.organisation.get(network.membership.get(key)?.organisation ?? "")?.region ?? null,
	];
	const keys = within(
		lexicon,
		region,
		hits.map((it) => it.key),
		home,
	);
	const asksMembers =
		query.stages.length > 0 ||
		region !== null ||
		query.parties.length > 0 ||
		asks(query, "which", "who", "list") ||
		query.marks.includes("members");
	if (!asksMembers && query.programme !== null && network.programme.has(query.programme))
		return all("programme", [query.programme]);
	const [key] = keys;
	const only = key === undefined ? undefined : network.membership.get(key);
	if (!only || keys.length > 1 || query.field === null) return all("membership", keys);
	return fact("membership", only.key, query.field, query.field === "since" ? only.since : only.stage);
};

function materialValue(material: Material, field: string): string | number | null {
	if (field === "stock") return material.stock;
	return field === "url" ? material.url : null;
}

export const findMaterial: Finder = (search) => {
	const { query, lexicon } = search;
	const { material } = lexicon.network;
	if (query.unknown.length > 0) return nothing();
	const chosen = named(query, "material");
	const subject = bySubject(search, "material");
	const gone = has(query, "out_of_stock");
	const hits = [...material.values()].filter((it) => {
		if (chosen) return chosen.includes(it.key);
		if (gone && it.stock !== 0) return false;
		if (!gone && query.field !== "stock" && has(query, "in_stock") && (it.stock ?? 0) === 0) return false;
		if (subject && !subject.has(it.key)) return false;
		if (!query.topics.every((topic) => it.topics.includes(topic) || topic === "materials")) return false;
		if (!query.languages.every((language) => it.languages.includes(language))) return false;
		return query.parties.every((party) => party.keys.some((key) => it.publisher.includes(key)));
	});
	const keys = hits.map((it) => it.key);
	const [only] = hits;
	const { field } = query;
	if (!only || field === null || field === "publisher") return all("material", keys);
	if (keys.length > 1) return field === "stock" ? choice("material", keys) : all("material", keys);
	return fact("material", only.key, field, materialValue(only, field));
};
