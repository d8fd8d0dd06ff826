// Looking whether a message is there already: the ledger key in its metadata says which one it is.
import { z } from "zod";
import type { Call, Method } from "./api.ts";
import { PATIENCE_MS } from "./pace.ts";
import { Trouble } from "./trouble.ts";

/** `event_type` of the metadata that carries the ledger key. */
export const METADATA = "lotse_delivery";

const Page = z.object({
	messages: z.array(
		z.object({
			ts: z.string(),
			bot_id: z.string().optional(),
			files: z.array(z.object({ name: z.string().nullish() })).optional(),
			metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
		}),
	),
	response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface Seen {
	/** `ts` by ledger key. */
	refs: Map<string, string>;
	/** Files that bots shared there. */
	files: { ts: string; name: string }[];
}

export interface Wanted {
	channel: string;
	thread: string | null;
	keys: readonly string[];
	/** Nothing of it can be there from before. */
	since: Temporal.Instant | null;
	/** Files carry no metadata: everything since then has to be read. */
	files: boolean;
}

/** The clocks of this machine and of Slack differ by less. */
const CLOCKS_MS = 3_600_000;
/** As many as Slack gives at a time, so that few calls are needed in a busy channel. */
const LIMIT = 999;
/** Whoever writes more than this into one channel in the time of an outage is no person. */
const PAGES = 40;

/** @throws Trouble with outcome `unknown` where it could not be found out. */
export async function lookUp(call: Call, { channel, thread, keys, since, files }: Wanted): Promise<Seen> {
	const seen: Seen = { refs: new Map(), files: [] };
	const oldest = since === null ? {} : { oldest: `${Math.floor((since.epochMilliseconds - CLOCKS_MS) / 1000)}.000000` };
	const method: Method = thread === null ? "conversations.history" : "conversations.replies";
	const where = { channel, ...(thread === null ? {} : { ts: thread }), ...oldest, limit: LIMIT };
	let cursor: string | undefined;
	for (let page = 0; page < PAGES; page++) {
		try {
			const args = { ...where, include_all_metadata: true, ...(cursor === undefined ? {} : { cursor }) };
			const answer = await call(method, args, Page, PATIENCE_MS);
			note(answer.messages, keys, seen);
			cursor = answer.response_metadata?.next_cursor;
		} catch (error) {
			// The thread's first message was deleted, and with it nothing of ours can be found.
			if (error instanceof Trouble && error.code === "thread_not_found") return seen;
			if (error instanceof Trouble && error.outcome === "later") {
				throw new Trouble("unknown", error.code, error.retryAfterMs);
			}
			throw error;
		}
		const all = !files && keys.every((key) => seen.refs.has(key));
		if (all || cursor === undefined || cursor === "") return seen;
	}
	// Better late than twice: an administrator sees in the ledger that it is stuck.
	throw new Trouble("unknown", "history_too_long");
}

function note(messages: z.infer<typeof Page>["messages"], keys: readonly string[], seen: Seen): void {
	for (const { ts, bot_id, files = [], metadata } of messages) {
		const key = metadata?.event_type === METADATA ? metadata.event_payload.key : undefined;
		if (typeof key === "string" && keys.includes(key)) seen.refs.set(key, ts);
		if (bot_id === undefined) continue;
		for (const { name } of files) if (name) seen.files.push({ ts, name });
	}
}
