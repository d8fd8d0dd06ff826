// Slack's payloads as Messages. Pure: who people are and where the bot can be reached is looked up by the caller.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { FormValues, Message, Place, Sender, SentFile } from "../../bot/message.ts";
import type { File, Interacted, SlackEvent, SlashCommand, Speech } from "./payloads.ts";
import { instantOf, mentions, readable } from "./text.ts";

/** A command as Slack needs it: a `Command` object fits as it is. */
export interface SlackCommand {
	/** Machine-readable: `decision new`. */
	name: string;
	/** The words that invoke it, the shown one first. */
	words: { readonly de: readonly string[]; readonly en: readonly string[] };
	summary: { readonly de: string; readonly en: string };
	/** For the hint of a slash alias. */
	example?: { readonly de: string; readonly en: string };
	slack?: null | {
		/** Slash alias without the slash. */
		alias?: string;
		shortcut?: { id: string; into: string };
	};
}

/** What somebody said, before ids are names. */
export interface Said {
	/** With `<@U…>` and Slack's escaping. */
	raw: string;
	entry: "mention" | "direct" | "answer" | "edit";
	user: string;
	place: Place;
	ts: string;
	about: string | null;
	files: readonly SentFile[];
}

/** Subtypes that are a person speaking; joins, topics, bots and the like are not. */
const SPEECH = new Set([undefined, "file_share", "thread_broadcast", "me_message"]);

const spoken = (speech: { subtype?: string; bot_id?: string; user?: string }, self: string) =>
	SPEECH.has(speech.subtype) && speech.bot_id === undefined && speech.user !== undefined && speech.user !== self;

/** What an event says to the bot; null = nothing that a person said. */
export function saidIn(event: SlackEvent, self: string): Said | null {
	const { channel, message, previous_message: before, text = "", ts, user } = event;
	if (channel === undefined || (event.type !== "message" && event.type !== "app_mention")) return null;
	if (event.subtype === "message_changed") {
		// Slack also sends this when a link was unfurled or a thread grew: only other words are an edit.
		if (message === undefined || !spoken(message, self) || message.text === before?.text) return null;
		return { ...said(event, message, self), entry: "edit", about: speechId(channel, message.ts) };
	}
	if (!spoken(event, self) || ts === undefined || user === undefined) return null;
	const files = (event.files ?? []).flatMap((file) => (file === null ? [] : [sentFile(file)]));
	return { ...said(event, { user, text, ts, thread_ts: event.thread_ts }, self), files };
}

const sentFile = ({ id, mimetype, name, size }: File): SentFile => ({
	name: name ?? "",
	mediaType: mimetype ?? null,
	size: size ?? null,
	ref: id,
});

function said(event: SlackEvent, speech: Speech, self: string): Said {
	const direct = event.channel_type === "im";
	const mention = !direct && (event.type === "app_mention" || mentions(speech.text, self));
	// A mention in the channel opens a thread under it; a direct message stays in the conversation.
	const thread = speech.thread_ts ?? (mention ? speech.ts : null);
	const address = event.channel ?? "";
	return {
		raw: speech.text,
		entry: direct ? "direct" : mention ? "mention" : "answer",
		user: speech.user ?? "",
		place: { platform: "slack", address, thread, kind: direct ? "direct" : "channel" },
		ts: speech.ts,
		about: null,
		files: [],
	};
}

/**
 * A mention comes twice, as `message` and as `app_mention` with different event ids, and anything may be delivered again:
 * channel and time are the same each time. An edit names what it edits by them.
 */
const speechId = (channel: string, ts: string) => `${channel}:${ts}`;

const nothing = { repliesTo: null, form: null, about: null, trigger: null, twin: null, quiet: false } as const;

