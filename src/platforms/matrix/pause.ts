import { setTimeout as timer } from "node:timers/promises";

/** Waits so long or until the signal; never throws. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** A timer takes no more than 24 days, and then fires at once. */
const DAY = 86_400_000;

export const pause: Pause = (ms, signal) => timer(Math.min(ms, DAY), undefined, { signal }).catch(() => {});

/** An outage often ends at once for everybody; a question every few seconds is nothing for a server. */
const LONGEST = 5000;

/** Growing with every failure in a row (1, 2, 3 …), scattered so that bots do not come back all at once; never less than the server asks. */
export function backoff(failures: number, retryAfterMs: number | null = null): number {
	const most = Math.min(250 * 2 ** (failures - 1), LONGEST);
	return Math.max(most * (0.5 + Math.random() / 2), retryAfterMs === null ? 0 : retryAfterMs + 100);
}
