// Keeps the platform connected: at once after a loss, with growing pauses after failures. Over WebSockets there are two lines, so that
// what Slack delivers while it renews one of them, or while one is broken, comes over the other: commands and buttons are not repeated.
import type { Logger } from "pino";
import type { PlatformState } from "../../bot/platform.ts";

export interface Connection {
	state(): PlatformState;
	/** Resolves after the first attempt, however it went; goes on trying in the background. */
	start(): Promise<void>;
	stop(): void;
}

/** `leaving`: Slack has announced that it will close this line, which still brings through what it has begun. */
export type Loss = "leaving" | "gone";

export interface Attempt {
	/** Connects; the promise inside resolves when that line is lost. */
	connect(): Promise<{ lost: Promise<Loss> }>;
	/** True where trying again soon is pointless: the token is refused. Logs what to do. */
	hopeless(error: unknown): boolean;
	/** The second one is only there for when the first is away. Default 1. */
	lines?: 1 | 2;
	/** How long after the first the second line is opened: Slack closes each after some hours, and never shall it be both at once. */
	staggerMs?: number;
}

const HOPELESS_MS = 5 * 60_000;
const LONGEST_MS = 30_000;
const STAGGER_MS = 2000;
/** A line that is lost sooner counts as a failure, or a refused one would be tried in a tight loop. */
const STEADY_MS: Record<Loss, number> = { gone: 5000, leaving: 1000 };

export function connection(attempt: Attempt, log: Logger): Connection {
	const { connect, hopeless, lines = 1, staggerMs = STAGGER_MS } = attempt;
	const states: PlatformState[] = ["connecting"];
	/** What sleeps or waits for the first line; `stop` wakes it. */
	const sleeping = new Set<() => void>();
	const waiting = new Set<() => void>();
	let stopped = false;
	let running = false;
	/** When the first line was opened last. */
	let opened = 0;

	const pause = (ms: number) =>
		new Promise<void>((resolve) => {
			const wake = () => {
				clearTimeout(timer);
				sleeping.delete(wake);
				resolve();
			};
			const timer = setTimeout(wake, ms);
			sleeping.add(wake);
		});

	const firstStands = () =>
		new Promise<void>((resolve) => {
			if (stopped || states[0] === "connected") resolve();
			else waiting.add(resolve);
		});

	function wakeAll(some: Set<() => void>) {
		for (const wake of [...some]) wake();
		some.clear();
	}

	function set(line: number, state: PlatformState) {
		states[line] = stopped ? "down" : state;
		if (line > 0 || state !== "connected") return;
		opened = performance.now();
		wakeAll(waiting);
	}

	/** One connection's life. @returns how many times in a row it has failed now */
	async function once(line: number, failures: number, tried: () => void): Promise<number> {
		const { lost } = await connect();
		set(line, "connected");
		tried();
		const since = performance.now();
		const how = await lost;
		if (stopped) return 0;
		// A line that only leaves is replaced before it is gone.
		if (how === "gone") set(line, "connecting");
		log.info({ line, how }, "Slack closed a connection, connecting again");
		return performance.now() - since < STEADY_MS[how] ? failures + 1 : 0;
	}

	async function keep(line: number, tried: () => void) {
		let failures = 0;
		while (!stopped) {
			if (line > 0) {
				await firstStands();
				await pause(Math.max(0, opened + staggerMs - performance.now()));
				if (stopped) break;
			}
			let longest = LONGEST_MS;
			try {
				failures = await once(line, failures, tried);
				if (failures <= 1) continue;
			} catch (error) {
				if (stopped) break;
				failures++;
				set(line, "down");
				tried();
				if (hopeless(error) || line > 0) longest = HOPELESS_MS;
			}
			await pause(Math.min(longest, 250 * 2 ** failures) * (0.75 + Math.random() / 2));
		}
		tried();
		set(line, "down");
	}

	return {
		state: () => states.find((state) => state === "connected") ?? states[0] ?? "connecting",
		start() {
			if (running) return Promise.resolve();
			running = true;
			return new Promise((tried) => {
				void keep(0, tried);
				if (lines > 1) void keep(1, () => {});
			});
		},
		stop() {
			stopped = true;
			states.fill("down");
			wakeAll(waiting);
			wakeAll(sleeping);
		},
	};
}
