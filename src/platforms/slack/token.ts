// Whether Slack takes the bot token. Once it is refused, everything waits in the ledger and one question is asked with growing pauses.
import type { Logger } from "pino";
import { within } from "./api.ts";

export interface Token {
	/** Slack's code while it refuses the token; null = it is taken, as far as anybody knows. */
	refused(): string | null;
	/** Slack has just refused it. */
	refuse(code: string): void;
	stop(): void;
}

const FIRST_MS = 500;
const LONGEST_MS = 5 * 60_000;
const ASK_MS = 15_000;

/** @param taken asks Slack whether it takes the token; a rejection counts as no */
export function tokenWatch(taken: () => Promise<boolean>, log: Logger): Token {
	let code: string | null = null;
	let timer: NodeJS.Timeout | null = null;
	let stopped = false;

	function later(pause: number): void {
		if (stopped) return;
		timer = setTimeout(() => void ask(pause), pause * (0.75 + Math.random() / 2)).unref();
	}

	async function ask(pause: number): Promise<void> {
		if (await within(ASK_MS, taken(), false)) {
			code = null;
			log.info("Slack takes the bot token again, what waited is sent now");
			return;
		}
		if (pause >= LONGEST_MS / 4) log.error({ code }, "Slack still refuses SLACK_BOT_TOKEN");
		later(Math.min(LONGEST_MS, pause * 2));
	}

	return {
		refused: () => code,
		refuse(given) {
			if (code !== null || stopped) return;
			code = given;
			log.error(
				{ code },
				"Slack refuses SLACK_BOT_TOKEN: install the app in its workspace again, set the new token and restart. Nothing is lost, nothing is sent until then",
			);
			later(FIRST_MS);
		},
		stop() {
			stopped = true;
			if (timer) clearTimeout(timer);
		},
	};
}
