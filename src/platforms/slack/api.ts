// Calls to Slack's Web API: the only place that makes them, with Slack's pauses kept and every failure classified.
import type { App } from "@slack/bolt";
import type { z } from "zod";
import type { Limits, Pace } from "./pace.ts";
import { Trouble, troubleOf } from "./trouble.ts";

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

export function caller(client: Pick<App["client"], "apiCall">, limits: Limits, pace: Pace): Call {
	return async (method, args, shape, patience = 0) => {
		for (let waited = 0; ; ) {
			const pause = Math.ceil(limits.blocked(method));
			if (pause > 0) {
				if (waited + pause > patience) throw new Trouble("later", "ratelimited", pause);
				waited += pause;
				await pace.sleep(pause);
				continue;
			}
			try {
				const answer = shape.safeParse(await client.apiCall(method, args));
				if (!answer.success) throw new Trouble("unknown", "malformed_answer");
				return answer.data;
			} catch (error) {
				const trouble = troubleOf(error);
				if (trouble.code !== "ratelimited") throw trouble;
				limits.block(method, trouble.retryAfterMs ?? 1000);
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
