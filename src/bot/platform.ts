/** The seam between the bot and a platform: what each gives the other. Platforms hold no business and no database. */

import type { PlatformName } from "../lib/platform.ts";
import type { Language, Text } from "../lib/text.ts";
import type { Message, Sender, SentFile } from "./message.ts";
import type { Reply } from "./reply.ts";

/** One message that the bot owes. */
export interface Outgoing {
	/**
	 * Unique and stable over retries, restarts and instances; letters, digits, `.` `_` `-`, at most 120 characters.
	 * Matrix: transaction id = this + a suffix per event it takes. Slack: in the message's metadata.
	 */
	key: string;
	address: string;
	thread: string | null;
	/** Only this person may read it (Slack ephemeral; Matrix and elsewhere a direct message). A Sender id. Null = everybody in the place. */
	recipient: string | null;
	/** The message that it answers, so that Matrix can send a reply. */
	repliesTo: string | null;
	/** The bot's own earlier message (its `ref`) that this replaces; null = a new one. */
	edits: string | null;
	language: Language;
	reply: Reply;
	/** An earlier attempt may already have been stored by the platform: look before sending again. */
	uncertain: boolean;
	/** No attempt was made before this moment: how far back to look. */
	since?: Temporal.Instant;
}

/** Where the platform put it: Slack `ts`, Matrix event id. `address` is what really was used (a direct message's room). */
export interface Sent {
	ref: string;
	address: string;
}

/**
 * Sending failed. `later`: not stored, try again (`retryAfterMs` as the platform asks). `unknown`: it may be stored.
 * `never`: the platform refuses for good (archived, kicked, no right): parked, an administrator is told.
 */
export class SendError extends Error {
	readonly outcome: "later" | "unknown" | "never";
	readonly retryAfterMs: number | null;
	/** For the ledger: what is wrong and what to do about it. */
	readonly reason: Text;

	constructor(outcome: "later" | "unknown" | "never", reason: Text, retryAfterMs: number | null = null) {
		super(reason.en);
		this.name = "SendError";
		this.outcome = outcome;
		this.reason = reason;
		this.retryAfterMs = retryAfterMs;
	}
}

/** A file could not be fetched. `later`: trying again makes sense. The reason is for whoever sent it. */
export class DownloadError extends Error {
	readonly outcome: "later" | "never";
	readonly reason: Text;
	readonly retryAfterMs: number | null;

	constructor(outcome: "later" | "never", reason: Text, retryAfterMs: number | null = null) {
		super(reason.en);
		this.name = "DownloadError";
		this.outcome = outcome;
		this.reason = reason;
		this.retryAfterMs = retryAfterMs;
	}
}

export type PlatformState = "connected" | "connecting" | "down" | "standby";

export interface Platform {
	readonly name: PlatformName;
	start(): Promise<void>;
	/** Ends gracefully; may be called twice. */
	stop(): Promise<void>;
	state(): PlatformState;
	/** @throws SendError */
	send(outgoing: Outgoing): Promise<Sent>;
	/**
	 * The bytes of a file that somebody sent; without it the platform has no files.
	 * @param most bytes: reading ends there
	 * @throws DownloadError
	 */
	download?(file: SentFile, most: number, signal: AbortSignal): Promise<Uint8Array>;
	/** What this bot calls a person there; null = unknown. */
	displayName(userId: string): Promise<string | null>;
}

/** A command as a platform needs it: to make a form, a slash alias, a shortcut or a completion. */
export interface CommandCard {
	/** Machine-readable name, `decision new`. */
	name: string;
	title: Text;
	fields: readonly FormField[];
}

export interface FormField {
	/** English argument name: Slack `block_id` and `action_id`. */
	name: string;
	label: Text;
	hint: Text | null;
	required: boolean;
	input:
		| { kind: "text"; multiline: boolean }
		| { kind: "date" }
		| { kind: "datetime" }
		| { kind: "select"; options: readonly { value: string; label: Text }[] }
		/** Options come from `suggest`; values are record keys. */
		| { kind: "record"; type: "organisation" | "region"; several: boolean };
}

/** What the bot gives a platform. */
export interface Bot {
	/**
	 * Stores what came in, and with it the platform's `position` (Matrix sync token), in one transaction. When this resolves, losing the
	 * event no longer matters: acknowledge it. Each is then handled once, whatever is delivered again. Handling goes on in the background.
	 */
	receive(messages: readonly Message[], position?: { name: string; value: string }): Promise<void>;
	/** A submitted form's faults by argument name, in the sender's language; null = it may be received. */
	check(message: Message): Promise<Record<string, string> | null>;
	/** Options for a record field, best first, at most 100. */
	suggest(type: "organisation" | "region", typed: string, sender: Sender): Promise<{ key: string; label: string }[]>;
	/** The form of a command; null where there is none. */
	form(command: string): CommandCard | null;
	/** Language for a person in a place before anything was understood (form labels). */
	languageOf(sender: Sender, address: string): Promise<Language>;
	/** Slack App Home. */
	home(platform: PlatformName, sender: Sender): Promise<Reply>;
	/** The place is now another one (a Matrix room was upgraded): bindings and what is owed there follow. */
	moved(platform: PlatformName, from: string, to: string): Promise<void>;
	/** Where channels of this platform are bound to: as their records have it. */
	addresses(platform: PlatformName): Promise<string[]>;
	/** Somebody put the bot out of a place (`event`: the platform's id of that). Administrators are told where it was bound. */
	removed(platform: PlatformName, by: Sender, address: string, event: string): Promise<void>;
	/** An invitation: join or leave? An administrator is told of what was left. */
	invited(platform: PlatformName, sender: Sender, address: string): Promise<"join" | "leave">;
}

/** Small durable facts of a platform (sync position, device id, start of hearing), kept in the shared database. */
export interface PlatformStore {
	get(name: string): Promise<string | null>;
	set(name: string, value: string): Promise<void>;
}

/** One holder over all instances; released when the process ends, however it ends. */
export interface Lock {
	/** Resolves true when taken now, false when another holds it. */
	take(name: string): Promise<boolean>;
	release(name: string): Promise<void>;
	/** Called when a held lock was lost (connection to the database broke): stop doing what needed it. */
	onLost(name: string, lost: () => void): void;
}

/** The other instances on the same database. A word to them may get lost: nothing depends on it. */
export interface Others {
	/** At most 7,000 characters. */
	tell(words: string): Promise<void>;
	hear(listener: (words: string) => void): void;
}
