/**
 * What a command may reach outside of its transaction, before it runs: files that were sent, other machines, checks.
 * The first pass through the dispatcher ends with `NeedsOutside` and is rolled back; what was gathered goes into a second pass.
 */
import type { Db } from "../database/client.ts";
import { UserError } from "../lib/errors.ts";
import type { Language, Text } from "../lib/text.ts";
import type { Person } from "./command.ts";
import type { Place, SentFile } from "./message.ts";

/** One thing that is in order or not, and who must do what about it. Never holds a secret. */
export interface Finding {
	/** Machine-readable: `slack scopes`. */
	name: string;
	status: "ok" | "warning" | "failed";
	text: Text;
	/** Who must do what, with the command; null = nothing to do. */
	mend: Text | null;
}

/** Filled by whoever runs the bot. All of it may be called again after a crash. */
export interface Outside {
	/** Reads only, each in a transaction of its own: writing belongs into `run`. */
	db: Db;
	/**
	 * The bytes of a file that was sent with the message.
	 * @param most bytes; a larger file is a UserError
	 * @throws UserError, NotHere
	 */
	download(file: SentFile, most: number): Promise<Uint8Array>;
	/** What is wrong with the house (`lotse doctor`). */
	diagnose(): Promise<readonly Finding[]>;
}

/** What was said, as far as gathering may depend on it. */
export interface Gathering {
	files: readonly SentFile[];
	place: Place | null;
	asker: Person;
	language: Language;
	now: Temporal.Instant;
}

export type Gather = (outside: Outside) => Promise<unknown>;

/** What was gathered for a command, handed into the second pass. */
export interface Gathered {
	command: string;
	value: unknown;
}

/** Ends the first pass: the command may run, and needs this first. */
export class NeedsOutside extends Error {
	readonly command: string;
	readonly gather: Gather;

	constructor(command: string, gather: Gather) {
		super(`${command} needs something from outside of its transaction`);
		this.name = "NeedsOutside";
		this.command = command;
		this.gather = gather;
	}
}

/** Only another instance can reach it: the one that holds the platform's device. */
export class NotHere extends Error {}

/** After this whoever asked is told that it took too long. */
export const PATIENCE_MS = 90_000;
/** A command that has gathered may write much: an import. */
export const LONG_MS = 600_000;

/** @param reach makes what is handed in; its requests end with the signal */
export async function gatherFor(
	wanted: NeedsOutside,
	reach: (signal: AbortSignal) => Outside,
	patienceMs = PATIENCE_MS,
): Promise<Gathered> {
	const limit = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(
				new UserError({
					de: "Das hat zu lange gedauert und wurde abgebrochen. Bitte versuchen Sie es später noch einmal.",
					en: "That took too long and was given up. Please try again later.",
				}),
			);
			limit.abort();
		}, patienceMs);
	});
	try {
		return { command: wanted.command, value: await Promise.race([wanted.gather(reach(limit.signal)), late]) };
	} finally {
		clearTimeout(timer);
	}
}
