/**
 * Whose turn it is to speak at an address. Over several instances one at a time speaks there, and goes on for a moment after its last
 * message: platforms count how much is said in a channel, and two who do not know of each other would exceed it and get out of order.
 */
import type { Lock } from "./platform.ts";

/** The turn is kept so long after the last message. */
const LINGER_MS = 3_000;

export interface Turns {
	/** False: another instance speaks there; it will take up what is owed. */
	take(address: string): Promise<boolean>;
	/** One message is through. */
	done(address: string): void;
	close(): Promise<void>;
}

interface Held {
	/** Resolves whether the lock was got. */
	got: Promise<boolean>;
	busy: number;
	timer: NodeJS.Timeout | null;
}

export function turnsOf(lock: Lock, lingerMs = LINGER_MS): Turns {
	const held = new Map<string, Held>();
	const nameOf = (address: string) => `speak:${address}`;

	async function giveBack(address: string): Promise<void> {
		held.delete(address);
		await lock.release(nameOf(address));
	}

	return {
		async take(address) {
			const one = held.get(address) ?? { got: lock.take(nameOf(address)), busy: 0, timer: null };
			held.set(address, one);
			if (one.timer) clearTimeout(one.timer);
			one.timer = null;
			one.busy++;
			const got = await one.got.catch((error: unknown) => {
				held.delete(address);
				throw error;
			});
			if (got) lock.onLost(nameOf(address), () => held.delete(address));
			else if (held.get(address) === one) held.delete(address);
			return got;
		},
		done(address) {
			const one = held.get(address);
			if (!one) return;
			one.busy--;
			if (one.busy > 0) return;
			one.timer = setTimeout(() => void giveBack(address).catch(() => {}), lingerMs).unref();
		},
		async close() {
			for (const [address, { timer }] of held) {
				if (timer) clearTimeout(timer);
				await giveBack(address);
			}
		},
	};
}
