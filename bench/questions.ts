/** How fast questions are answered, and what the lexicon costs, with a network of any size: `node bench/questions.ts [contacts]`. */
import { GUEST } from "../src/network/access.ts";
import { TOPICS } from "../src/network/enums.ts";
import { byKey } from "../src/network/load.ts";
import type {
	Agreement,
	Contact,
	Decision,
	Network,
	NetworkEvent,
	Organisation,
	Region,
} from "../src/network/records.ts";
import { answer, buildLexicon } from "../src/questions/index.ts";

const SYLLABLES =
	"al ba bren bu dal den dor el fen gar gel hag hau hil kar kem lan lau len lin mar mei nau neu ol ost rad ro sal sel stein tal tau tren ul wal wei win".split(
		" ",
	);
const FIRST =
	"Anna Bernd Clara Dieter Elif Frank Greta Hans Ines Jan Karin Lars Mona Nils Olga Paul Rita Sven Tanja Uwe Vera Wolf".split(
		" ",
	);
let seed = 1;
const random = () => {
	seed = (seed * 1103515245 + 12345) % 2147483648;
	return seed / 2147483648;
};
const pick = <T>(list: readonly T[]): T => {
	const value = list[Math.floor(random() * list.length)];
	if (value === undefined) throw new Error("nothing to pick from");
	return value;
};
const big = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
const place = (at: number) =>
	big(
		`${SYLLABLES[at % 38]}${SYLLABLES[Math.floor(at / 38) % 38]}${SYLLABLES[Math.floor(at / 1444) % 38]}${at > 54871 ? "feld" : "stadt"}`,
	);

/** A made-up network in the proportions of issue 5: to 100 contacts belong 10 organisations, 5 agreements, 20 events, 50 decisions. */
export function bigNetwork(contacts: number): Network {
	const towns = Math.max(20, Math.floor(contacts / 50));
	const regions: Region[] = [{ key: "land", name: "Musterland", kind: "land", parent: null, aliases: [], ags: null }];
	for (let at = 0; at * 200 < towns; at++)
		regions.push({
			key: `pb-${at}`,
			name: `Direktionsbezirk ${place(at)}`,
			kind: "police_district",
			parent: "land",
			aliases: [],
			ags: null,
		});
	for (let at = 0; at < towns; at++)
		regions.push({
			key: `r-${at}`,
			name: place(at),
			kind: "municipality",
			parent: `pb-${Math.floor(at / 200)}`,
			aliases: [],
			ags: null,
		});
	const kinds = ["Stadt", "Polizeirevier", "Beratungsstelle", "Präventionsrat", "Jugendamt"];
	const organisations: Organisation[] = Array.from({ length: contacts / 10 }, (_, at) => {
		const town = Math.floor(at / 5);
		const kind =
			(["municipality", "police", "counselling", "prevention_council", "welfare"] as const)[at % 5] ?? "other";
		return {
			key: `o-${at}`,
			name: `${kinds[at % 5]} ${place(town)}`,
			kind,
			shortName: null,
			aliases: [],
			region: `r-${town}`,
			parent: null,
			street: "Hauptstraße 1",
			postcode: "01234",
			city: place(town),
			phone: "+493023125000",
			email: `info@o${at}.example.org`,
			website: null,
			description: null,
			languages: ["de"],
		};
	});
	const people: Contact[] = Array.from({ length: contacts }, (_, at) => {
		const organisation = organisations[Math.floor(at / 10)];
		return {
			key: `c-${at}`,
			organisation: organisation?.key ?? "",
			name: `${pick(FIRST)} ${big(pick(SYLLABLES))}${pick(SYLLABLES)}${pick(["mann", "er", "ing", "ke"])}`,
			function: pick(["Leiterin", "Referent", "Sachbearbeiterin", "Opferschutzbeauftragter"]),
			topics: [pick(TOPICS)],
			regions: [organisation?.region ?? "land"],
			phone: "+493023125001",
			mobile: null,
			email: `c${at}@example.org`,
			hours: "Mo-Fr 08:00-16:00",
			languages: ["de"],
			visibility: "public",
			deputy: null,
			onCall: false,
			verifiedOn: null,
			slackUser: null,
			matrixUser: null,
		};
	});
	const agreements: Agreement[] = Array.from({ length: contacts / 20 }, (_, at) => ({
		key: `a-${at}`,
		title: `Sicherheitspartnerschaft ${place(at % towns)} ${2000 + Math.floor(at / towns)}`,
		kind: "security_partnership",
		parties: [`o-${(5 * (at % towns)) % organisations.length}`],
		signatories: [],
		signedOn: "2024-01-01",
		signedAt: null,
		validFrom: null,
		validUntil: "2027-06-30",
		notice: null,
		supersedes: null,
		region: `r-${at % towns}`,
		purpose: null,
		documentUrl: null,
	}));
	const events: NetworkEvent[] = Array.from({ length: contacts / 5 }, (_, at) => ({
		key: `e-${at}`,
		title: `${pick(["Schulung", "Sitzung", "Austausch", "Vortrag"])} ${place(at % towns)} ${at}`,
		kind: "training",
		start: `2026-12-${String(1 + (at % 28)).padStart(2, "0")}T10:00`,
		duration: "PT2H",
		timezone: "Europe/Berlin",
		rrule: null,
		exceptions: [],
		cancelledOn: [],
		moved: [],
		skipHolidays: null,
		place: null,
		link: null,
		host: [`o-${at % organisations.length}`],
		agreement: null,
		audience: [],
		regions: [`r-${at % towns}`],
		channels: [],
		remindBefore: ["P1D"],
		status: "confirmed",
	}));
	const decisions: Decision[] = Array.from({ length: contacts / 2 }, (_, at) => ({
		key: `rk-2026-${at}`,
		event: `e-${at % events.length}`,
		decidedOn: "2026-10-01",
		text: `${pick(["Die Beleuchtung", "Der Schulweg", "Ein Newsletter", "Die Notrufsäule", "Das Konzept"])} in ${place(at % towns)} wird ${pick(["geprüft", "erneuert", "eingerichtet"])}.`,
		rationale: null,
		responsible: [`o-${at % organisations.length}`],
		due: "2026-11-01",
		status: "open",
		supersedes: null,
		votes: null,
		tags: [],
	}));
	return {
		region: byKey(regions),
		organisation: byKey(organisations),
		contact: byKey(people),
		service: new Map(),
		agreement: byKey(agreements),
		commitment: new Map(),
		channel: new Map(),
		event: byKey(events),
		decision: byKey(decisions),
		project: new Map(),
		programme: new Map(),
		membership: new Map(),
		material: new Map(),
		figure: new Map(),
	};
}

