/** Cards of what was decided, planned and printed: decisions, projects, memberships, programmes, materials. */
import { heading, list, type Part, text } from "../../bot/reply.ts";
import { DECISION_STATUS, FIGURE_LABEL, PROJECT_STATUS, STAGE, TOPIC } from "../../network/labels.ts";
import type { Decision, Figure, Material, Membership, Programme, Project } from "../../network/records.ts";
import { isOverdue } from "../find/decision.ts";
import {
	field,
	linkLine,
	organisationName,
	regionName,
	type Showing,
	showDay,
	showLanguages,
	showMoney,
	source,
} from "./format.ts";

function voteLine(votes: string, { language }: Showing): string {
	if (votes === "consensus") return { de: "einstimmig", en: "by consensus" }[language];
	const [yes, no, abstained] = votes.split("/");
	return {
		de: `${yes} Ja, ${no} Nein, ${abstained} Enthaltungen`,
		en: `${yes} yes, ${no} no, ${abstained} abstentions`,
	}[language];
}

export function decisionCard(decision: Decision, showing: Showing): Part[] {
	const { network, language, now } = showing;
	const late = isOverdue(decision, now.toPlainDate().toString());
	const due =
		decision.due &&
		`${showDay(decision.due, language)}${late ? { de: " (überfällig)", en: " (overdue)" }[language] : ""}`;
	const after = [...network.decision.values()].find((it) => it.supersedes === decision.key);
	const event = decision.event === null ? undefined : network.event.get(decision.event);
	return [
		heading(decision.key.toUpperCase()),
		text(decision.text),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Stand", en: "Status" }, DECISION_STATUS[decision.status][language]),
				...field(
					language,
					{ de: "Zuständig", en: "Responsible" },
					decision.responsible.map((key) => organisationName(network, key)).join(", "),
				),
				...field(language, { de: "Bis", en: "Due" }, due),
				...field(
					language,
					{ de: "Beschlossen", en: "Decided" },
					[showDay(decision.decidedOn, language), event?.title].filter(Boolean).join(", "),
				),
				...field(language, { de: "Abstimmung", en: "Vote" }, decision.votes && voteLine(decision.votes, showing)),
				...field(language, { de: "Begründung", en: "Rationale" }, decision.rationale),
				...field(language, { de: "Ersetzt", en: "Supersedes" }, decision.supersedes?.toUpperCase()),
				...field(language, { de: "Ersetzt durch", en: "Superseded by" }, after?.key.toUpperCase()),
			],
		},
		source({ type: "decision", key: decision.key }, language),
	];
}

export function projectCard(project: Project, { network, language }: Showing): Part[] {
	const span = [project.startsOn, project.endsOn].map((date) => (date ? showDay(date, language) : "?")).join(" – ");
	return [
		heading(project.title),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Stand", en: "Status" }, PROJECT_STATUS[project.status][language]),
				...field(language, { de: "Federführung", en: "Lead" }, organisationName(network, project.lead)),
				...field(
					language,
					{ de: "Partner", en: "Partners" },
					project.partners.map((key) => organisationName(network, key)).join(", "),
				),
				...field(language, { de: "Region", en: "Region" }, project.region && regionName(network, project.region)),
				...field(language, { de: "Zeitraum", en: "Period" }, (project.startsOn || project.endsOn) && span),
				...field(
					language,
					{ de: "Budget", en: "Budget" },
					project.budgetEur !== null && showMoney(project.budgetEur, language),
				),
				...field(
					language,
					{ de: "Themen", en: "Topics" },
					project.topics.map((topic) => TOPIC[topic][language]).join(", "),
				),
				...field(language, { de: "Worum es geht", en: "About" }, project.description),
			],
		},
		source({ type: "project", key: project.key }, language),
	];
}

const programmeName = ({ network }: Showing, key: string) => network.programme.get(key)?.name ?? key;

export function membershipLine(membership: Membership, showing: Showing): string {
	const { network, language } = showing;
	const since = membership.since
		? { de: `, seit ${showDay(membership.since, "de")}`, en: `, since ${showDay(membership.since, "en")}` }[language]
		: "";
	return `${organisationName(network, membership.organisation)} – ${programmeName(showing, membership.programme)}: ${STAGE[membership.stage][language]}${since}`;
}

export const membershipCard = (membership: Membership, showing: Showing): Part[] => [
	text(membershipLine(membership, showing)),
	source({ type: "membership", key: membership.key }, showing.language),
];

export function figureLine(figure: Figure, { language }: Showing): string {
	const when = { de: `Stand ${showDay(figure.asOf, "de")}`, en: `as of ${showDay(figure.asOf, "en")}` }[language];
	const label = FIGURE_LABEL.get(figure.label)?.[language] ?? figure.label;
	return `${label}: ${figure.value}${figure.unit ? ` ${figure.unit}` : ""} (${[when, figure.source].filter(Boolean).join("; ")})`;
}

export function programmeCard(programme: Programme, showing: Showing): Part[] {
	const { network, language } = showing;
	const figures = [...network.figure.values()].filter((figure) => figure.programme === programme.key);
	const says = { de: "Eigene Angaben des Programms:", en: "What the programme reports about itself:" }[language];
	return [
		heading(programme.name),
		{
			kind: "fields",
			fields: [
				...field(
					language,
					{ de: "Träger", en: "Run by" },
					programme.organisation && organisationName(network, programme.organisation),
				),
				...field(language, { de: "Auch genannt", en: "Also called" }, programme.aliases.join(", ")),
				...field(language, { de: "Worum es geht", en: "About" }, programme.description),
				...field(language, { de: "Webseite", en: "Website" }, programme.url && linkLine(programme.url)),
			],
		},
		...(figures.length > 0 ? [text(says), list(figures.map((figure) => figureLine(figure, showing)))] : []),
		source({ type: "programme", key: programme.key }, language),
	];
}

export function materialCard(material: Material, { network, language }: Showing): Part[] {
	const stock =
		material.stock === 0
			? { de: "vergriffen", en: "out of stock" }[language]
			: { de: `${material.stock} Stück`, en: `${material.stock} in stock` }[language];
	return [
		heading(material.title),
		{
			kind: "fields",
			fields: [
				...field(
					language,
					{ de: "Herausgeber", en: "Publisher" },
					material.publisher.map((key) => organisationName(network, key)).join(", "),
				),
				...field(language, { de: "Sprachen", en: "Languages" }, showLanguages(material.languages, language)),
				...field(language, { de: "Vorrat", en: "Stock" }, material.stock !== null && stock),
				...field(language, { de: "Link", en: "Link" }, material.url && linkLine(material.url)),
			],
		},
		source({ type: "material", key: material.key }, language),
	];
}
