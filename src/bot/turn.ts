/** What handling one message works on: the house, the message with its person and place, the conversation. */
import type { Tx } from "../database/client.ts";
import type { Language } from "../lib/text.ts";
import type { Asker } from "../network/access.ts";
import type { Channel, Network, RecordType } from "../network/records.ts";
import type { Resolution, World } from "./args.ts";
import type { Announcement, Outcome, Person } from "./command.ts";
import type { Conversation, Pending } from "./conversation.ts";
import type { Grammar } from "./grammar.ts";
import type { Message, Place } from "./message.ts";
import type { Gathered } from "./outside.ts";
import type { Settled } from "./settled.ts";

/** What the dispatcher needs of the house. */
export interface House {
	grammar: Grammar;
	timezone: string;
	language: Language;
	/** Names a value's record for this asker. */
	resolve(network: Network, type: RecordType, typed: string, asker: Asker): Resolution;
	/** Owes it to its channels, except the one where it was said. */
	announce(tx: Tx, announcement: Announcement, from: Place | null, now: Temporal.Instant): Promise<void>;
	/** Names of the administrators, for refusals. */
	admins(tx: Tx, network: Network): Promise<string[]>;
}

/** One message being handled. */
export interface Turn {
	tx: Tx;
	network: Network;
	message: Message;
	asker: Person;
	language: Language;
	channel: Channel | null;
	now: Temporal.Instant;
	/** The message was said in a place; false for `lotse run` without `--channel`. */
	placed: boolean;
	/** False for `lotse run`: nobody waits for an answer, what is missing is said. */
	converses: boolean;
	/** What the first pass found to be needed from outside; null in the first pass. */
	gathered: Gathered | null;
	/** What was said before, where that is known already; null = it is read when it is needed. */
	conversation: Conversation | null;
	/** Key of the message that will answer; null where none is delivered. */
	answerKey: string | null;
}

/** What came of it, and the command it was; a null outcome = nothing was asked of the bot, nothing is said. */
export interface Handled {
	outcome: Outcome | null;
	command: string | null;
	fingerprint: string | null;
	/** The choice that was made by it. */
	settled?: Settled;
	/** It answered what the bot had asked. */
	answers?: boolean;
	/** What is to be kept of the conversation; left out = it is as it was. */
	talk?: Conversation;
}

/** The state of one person's conversation while a turn runs; saved once at its end. */
export interface Talk extends Conversation {
	changed: boolean;
}

export function wait(talk: Talk, pending: Pending | null): void {
	talk.pending = pending;
	talk.changed = true;
}

/** What reading this person's values depends on. */
export function worldOf(house: House, turn: Pick<Turn, "network" | "asker" | "language" | "now" | "message">): World {
	return {
		language: turn.language,
		now: turn.now.toZonedDateTimeISO(turn.asker.timezone),
		asker: turn.asker,
		mentions: turn.message.mentions ?? [],
		resolve: (type, typed) => house.resolve(turn.network, type, typed, turn.asker),
	};
}
