/** Cards of agreements and of what they promise. */
import { heading, list, type Part, text } from "../../bot/reply.ts";
import { showDuration } from "../../lib/time/show.ts";
import { AGREEMENT_KIND } from "../../network/labels.ts";
import type { Agreement, Commitment } from "../../network/records.ts";
import { inForce } from "../find/agreement.ts";
import { field, linkLine, organisationName, type Showing, showDay, source } from "./format.ts";

function validity(agreement: Agreement, { network, language, now }: Showing): string {
	const today = now.toPlainDate().toString();
	const until = agreement.validUntil && showDay(agreement.validUntil, language);
	if (inForce(network, agreement, today)) {
		return until
			? { de: `ja, bis ${until}`, en: `yes, until ${until}` }[language]
			: { de: "ja, unbefristet", en: "yes, with no end date" }[language];
	}
	const from = agreement.validFrom ?? agreement.signedOn;
	if (from !== null && from > today)
		return { de: `erst ab ${showDay(from, language)}`, en: `only from ${showDay(from, language)}` }[language];
	return until && (agreement.validUntil ?? "") < today
		? { de: `nein, galt bis ${until}`, en: `no, it was until ${until}` }[language]
		: { de: "nein, durch eine neuere abgelöst", en: "no, superseded by a newer one" }[language];
}

export function commitmentLine(commitment: Commitment, { network, language }: Showing): string {
	const who = commitment.responsible
		.map((key) => network.organisation.get(key)?.shortName ?? organisationName(network, key))
		.join(", ");
	const often = commitment.cadence
		? { de: `alle ${showDuration(commitment.cadence, "de")}`, en: `every ${showDuration(commitment.cadence, "en")}` }[
				language
			]
		: "";
	const more = [who, often].filter(Boolean).join("; ");
	return more ? `${commitment.text} (${more})` : commitment.text;
}

export function agreementCard(agreement: Agreement, showing: Showing): Part[] {
	const { network, language } = showing;
	const promises = [...network.commitment.values()].filter((it) => it.agreement === agreement.key);
	const signed = [agreement.signedOn && showDay(agreement.signedOn, language), agreement.signedAt]
		.filter(Boolean)
		.join(", ");
	const names = agreement.signatories
		.map((it) => `${it.name} (${organisationName(network, it.organisation)})`)
		.join(", ");
	return [
		heading(agreement.title),
		{
			kind: "fields",
			fields: [
				...field(language, { de: "Art", en: "Kind" }, AGREEMENT_KIND[agreement.kind][language]),
				...field(
					language,
					{ de: "Partner", en: "Parties" },
					agreement.parties.map((key) => organisationName(network, key)).join(", "),
				),
				...field(language, { de: "Unterzeichnet", en: "Signed" }, signed),
				...field(language, { de: "Unterschrieben von", en: "Signed by" }, names),
				...field(language, { de: "In Kraft", en: "In force" }, validity(agreement, showing)),
				...field(
					language,
					{ de: "Kündigungsfrist", en: "Notice period" },
					agreement.notice && showDuration(agreement.notice, language),
				),
				...field(language, { de: "Zweck", en: "Purpose" }, agreement.purpose),
				...field(
					language,
					{ de: "Dokument", en: "Document" },
					agreement.documentUrl && linkLine(agreement.documentUrl),
				),
			],
		},
		...(promises.length > 0
			? [
					text({ de: "Zugesagt ist:", en: "It promises:" }[language]),
					list(promises.map((it) => commitmentLine(it, showing))),
				]
			: []),
		source({ type: "agreement", key: agreement.key }, language),
	];
}

export function commitmentCard(commitment: Commitment, showing: Showing): Part[] {
	const { network, language } = showing;
	const agreement = network.agreement.get(commitment.agreement);
	return [
		text(commitmentLine(commitment, showing)),
		source({ type: "commitment", key: commitment.key }, language, agreement?.title ?? commitment.agreement),
	];
}
