// How much may be sent now. Synapse counts messages and reactions per user over all rooms: ten at once, then one in five seconds,
// and a bot learns only by a refusal whether its server is more generous. After one it keeps to the pace that the refusals tell,
// so that a queue of messages does not run into the next refusal, and leaves room for answers.

/** Synapse's defaults. */
const BURST = 10;
const PER_SECOND = 0.2;
/** Kept for answers: reactions are a convenience, a number can be typed. */
const REACTIONS_LEAVE = 3;
/** Kept for answers by what nobody waits for: reminders, announcements. */
const OTHERS_LEAVE = 2;
/** Accepted without a refusal, so many make the pace a little quicker again. */
const SMOOTH = 10;
const QUICKER = 1.5;
const SLOWER = 0.97;
/** A first refusal says little: a part of the next one may have been saved up. */
const GUESS = 5;
/** Quicker than this is no limit. */
const FREE = 10;

/** @param now milliseconds on a clock that only goes forward */
export function gateOf(now: () => number = () => performance.now()) {
	/** Null until the first refusal: then what is left, and how fast it grows (a second). */
	let limit: { left: number; counted: number; rate: number; smooth: number } | null = null;
	let closedUntil = 0;
	let failures = 0;
	let acceptedAt = Number.NEGATIVE_INFINITY;

	function refill(): number {
		if (limit === null) return BURST;
		limit.left = Math.min(BURST, limit.left + ((now() - limit.counted) / 1000) * limit.rate);
		limit.counted = now();
		return limit.left;
	}

	return {
		/** Milliseconds for which nothing may be sent; 0 = go on. @param urgent somebody waits for it */
		closedFor(urgent: boolean): number {
			const closed = Math.max(0, closedUntil - now());
			if (limit === null) return Math.ceil(closed);
			const missing = (urgent ? 1 : 1 + OTHERS_LEAVE) - refill();
			return Math.ceil(Math.max(closed, missing > 1e-6 ? (missing / limit.rate) * 1000 : 0));
		},
		accepted(): void {
			refill();
			failures = 0;
			acceptedAt = now();
			if (limit === null) return;
			limit.left -= 1;
			limit.smooth += 1;
			if (limit.smooth < SMOOTH) return;
			limit.smooth = 0;
			limit.rate *= QUICKER;
			if (limit.rate >= FREE) limit = null;
		},
		limited(retryAfterMs: number): void {
			refill();
			// Refused straight after one that was accepted: that is the server's pace; a little slower, clocks are not alike.
			const since = now() - acceptedAt + retryAfterMs;
			const told = since < 60_000 ? (1000 * SLOWER) / Math.max(since, 100) : PER_SECOND;
			const rate = Math.min(told, limit?.rate ?? GUESS);
			limit = { left: 1 - (rate * retryAfterMs) / 1000, counted: now(), rate, smooth: 0 };
			closedUntil = Math.max(closedUntil, now() + retryAfterMs + 100);
		},
		/** Not reached: a moment of silence, longer each time, so that a queue of messages does not become a storm. */
		failed(): void {
			failures += 1;
			closedUntil = Math.max(closedUntil, now() + Math.min(150 * 2 ** failures, 5000) * (0.5 + Math.random() / 2));
		},
		/** May so many reactions be added and still leave room for answers? */
		affords(reactions: number): boolean {
			return now() >= closedUntil && (limit === null || refill() - reactions >= REACTIONS_LEAVE);
		},
	};
}
