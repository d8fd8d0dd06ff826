// What went wrong in a call to Slack, and whether the message may be there all the same.
import { z } from "zod";
import { SendError } from "../../bot/platform.ts";
import type { Text } from "../../lib/text.ts";

/** A failed call. `code` is Slack's own where it gave one. */
export class Trouble extends Error {
	readonly outcome: "later" | "unknown" | "never";
	readonly code: string;
	readonly retryAfterMs: number | null;

	constructor(outcome: "later" | "unknown" | "never", code: string, retryAfterMs: number | null = null) {
		super(code);
		this.name = "Trouble";
		this.outcome = outcome;
		this.code = code;
		this.retryAfterMs = retryAfterMs;
	}
}

/** Slack says that these may come after a partial success. */
const UNSURE = new Set(["fatal_error", "internal_error", "request_timeout", "service_unavailable"]);
const LATER = new Set(["ratelimited", "rate_limited", "accesslimited", "team_added_to_org"]);
/** The request never left this machine. */
const UNSENT = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"ENETUNREACH",
	"EHOSTUNREACH",
	"UND_ERR_CONNECT_TIMEOUT",
]);

/** The SDK's errors by their documented codes: importing their classes would need a second direct dependency. */
const Failure = z.discriminatedUnion("code", [
	z.object({ code: z.literal("slack_webapi_rate_limited_error"), retryAfter: z.number() }),
	z.object({ code: z.literal("slack_webapi_platform_error"), data: z.object({ error: z.string() }) }),
	z.object({ code: z.literal("slack_webapi_http_error"), statusCode: z.number() }),
	z.object({ code: z.literal("slack_webapi_request_error"), original: z.unknown() }),
]);

/** @throws the error itself where it is none of a call to Slack: a fault of ours. */
export function troubleOf(error: unknown): Trouble {
	if (error instanceof Trouble) return error;
	const { data: failure } = Failure.safeParse(error);
	switch (failure?.code) {
		case "slack_webapi_rate_limited_error":
			return new Trouble("later", "ratelimited", failure.retryAfter * 1000);
		case "slack_webapi_platform_error": {
			const code = failure.data.error;
			// Where a proxy answered with a page instead of JSON, the SDK puts the whole page here.
			if (!/^[a-z0-9_-]+$/i.test(code)) return new Trouble("unknown", "malformed_answer");
			if (UNSURE.has(code)) return new Trouble("unknown", code);
			// A token can be renewed: what is owed waits for that.
			return new Trouble(LATER.has(code) || LOCKED_OUT.has(code) ? "later" : "never", code);
		}
		case "slack_webapi_http_error": {
			const unsure = failure.statusCode >= 500 || failure.statusCode === 408;
			return new Trouble(unsure ? "unknown" : "later", `http_${failure.statusCode}`);
		}
		case "slack_webapi_request_error":
			return new Trouble(...unreached(failure.original));
		default:
			throw error;
	}
}

function unreached(error: unknown): ["later" | "unknown", string] {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
		if (UNSENT.has(code)) return ["later", code];
		if (/^(E[A-Z]+|UND_[A-Z_]+)$/.test(code)) return ["unknown", code];
		if (cause.name === "TimeoutError") return ["unknown", "timeout"];
	}
	return ["unknown", "connection_lost"];
}

const NOT_THERE: Text = {
	de: "Lotse ist nicht (mehr) in diesem Kanal oder es gibt ihn nicht: im Kanal /invite @Lotse eingeben oder ihn neu verbinden.",
	en: "Lotse is not (or no longer) in this channel, or it does not exist: type /invite @Lotse there or bind it again.",
};
const TOKEN: Text = {
	de: "Slack nimmt das Bot-Token nicht an: in der Slack-App neu installieren und SLACK_BOT_TOKEN erneuern.",
	en: "Slack refuses the bot token: reinstall the Slack app and renew SLACK_BOT_TOKEN.",
};
const PERSON: Text = {
	de: "Diese Person ist in Slack nicht (mehr) zu erreichen.",
	en: "This person cannot be reached in Slack (any more).",
};
const REASONS: Record<string, Text> = {
	is_archived: {
		de: "Der Kanal ist archiviert: Archivierung aufheben oder einen anderen Kanal verbinden.",
		en: "The channel is archived: unarchive it or bind another one.",
	},
	channel_not_found: NOT_THERE,
	not_in_channel: NOT_THERE,
	account_inactive: TOKEN,
	invalid_auth: TOKEN,
	not_allowed_token_type: TOKEN,
	not_authed: TOKEN,
	token_revoked: TOKEN,
	token_expired: TOKEN,
	missing_scope: {
		de: "Der Slack-App fehlt eine Berechtigung: Manifest abgleichen und die App neu installieren.",
		en: "The Slack app lacks a scope: compare its manifest and reinstall the app.",
	},
	user_not_found: PERSON,
	user_disabled: PERSON,
	user_not_visible: PERSON,
	cannot_dm_bot: PERSON,
	messages_tab_disabled: {
		de: "Die Slack-App lässt keine Direktnachrichten zu: unter App Home den Messages Tab einschalten.",
		en: "The Slack app allows no direct messages: switch on the Messages Tab under App Home.",
	},
	ratelimited: { de: "Slack verlangt eine Pause.", en: "Slack asks for a pause." },
};

/** The token is refused until an administrator acts. */
export const LOCKED_OUT = new Set(Object.keys(REASONS).filter((code) => REASONS[code] === TOKEN));

export function sendError(trouble: Trouble): SendError {
	const known = REASONS[trouble.code];
	const general: Text = {
		de: `Slack hat nicht wie erwartet geantwortet (${trouble.code}).`,
		en: `Slack did not answer as expected (${trouble.code}).`,
	};
	return new SendError(trouble.outcome, known ?? general, trouble.retryAfterMs);
}
