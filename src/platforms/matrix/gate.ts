// How much may be sent now. Synapse counts messages and reactions per user over all rooms: ten at once, then one in five seconds,
// and a bot learns only by a refusal whether its server is more generous.

/** Synapse's defaults. */
const BURST = 10;
const PER_SECOND = 0.2;
/** Kept for answers: reactions are a convenience, a number can be typed. */
const RESERVE = 3;

/** @param now milliseconds on a clock that only goes forward */
export function gateOf(now: () => number = () => performance.now()) {
	let left = BURST;
	let counted = now();
	/** Believed until the first refusal, and again when more was taken than the defaults allow. */
	let generous = true;
	let closedUntil = 0;
	let failures = 0;

	function refill(): void {
		left = Math.min(BURST, left + ((now() - counted) / 1000) * PER_SECOND);
		counted = now();
	}

	return {
		/** Milliseconds for which nothing may be sent; 0 = go on. */
		closedFor: () => Math.max(0, Math.ceil(closedUntil - now())),
		accepted(): void {
			refill();
			failures = 0;
			left -= 1;
			if (left < -2) {
				generous = true;
				left = 0;
			}
		},
		limited(retryAfterMs: number): void {
			refill();
			generous = false;
			left = 0;
			closedUntil = Math.max(closedUntil, now() + retryAfterMs + 100);
		},
		/** Not reached: a moment of silence, longer each time, so that a queue of messages does not become a storm. */
		failed(): void {
			failures += 1;
			closedUntil = Math.max(closedUntil, now() + Math.min(150 * 2 ** failures, 5000) * (0.5 + Math.random() / 2));
		},
		/** May so many reactions be added and still leave room for answers? */
		affords(reactions: number): boolean {
			refill();
			return now() >= closedUntil && (generous || left - reactions >= RESERVE);
		},
	};
}
