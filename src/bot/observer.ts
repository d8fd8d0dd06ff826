/** What the bot tells whoever counts: numbers and fixed words. Never who somebody is or what was said. */
import type { PlatformName } from "../lib/platform.ts";
import type { Language } from "../lib/text.ts";
import type { Status } from "./command.ts";

/** One message that was handled and committed. */
export interface HandledSeen {
	platform: PlatformName;
	/** Machine-readable name, one of the grammar's; null = no command came of it. */
	command: string | null;
	/** `ignored`: not meant for the bot. `stale`: too old to be answered. */
	outcome: Status | "ignored" | "stale";
	/** Where it was a question: in whose words `status` and `intent` are, the answer object's. */
	question: { intent: string; status: string; language: Language } | null;
	/** From being taken up to the commit. */
	seconds: number;
}

/** One attempt to send. */
export interface DeliverySeen {
	platform: PlatformName;
	/** `answer`, `announcement`, `reminder`, `notice` … */
	kind: string;
	/** `retried`: failed and not stored. `uncertain`: failed, and may be stored all the same. */
	result: "sent" | "dropped" | "parked" | "retried" | "uncertain";
	/** After it was due; null where it was not sent. */
	secondsLate: number | null;
}

export interface Observer {
	handled(seen: HandledSeen): void;
	delivered(seen: DeliverySeen): void;
}

/** What happened before anybody counts is kept for whoever begins to: a start counts from its first message. */
export function relay(): Observer & { to(observer: Observer): void } {
	let target: Observer | null = null;
	let early: ((observer: Observer) => void)[] = [];
	const tell = (what: (observer: Observer) => void) => {
		if (target) what(target);
		else if (early.length < KEPT) early.push(what);
	};
	return {
		handled: (seen) => tell((observer) => observer.handled(seen)),
		delivered: (seen) => tell((observer) => observer.delivered(seen)),
		to(observer) {
			target = observer;
			for (const what of early) what(observer);
			early = [];
		},
	};
}

/** Nobody may ever begin to count, and memory is not for that. */
const KEPT = 1_000;
