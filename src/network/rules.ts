/** What people get to hear about an event's recurrence rule. */
import { UserError } from "../lib/errors.ts";
import type { Language, Text } from "../lib/text.ts";
import { DAY, localMinute } from "../lib/time/days.ts";
import { expand } from "../lib/time/expand.ts";
import { parseRule } from "../lib/time/rule.ts";
import { showTime } from "../lib/time/show.ts";
import { showRule } from "../lib/time/show-rule.ts";
import { lastMinute } from "./occurrences.ts";
import type { NetworkEvent } from "./records.ts";

/** A rule that gives no date within a generation (30 February) is a mistake. */
const GENERATION = 30 * 366 * DAY;

/**
 * What is wrong with a rule, to be said to whoever wrote it; null = nothing.
 * @param start local time of the event
 */
export function validateRule(rrule: string, start: string): Text | null {
	try {
		const rule = parseRule(rrule);
		const begin = localMinute(start) ?? 0;
		const none = expand(rule, begin, lastMinute(rule, "UTC"), begin, begin + GENERATION).next().done;
		return none
			? {
					de: "Die Regel ergibt vom Beginn an keinen einzigen Termin.",
					en: "The rule gives no date from the start on.",
				}
			: null;
	} catch (error) {
		if (error instanceof UserError) return error.text;
		throw error;
	}
}

/** `jeden 2. Dienstag im Monat, 16:00 Uhr`; null = a single event. */
export function describeRule(event: NetworkEvent, language: Language): string | null {
	if (event.rrule === null) return null;
	return `${showRule(event.rrule, language)}, ${showTime(Temporal.PlainDateTime.from(event.start), language)}`;
}
