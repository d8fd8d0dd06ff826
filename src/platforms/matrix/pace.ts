// How fast requests may follow each other, whoever makes them: at most ten a second over all while the server fails, and after a refusal
// for too many requests none of that kind before the time that the server named.
import type { Pause } from "./pause.ts";

/** Between two requests while the server fails. */
const APART_MS = 125;
/** At once, long polls aside: what is under way when a server goes down fails together. */
const AT_ONCE = 4;

export type Pace = ReturnType<typeof paceOf>;

/** @param now milliseconds on a clock that only goes forward */
export function paceOf(pause: Pause, now: () => number = () => performance.now()) {
	const closed = new Map<string, number>();
	const waiting: (() => void)[] = [];
	let ill = false;
	let next = 0;
	let under = 0;

	async function slot(): Promise<void> {
		if (under < AT_ONCE) under += 1;
		else await new Promise<void>((free) => waiting.push(free));
	}
	function leave(): void {
		const first = waiting.shift();
		if (first) first();
		else under -= 1;
	}
	async function apart(signal: AbortSignal): Promise<void> {
		if (!ill) return;
		const at = Math.max(now(), next);
		next = at + APART_MS;
		if (at > now()) await pause(at - now(), signal);
	}

	return {
		/** Milliseconds for which no request of this kind may be made. */
		closedFor: (kind: string): number => Math.max(0, Math.ceil((closed.get(kind) ?? 0) - now())),
		limited(kind: string, retryAfterMs: number): void {
			closed.set(kind, Math.max(closed.get(kind) ?? 0, now() + retryAfterMs));
		},
		/** Runs it when its turn has come. @param long a long poll: it holds up no other */
		async run<T>(
			long: boolean,
			signal: AbortSignal,
			request: () => Promise<T>,
			isAway: (error: unknown) => boolean,
		): Promise<T> {
			if (!long) await slot();
			try {
				await apart(signal);
				const answer = await request();
				ill = false;
				return answer;
			} catch (error) {
				ill = isAway(error);
				if (ill) next = Math.max(next, now() + APART_MS);
				throw error;
			} finally {
				if (!long) leave();
			}
		},
	};
}

/** What a server counts together: `GET members`, `POST join`; everything that makes an event is `message`. */
export function kindOf(method: string, path: string): string {
	const [first = "", , action] = path.replace(/^\/_matrix\/(?:client|media)\/v\d\//, "").split("/");
	const name = first === "rooms" ? (action ?? first) : first;
	return method === "PUT" && /^(?:send|redact|state)$/.test(name) ? "message" : `${method} ${name}`;
}
