/** Cards of those one can call or write to: contacts, organisations, help offers. */
import { heading, type Line, type Part } from "../../bot/reply.ts";
import { type Asker, maySee } from "../../network/access.ts";
import { NEED, ORGANISATION_KIND, TOPIC } from "../../network/labels.ts";
import type { Contact, Organisation, Service } from "../../network/records.ts";
import {
	emailLine,
	field,
	linkLine,
	organisationName,
	phoneLine,
	regionName,
	type Showing,
	showDay,
	showHours,
	showLanguages,
	source,
} from "./format.ts";

/** Later than this since somebody checked the entry, the card says so. */
const FRESH_DAYS = 365;

function freshness(contact: Contact, { language, now }: Showing): string {
	if (contact.verifiedOn === null) return { de: "Noch nie bestätigt", en: "Never verified" }[language];
	const day = showDay(contact.verifiedOn, language);
	const age = now.toPlainDate().since(Temporal.PlainDate.from(contact.verifiedOn)).days;
	const old = age > FRESH_DAYS ? { de: " (vor mehr als einem Jahr)", en: " (more than a year ago)" }[language] : "";
	return { de: `Zuletzt bestätigt am ${day}${old}`, en: `Last verified on ${day}${old}` }[language];
}

/** A deputy is named only to whoever may see them. */
function deputyLine(contact: Contact, { network }: Showing, asker: Asker): Line | null {
	const deputy = contact.deputy === null ? undefined : network.contact.get(contact.deputy);
	if (!deputy || !maySee(asker, deputy)) return null;
	return deputy.phone ? [`${deputy.name}, `, phoneLine(deputy.phone)] : deputy.name;
}

export function contactCard(contact: Contact, showing: Showing, asker: Asker): Part[] {
	const { network, language } = showing;
	const regions = contact.regions.map((key) => regionName(network, key)).join(", ");
	const topics = contact.topics.map((topic) => TOPIC[topic][language]).join(", ");
	const foreign = contact.languages.some((code) => code !== "de");
	return [
		heading(contact.name),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Funktion", en: "Function" }, contact.function),
				...field(language, { de: "Organisation", en: "Organisation" }, organisationName(network, contact.organisation)),
				...field(language, { de: "Zuständig in", en: "Responsible in" }, regions),
				...field(language, { de: "Themen", en: "Topics" }, topics),
				...field(language, { de: "Telefon", en: "Phone" }, contact.phone && phoneLine(contact.phone)),
				...field(language, { de: "Mobil", en: "Mobile" }, contact.mobile && phoneLine(contact.mobile)),
				...field(language, { de: "E-Mail", en: "E-mail" }, contact.email && emailLine(contact.email)),
				...field(language, { de: "Erreichbar", en: "Hours" }, contact.hours && showHours(contact.hours, language)),
				...field(language, { de: "Bereitschaft", en: "On call" }, contact.onCall && { de: "ja", en: "yes" }[language]),
				...field(language, { de: "Sprachen", en: "Languages" }, foreign && showLanguages(contact.languages, language)),
				...field(language, { de: "Vertretung", en: "Deputy" }, deputyLine(contact, showing, asker)),
			],
		},
		source({ type: "contact", key: contact.key }, language, freshness(contact, showing)),
	];
}

export function organisationCard(organisation: Organisation, { network, language }: Showing): Part[] {
	const { street, postcode, city } = organisation;
	const address = street ? `${street}, ${[postcode, city].filter(Boolean).join(" ")}` : null;
	return [
		heading(organisation.name),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Art", en: "Kind" }, ORGANISATION_KIND[organisation.kind][language]),
				...field(language, { de: "Kurzname", en: "Short name" }, organisation.shortName),
				...field(
					language,
					{ de: "Region", en: "Region" },
					organisation.region && regionName(network, organisation.region),
				),
				...field(
					language,
					{ de: "Gehört zu", en: "Belongs to" },
					organisation.parent && organisationName(network, organisation.parent),
				),
				...field(language, { de: "Anschrift", en: "Address" }, address),
				...field(language, { de: "Telefon", en: "Phone" }, organisation.phone && phoneLine(organisation.phone)),
				...field(language, { de: "E-Mail", en: "E-mail" }, organisation.email && emailLine(organisation.email)),
				...field(language, { de: "Webseite", en: "Website" }, organisation.website && linkLine(organisation.website)),
				...field(language, { de: "Beschreibung", en: "Description" }, organisation.description),
			],
		},
		source({ type: "organisation", key: organisation.key }, language),
	];
}

export function serviceCard(service: Service, { network, language }: Showing): Part[] {
	const places = { de: `${service.capacity} Plätze`, en: `${service.capacity} places` }[language];
	return [
		heading(service.name),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Anbieter", en: "Provider" }, organisationName(network, service.organisation)),
				...field(language, { de: "Hilfe", en: "Help" }, service.needs.map((need) => NEED[need][language]).join(", ")),
				...field(language, { de: "Für", en: "For" }, service.regions.map((key) => regionName(network, key)).join(", ")),
				...field(language, { de: "Telefon", en: "Phone" }, service.phone && phoneLine(service.phone)),
				...field(language, { de: "E-Mail", en: "E-mail" }, service.email && emailLine(service.email)),
				...field(language, { de: "Zeiten", en: "Hours" }, service.hours && showHours(service.hours, language)),
				...field(language, { de: "Plätze", en: "Capacity" }, service.capacity !== null && places),
				...field(language, { de: "Sprachen", en: "Languages" }, showLanguages(service.languages, language)),
			],
		},
		source({ type: "service", key: service.key }, language),
	];
}
