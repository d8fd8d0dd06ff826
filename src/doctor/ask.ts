/** One request of the doctor's to a chat, and what its answer's time says about this machine's clock. */
import type { Clock } from "../lib/clock.ts";
import { type Check, failed, mend, ok, warning } from "./check.ts";

export interface Answer {
	status: number;
	headers: Headers;
	body: unknown;
}

const PATIENCE_MS = 10_000;

/** Waits ten seconds at most. @throws what fetch throws */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
	const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
	const text = await response.text();
	let body: unknown = null;
	try {
		body = JSON.parse(text);
	} catch {
		// A proxy's page, as a rule: the status says enough.
	}
	return { status: response.status, headers: response.headers, body };
}

const TOLERATED_S = 30;
/** Slack refuses signatures that are five minutes old; reminders would come late by as much. */
const USELESS_S = 120;

/** The time that a server names in its answer against this machine's; whole seconds, and the way there takes some. */
export function clockAgainst(platform: "slack" | "matrix", { headers }: Answer, clock: Clock): Check[] {
	const named = Date.parse(headers.get("date") ?? "");
	if (Number.isNaN(named)) return [];
	const seconds = Math.round(Math.abs(clock.now().epochMilliseconds - named) / 1000);
	const name = `${platform} clock`;
	const where = { slack: "Slack", matrix: "Homeserver" }[platform];
	const whose = { slack: "Slack", matrix: "the homeserver" }[platform];
	if (seconds <= TOLERATED_S)
		return [
			ok(name, { de: `Die Uhr stimmt mit der von ${where} überein.`, en: `The clock agrees with that of ${whose}.` }),
		];
	const text = {
		de: `Die Uhr dieser Maschine weicht ${seconds} s von der von ${where} ab.`,
		en: `This machine's clock is ${seconds} s away from that of ${whose}.`,
	};
	const remedy = mend(
		"operator",
		"die Zeit aus dem Netz beziehen: timedatectl set-ntp true",
		"take the time from the network: timedatectl set-ntp true",
	);
	return [seconds > USELESS_S ? failed(name, text, remedy) : warning(name, text, remedy)];
}
