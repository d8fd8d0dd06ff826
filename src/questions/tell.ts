/** What is said: the fact first, then the record that says it; or honestly why there is no answer. */
import { heading, list, note, type Part, text } from "../bot/reply.ts";
import type { Language, Text } from "../lib/text.ts";
import { maySee } from "../network/access.ts";
import type { Role } from "../network/enums.ts";
import { labelOf } from "../network/label.ts";
import type { RecordRef } from "../network/records.ts";
import { card, cardLine } from "./cards/card.ts";
import { FIELD_NAMES, written } from "./facts.ts";
import type { Found, Search } from "./find/found.ts";
import { nearestNames } from "./nearest.ts";
import type { Intent } from "./query.ts";

export interface Telling extends Search {
	found: Found;
	language: Language;
	intent: Intent;
	/** Why it is out of scope; null = it is not. */
	scope: string | null;
}

/** So many records are shown in full, so many in one line each. */
const CARDS = 2;
const LINES = 10;

/** The one fact asked for, in front of the record. */
function factLine({ query, found, language }: Telling): Part[] {
	const field = query.field ?? (query.intent === "event" && typeof found.value === "string" ? "date" : null);
	if (found.value === undefined || field === null) return [];
	const name = FIELD_NAMES[field]?.[language] ?? field;
	const line = written(field, found.value, language);
	const inline = typeof line === "string" ? { text: line, strong: true } : line;
	return [text([`${name}: `, ...(Array.isArray(inline) ? inline : [inline])])];
}

function more(count: number, language: Language): Part[] {
	if (count <= 0) return [];
	return [
		note(
			{
				de: `und ${count} weitere. Nennen Sie Ort, Thema oder Namen genauer.`,
				en: `and ${count} more. Please name the place, topic or name more precisely.`,
			}[language],
		),
	];
}

function records(telling: Telling, refs: readonly RecordRef[], full: boolean): Part[] {
	const { lexicon, language, asker, now } = telling;
	const { network } = lexicon;
	if (full && refs.length <= CARDS) return refs.flatMap((ref) => card(network, ref, language, asker, now));
	const lines = refs.slice(0, LINES).map((ref) => `${cardLine(network, ref, language, asker, now)} [${ref.key}]`);
	return [list(lines), ...more(refs.length - LINES, language)];
}

function count({ found, language, query }: Telling): string {
	const figure = found.records.some((record) => record.type === "figure");
	if (figure) return { de: `Nach eigenen Angaben: ${found.value}`, en: `By its own account: ${found.value}` }[language];
	const what = query.counted === "programme" ? { de: " Mitglieder", en: " members" }[language] : "";
	return { de: `Anzahl: ${found.value}${what}`, en: `Number: ${found.value}${what}` }[language];
}

function answered(telling: Telling): Part[] {
	const { found, intent, language } = telling;
	if (intent === "help") return help(language);
	if (intent === "statistic")
		return [text(count(telling)), ...(found.records.length > 0 ? records(telling, found.records, false) : [])];
	const note =
		found.records.length > 1
			? [text({ de: `${found.records.length} Einträge:`, en: `${found.records.length} entries:` }[language])]
			: [];
	const rhythm =
		telling.query.field === "cadence" && found.value === undefined
			? [text({ de: "Ein Rhythmus ist nicht zugesagt.", en: "No rhythm is promised." }[language])]
			: [];
	return [
		...factLine(telling),
		...rhythm,
		...(found.records.length > CARDS ? note : []),
		...records(telling, found.records, true),
	];
}

const HIGHER: Record<Role, Text> = {
	guest: { de: "Partner oder Organisator", en: "partner or organiser" },
	partner: { de: "Organisator", en: "organiser" },
	organiser: { de: "Administrator", en: "administrator" },
	admin: { de: "Administrator", en: "administrator" },
};

/** The same words for whatever is hidden: they name no record and no field of one. */
function notAllowed({ asker, language }: Telling): Part[] {
	const role = HIGHER[asker.role][language];
	return [
		text(
			{
				de: `Dazu gibt es etwas, das ich Ihnen nicht zeigen darf. Ihnen fehlt die Rolle „${role}“; ein Administrator kann sie vergeben.`,
				en: `There is something on this that I may not show you. You lack the role "${role}"; an administrator can grant it.`,
			}[language],
		),
	];
}

