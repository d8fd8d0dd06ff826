/** Words a reminder: when it is sent, from the records as they then are. */
import { type About, LATE_MINUTES } from "../bot/ledger.ts";
import { heading, type Line, note, type Part, type Reply, text } from "../bot/reply.ts";
import type { Compose, Composed } from "../bot/send.ts";
import type { Language, Text } from "../lib/text.ts";
import { showDate, showDateTime, showLead, showLength, showTime } from "../lib/time/show.ts";
import { channelsOf } from "../network/audience.ts";
import { type Occurrence, occurrences } from "../network/occurrences.ts";
import type { Network, NetworkEvent } from "../network/records.ts";
import { startOf } from "./plan.ts";

export interface Wording {
	language: Language;
	/** LOTSE_TIMEZONE: other zones are named. */
	timezone: string;
	/** Whole minutes after it was due; up to five are not worth a word. */
	minutesLate: number;
}

const WORDS = {
	reminder: { de: "Erinnerung", en: "Reminder" },
	when: { de: "Wann", en: "When" },
	place: { de: "Ort", en: "Place" },
	link: { de: "Link", en: "Link" },
	host: { de: "Träger", en: "Host" },
	agreement: { de: "Vereinbarung", en: "Agreement" },
} satisfies Record<string, Text>;

export function reminderReply(
	network: Network,
	event: NetworkEvent,
	occurrence: Occurrence,
	lead: string,
	{ language, timezone, minutesLate }: Wording,
): Reply {
	const late = minutesLate >= LATE_MINUTES;
	const when = showDateTime(occurrence.start, language, timezone);
	const fields: { label: string; value: Line }[] = [
		// "Tomorrow" would be wrong in a late one.
		{ label: WORDS.when[language], value: late ? when : `${when} (${showLead(lead, language)})` },
	];
	if (event.place) fields.push({ label: WORDS.place[language], value: event.place });
	if (event.link) fields.push({ label: WORDS.link[language], value: { text: event.link, link: event.link } });
	const hosts = event.host.flatMap((key) => network.organisation.get(key)?.name ?? []);
	if (hosts.length > 0) fields.push({ label: WORDS.host[language], value: hosts.join(", ") });
	const agreement = event.agreement === null ? undefined : network.agreement.get(event.agreement);
	if (agreement) fields.push({ label: WORDS.agreement[language], value: agreement.title });
	const parts: Part[] = [heading(`${WORDS.reminder[language]}: ${event.title}`), { kind: "fields", fields }];
	if (occurrence.moved) parts.push(note(movedFrom(occurrence, language)));
	if (late) {
		const length = showLength(minutesLate, language);
		parts.push(
			text({ de: `Diese Erinnerung kommt ${length} verspätet.`, en: `This reminder is ${length} late.` }[language]),
		);
	}
	return { parts, visibility: "open" };
}

function movedFrom({ original }: Occurrence, language: Language): string {
	const was = Temporal.PlainDateTime.from(original);
	const shown = `${showDate(was, language)}, ${showTime(was, language)}`;
	return { de: `Verlegt; geplant war ${shown}.`, en: `Moved; planned was ${shown}.` }[language];
}

/** The occurrence that really starts at this local time; undefined = there is none any more. */
function occurrenceAt(event: NetworkEvent, local: string): Occurrence | undefined {
	const start = Temporal.PlainDateTime.from(local).toZonedDateTime(event.timezone).toInstant();
	return occurrences(event, start, start.add({ minutes: 1 })).find((one) => startOf(one) === local && !one.cancelled);
}

const CANCELLED: Text = { de: "Der Termin wurde abgesagt.", en: "The event was cancelled." };
const CHANGED: Text = { de: "Der Termin wurde geändert.", en: "The event was changed." };
const OVER: Text = {
	de: "Der Termin war schon vorbei, als die Erinnerung gesendet werden konnte.",
	en: "The event was over when the reminder could be sent.",
};
const UNBOUND: Text = {
	de: "Der Kanal bekommt diesen Termin nicht mehr.",
	en: "The channel does not get this event any more.",
};

export interface ComposePorts {
	live: { current(): Promise<Network> };
	timezone: string;
}

/** For the deliverer: the words of a reminder, or why it is not sent any more. */
export function reminderComposer({ live, timezone }: ComposePorts): Compose {
	return async (about: About, { due, now, language }): Promise<Composed> => {
		const network = await live.current();
		const event = network.event.get(about.event);
		if (!event || event.status === "cancelled") return { drop: CANCELLED };
		const occurrence = occurrenceAt(event, about.occurrence);
		if (!occurrence || !event.remindBefore.includes(about.lead)) return { drop: CHANGED };
		if (!channelsOf(network, event).some((channel) => channel.key === about.channel)) return { drop: UNBOUND };
		const minutesLate = Math.floor((now.epochMilliseconds - due.epochMilliseconds) / 60_000);
		const over = Temporal.Instant.compare(occurrence.end.toInstant(), now) <= 0;
		if (minutesLate >= LATE_MINUTES && over) return { drop: OVER };
		return { reply: reminderReply(network, event, occurrence, about.lead, { language, timezone, minutesLate }) };
	};
}
