/** The bound channel of a place, and the language spoken in it. */
import type { Language } from "../lib/text.ts";
import type { Channel, Network } from "../network/records.ts";
import type { Message } from "./message.ts";

export function channelAt(network: Network, message: Pick<Message, "place">): Channel | null {
	for (const channel of network.channel.values()) {
		if (channel.platform === message.place.platform && channel.address === message.place.address) return channel;
	}
	return null;
}

/** What `sprache` set; in a channel, the channel's; else the client's; else the bot's (chat.md). */
export function languageFor(
	own: Language | null,
	message: Pick<Message, "place" | "sender">,
	channel: Language | null,
	standard: Language,
): Language {
	return own ?? (message.place.kind === "channel" ? channel : null) ?? message.sender.language ?? standard;
}
