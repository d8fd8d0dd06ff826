/** What a person sees on Slack's App Home: their next events, the open decisions of their organisation, their own contact. */

import type { PlatformName } from "../lib/platform.ts";
import type { Language } from "../lib/text.ts";
import { showDate, showDateTime } from "../lib/time/show.ts";
import { channelsOf } from "../network/audience.ts";
import { ROLE } from "../network/labels.ts";
import { nextOccurrences } from "../network/occurrences.ts";
import type { Network } from "../network/records.ts";
import type { Person } from "./command.ts";
import { heading, list, note, type Part, type Reply, text } from "./reply.ts";

export interface HomeView {
	network: Network;
	asker: Person;
	language: Language;
	now: Temporal.Instant;
	timezone: string;
	platform: PlatformName;
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
		contact
			? {
					kind: "fields",
					fields: [
						{ label: say("Name", "Name"), value: contact.name },
						{
							label: say("Organisation", "Organisation"),
							value: network.organisation.get(contact.organisation)?.name ?? contact.organisation,
						},
						...(contact.phone
							? [{ label: say("Telefon", "Phone"), value: { text: contact.phone, link: `tel:${contact.phone}` } }]
							: []),
						...(contact.email
							? [{ label: say("E-Mail", "E-mail"), value: { text: contact.email, link: `mailto:${contact.email}` } }]
							: []),
					],
				}
			: text(say("Zu Ihrem Konto gibt es keinen Kontakt im Netzwerk.", "The network has no contact for your account.")),
		note(
			say(
				`Rolle: ${ROLE[asker.role].de}. Fragen Sie mich direkt oder mit /lotse.`,
				`Role: ${ROLE[asker.role].en}. Ask me directly or with /lotse.`,
			),
		),
	];
	return { parts, visibility: "private" };
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
