// What went wrong with a request, in the four ways that differ in what to do next.
import { z } from "zod";
import { SendError } from "../../bot/platform.ts";
import { MatrixError } from "./sdk.ts";

/**
 * `token`: the access token is dead. `limited`: too many requests. `refused`: the server understood and said no.
 * `away`: not reached, or something that is no answer of a Matrix server; trying again makes sense.
 */
export interface Fault {
	kind: "token" | "limited" | "refused" | "away";
	status: number | null;
	errcode: string | null;
	retryAfterMs: number | null;
	/** For the log: no message text, no addresses of people. */
	detail: string;
}

/** A status of success with something that is no Matrix answer: a login portal, a cut page. */
export class NoAnswer extends Error {
	constructor(what: string) {
		super(`the answer to ${what} is not one of a Matrix server`);
		this.name = "NoAnswer";
	}
}

const bareResponse = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()).default({}) });
const withCause = z.object({ cause: z.object({ code: z.string() }) });
const DEAD = new Set(["M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"]);

export function faultOf(error: unknown): Fault {
	if (error instanceof MatrixError) {
		const { statusCode: status, errcode, retryAfterMs } = error;
		const fault = { status, errcode, retryAfterMs: retryAfterMs ?? null, detail: `${status} ${errcode}` };
		if (DEAD.has(errcode)) return { ...fault, kind: "token" };
		if (status === 429 || errcode === "M_LIMIT_EXCEEDED") return { ...fault, kind: "limited" };
		return { ...fault, kind: status >= 500 ? "away" : "refused" };
	}
	const response = bareResponse.safeParse(error);
	if (response.success) {
		// Without an error code it is not the homeserver that answers but something in front of it: never final.
		const { statusCode: status, headers } = response.data;
		const seconds = Number(headers["retry-after"]);
		const retryAfterMs = headers["retry-after"] !== undefined && Number.isFinite(seconds) ? seconds * 1000 : null;
		return { kind: status === 429 ? "limited" : "away", status, errcode: null, retryAfterMs, detail: `${status}` };
	}
	const cause = withCause.safeParse(error);
	const name = error instanceof Error ? (error instanceof NoAnswer ? error.message : error.name) : "unknown";
	const detail = cause.success ? cause.data.cause.code : name;
	return { kind: "away", status: null, errcode: null, retryAfterMs: null, detail };
}

/** As the ledger wants it. Everything that may pass is `later`: the transaction id makes a repeated send harmless. */
export function sendErrorOf(error: unknown): SendError {
	if (error instanceof SendError) return error;
	const { kind, errcode, detail, retryAfterMs } = faultOf(error);
	if (kind === "limited") {
		return new SendError(
			"later",
			{
				de: "Der Matrix-Server bremst: zu viele Nachrichten. Ein Administrator des Servers kann den Bot davon befreien.",
				en: "The Matrix server slows down: too many messages. An administrator of the server can free the bot of it.",
			},
			retryAfterMs ?? 5000,
		);
	}
	if (kind === "token") {
		const text = { de: "Das Zugangstoken des Bots gilt nicht mehr.", en: "The bot's access token is no longer valid." };
		return new SendError("later", text, 60_000);
	}
	if (kind === "away") {
		return new SendError("later", {
			de: `Der Matrix-Server ist nicht erreichbar (${detail}).`,
			en: `The Matrix server cannot be reached (${detail}).`,
		});
	}
	if (errcode === "M_FORBIDDEN") {
		return new SendError("never", {
			de: "Der Bot darf in diesem Raum nicht schreiben oder ist nicht (mehr) darin. Bitte laden Sie ihn wieder ein.",
			en: "The bot may not write in this room or is not in it (any more). Please invite it again.",
		});
	}
	return new SendError("never", {
		de: `Der Matrix-Server hat die Nachricht abgelehnt (${detail}).`,
		en: `The Matrix server refused the message (${detail}).`,
	});
}
