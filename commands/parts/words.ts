/** Words of closed lists, as people say and read them. */
import type { Text } from "../../src/lib/text.ts";
import type { DecisionStatus, EventKind, Role, Topic } from "../../src/network/enums.ts";

type Words = Text & { also?: readonly string[] };

export const EVENT_KINDS: Record<EventKind, Words> = {
	training: {
		de: "Schulung",
		en: "training",
		also: ["Fortbildung", "Training", "Workshop", "Seminar", "Kurs", "course"],
	},
	exchange_meeting: {
		de: "Austausch",
		en: "exchange meeting",
		also: ["Austauschtreffen", "Treffen", "exchange", "meeting"],
	},
	regional_conference: { de: "Regionalkonferenz", en: "regional conference", also: ["Konferenz", "conference"] },
	council_session: { de: "Ratssitzung", en: "council session", also: ["Sitzung", "Rat", "council", "session"] },
	exercise: { de: "Übung", en: "exercise", also: ["drill"] },
	prevention_event: {
		de: "Präventionsveranstaltung",
		en: "prevention event",
		also: ["Veranstaltung", "Präventionstag", "prevention"],
	},
};

export const DECISION_STATUSES: Record<DecisionStatus, Words> = {
	open: { de: "offen", en: "open" },
	in_progress: { de: "in Arbeit", en: "in progress", also: ["in-arbeit", "inarbeit", "in-progress", "laufend"] },
	done: { de: "erledigt", en: "done", also: ["fertig", "abgeschlossen"] },
	revoked: { de: "widerrufen", en: "revoked", also: ["aufgehoben"] },
};

export const ROLES: Record<Role, Words> = {
	guest: { de: "Gast", en: "guest" },
	partner: { de: "Partner", en: "partner", also: ["Partnerin"] },
	organiser: { de: "Organisator", en: "organiser", also: ["Organisatorin", "organizer"] },
	admin: { de: "Administrator", en: "admin", also: ["Administratorin"] },
};

export const TOPICS: Record<Topic, Words> = {
	victim_support: { de: "Opferschutz", en: "victim support" },
	prevention: { de: "Prävention", en: "prevention" },
	traffic_safety: { de: "Verkehrssicherheit", en: "traffic safety" },
	complaints: { de: "Beschwerden", en: "complaints" },
	extremism: { de: "Extremismus", en: "extremism" },
	youth: { de: "Jugend", en: "youth" },
	addiction: { de: "Sucht", en: "addiction" },
	school: { de: "Schule", en: "school" },
	domestic_violence: { de: "häusliche Gewalt", en: "domestic violence" },
	crisis: { de: "Krise", en: "crisis" },
	training: { de: "Fortbildung", en: "training" },
	materials: { de: "Material", en: "materials" },
	press: { de: "Presse", en: "press" },
	funding: { de: "Förderung", en: "funding" },
	coordination: { de: "Koordination", en: "coordination" },
	security_partnership: { de: "Sicherheitspartnerschaft", en: "security partnership" },
};
