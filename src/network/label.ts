/** How a record is called in one line. */
import type { Network, RecordRef } from "./records.ts";

const shortened = (text: string, most = 70) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Title or name; of a contact with its organisation, of a decision with its number. */
export function labelOf(network: Network, ref: RecordRef): string {
	switch (ref.type) {
		case "contact": {
			const contact = network.contact.get(ref.key);
			const organisation = contact && network.organisation.get(contact.organisation);
			return contact
				? `${contact.name}${organisation ? `, ${organisation.shortName ?? organisation.name}` : ""}`
				: ref.key;
		}
		case "region": {
			const region = network.region.get(ref.key);
			const above = region?.parent ? network.region.get(region.parent) : undefined;
			return region ? `${region.name}${above ? ` (${above.name})` : ""}` : ref.key;
		}
		case "organisation":
		case "service":
		case "programme":
			return network[ref.type].get(ref.key)?.name ?? ref.key;
		case "agreement":
		case "event":
		case "project":
		case "material":
			return network[ref.type].get(ref.key)?.title ?? ref.key;
		case "channel":
			return network.channel.get(ref.key)?.name ?? ref.key;
		case "decision":
			return `${ref.key.toUpperCase()}: ${shortened(network.decision.get(ref.key)?.text ?? "")}`;
		case "commitment":
			return shortened(network.commitment.get(ref.key)?.text ?? ref.key);
		case "membership": {
			const membership = network.membership.get(ref.key);
			const organisation = membership && network.organisation.get(membership.organisation);
			return organisation?.name ?? ref.key;
		}
		case "figure": {
			const figure = network.figure.get(ref.key);
			return figure ? `${figure.label}: ${figure.value}` : ref.key;
		}
	}
}
