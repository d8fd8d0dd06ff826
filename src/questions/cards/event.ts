/** An event's card, and its line in a list. */
import { heading, type Part } from "../../bot/reply.ts";
import { showDate, showDateTime, showDuration } from "../../lib/time/show.ts";
import { showRule } from "../../lib/time/show-rule.ts";
import { EVENT_KIND, EVENT_STATUS } from "../../network/labels.ts";
import { nextOccurrences } from "../../network/occurrences.ts";
import type { NetworkEvent } from "../../network/records.ts";
import { field, linkLine, organisationName, regionName, type Showing, source } from "./format.ts";

const upcoming = (event: NetworkEvent, now: Temporal.ZonedDateTime, count: number) =>
	event.status === "cancelled" ? [] : nextOccurrences(event, now.toInstant(), count);

/** The next date; where there is none, the day on which it was to be. */
export function eventWhen(event: NetworkEvent, { language, now }: Showing): string {
	const [next] = upcoming(event, now, 1);
	if (next) return showDateTime(next.start, language, now.timeZoneId);
	return showDate(Temporal.PlainDateTime.from(event.start), language, { weekday: true });
}

export function eventCard(event: NetworkEvent, showing: Showing): Part[] {
	const { network, language, now } = showing;
	const dates = upcoming(event, now, 4);
	const later = dates.slice(1).map((date) => showDate(date.start, language, { weekday: true }));
	const cancelled = event.cancelledOn.map((date) => showDate(Temporal.PlainDate.from(date), language)).join(", ");
	return [
		heading(event.title),
		{
			kind: "fields",
			fields: [
				...field(
					language,
					dates.length > 0 ? { de: "Nächster Termin", en: "Next date" } : { de: "Termin", en: "Date" },
					eventWhen(event, showing),
				),
				...field(language, { de: "Danach", en: "After that" }, later.join("; ")),
				...field(language, { de: "Regel", en: "Rule" }, event.rrule && showRule(event.rrule, language)),
				...field(language, { de: "Fällt aus am", en: "Cancelled on" }, cancelled),
				...field(language, { de: "Dauer", en: "Duration" }, showDuration(event.duration, language)),
				...field(language, { de: "Ort", en: "Place" }, event.place),
				...field(language, { de: "Link", en: "Link" }, event.link && linkLine(event.link)),
				...field(
					language,
					{ de: "Veranstalter", en: "Host" },
					event.host.map((key) => organisationName(network, key)).join(", "),
				),
				...field(
					language,
					{ de: "Region", en: "Region" },
					event.regions.map((key) => regionName(network, key)).join(", "),
				),
				...field(language, { de: "Art", en: "Kind" }, EVENT_KIND[event.kind][language]),
				...field(language, { de: "Status", en: "Status" }, EVENT_STATUS[event.status][language]),
			],
		},
		source({ type: "event", key: event.key }, language),
	];
}
