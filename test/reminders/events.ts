/** A training in Leipzig, to be varied, and networks around it. */
import { EMPTY_NETWORK } from "../../src/network/load.ts";
import type { Network, NetworkEvent } from "../../src/network/records.ts";
import type { Records } from "../support/chat.ts";
import { event as withDefaults } from "../support/network.ts";

export const event = (more: Partial<NetworkEvent> = {}): NetworkEvent =>
	withDefaults({
		key: "schulung",
		title: "Schulung Opferschutz",
		kind: "training",
		start: "2027-01-12T09:00",
		...more,
	});

const byKey = <R extends { key: string }>(records: readonly R[] = []) =>
	new Map(records.map((record) => [record.key, record]));

export const network = (records: Records): Network => ({
	...EMPTY_NETWORK,
	agreement: byKey(records.agreement),
	event: byKey(records.event),
	channel: byKey(records.channel),
	region: byKey(records.region),
	organisation: byKey(records.organisation),
});
