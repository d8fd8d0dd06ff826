/** The only source of "now". Handed in, so that tests and `preview` move time instead of waiting for it. */
export interface Clock {
	now(): Temporal.Instant;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that stands still until it is set. */
export function fixedClock(at: string): Clock & { set(at: string): void } {
	let now = Temporal.Instant.from(at);
	return {
		now: () => now,
		set(next) {
			now = Temporal.Instant.from(next);
		},
	};
}
