/** What single facts are called, and how they are written for people. */
import type { Line } from "../bot/reply.ts";
import type { Language, Text } from "../lib/text.ts";
import { showDuration } from "../lib/time/show.ts";
import { DECISION_STATUS, PROJECT_STATUS, STAGE } from "../network/labels.ts";
import { emailLine, linkLine, phoneLine, showDay, showMoney } from "./cards/format.ts";

export const FIELD_NAMES: Record<string, Text> = {
	phone: { de: "Telefon", en: "Phone" },
	mobile: { de: "Mobil", en: "Mobile" },
	email: { de: "E-Mail", en: "E-mail" },
	address: { de: "Anschrift", en: "Address" },
	website: { de: "Webseite", en: "Website" },
	hours: { de: "Sprechzeiten", en: "Hours" },
	function: { de: "Funktion", en: "Function" },
	deputy: { de: "Vertretung", en: "Deputy" },
	capacity: { de: "Plätze", en: "Capacity" },
	signed_on: { de: "Unterzeichnet am", en: "Signed on" },
	signed_at: { de: "Unterzeichnet in", en: "Signed in" },
	signatories: { de: "Unterschrieben von", en: "Signed by" },
	valid_from: { de: "Gültig ab", en: "Valid from" },
	valid_until: { de: "Gültig bis", en: "Valid until" },
	notice: { de: "Kündigungsfrist", en: "Notice period" },
	purpose: { de: "Zweck", en: "Purpose" },
	document: { de: "Dokument", en: "Document" },
	parties_count: { de: "Zahl der Partner", en: "Number of parties" },
	cadence: { de: "Wie oft", en: "How often" },
	responsible: { de: "Zuständig", en: "Responsible" },
	date: { de: "Datum", en: "Date" },
	time: { de: "Uhrzeit", en: "Time" },
	place: { de: "Ort", en: "Place" },
	link: { de: "Link", en: "Link" },
	duration: { de: "Dauer", en: "Duration" },
	host: { de: "Veranstalter", en: "Host" },
	status: { de: "Stand", en: "Status" },
	due: { de: "Bis", en: "Due" },
	votes: { de: "Abstimmung", en: "Vote" },
	rationale: { de: "Begründung", en: "Rationale" },
	decided_on: { de: "Beschlossen am", en: "Decided on" },
	budget: { de: "Budget", en: "Budget" },
	starts_on: { de: "Beginn", en: "Start" },
	ends_on: { de: "Ende", en: "End" },
	stage: { de: "Stufe", en: "Stage" },
	since: { de: "Seit", en: "Since" },
	stock: { de: "Vorrat", en: "Stock" },
	url: { de: "Link", en: "Link" },
};

const STORED: Record<string, Text> = { ...DECISION_STATUS, ...PROJECT_STATUS, ...STAGE };

/** A fact as people write it. */
export function written(field: string, value: string | number, language: Language): Line {
	if (field === "phone" || field === "mobile") return phoneLine(String(value));
	if (field === "email") return emailLine(String(value));
	if (field === "website" || field === "document" || field === "url" || field === "link")
		return linkLine(String(value));
	if (field === "budget" && typeof value === "number") return showMoney(value, language);
	const shown = String(value);
	if (/^\d{4}-\d{2}-\d{2}$/.test(shown)) return showDay(shown, language);
	if (/^P[T\d]/.test(shown)) return showDuration(shown, language);
	if (shown === "consensus") return { de: "einstimmig", en: "by consensus" }[language];
	return STORED[shown]?.[language] ?? shown;
}
