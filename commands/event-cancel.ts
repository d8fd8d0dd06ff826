import { command } from "../src/bot/command.ts";
import { heading, reply, text } from "../src/bot/reply.ts";
import { showDate } from "../src/lib/time/show.ts";
import { channelsOf } from "../src/network/audience.ts";
import { getEvent, updateEvent } from "../src/network/events.ts";
import type { NetworkEvent } from "../src/network/records.ts";
import { eventArg, invalid, on } from "./parts/event.ts";
import { occurrenceOn } from "./parts/occurrence.ts";

export const eventCancel = command({
	name: "event cancel",
	words: { de: ["termin absagen"], en: ["event cancel"] },
	summary: {
		de: "Termin absagen: ganz oder mit --am einen Tag",
		en: "Cancel an event: all of it, or with --on one date",
	},
	example: {
		de: 'termin absagen "Grundkurs Opferhilfe" --am 02.01.2027',
		en: 'event cancel "Grundkurs Opferhilfe" --on 2027-01-02',
	},
	role: "organiser",
	writes: true,
	args: { event: eventArg, on },
	async run(context, args) {
		const before = await getEvent(context.tx, args.event);
		const after: NetworkEvent = args.on === undefined ? { ...before, status: "cancelled" } : cancelOne(before, args.on);
		const { language } = context;
		const line = (spoken: "de" | "en") => {
			const day = args.on === undefined ? null : showDate(args.on, spoken);
			return {
				de: day ? `„${after.title}“ am ${day} fällt aus.` : `„${after.title}“ ist abgesagt.`,
				en: day ? `"${after.title}" on ${day} is cancelled.` : `"${after.title}" is cancelled.`,
			}[spoken];
		};
		const records = [{ type: "event" as const, key: after.key }];
		if (JSON.stringify(after) === JSON.stringify(before))
			return { status: "done", records, reply: reply(text(line(language))) };
		const revision = await updateEvent(context.tx, after);
		await context.announce({
			key: `event-${after.key}-${revision}`,
			channels: channelsOf(context.network, after),
			reply: (spoken) => reply(heading({ de: "Termin abgesagt", en: "Event cancelled" }[spoken]), text(line(spoken))),
		});
		return { status: "done", records, reply: reply(text(line(language))) };
	},
});

function cancelOne(before: NetworkEvent, day: Temporal.PlainDate): NetworkEvent {
	if (before.status === "cancelled")
		throw invalid({
			de: `„${before.title}“ ist schon ganz abgesagt.`,
			en: `"${before.title}" is already cancelled altogether.`,
		});
	const original = occurrenceOn(before, day);
	const date = original.slice(0, 10);
	return {
		...before,
		// A move wins over a cancellation (network-folder), so the move has to go.
		moved: before.moved.filter((move) => move.from !== original),
		cancelledOn: before.cancelledOn.includes(date) ? before.cancelledOn : [...before.cancelledOn, date].sort(),
	};
}
