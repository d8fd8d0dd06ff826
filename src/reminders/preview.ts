/** What would be posted in a window, on a virtual clock: the same plan and the same words as the running bot. */
import type { Reply } from "../bot/reply.ts";
import type { Network } from "../network/records.ts";
import { reminderReply } from "./compose.ts";
import { plannedReminders, startOf } from "./plan.ts";

/** As `lotse preview --json` shows it (cli.md), with the reply in place of its text. */
export interface PreviewMessage {
	at: string;
	kind: "reminder";
	channel: string;
	event: string;
	/** Local time at which the occurrence really starts. */
	start: string;
	timezone: string;
	lead: string;
	reply: Reply;
}

/** Messages with `from` ≤ at < `to`, by time, channel and event. When events were entered and what was sent do not count. */
export function previewMessages(
	network: Network,
	from: Temporal.Instant,
	to: Temporal.Instant,
	{ timezone }: { timezone: string },
): PreviewMessage[] {
	return plannedReminders(network, from, to).flatMap(({ at, channel, event: key, occurrence, lead }) => {
		const event = network.event.get(key);
		const language = network.channel.get(channel)?.language;
		if (!event || !language) return [];
		const reply = reminderReply(network, event, occurrence, lead, { language, timezone, minutesLate: 0 });
		return {
			at: at.toString(),
			kind: "reminder",
			channel,
			event: key,
			start: startOf(occurrence),
			timezone: event.timezone,
			lead,
			reply,
		};
	});
}
