import * as arg from "../src/bot/args.ts";
import { type Context, command } from "../src/bot/command.ts";
import { type LedgerEntry, type LedgerStatus, listReminders } from "../src/bot/ledger.ts";
import { heading, list, note, type Part, text } from "../src/bot/reply.ts";
import type { Text } from "../src/lib/text.ts";
import { showDateTime } from "../src/lib/time/show.ts";
import { eventArg } from "./parts/event.ts";

const STATUSES: Record<LedgerStatus, Text> = {
	failed: { de: "Fehlgeschlagen, wird weiter versucht", en: "Failed, still being tried" },
	parked: { de: "Angehalten", en: "Parked" },
	missed: { de: "Nicht mehr gesendet", en: "Not sent any more" },
	late: { de: "Verspätet", en: "Late" },
	planned: { de: "Geplant", en: "Planned" },
	sent: { de: "Gesendet", en: "Sent" },
};

export const reminders = command({
	name: "reminders",
	words: { de: ["erinnerungen"], en: ["reminders"] },
	summary: {
		de: "Zeigt geplante, gesendete, verspätete und fehlgeschlagene Erinnerungen",
		en: "Shows planned, sent, late and failed reminders",
	},
	example: { de: "erinnerungen Grundkurs Opferhilfe", en: "reminders Grundkurs Opferhilfe" },
	role: "partner",
	writes: false,
	args: { event: arg.optional(eventArg) },
	async run(context, args) {
		const { language, now } = context;
		const entries = await listReminders(context.tx, { ...(args.event ? { event: args.event } : {}), now, most: 10 });
		const parts: Part[] = [];
		for (const [status, words] of Object.entries(STATUSES)) {
			const lines = entries.filter((entry) => entry.status === status).map((entry) => lineOf(context, entry));
			if (lines.length > 0) parts.push(heading(words[language]), list(lines));
		}
		const none = {
			de: "Im Moment sind keine Erinnerungen geplant oder gesendet.",
			en: "At present no reminders are planned or sent.",
		};
		return {
			status: "done",
			records: args.event ? [{ type: "event", key: args.event }] : [],
			reply: {
				parts:
					parts.length > 0
						? parts
						: [
								text(none[language]),
								note({ de: "Geplant wird acht Wochen im Voraus.", en: "Planning goes eight weeks ahead." }[language]),
							],
				visibility: "open",
			},
		};
	},
});

function lineOf({ network, language, timezone }: Context, entry: LedgerEntry): string {
	const title = network.event.get(entry.event)?.title ?? entry.event;
	const channel = network.channel.get(entry.channel)?.name ?? entry.channel;
	const at = showDateTime((entry.sent ?? entry.due).toZonedDateTimeISO(timezone), language, timezone);
	const late =
		entry.minutesLate > 0
			? { de: `, ${entry.minutesLate} Minuten verspätet`, en: `, ${entry.minutesLate} minutes late` }[language]
			: "";
	const reason = entry.reason ? `: ${entry.reason[language]}` : "";
	return `${at}${late} – ${title} → ${channel}${reason}`;
}
