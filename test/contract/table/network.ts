/** The network that the table of scenarios speaks of: what the examples in help name is there, and names that mean several. */

import type { Database } from "../../../src/database/client.ts";
import { inTransaction } from "../../../src/database/transaction.ts";
import type { PlatformName } from "../../../src/lib/platform.ts";
import type { Language } from "../../../src/lib/text.ts";
import type { Role } from "../../../src/network/enums.ts";
import type { Figure, Material, Programme, Project } from "../../../src/network/records.ts";
import { saveRecords } from "../../../src/network/save.ts";
import type { Records } from "../../support/chat.ts";
import { agreement, channel, contact, decision, event, organisation, region, service } from "../../support/network.ts";
import { NOW } from "../scenarios.ts";

/** Where the table is spoken, and by whom: a platform's own ids. */
export interface Cast {
	platform: PlatformName;
	people: Record<Role, string>;
	channels: Record<Language, string>;
}

/** A chat that only remembers: what is said there are the expectations. */
export const FAKE: Cast = {
	platform: "matrix",
	people: { guest: "@gast:lab.test", partner: "@berg:lab.test", organiser: "@org:lab.test", admin: "@admin:lab.test" },
	channels: { de: "!de:lab.test", en: "!en:lab.test" },
};

const account = ({ platform, people }: Cast, role: Role) =>
	platform === "slack" ? { slackUser: people[role] } : platform === "matrix" ? { matrixUser: people[role] } : {};

const project: Project = {
	key: "bahnhof-zwickau",
	title: "Sicherer Bahnhof Zwickau",
	lead: "stadt-zwickau",
	region: "zwickau",
	partners: [],
	topics: ["prevention"],
	status: "running",
	startsOn: null,
	endsOn: null,
	budgetEur: 20_000,
	description: "Station Zwickau",
};

const programme: Programme = {
	key: "asskomm",
	name: "Allianz Sichere Sächsische Kommunen",
	organisation: null,
	aliases: ["ASSKomm"],
	description: null,
	url: null,
};

const figure: Figure = {
	key: "asskomm-beraten",
	programme: "asskomm",
	label: "advised",
	value: "95",
	unit: "Kommunen",
	asOf: "2025-12-31",
	source: "Jahresbericht",
};

const material: Material = {
	key: "faltblatt-opferhilfe",
	title: "Faltblatt Hilfe für Opfer (leaflet)",
	publisher: ["weisser-ring"],
	topics: ["victim_support"],
	languages: ["de"],
	stock: 250,
	url: null,
};

