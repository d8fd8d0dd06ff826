/** Stored words of closed lists as people read them, and what else they may say for them. */
import type { Text } from "../lib/text.ts";
import type {
	AgreementKind,
	DecisionStatus,
	EventKind,
	EventStatus,
	Need,
	OrganisationKind,
	ProjectStatus,
	RegionKind,
	Role,
	Stage,
	Topic,
} from "./enums.ts";
import type { RecordType } from "./records.ts";

/** The first word is the one that is shown; `also` is understood too. */
export type Words = Text & { also?: readonly string[] };

export const DECISION_STATUS: Record<DecisionStatus, Words> = {
	open: { de: "offen", en: "open" },
	in_progress: { de: "in Arbeit", en: "in progress", also: ["in-arbeit", "inarbeit", "in-progress", "laufend"] },
	done: { de: "erledigt", en: "done", also: ["fertig", "abgeschlossen"] },
	revoked: { de: "widerrufen", en: "revoked", also: ["aufgehoben"] },
};

export const ROLE: Record<Role, Words> = {
	guest: { de: "Gast", en: "guest" },
	partner: { de: "Partner", en: "partner", also: ["Partnerin"] },
	organiser: { de: "Organisator", en: "organiser", also: ["Organisatorin", "organizer"] },
	admin: { de: "Administrator", en: "administrator", also: ["Administratorin"] },
};

export const PROJECT_STATUS: Record<ProjectStatus, Text> = {
	idea: { de: "Idee", en: "idea" },
	planned: { de: "geplant", en: "planned" },
	running: { de: "läuft", en: "running" },
	done: { de: "abgeschlossen", en: "done" },
};

export const STAGE: Record<Stage, Text> = {
	advised: { de: "wird beraten", en: "being advised" },
	cooperating: { de: "kooperiert", en: "cooperating" },
	council_constituted: { de: "Präventionsrat eingerichtet", en: "prevention council constituted" },
};

/** What a figure counts, where it is not free text. */
export const FIGURE_LABEL: ReadonlyMap<string, Text> = new Map([
	...Object.entries(STAGE),
	["funding_per_year", { de: "Fördermittel im Jahr", en: "funding per year" }],
]);

export const EVENT_STATUS: Record<EventStatus, Text> = {
	planned: { de: "geplant", en: "planned" },
	confirmed: { de: "bestätigt", en: "confirmed" },
	cancelled: { de: "abgesagt", en: "cancelled" },
};

export const EVENT_KIND: Record<EventKind, Words> = {
	training: {
		de: "Schulung",
		en: "Training",
		also: ["Fortbildung", "Training", "Workshop", "Seminar", "Kurs", "course"],
	},
	exchange_meeting: {
		de: "Austausch",
		en: "Exchange meeting",
		also: ["Austauschtreffen", "Treffen", "exchange", "meeting"],
	},
	regional_conference: { de: "Regionalkonferenz", en: "Regional conference", also: ["Konferenz", "conference"] },
	council_session: { de: "Ratssitzung", en: "Council session", also: ["Sitzung", "Rat", "council", "session"] },
	exercise: { de: "Übung", en: "Exercise", also: ["drill"] },
	prevention_event: {
		de: "Präventionsveranstaltung",
		en: "Prevention event",
		also: ["Veranstaltung", "Präventionstag", "prevention"],
	},
};

export const AGREEMENT_KIND: Record<AgreementKind, Text> = {
	cooperation_agreement: { de: "Kooperationsvereinbarung", en: "Cooperation agreement" },
	joint_declaration: { de: "Gemeinsame Erklärung", en: "Joint declaration" },
	security_partnership: { de: "Sicherheitspartnerschaft", en: "Security partnership" },
	accession: { de: "Beitritt", en: "Accession" },
};

export const REGION_KIND: Record<RegionKind, Text> = {
	land: { de: "Land", en: "State" },
	police_district: { de: "Polizeibezirk", en: "Police district" },
	district: { de: "Landkreis", en: "District" },
	municipality: { de: "Gemeinde", en: "Municipality" },
};

