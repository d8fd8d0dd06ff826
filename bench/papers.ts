/** What is agreed, planned and decided in a made-up federal state, each from its number alone. */
import { AGREEMENT_KINDS, COMMITMENT_KINDS, EVENT_KINDS } from "../src/network/enums.ts";
import type { Agreement, Channel, Commitment, Decision, NetworkEvent } from "../src/network/records.ts";
import { FIRST_NAMES, LAST_NAMES } from "./names.ts";
import { at, day, mixed, organisationKey, PER_TOWN, pad, pick, type State, times } from "./state.ts";

export function* agreements(state: State): Generator<Agreement> {
	for (const number of times(state.contacts / 20)) {
		const town = at(state.towns, number);
		const first = (number % state.towns.length) * PER_TOWN;
		const year = 2015 + Math.floor(number / state.towns.length);
		yield {
			key: `a-${pad(number, 5)}`,
			title: `${at(["Sicherheitspartnerschaft", "Kooperationsvereinbarung", "Gemeinsame Erklärung"], number)} ${town.name} ${year}`,
			kind: at(AGREEMENT_KINDS, number),
			parties: [organisationKey(first), organisationKey(first + 1)],
			signatories: [
				{
					name: `${pick(FIRST_NAMES, number, 13)} ${pick(LAST_NAMES, number, 14)}`,
					organisation: organisationKey(first),
				},
			],
			signedOn: day(year, number, 15),
			signedAt: town.name,
			validFrom: `${year + 1}-01-01`,
			validUntil: number % 3 === 0 ? null : `${2026 + (number % 4)}-12-31`,
			notice: number % 3 === 0 ? null : "P6M",
			supersedes: null,
			region: town.key,
			purpose: "Gemeinsame Prävention und Hilfe für Betroffene",
			documentUrl: null,
		};
	}
}

export function* commitments(state: State): Generator<Commitment> {
	for (const number of times(state.contacts / 10)) {
		const agreement = Math.floor(number / 2);
		const first = (agreement % state.towns.length) * PER_TOWN;
		yield {
			key: `z-${pad(number, 5)}`,
			agreement: `a-${pad(agreement, 5)}`,
			kind: at(COMMITMENT_KINDS, number),
			text: at(
				["Gemeinsame Schulungen der Partner.", "Ein Austauschtreffen im Quartal.", "Material für Schulen und Vereine."],
				number,
			),
			cadence: number % 2 === 0 ? "P3M" : null,
			responsible: [organisationKey(first + (number % 2))],
		};
	}
}

const RULES = ["FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH"];
const EVENT_WORDS = ["Schulung", "Austauschtreffen", "Regionalkonferenz", "Ratssitzung", "Übung", "Präventionstag"];

export function* channels(state: State): Generator<Channel> {
	const districts = state.regions.filter(({ kind }) => kind === "district" || kind === "police_district");
	for (const [number, { key, name }] of districts.entries())
		yield {
			key: `kanal-${pad(number, 2)}`,
			platform: "console",
			address: `kanal-${pad(number, 2)}`,
			name,
			language: "de",
			regions: [key],
			topics: [],
			purpose: null,
		};
}

export function* events(state: State): Generator<NetworkEvent> {
	for (const number of times(state.contacts / 5)) {
		const town = at(state.towns, number);
		yield {
			key: `e-${pad(number, 5)}`,
			title: `${at(EVENT_WORDS, number)} ${town.name} ${pad(number, 5)}`,
			kind: at(EVENT_KINDS, number),
			start: `${day(number % 2 === 0 ? 2026 : 2027, number, 16)}T${pad(8 + (number % 10), 2)}:00`,
			duration: "PT2H",
			timezone: "Europe/Berlin",
			rrule: null,
			exceptions: [],
			cancelledOn: [],
			moved: [],
			skipHolidays: number % 2 === 0 ? "DE-SN" : null,
			place: `Rathaus ${town.name}`,
			link: null,
			host: [organisationKey((number % state.towns.length) * PER_TOWN)],
			agreement: number % 4 === 0 ? `a-${pad(number / 4, 5)}` : null,
			audience: [],
			regions: number % 2 === 0 ? [town.key] : [],
			channels: [],
			remindBefore: ["P14D", "P1D", "PT1H"],
			status: number % 11 === 0 ? "confirmed" : "planned",
			// Every tenth comes again and again: its first occurrence is what the rule gives.
			...(number % 10 === 0 ? series(number) : {}),
		};
	}
}

const STARTS = ["2026-09-08T09:00", "2026-09-15T14:00", "2026-09-24T16:00"];
const series = (number: number) => ({ rrule: at(RULES, number / 10), start: at(STARTS, number / 10) });

const MATTERS = [
	"Die Beleuchtung am Bahnhof",
	"Der Schulweg",
	"Ein Newsletter",
	"Die Notrufsäule",
	"Das Schutzkonzept",
	"Die Streife am Wochenende",
];
const ENDINGS = ["wird geprüft", "wird erneuert", "wird eingerichtet", "wird gemeinsam getragen"];

export function* decisions(state: State): Generator<Decision> {
	for (const number of times(state.contacts / 2)) {
		const decidedOn = day(2022 + (number % 5), number, 17);
		const event = number % Math.floor(state.contacts / 5);
		yield {
			key: `rk-${decidedOn.slice(0, 4)}-${pad(1 + Math.floor(number / 5), 5)}`,
			event: `e-${pad(event, 5)}`,
			decidedOn,
			text: `${pick(MATTERS, number, 18)} in ${at(state.towns, event).name} ${pick(ENDINGS, number, 19)}.`,
			rationale: number % 5 === 0 ? "Mehrere Hinweise aus der Bürgerschaft." : null,
			responsible: [organisationKey(mixed(number, 20) % Math.floor(state.contacts / 10))],
			due: number % 3 === 0 ? day(2027, number, 21) : null,
			status: at(["open", "in_progress", "done"] as const, number),
			supersedes: null,
			votes: number % 2 === 0 ? "12/1/2" : "consensus",
			tags: [],
		};
	}
}
