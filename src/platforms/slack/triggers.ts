// Trigger ids: Slack lets each open one form, within three seconds. Kept in memory, since they are worth nothing later.
import type { Place } from "../../bot/message.ts";
import type { Pace } from "./pace.ts";

interface Trigger {
	at: number;
	place: Place;
	timezone: string;
}

export interface Triggers {
	/** A trigger that came in, with where it was set off and in which zone that person reads the clock. */
	note(trigger: string, place: Place, timezone: string): void;
	/** Takes it, once; null = used, too old, or it came to another process. */
	take(trigger: string): Trigger | null;
}

/** Less than Slack's three seconds: the call has to arrive there in time. */
const LIFE_MS = 2600;

export function triggers(pace: Pace): Triggers {
	const fresh = new Map<string, Trigger>();
	return {
		note(trigger, place, timezone) {
			const now = pace.now();
			for (const [old, { at }] of fresh) {
				if (now - at <= LIFE_MS) break;
				fresh.delete(old);
			}
			fresh.set(trigger, { at: now, place, timezone });
		},
		take(trigger) {
			const found = fresh.get(trigger);
			fresh.delete(trigger);
			return found === undefined || pace.now() - found.at > LIFE_MS ? null : found;
		},
	};
}
