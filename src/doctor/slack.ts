/** Slack: are the tokens taken, is no scope missing, what of the app's settings must be compared by hand? */
import { z } from "zod";
import type { Command } from "../bot/command.ts";
import type { Clock } from "../lib/clock.ts";
import type { Config, SlackConfig } from "../lib/config.ts";
import type { Network } from "../network/records.ts";
import { EVENTS, manifest } from "../platforms/slack/manifest.ts";
import { slackAdmins, unknownAdministrators } from "./administrators.ts";
import { type Answer, ask, clockAgainst } from "./ask.ts";
import { type Check, failed, mend, ok, part, reasonOf } from "./check.ts";
import { checkSlackChannels } from "./slack-channels.ts";

const answerShape = z.object({ ok: z.boolean(), error: z.string().optional() });
const whoShape = answerShape.extend({ team: z.string().optional(), user: z.string().optional() });
const userShape = answerShape.extend({ user: z.object({ deleted: z.boolean().optional() }).optional() });

const APPS = "https://api.slack.com/apps";

/** One call of the Web API. */
export type SlackCall = (method: string, args?: Record<string, string>) => Promise<Answer>;

function caller({ apiUrl }: SlackConfig, token: string): SlackCall {
	const base = apiUrl ?? "https://slack.com/api/";
	return (method, args = {}) =>
		ask(new URL(method, base.endsWith("/") ? base : `${base}/`).href, {
			method: "POST",
			headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
			body: new URLSearchParams(args).toString(),
		});
}

const unreachable = (name: string, reason: string) =>
	failed(
		name,
		{ de: `Slack ist nicht erreichbar (${reason}).`, en: `Slack cannot be reached (${reason}).` },
		mend(
			"operator",
			"Verbindungen zu slack.com (443) erlauben, SLACK_API_URL prüfen",
			"allow connections to slack.com (443), check SLACK_API_URL",
		),
	);

const refused = (name: string, variable: string, error: string, where: string) =>
	failed(
		name,
		{ de: `Slack nimmt ${variable} nicht an (${error}).`, en: `Slack does not take ${variable} (${error}).` },
		mend(
			"slack",
			`unter ${APPS} → Lotse → ${where} einen neuen Token holen; der Betrieb setzt ihn in ${variable}`,
			`get a new token at ${APPS} → Lotse → ${where}; the operator sets it in ${variable}`,
		),
	);

const scopesIn = ({ headers }: Answer) =>
	headers
		.get("x-oauth-scopes")
		?.split(",")
		.map((scope) => scope.trim());

const wantedScopes = (commands: readonly Command[]) =>
	manifest({ commands, language: "de", requestUrl: null }).oauth_config.scopes.bot;

function scopes(given: readonly string[], wanted: readonly string[]): Check {
	const missing = wanted.filter((scope) => !given.includes(scope));
	const more = given.filter((scope) => !wanted.includes(scope) && scope !== "");
	if (missing.length === 0) {
		const idle = {
			de: more.length === 0 ? "" : ` Nicht gebraucht: ${more.join(", ")}.`,
			en: more.length === 0 ? "" : ` Not needed: ${more.join(", ")}.`,
		};
		return ok("slack scopes", {
			de: `Alle ${wanted.length} Rechte sind da.${idle.de}`,
			en: `All ${wanted.length} scopes are there.${idle.en}`,
		});
	}
	return failed(
		"slack scopes",
		{ de: `Es fehlen Rechte: ${missing.join(", ")}.`, en: `Scopes are missing: ${missing.join(", ")}.` },
		mend(
			"slack",
			`unter ${APPS} → Lotse → App Manifest einsetzen, was npx lotse slack-manifest ausgibt, und die App neu installieren`,
			`at ${APPS} → Lotse → App Manifest put what npx lotse slack-manifest prints, and install the app anew`,
		),
	);
}

async function botToken(call: SlackCall, commands: readonly Command[], clock: Clock): Promise<Check[]> {
	const answer = await call("auth.test");
	const time = clockAgainst("slack", answer, clock);
	const who = whoShape.safeParse(answer.body);
	if (!who.success) return [unreachable("slack bot token", `HTTP ${answer.status}`)];
	if (!who.data.ok)
		return [refused("slack bot token", "SLACK_BOT_TOKEN", who.data.error ?? "?", "OAuth & Permissions"), ...time];
	const given = scopesIn(answer);
	return [
		ok("slack bot token", {
			de: `Slack kennt Lotse als ${who.data.user ?? "?"} in ${who.data.team ?? "?"}.`,
			en: `Slack knows Lotse as ${who.data.user ?? "?"} in ${who.data.team ?? "?"}.`,
		}),
		...(given === undefined ? [] : [scopes(given, wantedScopes(commands))]),
		...time,
	];
}

