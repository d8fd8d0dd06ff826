/** A record as a person reads it. Commands and answers show the same cards. */
import { heading, type Part } from "../../bot/reply.ts";
import type { Language } from "../../lib/text.ts";
import { type Asker, maySee } from "../../network/access.ts";
import { labelOf } from "../../network/label.ts";
import { DECISION_STATUS, REGION_KIND, TOPIC } from "../../network/labels.ts";
import type { Channel, Network, RecordRef, Region } from "../../network/records.ts";
import { agreementCard, commitmentCard, commitmentLine } from "./agreements.ts";
import { eventCard, eventWhen } from "./event.ts";
import { field, regionName, type Showing, showPhone, source } from "./format.ts";
import {
	decisionCard,
	figureLine,
	materialCard,
	membershipCard,
	membershipLine,
	programmeCard,
	projectCard,
} from "./papers.ts";
import { contactCard, organisationCard, serviceCard } from "./people.ts";

function regionCard(region: Region, { network, language }: Showing): Part[] {
	return [
		heading(region.name),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Art", en: "Kind" }, REGION_KIND[region.kind][language]),
				...field(language, { de: "Gehört zu", en: "Belongs to" }, region.parent && regionName(network, region.parent)),
				...field(language, { de: "Auch genannt", en: "Also called" }, region.aliases.join(", ")),
			],
		},
		source({ type: "region", key: region.key }, language),
	];
}

function channelCard(channel: Channel, { network, language }: Showing): Part[] {
	return [
		heading(channel.name ?? channel.key),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Plattform", en: "Platform" }, channel.platform),
				...field(
					language,
					{ de: "Regionen", en: "Regions" },
					channel.regions.map((key) => regionName(network, key)).join(", "),
				),
				...field(
					language,
					{ de: "Themen", en: "Topics" },
					channel.topics.map((topic) => TOPIC[topic][language]).join(", "),
				),
				...field(language, { de: "Sprache", en: "Language" }, { de: "Deutsch", en: "English" }[channel.language]),
				...field(language, { de: "Zweck", en: "Purpose" }, channel.purpose),
			],
		},
		source({ type: "channel", key: channel.key }, language),
	];
}

type Made = (showing: Showing, key: string, asker: Asker) => Part[] | undefined;

/** What is there is shown; a key that is gone, or a contact that the asker may not see, gives nothing. */
const CARDS: Record<RecordRef["type"], Made> = {
	region: (showing, key) => shown(showing.network.region.get(key), (it) => regionCard(it, showing)),
	organisation: (showing, key) => shown(showing.network.organisation.get(key), (it) => organisationCard(it, showing)),
	contact: (showing, key, asker) =>
		shown(showing.network.contact.get(key), (it) => (maySee(asker, it) ? contactCard(it, showing, asker) : [])),
	service: (showing, key) => shown(showing.network.service.get(key), (it) => serviceCard(it, showing)),
	agreement: (showing, key) => shown(showing.network.agreement.get(key), (it) => agreementCard(it, showing)),
	commitment: (showing, key) => shown(showing.network.commitment.get(key), (it) => commitmentCard(it, showing)),
	channel: (showing, key) => shown(showing.network.channel.get(key), (it) => channelCard(it, showing)),
	event: (showing, key) => shown(showing.network.event.get(key), (it) => eventCard(it, showing)),
	decision: (showing, key) => shown(showing.network.decision.get(key), (it) => decisionCard(it, showing)),
	project: (showing, key) => shown(showing.network.project.get(key), (it) => projectCard(it, showing)),
	programme: (showing, key) => shown(showing.network.programme.get(key), (it) => programmeCard(it, showing)),
	membership: (showing, key) => shown(showing.network.membership.get(key), (it) => membershipCard(it, showing)),
	material: (showing, key) => shown(showing.network.material.get(key), (it) => materialCard(it, showing)),
	figure: (showing, key) =>
		shown(showing.network.figure.get(key), (it) => [
			{ kind: "text", line: figureLine(it, showing) },
			source({ type: "figure", key: it.key }, showing.language),
		]),
};

function shown<T>(record: T | undefined, show: (record: T) => Part[]): Part[] {
	return record === undefined ? [] : show(record);
}

/** The whole record. `now` in the zone in which its dates are to be read. */
export function card(
	network: Network,
	ref: RecordRef,
	language: Language,
	asker: Asker,
	now: Temporal.ZonedDateTime,
): Part[] {
	return CARDS[ref.type]({ network, language, now }, ref.key, asker) ?? [];
}

/** One line about a record, for lists: what one would want to know first, and its key. */
export function cardLine(
	network: Network,
	ref: RecordRef,
	language: Language,
	asker: Asker,
	now: Temporal.ZonedDateTime,
): string {
	const showing = { network, language, now };
	const label = labelOf(network, ref);
	if (ref.type === "contact") {
		const contact = network.contact.get(ref.key);
		if (!contact || !maySee(asker, contact)) return "";
		return [label, contact.function, contact.phone && showPhone(contact.phone)].filter(Boolean).join(" – ");
	}
	if (ref.type === "organisation" || ref.type === "service") {
		const phone = network[ref.type].get(ref.key)?.phone;
		return phone ? `${label} – ${showPhone(phone)}` : label;
	}
	if (ref.type === "event") {
		const event = network.event.get(ref.key);
		return event ? `${eventWhen(event, showing)}: ${label}${event.place ? `, ${event.place}` : ""}` : label;
	}
	if (ref.type === "decision") {
		const decision = network.decision.get(ref.key);
		return decision
			? `${ref.key.toUpperCase()}: ${decision.text} (${DECISION_STATUS[decision.status][language]})`
			: label;
	}
	if (ref.type === "commitment") {
		const commitment = network.commitment.get(ref.key);
		return commitment ? commitmentLine(commitment, showing) : label;
	}
	if (ref.type === "membership") {
		const membership = network.membership.get(ref.key);
		return membership ? membershipLine(membership, showing) : label;
	}
	return label;
}
