/** Records that lead nowhere: people who cannot be reached, events nobody hears of, messages that could not be delivered. */
import type { Db } from "../../database/client.ts";
import type { Config } from "../../lib/config.ts";
import { channelsOf } from "../../network/audience.ts";
import type { Network } from "../../network/records.ts";
import { type Check, few, ok, warning } from "./check.ts";

function contacts(network: Network): Check {
	const silent = [...network.contact.values()].filter(
		({ phone, mobile, email }) => phone === null && mobile === null && email === null,
	);
	if (silent.length === 0)
		return ok("contacts", {
			de: `${network.contact.size} Kontakte, alle erreichbar.`,
			en: `${network.contact.size} contacts, all of them reachable.`,
		});
	return warning(
		"contacts",
		{
			de: `Ohne Telefon und E-Mail: ${few(silent.map(({ key }) => key))}.`,
			en: `Without phone and e-mail: ${few(silent.map(({ key }) => key))}.`,
		},
		{
			de: "In contacts.csv ergänzen und neu einlesen: npx lotse import ORDNER",
			en: "Add it in contacts.csv and import anew: npx lotse import FOLDER",
		},
	);
}

function events(network: Network, today: string): Check {
	const coming = [...network.event.values()].filter(
		({ status, rrule, start }) => status !== "cancelled" && (rrule !== null || start >= today),
	);
	const unheard = coming.filter((event) => event.remindBefore.length > 0 && channelsOf(network, event).length === 0);
	if (unheard.length === 0)
		return ok("events", {
			de: `${coming.length} Termine, alle mit Kanal für ihre Erinnerungen.`,
			en: `${coming.length} events, each with a channel for its reminders.`,
		});
	return warning(
		"events",
		{
			de: `Niemand hört von: ${few(unheard.map(({ key }) => key))}.`,
			en: `Nobody hears of: ${few(unheard.map(({ key }) => key))}.`,
		},
		{
			de: "Administrator, im passenden Kanal: !kanal verbinden --region REGION, oder: !termin ändern TERMIN --kanal KANAL",
			en: "Administrator, in the right channel: !channel bind --region REGION, or: !event change EVENT --channel CHANNEL",
		},
	);
}

function channels(network: Network, config: Config): Check[] {
	// With no chat at all there is nothing to post to, and the sample network names channels of both.
	if (config.slack === null && config.matrix === null) return [];
	const silent = [...network.channel.values()].filter(
		({ platform }) =>
			(platform === "slack" && config.slack === null) || (platform === "matrix" && config.matrix === null),
	);
	if (silent.length === 0) return [];
	const names = few(silent.map(({ key }) => key));
	return [
		warning(
			"channels",
			{
				de: `Für diese Kanäle fehlen die Zugangsdaten: ${names}.`,
				en: `There are no credentials for these channels: ${names}.`,
			},
			{
				de: "SLACK_… oder MATRIX_… setzen (.env.example), oder die Kanäle lösen.",
				en: "Set SLACK_… or MATRIX_… (.env.example), or unbind the channels.",
			},
		),
	];
}

async function deliveries(db: Db): Promise<Check> {
	const parked = await db.delivery.count({ where: { state: "parked" } });
	if (parked === 0)
		return ok("deliveries", { de: "Keine Nachricht ist liegen geblieben.", en: "No message is stuck." });
	return warning(
		"deliveries",
		{ de: `${parked} Nachrichten konnten nicht zugestellt werden.`, en: `${parked} messages could not be delivered.` },
		{ de: "Gründe zeigt: npx lotse run erinnerungen", en: "The reasons: npx lotse run reminders" },
	);
}

export async function checkRecords(network: Network, db: Db, config: Config, today: string): Promise<Check[]> {
	if (network.organisation.size === 0) {
		return [
			warning(
				"records",
				{ de: "Die Datenbank ist leer.", en: "The database is empty." },
				{ de: "Einlesen mit: npx lotse import ORDNER", en: "Import with: npx lotse import FOLDER" },
			),
		];
	}
	return [contacts(network), events(network, today), ...channels(network, config), await deliveries(db)];
}
