// One owed message to Slack: form, ephemeral, direct or open; posted once, also where an earlier attempt may have landed.
import type { types } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import type { Bot, Outgoing, Sent } from "../../bot/platform.ts";
import type { Call } from "./api.ts";
import { lookUp, METADATA, type Seen } from "./find.ts";
import { type OpenForm, withFormButton } from "./open.ts";
import { type Limits, PATIENCE_MS, type Pace } from "./pace.ts";
import type { People } from "./people.ts";
import { type Post, type Rendered, render } from "./render.ts";
import { sendError, Trouble } from "./trouble.ts";
import { share } from "./upload.ts";

export interface Sending {
	call: Call;
	people: People;
	limits: Limits;
	pace: Pace;
	bot: Bot;
	log: Logger;
	openForm: OpenForm;
	/** How long after a call that timed out its message can still appear. */
	settleMs: number;
	/** Shown word of a command in the person's language, for the button that opens its form. */
	lineOf(command: string, language: "de" | "en"): string;
}

const Posted = z.object({ ts: z.string() });
const Whispered = z.object({ message_ts: z.string() });
/** The person is not there to read it, or the bot is not there to say it: their direct message reaches them all the same. */
const NOT_HERE = new Set(["not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"]);
const NOT_EDITABLE = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);
const BAD_BLOCKS = new Set(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"]);

export function sending(using: Sending): (outgoing: Outgoing) => Promise<Sent> {
	const { call, people, limits, pace, log } = using;
	/** What this process has posted, by key: a retry of a reply in several messages goes on where it stopped. */
	const done = new Map<string, string>();

	return async (outgoing) => {
		try {
			const opened = outgoing.uncertain ? null : await using.openForm(outgoing);
			if (opened !== null) return opened;
			const rendered = render(outgoing.reply.parts, outgoing.language);
			const { form } = outgoing.reply;
			if (form !== undefined) {
				withFormButton(rendered, form, using.lineOf(form.command, outgoing.language), outgoing.language);
			}
			return await deliver(outgoing, rendered);
		} catch (error) {
			throw error instanceof Trouble ? sendError(error) : error;
		}
	};

	async function deliver(outgoing: Outgoing, rendered: Rendered): Promise<Sent> {
		const { recipient } = outgoing;
		const channel = /^[UW]/.test(outgoing.address) ? await people.direct(outgoing.address) : outgoing.address;
		if (recipient === null || channel.startsWith("D")) return post(outgoing, rendered, channel, outgoing.thread);
		if (rendered.files.length === 0) {
			try {
				return await whisper(outgoing, rendered.posts, channel, recipient);
			} catch (error) {
				if (!(error instanceof Trouble && NOT_HERE.has(error.code))) throw error;
			}
		}
		// An ephemeral message carries no files.
		return post(outgoing, rendered, await people.direct(recipient), null);
	}

	async function whisper(outgoing: Outgoing, posts: Post[], channel: string, user: string): Promise<Sent> {
		const refs: string[] = [];
		for (const [index, { text, blocks }] of posts.entries()) {
			const key = partKey(outgoing.key, index);
			const thread = outgoing.thread === null ? {} : { thread_ts: outgoing.thread };
			const said = { channel, user, text, ...blocksIn(blocks), ...thread };
			refs.push(
				done.get(key) ??
					(await inTurn(channel, async () => {
						const { message_ts } = await call("chat.postEphemeral", said, Whispered, PATIENCE_MS);
						return remember(key, message_ts);
					})),
			);
		}
		return { ref: refs[0] ?? "", address: channel };
	}

	async function post(outgoing: Outgoing, rendered: Rendered, channel: string, thread: string | null): Promise<Sent> {
		const keys = rendered.posts.map((_, index) => partKey(outgoing.key, index));
		const missing = keys.some((key) => !done.has(key)) || rendered.files.length > 0;
		const seen: Seen | null =
			outgoing.uncertain && missing
				? await lookUp(call, {
						channel,
						thread,
						keys,
						since: outgoing.since ?? null,
						files: rendered.files.length > 0,
					})
				: null;
		for (const [key, ts] of seen?.refs ?? []) remember(key, ts);
		const first = () => done.get(outgoing.key) ?? "";
		try {
			for (const [index, one] of rendered.posts.entries()) {
				const key = partKey(outgoing.key, index);
				if (done.has(key)) continue;
				remember(key, await inTurn(channel, () => say(one, key, channel, thread, index === 0 ? outgoing.edits : null)));
			}
			for (const [index, file] of rendered.files.entries()) {
				const key = `${outgoing.key}/${index}`;
				if (done.has(key) || seen?.files.some((one) => one.name === file.name && Number(one.ts) > Number(first())))
					continue;
				await inTurn(channel, () => share(call, file, channel, thread));
				remember(key, "shared");
			}
		} catch (error) {
			// What timed out may still be stored a while later: looking at once would find nothing and post it twice.
			if (error instanceof Trouble && error.code === "timeout") throw new Trouble("unknown", "timeout", using.settleMs);
			// A part is there already, so another process has to look before it sends the rest.
			if (error instanceof Trouble && error.outcome === "later" && first() !== "") {
				throw new Trouble("unknown", error.code, error.retryAfterMs);
			}
			throw error;
		}
		return { ref: first(), address: channel };
	}

	async function say(
		{ text, blocks }: Post,
		key: string,
		channel: string,
		thread: string | null,
		edits: string | null,
	) {
		if (edits !== null) {
			try {
				// Blocks that are not sent would stay as they were.
				const change = { channel, ts: edits, text, blocks, parse: "none", link_names: false };
				return (await call("chat.update", change, Posted, PATIENCE_MS)).ts;
			} catch (error) {
				if (!(error instanceof Trouble && NOT_EDITABLE.has(error.code))) throw error;
				// It is gone or too old: what it offered is gone with it.
				return edits;
			}
		}
		const said = {
			channel,
			text,
			...(thread === null ? {} : { thread_ts: thread }),
			metadata: { event_type: METADATA, event_payload: { key } },
			parse: "none",
			link_names: false,
			mrkdwn: false,
			unfurl_links: false,
			unfurl_media: false,
		};
		try {
			return (await call("chat.postMessage", { ...said, ...blocksIn(blocks) }, Posted, PATIENCE_MS)).ts;
		} catch (error) {
			if (!(error instanceof Trouble && BAD_BLOCKS.has(error.code))) throw error;
			// Refused, so not posted: words without their form are better than silence.
			log.error({ key, code: error.code }, "Slack refused the form of a message, sending its text alone");
			return (await call("chat.postMessage", said, Posted, PATIENCE_MS)).ts;
		}
	}

	/** Waits for this channel's turn: Slack allows one message a second with short bursts. */
	async function inTurn<Value>(channel: string, send: () => Promise<Value>): Promise<Value> {
		const wait = limits.turn(`post:${channel}`, PATIENCE_MS);
		if (wait === null) throw new Trouble("later", "ratelimited", PATIENCE_MS);
		if (wait > 0) await pace.sleep(wait);
		return send();
	}

	function remember(key: string, ts: string): string {
		done.set(key, ts);
		for (const oldest of done.keys()) {
			if (done.size <= 2000) break;
			done.delete(oldest);
		}
		return ts;
	}
}

const partKey = (key: string, index: number) => (index === 0 ? key : `${key}.${index + 1}`);
const blocksIn = (blocks: types.KnownBlock[]) => (blocks.length === 0 ? {} : { blocks });
