import { command } from "../src/bot/command.ts";
import { actions, list, note } from "../src/bot/reply.ts";
import { showDateTime } from "../src/lib/time/show.ts";
import { atLeast } from "../src/network/access.ts";
import { channelsOf } from "../src/network/audience.ts";
import { plannedReminders } from "../src/reminders/plan.ts";
import { eventChange } from "./event-change.ts";
import { eventArg, eventParts } from "./parts/event.ts";

export const eventShow = command({
	name: "event show",
	words: { de: ["termin zeigen"], en: ["event show"] },
	summary: {
		de: "Zeigt einen Termin mit den nächsten Tagen und Erinnerungen",
		en: "Shows an event with its next dates and reminders",
	},
	example: { de: "termin zeigen Grundkurs Opferhilfe", en: "event show Grundkurs Opferhilfe" },
	role: "guest",
	writes: false,
	args: { event: eventArg },
	async run(context, args) {
		const { network, language, now } = context;
		const event = network.event.get(args.event);
		if (!event) return { status: "not_found", records: [], reply: { parts: [], visibility: "open" } };
		const alone = { ...network, event: new Map([[event.key, event]]) };
		const planned = plannedReminders(alone, now, now.add({ hours: 24 * 120 })).slice(0, 6);
		const lines = planned.map((reminder) => {
			const channel = network.channel.get(reminder.channel);
			return `${showDateTime(reminder.at.toZonedDateTimeISO(context.timezone), language, context.timezone)}: ${channel?.name ?? reminder.channel}`;
		});
		const none =
			channelsOf(network, event).length === 0
				? { de: "Kein Kanal hört von diesem Termin.", en: "No channel hears of this event." }
				: {
						de: "In den nächsten vier Monaten sind keine Erinnerungen geplant.",
						en: "No reminders are planned for the next four months.",
					};
		return {
			status: "done",
			records: [{ type: "event", key: event.key }],
			reply: {
				parts: [
					...eventParts(context, event, language),
					...(lines.length > 0
						? [note({ de: "Erinnerungen:", en: "Reminders:" }[language]), list(lines)]
						: [note(none[language])]),
					...(atLeast(context.asker.role, eventChange.role)
						? [
								actions({
									label: { de: "Ändern", en: "Change" }[language],
									line: `${eventChange.words[language][0]} ${event.key}`,
								}),
							]
						: []),
				],
				visibility: "open",
			},
		};
	},
});
