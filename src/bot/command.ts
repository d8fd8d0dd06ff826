/**
 * One command, one file, one plain object: what it is called, what it takes, who may run it, what it does.
 * Slash command, form, `!command`, dialogue, help, docs and manifest all come from this object.
 */
import type { Tx } from "../database/client.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { Language, Text } from "../lib/text.ts";
import type { Asker } from "../network/access.ts";
import type { Role } from "../network/enums.ts";
import type { Channel, Network, RecordRef } from "../network/records.ts";
import type { Arg, Values, World } from "./args.ts";
import type { Raw } from "./bind.ts";
import type { FormValues, Place, SentFile } from "./message.ts";
import type { Gathering, Outside } from "./outside.ts";
import type { Reply } from "./reply.ts";

/** Person, roles and chat account of whoever says something. */
export interface Person extends Asker {
	/** Id of the row; null = the operator at the shell, or a guest whom nothing needs to be stored about. */
	id: string | null;
	name: string;
	platform: PlatformName;
	userId: string;
	/** Series in which an organiser by grant may decide; null = all. */
	series: readonly string[] | null;
	language: Language | null;
	timezone: string;
	/** Reached the bot as the shell's operator. */
	operator: boolean;
}

/** An announcement owed to other channels, written in the same transaction as the fact. */
export interface Announcement {
	/** Unique for the fact: `decision-rk-2027-014`. A channel's key is added. */
	key: string;
	channels: readonly Channel[];
	reply(language: Language): Reply;
}

/** What a command may use, and nothing else. */
export interface Context {
	/** Only this transaction: another query would wait for ever on the embedded database. */
	tx: Tx;
	network: Network;
	now: Temporal.Instant;
	/** LOTSE_TIMEZONE */
	timezone: string;
	/** LOTSE_LANGUAGE */
	standardLanguage: Language;
	asker: Person;
	language: Language;
	/** Where it was said; null at `lotse run` without `--channel`. */
	place: Place | null;
	/** The bound channel it was said in. */
	channel: Channel | null;
	/** Unique for what was said (Message id): the same words delivered again have the same. */
	messageId: string;
	/** Files sent with the message. */
	files: readonly SentFile[];
	/** All commands, for help. */
	commands: readonly Command[];
	/** What the last question here by this person was about (15 minutes); null = nothing. */
	topic: unknown;
	/** Keeps what this question was about, for the next one. */
	remember(topic: unknown): void;
	/** The person's row, made when something is first stored about them; null = the shell's operator. */
	personId(): Promise<string | null>;
	announce(announcement: Announcement): Promise<void>;
}

export type Status = "done" | "needs" | "choose" | "not_found" | "refused" | "invalid" | "failed";

export interface Outcome {
	status: Status;
	reply: Reply;
	/** Records found or written, the best first; of `choose`, the choices. */
	records: readonly RecordRef[];
	/** Further records that the reply shows (hints, deputies): together with `records` they decide whether it may be said openly. */
	shown?: readonly RecordRef[];
	/** `needs`: English names of the arguments that are missing. */
	missing?: readonly string[];
	/** What the audit log keeps beside the records: `role/organiser`, counts. Never what somebody wrote. */
	audit?: { records?: readonly string[]; details?: object };
	/** Of a question: in the words of the answer object, for whoever counts. */
	question?: { intent: string; status: string; language: Language };
	/** Whatever machine-readable output shows instead (the answer object of `ask`). */
	output?: object;
}

export interface Command<Args extends Record<string, Arg> = Record<string, Arg>, Gathered = unknown> {
	/** Machine-readable: `decision new`. */
	name: string;
	/** The words that invoke it, first the one that help shows: `beschluss`, `beschluss neu`. */
	words: Record<Language, readonly string[]>;
	summary: Text;
	example: Text;
	/** The role that it takes. Checked in the dispatcher and nowhere else. */
	role: Role;
	/** The role below which it is refused at once, where `may` can let others than `role` in. */
	leastRole?: Role;
	/** Asked once the values are known, instead of the role alone; `false` = refused. */
	may?(context: Context, args: Values<Args>): boolean | Promise<boolean>;
	/** What is said where `may` refuses somebody whose role would do: no role can be granted for it. */
	mayNot?: Text;
	/** A write is audited, and confirmed where it came from loose words. */
	writes: boolean;
	/** Makes something new out of free text: loose words are confirmed first, and the same again within 60 seconds makes nothing new. */
	once?: boolean;
	/** A find word: a command only where no sentence follows (chat.md). */
	finds?: boolean;
	args: Args;
	slack?: {
		/** Slash alias without the slash, with or without text. */
		alias?: string;
		/** Offered as a form where something required is missing. */
		form?: boolean;
		/** Without any value, who may run this other command gets its form instead. */
		emptyOpens?: string;
		/** Message shortcut: callback id, and the argument that takes the message's text. */
		shortcut?: { id: string; into: keyof Args & string };
	};
	/**
	 * Its form begins with these: the present values of the record that `values` name. What is left as it was is not given to `run`,
	 * what is emptied is given as `-`.
	 */
	prefill?(network: Network, values: Raw, world: World): FormValues;
	/** Files of such names that come without another command run it. */
	takesFiles?(name: string): boolean;
	/** Takes the text of the message that it replies to, as this argument (Matrix). */
	replyInto?: keyof Args & string;
	/**
	 * Reaches outside before `run`: fetches a file, asks another machine. After the roles are checked, outside of any transaction, within
	 * `PATIENCE_MS`. May be called again after a crash, so it changes nothing.
	 * @throws UserError
	 */
	gather?(outside: Outside, said: Gathering, args: Values<Args>): Promise<Gathered>;
	/** @param gathered what `gather` brought */
	run(context: Context, args: Values<Args>, gathered: Gathered): Promise<Outcome>;
}

/** Keeps the argument types of a command object. */
export const command = <Args extends Record<string, Arg>, Gathered = unknown>(
	definition: Command<Args, Gathered>,
): Command<Args, Gathered> => definition;
