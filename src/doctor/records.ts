/** Records that lead nowhere: people who cannot be reached, events nobody hears of, promises nobody keeps. */
import { channelsOf } from "../network/audience.ts";
import type { Contact, Network } from "../network/records.ts";
import { type Check, few, mend, ok, warning } from "./check.ts";

/** The card of a contact says so too. */
const FRESH_DAYS = 365;

const keys = (records: readonly { key: string }[]) => few(records.map(({ key }) => key));

const complete = (file: string) =>
	mend(
		"organiser",
		`in ${file} ergänzen und neu einlesen: npx lotse import ORDNER`,
		`complete ${file} and import anew: npx lotse import FOLDER`,
	);

/** One line where something was found, none where all is well. */
const found = (
	name: string,
	records: readonly { key: string }[],
	de: string,
	en: string,
	remedy: ReturnType<typeof mend>,
): Check[] =>
	records.length === 0
		? []
		: [warning(name, { de: `${de}: ${keys(records)}.`, en: `${en}: ${keys(records)}.` }, remedy)];

function contacts(network: Network, today: Temporal.PlainDate): Check[] {
	const all = [...network.contact.values()];
	const silent = all.filter(({ phone, mobile, email }) => phone === null && mobile === null && email === null);
	const oldest = today.subtract({ days: FRESH_DAYS }).toString();
	const never = all.filter(({ verifiedOn }) => verifiedOn === null);
	const long = all.filter(({ verifiedOn }) => verifiedOn !== null && verifiedOn < oldest);
	const alone = all.filter(needsDeputy);
	const file = complete("contacts.csv");
	const verify = mend(
		"organiser",
		"nachfragen, ob die Angaben stimmen, das Datum in contacts.csv (verified_on) eintragen und neu einlesen: npx lotse import ORDNER",
		"ask whether the entry is right, enter the date in contacts.csv (verified_on) and import anew: npx lotse import FOLDER",
	);
	const checks = [
		...found("contacts", silent, "Ohne Telefon und E-Mail", "Without phone and e-mail", file),
		...found(
			"verification",
			never,
			"Kontakte, die noch nie bestätigt wurden",
			"Contacts that were never verified",
			verify,
		),
		...found(
			"verification",
			long,
			"Kontakte, deren Bestätigung älter als ein Jahr ist",
			"Contacts that were verified more than a year ago",
			verify,
		),
		...found("deputies", alone, "Rufbereitschaft ohne Vertretung", "On call without a deputy", file),
	];
	return silent.length > 0
		? checks
		: [
				ok("contacts", {
					de: `${all.length} Kontakte, alle erreichbar.`,
					en: `${all.length} contacts, all of them reachable.`,
				}),
				...checks,
			];
}

/** Where nobody answers at night, somebody else must. */
const needsDeputy = ({ onCall, deputy }: Contact) => onCall && deputy === null;

/** Something must be asked of somebody: an organisation that promised or runs something, and has neither a contact nor a number of its own. */
function organisations(network: Network): Check[] {
	const reachable = new Set([...network.contact.values()].map(({ organisation }) => organisation));
	const bound = new Set([
		...[...network.agreement.values()].flatMap(({ parties }) => parties),
		...[...network.event.values()].flatMap(({ host }) => host),
		...[...network.service.values()].map(({ organisation }) => organisation),
	]);
	const mute = [...network.organisation.values()].filter(
		({ key, phone, email }) => bound.has(key) && !reachable.has(key) && phone === null && email === null,
	);
	return found(
		"organisations",
		mute,
		"Partner ohne Kontakt, Telefon und E-Mail",
		"Partners without contact, phone and e-mail",
		complete("contacts.csv"),
	);
}

function events(network: Network, today: string): Check[] {
	const coming = [...network.event.values()].filter(
		({ status, rrule, start }) => status !== "cancelled" && (rrule !== null || start >= today),
	);
	const unheard = coming.filter((event) => event.remindBefore.length > 0 && channelsOf(network, event).length === 0);
	if (unheard.length === 0)
		return [
			ok("events", {
				de: `${coming.length} Termine, alle mit Kanal für ihre Erinnerungen.`,
				en: `${coming.length} events, each with a channel for its reminders.`,
			}),
		];
	return found(
		"events",
		unheard,
		"Niemand hört von",
		"Nobody hears of",
		mend(
			"admin",
			"im passenden Kanal: !kanal verbinden --region REGION, oder: !termin ändern TERMIN --kanal KANAL",
			"in the right channel: !channel bind --region REGION, or: !event change EVENT --channel CHANNEL",
		),
	);
}

function agreements(network: Network, today: string): Check[] {
	const replaced = new Set([...network.agreement.values()].flatMap(({ supersedes }) => supersedes ?? []));
	const over = [...network.agreement.values()].filter(
		({ key, validUntil }) => validUntil !== null && validUntil < today && !replaced.has(key),
	);
	return found(
		"agreements",
		over,
		"Abgelaufen und durch nichts ersetzt",
		"Expired and replaced by nothing",
		mend(
			"organiser",
			"verlängern (valid_until) oder die neue Fassung mit supersedes in agreements.csv eintragen und neu einlesen: npx lotse import ORDNER",
			"extend it (valid_until) or enter the new version with supersedes in agreements.csv and import anew: npx lotse import FOLDER",
		),
	);
}

function decisions(network: Network, today: string): Check[] {
	const overdue = [...network.decision.values()].filter(
		({ due, status }) => due !== null && due < today && (status === "open" || status === "in_progress"),
	);
	return [
		...found(
			"decisions",
			overdue.filter(({ responsible }) => responsible.length === 0),
			"Überfällig, und niemand ist zuständig",
			"Overdue, and nobody is responsible",
			mend(
				"organiser",
				"im Chat: beschluss ändern NR --zuständig ORGANISATION",
				"in chat: decision amend NUMBER --responsible ORGANISATION",
			),
		),
		...found(
			"decisions",
			overdue.filter(({ responsible }) => responsible.length > 0),
			"Überfällig",
			"Overdue",
			mend(
				"organiser",
				"nachfragen, dann im Chat: beschluss status NR erledigt, oder: beschluss ändern NR --bis DATUM",
				"ask, then in chat: decision status NUMBER done, or: decision amend NUMBER --due DATE",
			),
		),
	];
}

export function checkRecords(network: Network, today: Temporal.PlainDate): Check[] {
	if (network.organisation.size === 0)
		return [
			warning(
				"records",
				{ de: "Die Datenbank ist leer.", en: "The database is empty." },
				mend("organiser", "einlesen: npx lotse import ORDNER", "import: npx lotse import FOLDER"),
			),
		];
	const day = today.toString();
	return [
		...contacts(network, today),
		...organisations(network),
		...events(network, day),
		...agreements(network, day),
		...decisions(network, day),
	];
}
