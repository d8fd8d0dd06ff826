/** What a person sees on Slack's App Home: their next events, the open decisions of their organisation, their own contact. */

import type { PlatformName } from "../lib/platform.ts";
import type { Language, Text } from "../lib/text.ts";
import { showDate, showDateTime } from "../lib/time/show.ts";
import { type Asker, atLeast } from "../network/access.ts";
import { channelsOf } from "../network/audience.ts";
import { ROLE } from "../network/labels.ts";
import { nextOccurrences } from "../network/occurrences.ts";
import type { Network, RecordRef } from "../network/records.ts";
import type { Command, Person } from "./command.ts";
import { type Action, actions, heading, list, note, type Part, type Reply, text } from "./reply.ts";

export interface HomeView {
	network: Network;
	asker: Person;
	language: Language;
	now: Temporal.Instant;
	timezone: string;
	platform: PlatformName;
	/** The whole record, as answers show it. */
	card(ref: RecordRef, asker: Asker, language: Language): Part[];
	commands: readonly Command[];
}

/** What people do from here: forms open at once, lists come as a direct message. */
const BUTTONS: readonly { command: string; label: Text }[] = [
	{ command: "decision new", label: { de: "Beschluss eintragen", en: "Record a decision" } },
	{ command: "event new", label: { de: "Termin eintragen", en: "Enter an event" } },
	{ command: "event list", label: { de: "Alle Termine", en: "All events" } },
	{ command: "decision list", label: { de: "Alle Beschlüsse", en: "All decisions" } },
	{ command: "reminders", label: { de: "Erinnerungen", en: "Reminders" } },
	{ command: "help", label: { de: "Hilfe", en: "Help" } },
];

/** Only what this person may do. */
function buttons({ asker, commands, language }: HomeView): Action[] {
	return BUTTONS.flatMap(({ command: name, label }) => {
		const found = commands.find((each) => each.name === name);
		if (!found || !atLeast(asker.role, found.role)) return [];
		return [{ label: label[language], line: found.words[language][0] ?? name }];
	});
}

export function homeOf(view: HomeView): Reply {
	const { network, asker, language } = view;
	const contact = asker.contact === null ? undefined : network.contact.get(asker.contact);
	const say = (de: string, en: string) => ({ de, en })[language];
	const events = nextEvents(view, contact?.organisation ?? null);
	const decisions = openDecisions(view, contact?.organisation ?? null);
	const parts: Part[] = [
		heading(say("Ihre nächsten Termine", "Your next events")),
		events.length > 0
			? list(events)
			: text(say("Zurzeit sind keine Termine eingetragen.", "No events are entered at present.")),
		heading(say("Offene Beschlüsse Ihrer Organisation", "Open decisions of your organisation")),
		decisions.length > 0 ? list(decisions) : text(say("Keine.", "None.")),
		heading(say("Ihr Eintrag", "Your entry")),
		...ownCard(view, contact?.name ?? null),
		actions(...buttons(view)),
		note(
			say(
				`Rolle: ${ROLE[asker.role].de}. Fragen Sie mich direkt oder mit /lotse.`,
				`Role: ${ROLE[asker.role].en}. Ask me directly or with /lotse.`,
			),
		),
	];
	return { parts, visibility: "private" };
}

/** An entry that only organisers may see is known to whom it is about by name. */
function ownCard({ asker, card, language }: HomeView, name: string | null): Part[] {
	const none = {
		de: "Zu Ihrem Konto gibt es keinen Kontakt im Netzwerk.",
		en: "The network has no contact for your account.",
	};
	if (asker.contact === null || name === null) return [text(none[language])];
	const parts = card({ type: "contact", key: asker.contact }, asker, language);
	return parts.length > 0 ? parts : [text(name)];
}

/** Events that the person's organisation hosts or is invited to; where there is none, of the channels of this platform. */
function nextEvents({ network, language, now, timezone, platform }: HomeView, organisation: string | null): string[] {
	const own = [...network.event.values()].filter((event) =>
		organisation === null
			? channelsOf(network, event).some((channel) => channel.platform === platform)
			: event.host.includes(organisation) || event.audience.includes(organisation),
	);
	return own
		.filter((event) => event.status !== "cancelled")
		.flatMap((event) => nextOccurrences(event, now, 1).map((occurrence) => ({ event, start: occurrence.start })))
		.sort((a, b) => Temporal.ZonedDateTime.compare(a.start, b.start))
		.slice(0, 5)
		.map(({ event, start }) => `${showDateTime(start, language, timezone)}: ${event.title}`);
}

function openDecisions({ network, language }: HomeView, organisation: string | null): string[] {
	return [...network.decision.values()]
		.filter(
			(each) =>
				organisation !== null &&
				each.responsible.includes(organisation) &&
				(each.status === "open" || each.status === "in_progress"),
		)
		.sort((a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"))
		.slice(0, 10)
		.map((each) => {
			const due =
				each.due === null
					? ""
					: {
							de: ` (bis ${showDate(Temporal.PlainDate.from(each.due), "de")})`,
							en: ` (due ${showDate(Temporal.PlainDate.from(each.due), "en")})`,
						}[language];
			return `${each.key.toUpperCase()}: ${each.text}${due}`;
		});
}