export function recordsFor(cast: Cast): Records {
	return {
		region: [
			region({ key: "sachsen", name: "Sachsen", kind: "land", aliases: ["SN"] }),
			region({ key: "leipzig", name: "Leipzig", kind: "municipality", parent: "sachsen" }),
			region({ key: "zwickau", name: "Zwickau", kind: "municipality", parent: "sachsen" }),
			region({ key: "dresden", name: "Dresden", kind: "municipality", parent: "sachsen" }),
		],
		organisation: [
			organisation({
				key: "pd-leipzig",
				name: "Polizeidirektion Leipzig",
				shortName: "PD Leipzig",
				kind: "police",
				region: "leipzig",
				phone: "+493419660",
			}),
			organisation({ key: "stadt-zwickau", name: "Stadt Zwickau", kind: "municipality", region: "zwickau" }),
			organisation({
				key: "stadt-dippoldiswalde",
				name: "Stadt Dippoldiswalde",
				kind: "municipality",
				region: "sachsen",
			}),
			organisation({ key: "smi", name: "Staatsministerium des Innern", kind: "ministry", region: "sachsen" }),
			organisation({
				key: "polizei",
				name: "Landespolizei Sachsen",
				aliases: ["Polizei"],
				kind: "police",
				region: "sachsen",
			}),
			organisation({
				key: "weisser-ring",
				name: "WEISSER RING Sachsen",
				aliases: ["WEISSER RING"],
				kind: "victim_support",
				region: "sachsen",
			}),
			organisation({ key: "trauma", name: "Traumahilfe Dresden", kind: "counselling", region: "dresden" }),
		],
		contact: [
			contact({
				key: "stadt-zwickau-opferschutz",
				organisation: "stadt-zwickau",
				name: "Jana Berg",
				function: "Opferschutzbeauftragte",
				topics: ["victim_support"],
				regions: ["zwickau"],
				phone: "+493759661234",
				email: "jana.berg@example.org",
				visibility: "public",
				...account(cast, "partner"),
			}),
			contact({
				key: "stadt-dippoldiswalde-koordination",
				organisation: "stadt-dippoldiswalde",
				name: "Omar Yilmaz",
				function: "Koordinator",
				topics: ["coordination"],
				...account(cast, "organiser"),
			}),
			contact({
				key: "smi-leitung",
				organisation: "smi",
				name: "Ada Amt",
				function: "Leitung",
				...account(cast, "admin"),
			}),
			contact({ key: "smi-netzwerk", organisation: "smi", name: "Ramona Nestler", function: "Netzwerkpflege" }),
			contact({
				key: "smi-presse",
				organisation: "smi",
				name: "Ramona Presse",
				function: "Pressestelle",
				topics: ["press"],
			}),
		],
		service: [
			service({
				key: "trauma-therapie",
				organisation: "trauma",
				name: "Traumatherapie Dresden",
				needs: ["trauma_therapy"],
				regions: ["dresden"],
				phone: "+493511234567",
			}),
		],
		agreement: [
			agreement({
				key: "kv-polizei-wr",
				title: "Kooperationsvereinbarung Polizei und WEISSER RING",
				kind: "cooperation_agreement",
				parties: ["polizei", "weisser-ring"],
				signedOn: "2020-02-20",
				region: "sachsen",
			}),
		],
		event: [
			event({
				key: "grundkurs",
				title: "Grundkurs Opferhilfe",
				kind: "training",
				start: "2027-01-02T09:00",
				rrule: "FREQ=MONTHLY;BYDAY=1SA",
				place: "Leipzig, Rathaus",
				host: ["weisser-ring"],
				regions: ["leipzig"],
			}),
			event({
				key: "aufbaukurs",
				title: "Aufbaukurs Opferhilfe",
				kind: "training",
				start: "2027-03-06T09:00",
				host: ["weisser-ring"],
			}),
		],
		decision: [
			decision({
				key: "rk-2027-014",
				decidedOn: "2026-11-10",
				text: "Der Newsletter erscheint zweimal im Jahr.",
				responsible: ["pd-leipzig"],
				due: "2027-03-31",
			}),
			decision({
				key: "rk-2027-015",
				decidedOn: "2026-11-10",
				text: "Der Runde Tisch in Leipzig tagt öffentlich.",
				responsible: ["pd-leipzig"],
			}),
		],
		channel: (["de", "en"] as const).map((language) =>
			channel({
				key: `tafel-${language}`,
				platform: cast.platform,
				address: cast.channels[language],
				name: language === "de" ? "Netzwerk Leipzig" : "Network Leipzig",
				language,
				regions: language === "de" ? ["leipzig"] : [],
			}),
		),
		project: [project],
		programme: [programme],
		material: [material],
		figure: [figure],
	};
}

/** Undoes what a scenario has written, so that each finds the same network. */
export async function restore({ db, rows }: Pick<Database, "db" | "rows">, cast: Cast): Promise<void> {
	// The register is append-only for everybody but the owner of its table.
	await rows(`DO $$ BEGIN
		ALTER TABLE decision_version DISABLE TRIGGER append_only;
		DELETE FROM decision_version;
		ALTER TABLE decision_version ENABLE ALWAYS TRIGGER append_only;
	END $$`);
	const records = recordsFor(cast);
	const stamp = { at: Temporal.Instant.from(NOW), author: null, change: "imported" } as const;
	await inTransaction(db, async (tx) => {
		await tx.decision.deleteMany({});
		await tx.decisionSeries.deleteMany({});
		await tx.event.deleteMany({});
		await tx.channel.deleteMany({});
		await tx.grant.deleteMany({});
		await tx.person.updateMany({ data: { language: null } });
		for (const type of ["channel", "event", "decision"] as const)
			await saveRecords(tx, type, [...(records[type] ?? [])], stamp);
	});
}