export function messageOf(
	eventId: string,
	what: Said,
	sender: Sender,
	names: ReadonlyMap<string, string>,
	self: string,
): Message {
	const text = readable(what.raw, names, self);
	const command = text.startsWith("!") && (what.entry === "direct" || what.entry === "mention");
	return {
		...nothing,
		id: what.entry === "edit" ? eventId : speechId(what.place.address, what.ts),
		entry: command ? "command" : what.entry,
		place: what.place,
		sender,
		// Without a mention a leading `!` stays: it tells the bot that this is no answer to its question.
		text: what.entry === "answer" ? text : text.replace(/^!\s*/, ""),
		mentions: mentionsIn(names),
		...(what.files.length > 0 ? { files: what.files } : {}),
		at: instantOf(what.ts),
		about: what.about,
	};
}

const mentionsIn = (names: ReadonlyMap<string, string>) => [...names].map(([id, name]) => ({ id, name }));

/** `/beschluss "…"` as the line `beschluss "…"`; `/lotse …` as it is. */
export function slashLine(slash: SlashCommand, commands: readonly SlackCommand[], text: string): string {
	const alias = slash.command.replace(/^\//, "");
	const command = commands.find((one) => one.slack?.alias === alias);
	return command === undefined ? text.replace(/^!\s*/, "") : `${command.words.de[0] ?? alias} ${text}`.trim();
}

export function slashMessage(
	slash: SlashCommand,
	place: Place,
	sender: Sender,
	text: string,
	names: ReadonlyMap<string, string>,
	at: string,
): Message {
	return {
		...nothing,
		id: `slash-${slash.trigger_id}`,
		entry: "command",
		place,
		sender,
		text,
		mentions: mentionsIn(names),
		at,
		trigger: slash.trigger_id,
		quiet: true,
	};
}

/** Buttons are `run.N` for everybody and `only.USER.N` for one person; `form.N` opens a form. */
export const actionId = (index: number, only?: string) =>
	only === undefined ? `run.${index}` : `only.${only}.${index}`;

/** May this person press it? A choice belongs to the person asked. */
export function mayPress(id: string, user: string): boolean {
	const [kind, only] = id.split(".");
	return kind !== "only" || only === user;
}

const Prefilled = z.object({ command: z.string(), values: z.record(z.string(), z.array(z.string())) });

/** The value of a button that opens a form: its command line, or what fills it where something does. */
export function formButton(line: string, command: string, values: FormValues): string {
	const filled = JSON.stringify({ command, values });
	return Object.keys(values).length === 0 || filled.length > 2000 ? line : filled;
}

export function pressed(
	press: Interacted<"block_actions">,
	action: { action_id: string; value: string; action_ts: string },
	place: Place,
	sender: Sender,
	at: string,
): Message {
	const form = action.action_id.startsWith("form.") ? Prefilled.safeParse(jsonIn(action.value)).data : undefined;
	return {
		...nothing,
		id: `press-${press.trigger_id ?? `${press.user.id}-${action.action_ts}`}`,
		entry: form === undefined ? "button" : "shortcut",
		place,
		sender,
		text: form === undefined ? action.value : "",
		at,
		form: form ?? null,
		about: press.container.message_ts ?? null,
		trigger: press.trigger_id ?? null,
	};
}

export function shortcutMessage(
	action: Interacted<"message_action">,
	shortcut: { command: string; into: string },
	text: string,
	place: Place,
	sender: Sender,
	at: string,
): Message {
	return {
		...nothing,
		id: `shortcut-${action.trigger_id}`,
		entry: "shortcut",
		place,
		sender,
		text: "",
		at,
		form: { command: shortcut.command, values: text === "" ? {} : { [shortcut.into]: [text] } },
		trigger: action.trigger_id,
	};
}

/** Sent again unchanged, because its acknowledgement got lost, a form is the same message; with other values it is a new one. */
export function submitted(
	submission: Interacted<"view_submission">,
	form: NonNullable<Message["form"]>,
	place: Place,
	sender: Sender,
	at: string,
): Message {
	const sum = createHash("sha256").update(JSON.stringify(form.values)).digest("hex").slice(0, 16);
	return {
		...nothing,
		id: `form-${submission.view.id}-${sum}`,
		entry: "form",
		place,
		sender,
		text: "",
		at,
		form,
		trigger: submission.trigger_id ?? null,
	};
}

export function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
