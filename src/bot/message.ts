/** What comes in: one person's words, button press or filled form, already free of the platform's own syntax. */
import type { PlatformName } from "../lib/platform.ts";
import type { Language } from "../lib/text.ts";

/** Where something is said and where the answer goes. */
export interface Place {
	platform: PlatformName;
	/** Slack channel id, Matrix room id, console channel key. */
	address: string;
	/** Thread in which to answer (Slack `thread_ts`, Matrix thread root); null = the conversation itself. */
	thread: string | null;
	/** `direct` = only this person and the bot read it. */
	kind: "channel" | "direct";
}

export interface Sender {
	/** Slack user id, Matrix user id, `operator` on the console. */
	id: string;
	/** Display name, where the platform tells it. */
	name: string | null;
	/** From the client's locale, where the platform tells it. */
	language: Language | null;
	/** IANA zone of the client, where the platform tells it. */
	timezone: string | null;
}

/** Values of a form or a prefilled form, by the English argument name; several values as in a network-folder cell list. */
export type FormValues = Record<string, string[]>;

/**
 * How the words reached us.
 * `command`: `!x` or a slash command — certainly a command line. `mention`, `direct`: a command line or a question.
 * `answer`: neither mention nor `!` — only counts where the bot waits for this person's answer in this place; else it is ignored.
 * `button`: a button's command line. `choice`: a number picked by reaction. `form`: a submitted form. `shortcut`: asks to open a form.
 * `edit`: the sender edited the message `edits`.
 */
export type Entry = "command" | "mention" | "direct" | "answer" | "button" | "choice" | "form" | "shortcut" | "edit";

/** A file that was sent with a message, as the platform describes it: nothing here can be relied on, and the bytes are fetched later. */
export interface SentFile {
	name: string;
	mediaType: string | null;
	/** Bytes, where the platform tells. */
	size: number | null;
	/** What the platform needs to fetch it (Slack: an address, Matrix: `mxc://…`); empty = it cannot be fetched. */
	ref: string;
}

export interface Message {
	/** The platform's id of this very event: what is delivered again has the same. Unique with `place.platform`. */
	id: string;
	/** A second identity under which the same words may arrive (Slack: channel and ts of a mention). */
	twin: string | null;
	entry: Entry;
	place: Place;
	sender: Sender;
	/** The line without `!`, mention, slash or quoted fallback; mentions of people replaced by their names. May be empty. */
	text: string;
	/** People mentioned in the text, by the name that stands there now: an account can be meant where a person is asked for. */
	mentions?: readonly { name: string; id: string }[];
	/** Files sent with it; left out = none. */
	files?: readonly SentFile[];
	/** When it was said, by the platform's clock: ISO instant. */
	at: string;
	/** The message it replies to, where the platform shows one: `!beschluss` as a reply takes its text. */
	repliesTo: { id: string; text: string } | null;
	/** `form` and `shortcut`: the command (machine-readable name) and its values; `before`: those that stood in the form when it was opened. */
	form: { command: string; values: FormValues; before?: FormValues } | null;
	/** `edit`: id of the message that was edited. `choice` and `button`: id of the bot's message that carried it. */
	about: string | null;
	/** Lets this platform open a form now (Slack `trigger_id`); null = it cannot. */
	trigger: string | null;
	/** `true`: answer to the asker alone where it is a read (Slack slash commands). */
	quiet: boolean;
}
