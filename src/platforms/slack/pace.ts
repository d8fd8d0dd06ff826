// Slack's speed limits: a message a second and channel with short bursts, a method's calls a minute, and the pauses that its 429 answers
// ask for.

/**
 * Real time, not the bot's clock: these limits run in Slack, whatever time it is for the bot.
 * `now` counts milliseconds from anywhere.
 */
export interface Pace {
	now(): number;
	sleep(ms: number): Promise<void>;
}

export const realPace: Pace = {
	now: () => performance.now(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** How long one call may wait in line or for a pause that Slack asked for, before the ledger takes over. */
export const PATIENCE_MS = 12_000;

export interface Rate {
	everyMs: number;
	/** So many at once. */
	burst: number;
}

export interface Limits {
	/** Takes the next turn of `key` and says how many milliseconds away it is; null = further than `maxWait`, no turn taken. */
	turn(key: string, maxWait: number, rate?: Rate): number | null;
	/** Slack asked for a pause on this method: afterwards one call goes first, the others follow one by one. */
	block(method: string, ms: number): void;
	/** Milliseconds until this method may be called again. */
	blocked(method: string): number;
}

/** A message a second and channel, with some distance. */
const POST_EVERY_MS = 1050;

/** Turns by the generic cell rate algorithm: `burst` at once, then one per `everyMs`; without a rate that of posts in a channel. */
export function limits(pace: Pace, burst = 3, postEveryMs = POST_EVERY_MS): Limits {
	const posts: Rate = { everyMs: postEveryMs, burst };
	const due = new Map<string, number>();
	const until = new Map<string, number>();
	return {
		turn(key, maxWait, { everyMs, burst } = posts) {
			const now = pace.now();
			const end = until.get(key) ?? 0;
			const empty = end === 0 ? 0 : end + (burst - 1) * everyMs;
			const next = Math.max(due.get(key) ?? 0, now, empty);
			const wait = Math.max(0, next - (burst - 1) * everyMs - now);
			if (wait > maxWait) return null;
			due.delete(key);
			due.set(key, next + everyMs);
			for (const [old, at] of due) {
				if (at > now) break;
				due.delete(old);
			}
			return wait;
		},
		block(method, ms) {
			until.set(method, Math.max(until.get(method) ?? 0, pace.now() + ms));
		},
		blocked: (method) => Math.max(0, (until.get(method) ?? 0) - pace.now()),
	};
}
