/** Organisations of a made-up federal state with the people and services in them, each from its number alone. */
import { NEEDS, TOPICS } from "../src/network/enums.ts";
import type {
	Contact,
	Figure,
	Material,
	Membership,
	Organisation,
	Programme,
	Project,
	Service,
} from "../src/network/records.ts";
import { FIRST_NAMES, LAST_NAMES, STREETS } from "./names.ts";
import {
	AID,
	at,
	day,
	HOURS,
	organisationKey,
	PER_TOWN,
	pad,
	phone,
	pick,
	type State,
	times,
	townOf,
} from "./state.ts";

const KINDS: readonly { kind: Organisation["kind"]; name: string }[] = [
	{ kind: "municipality", name: "Stadtverwaltung" },
	{ kind: "police", name: "Polizeirevier" },
	{ kind: "counselling", name: "Beratungsstelle" },
	{ kind: "prevention_council", name: "Präventionsrat" },
	{ kind: "welfare", name: "Jugendamt" },
	{ kind: "school", name: "Oberschule" },
	{ kind: "fire_service", name: "Feuerwehr" },
	{ kind: "victim_support", name: "Opferhilfe" },
	{ kind: "hospital", name: "Klinikum" },
	{ kind: "association", name: "Sportverein" },
];

export function* organisations(state: State): Generator<Organisation> {
	for (const number of times(state.contacts / 10)) {
		const { kind, name } = at(KINDS, number);
		const town = townOf(state, number);
		yield {
			key: organisationKey(number),
			name: `${name} ${town.name}`,
			kind,
			shortName: null,
			aliases: number % 50 === 0 ? [`Rathaus ${town.name}`] : [],
			region: town.key,
			parent: null,
			street: `${pick(STREETS, number, 1)} ${1 + (number % 120)}`,
			postcode: `0${1000 + (number % 8999)}`,
			city: town.name,
			phone: phone(number),
			email: `post@o${number}.example.org`,
			website: `https://o${number}.example.org`,
			description: null,
			languages: ["de"],
		};
	}
}

const FUNCTIONS = [
	"Leitung",
	"Referent",
	"Sachbearbeiterin",
	"Opferschutzbeauftragter",
	"Präventionsbeauftragte",
	"Pressestelle",
	"Koordinatorin",
	"Jugendschutz",
];
export function* contacts(state: State): Generator<Contact> {
	for (const number of times(state.contacts)) {
		const town = townOf(state, Math.floor(number / 10));
		const topics = [...new Set([pick(TOPICS, number, 2), pick(TOPICS, number, 3)])].filter(
			(topic) => topic !== "coordination",
		);
		yield {
			key: `c-${pad(number, 6)}`,
			organisation: organisationKey(Math.floor(number / 10)),
			name: `${pick(FIRST_NAMES, number, 4)} ${pick(LAST_NAMES, number, 5)}`,
			function: pick(FUNCTIONS, number, 6),
			topics,
			regions: number % 3 === 0 ? [] : [town.key],
			phone: phone(number),
			mobile: null,
			email: `c${number}@example.org`,
			hours: pick(HOURS, number, 7),
			languages: number % 7 === 0 ? ["de", "en"] : ["de"],
			visibility: number % 10 === 0 ? "organisers" : number % 2 === 0 ? "partners" : "public",
			deputy: number % 10 === 0 ? `c-${pad(number + 1, 6)}` : null,
			onCall: number % 40 === 0,
			verifiedOn: day(2026, number, 8),
			slackUser: null,
			matrixUser: null,
		};
	}
}

export function* services(state: State): Generator<Service> {
	for (const number of times(state.contacts / 20)) {
		const organisation = number * 2;
		yield {
			key: `s-${pad(number, 5)}`,
			organisation: organisationKey(organisation),
			name: `${pick(AID, number, 9)} ${townOf(state, organisation).name}`,
			needs: [...new Set([pick(NEEDS, number, 10), pick(NEEDS, number, 11)])],
			regions: number % 2 === 0 ? [townOf(state, organisation).key] : [],
			phone: phone(number),
			email: null,
			hours: pick(HOURS, number, 12),
			onCall: number % 25 === 0,
			capacity: number % 4 === 0 ? number % 20 : null,
			languages: ["de"],
			audience: [],
		};
	}
}

export function* projects(state: State): Generator<Project> {
	for (const number of times(state.contacts / 100)) {
		const lead = number * 10;
		yield {
			key: `p-${pad(number, 5)}`,
			title: `${at(["Jugendtreff", "Sicherer Schulweg", "Gewaltfrei lernen"], number)} ${townOf(state, lead).name}`,
			lead: organisationKey(lead),
			region: townOf(state, lead).key,
			partners: [organisationKey(lead + 1)],
			topics: [pick(TOPICS, number, 22)],
			status: at(["idea", "planned", "running", "done"] as const, number),
			startsOn: "2026-01-01",
			endsOn: null,
			budgetEur: 1000 * (number % 90),
			description: null,
		};
	}
}

export function* programmes(): Generator<Programme> {
	yield {
		key: "asskomm",
		name: "ASSKomm",
		organisation: null,
		aliases: ["Allianz Sichere Sächsische Kommunen"],
		description: null,
		url: null,
	};
}

export function* memberships(state: State): Generator<Membership> {
	for (const number of times(state.towns.length))
		yield {
			key: `m-${pad(number, 5)}`,
			organisation: organisationKey(number * PER_TOWN),
			programme: "ASSKomm",
			stage: at(["advised", "cooperating", "council_constituted"] as const, number),
			since: day(2024, number, 23),
		};
}

export function* materials(state: State): Generator<Material> {
	for (const number of times(state.contacts / 500))
		yield {
			key: `b-${pad(number, 5)}`,
			title: `Faltblatt ${pick(AID, number, 24)} ${number}`,
			publisher: [organisationKey(number * 5)],
			topics: [pick(TOPICS, number, 25)],
			languages: ["de", "en"],
			stock: 100 * (number % 50),
			url: null,
		};
}

export function* figures(): Generator<Figure> {
	yield {
		key: "asskomm-beraten",
		programme: "asskomm",
		label: "advised",
		value: "100",
		unit: null,
		asOf: "2026-01-01",
		source: null,
	};
}
