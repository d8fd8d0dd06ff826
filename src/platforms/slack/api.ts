// Calls to Slack's Web API: the only place that makes them, with Slack's pauses kept and every failure classified.
import type { App } from "@slack/bolt";
import type { z } from "zod";
import type { Limits, Pace } from "./pace.ts";
import type { Token } from "./token.ts";
import { LOCKED_OUT, Trouble, troubleOf } from "./trouble.ts";

const READ = ["channels:read", "groups:read", "im:read", "mpim:read"] as const;
const HISTORY = ["channels:history", "groups:history", "im:history", "mpim:history"] as const;

/** Every method this platform calls, with the scopes it needs. The manifest is made from it, and a test compares it with the code. */
export const METHODS = {
	"auth.test": [],
	"chat.postEphemeral": ["chat:write"],
	"chat.postMessage": ["chat:write"],
	"chat.update": ["chat:write"],
	"conversations.history": HISTORY,
	"conversations.info": READ,
	"conversations.open": ["im:write"],
	"conversations.replies": HISTORY,
	"files.completeUploadExternal": ["files:write"],
	"files.getUploadURLExternal": ["files:write"],
	"files.info": ["files:read"],
	"users.info": ["users:read"],
	"views.open": [],
	"views.publish": [],
} as const;
export type Method = keyof typeof METHODS;

/** Calls a minute that Slack's tiers allow where it is not the third one's 50. Of posts it allows "several hundred" over all channels. */
const PER_MINUTE: Partial<Record<Method, number>> = {
	"chat.postEphemeral": 100,
	"chat.postMessage": 300,
	"files.completeUploadExternal": 100,
	"files.getUploadURLExternal": 100,
	"users.info": 100,
	"views.open": 100,
	"views.publish": 100,
};

/** What only reads, or sets the same once more, may be asked again at once where the answer got lost. */
const REPEATABLE = new Set<Method>([
	"conversations.history",
	"conversations.info",
	"conversations.open",
	"conversations.replies",
	"users.info",
	"views.publish",
]);
const AGAIN_MS = 250;

/**
 * One call. Pauses up to `patience` milliseconds where Slack asks for it, then gives up with outcome `later`.
 * @throws Trouble
 */
export type Call = <Answer>(
	method: Method,
	args: Record<string, unknown>,
	shape: z.ZodType<Answer>,
	patience?: number,
) => Promise<Answer>;

export interface CallPorts {
	client: Pick<App["client"], "apiCall">;
	limits: Limits;
	pace: Pace;
	token: Token;
	/** Tells the other instances of a pause that Slack asks for. */
	tell(method: Method, ms: number): void;
}

export function caller({ client, limits, pace, token, tell }: CallPorts): Call {
	/** Resolves when this method may be called. */
	async function admitted(method: Method, until: number): Promise<void> {
		const rate = PER_MINUTE[method] ?? 50;
		let turn = false;
		for (;;) {
			const left = Math.max(0, until - pace.now());
			const pause = Math.ceil(limits.blocked(method));
			if (pause > left) throw new Trouble("later", "ratelimited", pause);
			if (pause > 0) {
				// Whoever waited takes a turn anew, or all would come back at the same moment.
				turn = false;
				await pace.sleep(pause);
				continue;
			}
			if (turn) return;
			const wait = limits.turn(method, left, { everyMs: 60_000 / rate, burst: rate });
			if (wait === null) throw new Trouble("later", "ratelimited", Math.max(1000, left));
			turn = true;
			if (wait > 0) await pace.sleep(wait);
		}
	}

	return async (method, args, shape, patience = 0) => {
		const until = pace.now() + patience;
		let again = REPEATABLE.has(method);
		for (;;) {
			const refused = token.refused();
			// While the token is refused only one question is asked, and seldom: whether it still is.
			if (refused !== null && method !== "auth.test") throw new Trouble("later", refused);
			await admitted(method, until);
			try {
				const answer = shape.safeParse(await client.apiCall(method, args));
				if (!answer.success) throw new Trouble("unknown", "malformed_answer");
				return answer.data;
			} catch (error) {
				const trouble = troubleOf(error);
				if (trouble.code === "ratelimited") {
					const ms = trouble.retryAfterMs ?? 1000;
					limits.block(method, ms);
					tell(method, ms);
					continue;
				}
				if (LOCKED_OUT.has(trouble.code) && method !== "auth.test") token.refuse(trouble.code);
				if (!again || trouble.outcome !== "unknown" || pace.now() + AGAIN_MS > until) throw trouble;
				again = false;
				await pace.sleep(AGAIN_MS);
			}
		}
	};
}

/** The promise's value, or `fallback` where it takes longer than `ms` or fails. It runs on, and may fill a cache. */
export async function within<Value, Other>(
	ms: number,
	promise: Promise<Value>,
	fallback: Other,
): Promise<Value | Other> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<Other>((resolve) => {
		timer = setTimeout(() => resolve(fallback), ms);
	});
	try {
		return await Promise.race([promise.catch(() => fallback), late]);
	} finally {
		clearTimeout(timer);
	}
}