export const TOPIC: Record<Topic, Words> = {
	victim_support: { de: "Opferschutz", en: "victim support" },
	prevention: { de: "Prävention", en: "prevention" },
	traffic_safety: { de: "Verkehrssicherheit", en: "traffic safety" },
	complaints: { de: "Beschwerden", en: "complaints" },
	extremism: { de: "Extremismus", en: "extremism" },
	youth: { de: "Jugend", en: "youth" },
	addiction: { de: "Sucht", en: "addiction" },
	school: { de: "Schule", en: "school" },
	domestic_violence: { de: "häusliche Gewalt", en: "domestic violence" },
	crisis: { de: "Krisen und Großschadenslagen", en: "crises and major incidents", also: ["Krise", "crisis"] },
	training: { de: "Aus- und Fortbildung", en: "training", also: ["Fortbildung"] },
	materials: { de: "Material", en: "materials" },
	press: { de: "Presse", en: "press" },
	funding: { de: "Fördermittel", en: "funding", also: ["Förderung"] },
	coordination: { de: "Koordination", en: "coordination" },
	security_partnership: {
		de: "Sicherheitspartnerschaften",
		en: "security partnerships",
		also: ["Sicherheitspartnerschaft", "security partnership"],
	},
};

export const NEED: Record<Need, Text> = {
	psychosocial_care: { de: "psychosoziale Betreuung", en: "psychosocial care" },
	trauma_therapy: { de: "Traumatherapie", en: "trauma therapy" },
	legal_advice: { de: "rechtliche Beratung", en: "legal advice" },
	financial_aid: { de: "finanzielle Hilfe", en: "financial aid" },
	shelter: { de: "Schutzunterkunft", en: "shelter" },
	interpreting: { de: "Dolmetschen", en: "interpreting" },
	child_youth: { de: "Kinder und Jugendliche", en: "children and young people" },
	addiction: { de: "Sucht", en: "addiction" },
	medical: { de: "medizinische Hilfe", en: "medical help" },
	pastoral_care: { de: "Seelsorge", en: "pastoral care" },
	victim_advocacy: { de: "Opferbegleitung", en: "victim advocacy" },
};

export const ORGANISATION_KIND: Record<OrganisationKind, Text> = {
	ministry: { de: "Ministerium", en: "ministry" },
	government_office: { de: "Landesbehörde", en: "government office" },
	police: { de: "Polizei", en: "police" },
	federal_police: { de: "Bundespolizei", en: "federal police" },
	customs: { de: "Zoll", en: "customs" },
	judiciary: { de: "Justiz", en: "judiciary" },
	armed_forces: { de: "Bundeswehr", en: "armed forces" },
	municipality: { de: "Kommune", en: "municipality" },
	district_authority: { de: "Kreisverwaltung", en: "district authority" },
	fire_service: { de: "Feuerwehr", en: "fire service" },
	civil_protection: { de: "Katastrophenschutz", en: "civil protection" },
	school: { de: "Schule", en: "school" },
	hospital: { de: "Krankenhaus", en: "hospital" },
	welfare: { de: "Wohlfahrt", en: "welfare" },
	victim_support: { de: "Opferhilfe", en: "victim support" },
	counselling: { de: "Beratung", en: "counselling" },
	addiction_support: { de: "Suchthilfe", en: "addiction support" },
	prevention_council: { de: "Präventionsrat", en: "prevention council" },
	church: { de: "Kirche", en: "church" },
	association: { de: "Verein oder Verband", en: "association" },
	business: { de: "Unternehmen", en: "business" },
	other: { de: "Sonstiges", en: "other" },
};

/** What one record of a kind is called. */
export const RECORD_TYPE: Record<RecordType, Text> = {
	region: { de: "Region", en: "Region" },
	organisation: { de: "Organisation", en: "Organisation" },
	contact: { de: "Kontakt", en: "Contact" },
	service: { de: "Angebot", en: "Service" },
	agreement: { de: "Vereinbarung", en: "Agreement" },
	commitment: { de: "Zusage", en: "Commitment" },
	channel: { de: "Kanal", en: "Channel" },
	event: { de: "Termin", en: "Event" },
	decision: { de: "Beschluss", en: "Decision" },
	project: { de: "Projekt", en: "Project" },
	programme: { de: "Programm", en: "Programme" },
	membership: { de: "Mitgliedschaft", en: "Membership" },
	material: { de: "Material", en: "Material" },
	figure: { de: "Kennzahl", en: "Figure" },
};