/** How events come. Asking for an address of Socket Mode connects nobody, so it takes nothing away from the running bot. */
async function events(config: SlackConfig): Promise<Check[]> {
	if (config.appToken === null)
		return [
			ok("slack events", {
				de: "Ereignisse kommen über HTTP auf /slack/events, geprüft mit SLACK_SIGNING_SECRET.",
				en: "Events come over HTTP to /slack/events, checked with SLACK_SIGNING_SECRET.",
			}),
		];
	const answer = await caller(config, config.appToken)("apps.connections.open");
	const opened = answerShape.safeParse(answer.body);
	if (!opened.success) return [unreachable("slack app token", `HTTP ${answer.status}`)];
	if (opened.data.ok)
		return [ok("slack app token", { de: "Ereignisse kommen über Socket Mode.", en: "Events come over Socket Mode." })];
	const error = opened.data.error ?? "?";
	const where = "Basic Information → App-Level Tokens (connections:write)";
	if (["invalid_auth", "not_authed", "token_revoked", "not_allowed_token_type", "missing_scope"].includes(error))
		return [refused("slack app token", "SLACK_APP_TOKEN", error, where)];
	return [
		failed(
			"slack app token",
			{ de: `Slack öffnet keinen Socket Mode (${error}).`, en: `Slack opens no Socket Mode (${error}).` },
			mend(
				"slack",
				`unter ${APPS} → Lotse → Socket Mode einschalten und das App-Token mit ${where} prüfen`,
				`at ${APPS} → Lotse switch Socket Mode on and check the app token at ${where}`,
			),
		),
	];
}

/** Slack tells nobody an app's settings but its owners: what to compare is printed. */
function settings(config: SlackConfig, commands: readonly Command[], heard: string | null): Check {
	const { features } = manifest({ commands, language: "de", requestUrl: null });
	const slash = features.slash_commands.map(({ command }) => command).join(" ");
	const socket = config.appToken !== null;
	const listed = Object.keys(EVENTS).join(" ");
	return ok(
		"slack settings",
		{
			de: `Von außen nicht zu sehen. ${heard === null ? "Von Slack kam noch nichts an." : `Zuletzt kam etwas an: ${heard}.`}`,
			en: `Cannot be seen from outside. ${heard === null ? "Nothing has come from Slack yet." : `Something came last: ${heard}.`}`,
		},
		mend(
			"slack",
			`unter ${APPS} → Lotse → App Manifest vergleichen mit npx lotse slack-manifest: Socket Mode ${socket ? "an" : "aus, Adresse https://…/slack/events"}; Ereignisse ${listed}; Interaktivität an; Befehle ${slash}; App Home mit Startseite und Nachrichten`,
			`at ${APPS} → Lotse → App Manifest compare with npx lotse slack-manifest: Socket Mode ${socket ? "on" : "off, address https://…/slack/events"}; events ${listed}; interactivity on; commands ${slash}; App Home with home tab and messages`,
		),
	);
}

async function administrators(call: SlackCall, config: Config): Promise<Check[]> {
	const unknown: string[] = [];
	for (const id of slackAdmins(config)) {
		const answer = userShape.safeParse((await call("users.info", { user: id })).body).data;
		if (answer?.error === "user_not_found" || answer?.user?.deleted === true) unknown.push(id);
	}
	return unknownAdministrators("slack", unknown);
}

export interface SlackCase {
	config: Config;
	commands: readonly Command[];
	network: Network | null;
	clock: Clock;
	/** When the bot last heard something from Slack, as people read it; null = never. */
	heard: string | null;
}

export async function checkSlack(
	slack: SlackConfig,
	{ config, commands, network, clock, heard }: SlackCase,
): Promise<Check[]> {
	const call = caller(slack, slack.botToken);
	try {
		const token = await botToken(call, commands, clock);
		const rest = [...(await events(slack)), settings(slack, commands, heard)];
		// With a dead token every further question is refused alike.
		if (token.some(({ name, status }) => name === "slack bot token" && status === "failed")) return [...token, ...rest];
		return [
			...token,
			...rest,
			...(await part("slack channels", () => (network === null ? [] : checkSlackChannels(call, network)))),
			...(await part("slack administrators", () => administrators(call, config))),
		];
	} catch (error) {
		return [unreachable("slack", reasonOf(error))];
	}
}
