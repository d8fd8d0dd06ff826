// Keeps the platform connected: at once after a loss, with growing pauses after failures. Bolt itself would wait five
// seconds after every disconnect, during which commands and buttons fail.
import type { Logger } from "pino";
import type { PlatformState } from "../../bot/platform.ts";

export interface Connection {
	state(): PlatformState;
	/** Resolves after the first attempt, however it went; goes on trying in the background. */
	start(): Promise<void>;
	stop(): void;
}

export interface Attempt {
	/** Connects; the promise inside resolves when that connection is lost. */
	connect(): Promise<{ lost: Promise<void> }>;
	/** True where trying again soon is pointless: the token is refused. Logs what to do. */
	hopeless(error: unknown): boolean;
}

const HOPELESS_MS = 5 * 60_000;
const LONGEST_MS = 30_000;
/** A connection that is lost sooner counts as a failure, or a refused one would be tried in a tight loop. */
const STEADY_MS = 5000;

export function connection({ connect, hopeless }: Attempt, log: Logger): Connection {
	let state: PlatformState = "connecting";
	let stopped = false;
	let running: Promise<void> | null = null;
	let wake = () => {};

	const pause = (ms: number) =>
		new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, ms);
			wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});

	async function run(tried: () => void) {
		let failures = 0;
		while (!stopped) {
			try {
				const { lost } = await connect();
				state = "connected";
				tried();
				const since = performance.now();
				await lost;
				if (stopped) break;
				state = "connecting";
				failures = performance.now() - since < STEADY_MS ? failures + 1 : 0;
				log.info({ failures }, "Slack closed the connection, connecting again");
			} catch (error) {
				if (stopped) break;
				failures++;
				state = "down";
				tried();
				if (hopeless(error)) {
					await pause(HOPELESS_MS);
					continue;
				}
			}
			if (failures > 0) await pause(Math.min(LONGEST_MS, 250 * 2 ** failures) * (0.75 + Math.random() / 2));
		}
		tried();
		state = "down";
	}

	return {
		state: () => state,
		start() {
			if (running !== null) return Promise.resolve();
			return new Promise((tried) => {
				running = run(tried);
			});
		},
		stop() {
			stopped = true;
			state = "down";
			wake();
		},
	};
}