function notFound(telling: Telling): Part[] {
	const { found, language, query, lexicon, asker } = telling;
	if (found.missing) {
		const name = FIELD_NAMES[found.missing]?.[language] ?? found.missing;
		return [text({ de: `Dazu ist nichts eingetragen: ${name}.`, en: `This is not recorded: ${name}.` }[language])];
	}
	if (query.number)
		return [
			text(
				{ de: `Einen Beschluss ${query.number} gibt es hier nicht.`, en: `There is no decision ${query.number} here.` }[
					language
				],
			),
		];
	const words = query.unknown.map((word) => `„${word}“`).join(", ");
	const near = nearestNames(lexicon, query.unknown, (key) => {
		const contact = lexicon.network.contact.get(key);
		return contact !== undefined && maySee(asker, contact);
	});
	return [
		text({ de: "Dazu habe ich keinen Eintrag.", en: "I have no entry on that." }[language]),
		...(words ? [note({ de: `Nicht bekannt: ${words}.`, en: `Not known: ${words}.` }[language])] : []),
		...(near.length > 0
			? [note({ de: `Ähnlich: ${near.join("; ")}.`, en: `Similar: ${near.join("; ")}.` }[language])]
			: []),
	];
}

/** Somebody in need is not left without a number, though the bot gives no advice. */
const HELPLINES: Text = {
	de: "In Not: Polizei 110, Rettung und Feuerwehr 112. Opfer-Telefon 116 006, Hilfetelefon „Gewalt gegen Frauen“ 116 016 (kostenlos).",
	en: "In an emergency: police 110, ambulance and fire 112. Victim helpline 116 006, violence against women helpline 116 016 (free of charge).",
};

function outOfScope({ language, scope }: Telling): Part[] {
	const personal = scope === "case" || scope === "legal" || scope === "medical";
	const kind = personal
		? {
				de: "Zu einem Einzelfall kann ich nicht beraten, weder rechtlich noch medizinisch.",
				en: "I cannot advise on a personal case, neither legally nor medically.",
			}
		: { de: "Das gehört nicht zu dem, was ich weiß oder sagen darf.", en: "That is not something I know or may tell." };
	const can = {
		de: "Ich beantworte Fragen zu Ansprechpersonen, Hilfsangeboten, Vereinbarungen, Terminen und Beschlüssen des Netzwerks.",
		en: "I answer questions about the network's contacts, help offers, agreements, events and decisions.",
	};
	return [text(kind[language]), ...(personal ? [text(HELPLINES[language])] : []), note(can[language])];
}

function help(language: Language): Part[] {
	const lines = {
		de: [
			"Wer ist in … für Opferschutz zuständig?",
			"Welche Vereinbarungen laufen in den nächsten sechs Monaten aus?",
			"Wann ist die nächste Regionalkonferenz?",
			"Welche Beschlüsse sind überfällig?",
			"Gibt es in … eine Traumaambulanz?",
		],
		en: [
			"Who handles victim support in …?",
			"Which agreements expire within the next six months?",
			"When is the next regional conference?",
			"Which decisions are overdue?",
			"Is there a shelter in …?",
		],
	};
	return [
		heading({ de: "Das können Sie mich fragen", en: "What you can ask me" }[language]),
		text(
			{
				de: "Ich kenne die Ansprechpersonen, Hilfsangebote, Vereinbarungen, Termine, Beschlüsse, Projekte und Materialien des Netzwerks. Zum Beispiel:",
				en: "I know the network's contacts, help offers, agreements, events, decisions, projects and materials. For example:",
			}[language],
		),
		list(lines[language]),
	];
}

export function partsOf(telling: Telling): Part[] {
	const { found, language, lexicon } = telling;
	switch (found.status) {
		case "answered":
			return answered(telling);
		case "choose":
			return [
				text({ de: "Das trifft auf mehrere zu. Was meinen Sie?", en: "Several fit. Which one do you mean?" }[language]),
				list(
					found.records.slice(0, LINES).map((ref) => labelOf(lexicon.network, ref)),
					true,
				),
				...more(found.records.length - LINES, language),
			];
		case "not_allowed":
			return notAllowed(telling);
		case "not_found":
			return notFound(telling);
		case "out_of_scope":
			return outOfScope(telling);
	}
}
