/** Which channels hear of an event (chat.md, "Where reminders go"). */
import type { Channel, Key, Network, NetworkEvent } from "./records.ts";
import { upwards } from "./regions.ts";

/**
 * The channels that an event names; if it names none, every channel one of whose regions is a region of the event (of its hosts where
 * it has none) or lies above one. A channel without regions gets only what names it. In key order.
 */
export function channelsOf(network: Network, event: NetworkEvent): Channel[] {
	if (event.channels.length > 0) {
		return [...event.channels].sort().flatMap((key) => network.channel.get(key) ?? []);
	}
	const regions: Key[] =
		event.regions.length > 0
			? event.regions
			: event.host.flatMap((host) => network.organisation.get(host)?.region ?? []);
	const heard = new Set(regions.flatMap((region) => upwards(network, region)));
	return [...network.channel.values()].filter((channel) => channel.regions.some((region) => heard.has(region)));
}
