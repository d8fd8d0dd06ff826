/** How single facts are written for people: links, hours, languages, money. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { Inline, Line, Part } from "../../bot/reply.ts";
import { note } from "../../bot/reply.ts";
import type { Language, Text } from "../../lib/text.ts";
import { showDate } from "../../lib/time/show.ts";
import { RECORD_TYPE } from "../../network/labels.ts";
import type { Key, Network, RecordRef } from "../../network/records.ts";

/** What every card is made from. */
export interface Showing {
	network: Network;
	language: Language;
	now: Temporal.ZonedDateTime;
}

/** DIN 5008: `+49 351 56430400`, a short number as dialled. */
export function showPhone(phone: string): string {
	const number = phone.startsWith("+") ? parsePhoneNumberFromString(phone) : undefined;
	if (!number) return phone;
	const [area, ...rest] = number
		.formatInternational()
		.slice(number.countryCallingCode.length + 1)
		.trim()
		.split(" ");
	return [`+${number.countryCallingCode}`, area, rest.join("")].filter(Boolean).join(" ");
}

export const phoneLine = (phone: string): Inline => ({ text: showPhone(phone), link: `tel:${phone}` });
export const emailLine = (email: string): Inline => ({ text: email, link: `mailto:${email}` });
export const linkLine = (url: string): Inline => ({ text: url, link: url });

export const showDay = (date: string, language: Language) => showDate(Temporal.PlainDate.from(date), language);

const DAY_NAMES: Record<string, Text> = {
	Mo: { de: "Mo", en: "Mon" },
	Tu: { de: "Di", en: "Tue" },
	We: { de: "Mi", en: "Wed" },
	Th: { de: "Do", en: "Thu" },
	Fr: { de: "Fr", en: "Fri" },
	Sa: { de: "Sa", en: "Sat" },
	Su: { de: "So", en: "Sun" },
	PH: { de: "Feiertage", en: "public holidays" },
	off: { de: "geschlossen", en: "closed" },
};

/** Opening hours in words: `Mo–Do 08:00–16:00, Fr 08:00–14:00 Uhr`, `rund um die Uhr`. */
export function showHours(hours: string, language: Language): string {
	if (hours.trim() === "24/7") return { de: "rund um die Uhr", en: "around the clock" }[language];
	const shown = hours
		.replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|off)\b/g, (word) => DAY_NAMES[word]?.[language] ?? word)
		.replace(/(\d)-(\d)/g, "$1–$2")
		.replace(/(\p{L})-(\p{L})/gu, "$1–$2")
		.replace(/00:00–24:00/g, { de: "ganztägig", en: "all day" }[language])
		.replace(/;\s*/g, "; ")
		.replace(/,(?=\S)/g, ", ");
	return language === "de" && /\d$/.test(shown) ? `${shown} Uhr` : shown;
}

/** Made when first needed: each costs some 20 ms, and the first answer is not to wait for it. */
const names = new Map<Language, Intl.DisplayNames>();

export function showLanguages(codes: readonly string[], language: Language): string {
	const known = names.get(language) ?? new Intl.DisplayNames(language, { type: "language" });
	names.set(language, known);
	return codes.map((code) => known.of(code) ?? code).join(", ");
}

export const showMoney = (euros: number, language: Language) =>
	new Intl.NumberFormat(language, { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(euros);

export const organisationName = (network: Network, key: Key) => network.organisation.get(key)?.name ?? key;
export const regionName = (network: Network, key: Key) => network.region.get(key)?.name ?? key;

export interface Field {
	label: string;
	value: Line;
}

/** A field where there is something to show; nothing is shown of what is not known. */
export function field(language: Language, label: Text, value: Line | null | undefined | false): Field[] {
	if (!value || (Array.isArray(value) && value.length === 0)) return [];
	return [{ label: label[language], value }];
}

/** Small print: which record says it. */
export function source({ type, key }: RecordRef, language: Language, more: string | null = null): Part {
	const kind = RECORD_TYPE[type][language];
	return note([more, `${kind} ${key}`].filter(Boolean).join(" · "));
}
