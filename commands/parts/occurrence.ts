/** The occurrence of an event on a day, by its original time or the time it was moved to. */
import { isOccurrence, occurrences } from "../../src/network/occurrences.ts";
import type { NetworkEvent } from "../../src/network/records.ts";
import { invalid } from "./event.ts";

/** @returns its local time by the rule. @throws UserError when nothing takes place on that day. */
export function occurrenceOn(event: NetworkEvent, day: Temporal.PlainDate): string {
	const from = day.toZonedDateTime(event.timezone);
	const found = occurrences(event, from.toInstant(), from.add({ days: 1 }).toInstant());
	const hit = found.find((occurrence) => occurrence.start.toPlainDate().equals(day));
	if (hit) return hit.original;
	const byRule = `${day.toString()}T${event.start.slice(11)}`;
	if (isOccurrence(event, byRule)) return byRule;
	const shown = day.toLocaleString("de-DE", { dateStyle: "medium" });
	throw invalid({
		de: `Am ${shown} findet „${event.title}“ nicht statt.`,
		en: `"${event.title}" does not take place on ${day.toString()}.`,
	});
}