const QUESTIONS = [
	(town: string) => `Wer ist in ${town} für Opferschutz zuständig?`,
	(town: string) => `telefon stadt ${town.toLowerCase()}`,
	(town: string) => `Who is responsible for prevention in ${town}?`,
	(town: string) => `Wann wurde die Sicherheitspartnerschaft ${town} unterzeichnet?`,
	(town: string) => `Termine im Dezember in ${town}`,
	(town: string) => `Welche Beschlüsse der Stadt ${town} sind überfällig?`,
	(town: string) => `Was wurde zur Beleuchtung in ${town} beschlossen?`,
	(town: string) => `Nummer vom Jugendmat ${town}`,
	() => "Welche Vereinbarungen laufen in den nächsten drei Monaten aus?",
	() => "Wer ist in Nirgendwo für Jugend zuständig?",
];

if (import.meta.main) {
	for (const size of process.argv[2] ? [Number(process.argv[2])] : [1_000, 10_000, 100_000]) {
		const network = bigNetwork(size);
		globalThis.gc?.();
		const before = process.memoryUsage().heapUsed;
		const begun = performance.now();
		const lexicon = buildLexicon(network);
		const ready = performance.now() - begun;
		globalThis.gc?.();
		const heap = (process.memoryUsage().heapUsed - before) / 1e6;
		const times: { ms: number; text: string }[] = [];
		const towns = network.region.size - 20;
		for (let at = 0; at < 600; at++) {
			const text = QUESTIONS[at % QUESTIONS.length]?.(place((at * 37) % towns)) ?? "";
			const start = performance.now();
			answer(lexicon, {
				text,
				language: null,
				now: Temporal.Instant.from("2026-11-22T08:00:00Z"),
				timezone: "Europe/Berlin",
				asker: GUEST,
				topic: null,
			});
			if (at >= 100) times.push({ ms: performance.now() - start, text });
		}
		times.sort((a, b) => a.ms - b.ms);
		const at = (part: number) => (times[Math.floor(times.length * part)]?.ms ?? 0).toFixed(1);
		const byKind = QUESTIONS.map((_, kind) => {
			const own = times.filter(({ text }) => text.slice(0, 12) === (QUESTIONS[kind]?.("x") ?? "").slice(0, 12));
			return (own[Math.floor(own.length / 2)]?.ms ?? 0).toFixed(1);
		});
		console.log(
			`${size} contacts: lexicon ${ready.toFixed(0)} ms, ${heap.toFixed(0)} MB; a question p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; by kind ${byKind.join(" ")}`,
		);
	}
}
