// Looking whether a message is there already: the ledger key in its metadata says which one it is.
import { z } from "zod";
import type { Call, Method } from "./api.ts";
import { type Limits, PATIENCE_MS, type Pace } from "./pace.ts";
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

/** A channel's history comes newest first; a thread's oldest first, so more of it has to be read. */
const PAGES = { "conversations.history": 3, "conversations.replies": 10 } as const;

/** @throws Trouble with outcome `unknown` where it could not be found out. */
export async function lookUp(
	call: Call,
	limits: Limits,
	pace: Pace,
	channel: string,
	thread: string | null,
	keys: readonly string[],
): Promise<Seen> {
	const seen: Seen = { refs: new Map(), files: [] };
	const method: Method & keyof typeof PAGES = thread === null ? "conversations.history" : "conversations.replies";
	const where = thread === null ? { channel } : { channel, ts: thread };
	let cursor: string | undefined;
	for (let page = 0; page < PAGES[method]; page++) {
		// Slack allows 50 of these calls a minute.
		const wait = limits.turn(method, PATIENCE_MS, 1300);
		if (wait === null) throw new Trouble("unknown", "ratelimited", PATIENCE_MS);
		if (wait > 0) await pace.sleep(wait);
		try {
			const args = { ...where, limit: 200, include_all_metadata: true, ...(cursor === undefined ? {} : { cursor }) };
			const { messages, response_metadata } = await call(method, args, Page, PATIENCE_MS);
			for (const { ts, bot_id, files = [], metadata } of messages) {
				const key = metadata?.event_type === METADATA ? metadata.event_payload.key : undefined;
				if (typeof key === "string" && keys.includes(key)) seen.refs.set(key, ts);
				if (bot_id === undefined) continue;
				for (const { name } of files) if (name) seen.files.push({ ts, name });
			}
			cursor = response_metadata?.next_cursor;
		} catch (error) {
			// The thread's first message was deleted, and with it nothing of ours can be found.
			if (error instanceof Trouble && error.code === "thread_not_found") return seen;
			if (error instanceof Trouble && error.outcome === "later") {
				throw new Trouble("unknown", error.code, error.retryAfterMs);
			}
			throw error;
		}
		if (cursor === undefined || cursor === "") break;
	}
	return seen;
}
