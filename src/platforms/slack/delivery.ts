// What the parts of the intake share.
import type { Logger } from "pino";
import type { Message, Place } from "../../bot/message.ts";
import type { Bot } from "../../bot/platform.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Text } from "../../lib/text.ts";
import { type Call, within } from "./api.ts";
import type { suggestions } from "./form.ts";
import type { SlackCommand } from "./incoming.ts";
import type { Pace } from "./pace.ts";
import type { People } from "./people.ts";
import type { Triggers } from "./triggers.ts";

export interface Intake {
	bot: Bot;
	call: Call;
	people: People;
	triggers: Triggers;
	clock: Clock;
	pace: Pace;
	log: Logger;
	commands: readonly SlackCommand[];
	/** Zone of people whose own is not known. */
	timezone: string;
	/** The bot's user id. @throws while it is not known yet */
	self(): string;
}

/** Bodies that Slack takes in an acknowledgement. */
export type Answer =
	| { response_type: "ephemeral"; text: string }
	| { response_action: "errors"; errors: Record<string, string> }
	| { options: ReturnType<typeof suggestions> };

/** Acknowledges, once; with a body where Slack takes one. */
export type Ack = (body?: Answer | string) => Promise<void>;

export const NOT_STORED: Text = {
	de: "Das konnte gerade nicht gespeichert werden. Bitte versuchen Sie es gleich noch einmal.",
	en: "This could not be stored just now. Please try again in a moment.",
};

/** One slash command or interaction on its way into the store. */
export interface Delivery {
	ack: Ack;
	/** Milliseconds left to store it. */
	left(): number;
	/** True when it is stored in time; false when it failed or takes too long. */
	stored(message: Message): Promise<boolean>;
}

/** Where to answer: there, or in the person's direct message where the bot is not a member (commands work everywhere). */
export async function placeFor(people: People, channel: string, user: string, thread: string | null): Promise<Place> {
	const here: Place = {
		platform: "slack",
		address: channel,
		thread,
		kind: channel.startsWith("D") ? "direct" : "channel",
	};
	if (await people.reachable(channel)) return here;
	const direct = await within(700, people.direct(user), null);
	return direct === null ? here : directPlace(direct);
}

export const directPlace = (address: string): Place => ({ platform: "slack", address, thread: null, kind: "direct" });

/** Errors of the database carry the values of a query: only what kind they are may be logged. */
export function faultOf(error: unknown): { name: string; code: string | undefined } {
	if (!(error instanceof Error)) return { name: typeof error, code: undefined };
	return { name: error.name, code: "code" in error && typeof error.code === "string" ? error.code : undefined };
}
