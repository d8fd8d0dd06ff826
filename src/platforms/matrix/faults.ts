// What went wrong with a request, in the four ways that differ in what to do next.
import { z } from "zod";
import { SendError } from "../../bot/platform.ts";
import { Unreached } from "./http.ts";
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
const withCode = z.object({ code: z.string() });
const DEAD = new Set(["M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"]);
/** Refusals that pass by themselves, or when the server's administrator has acted; nothing that was owed is given up for them. */
const PASSING = new Set([
	"M_UNRECOGNIZED",
	"M_NOT_JSON",
	"M_RESOURCE_LIMIT_EXCEEDED",
	"M_USER_LOCKED",
	"M_USER_SUSPENDED",
	"ORG.MATRIX.MSC3823.USER_ACCOUNT_SUSPENDED",
]);

/** Did a request go wrong? Anything else that is thrown is a mistake of ours, and trying again would not help. */
export const isFault = (error: unknown): boolean =>
	error instanceof MatrixError ||
	error instanceof NoAnswer ||
	error instanceof Unreached ||
	error instanceof SendError ||
	bareResponse.safeParse(error).success;

export function faultOf(error: unknown): Fault {
	if (error instanceof MatrixError) {
		const { statusCode: status, errcode } = error;
		const fault = { status, errcode, retryAfterMs: waitOf(error.retryAfterMs), detail: `${status} ${errcode}` };
		if (DEAD.has(errcode)) return { ...fault, kind: "token" };
		if (status === 429 || errcode === "M_LIMIT_EXCEEDED") return { ...fault, kind: "limited" };
		if (PASSING.has(errcode)) return { ...fault, kind: "away" };
		// An error code with a status of success is no refusal of a homeserver.
		return { ...fault, kind: status >= 400 && status < 500 ? "refused" : "away" };
	}
	const response = bareResponse.safeParse(error);
	if (response.success) {
		// Without an error code it is not the homeserver that answers but something in front of it: never final.
		const { statusCode: status, headers } = response.data;
		const retryAfterMs = waitOf(headers["retry-after"] === undefined ? null : Number(headers["retry-after"]) * 1000);
		return { kind: status === 429 ? "limited" : "away", status, errcode: null, retryAfterMs, detail: `${status}` };
	}
	return { kind: "away", status: null, errcode: null, retryAfterMs: null, detail: detailOf(error) };
}

/** What a server asks for is believed up to an hour; a timer takes no more than days, and then fires at once. */
function waitOf(milliseconds: unknown): number | null {
	return typeof milliseconds === "number" && milliseconds >= 0 ? Math.min(milliseconds, 3_600_000) : null;
}

function detailOf(error: unknown): string {
	if (error instanceof Unreached) return detailOf(error.cause);
	const code = withCode.safeParse(error);
	if (code.success) return code.data.code;
	if (!(error instanceof Error)) return "unknown";
	if (error.cause !== undefined) return detailOf(error.cause);
	return error instanceof NoAnswer ? error.message : error.name;
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
		const text = {
			de: `Der Matrix-Server ist nicht erreichbar (${detail}).`,
			en: `The Matrix server cannot be reached (${detail}).`,
		};
		return new SendError("later", text, retryAfterMs);
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
