/** Slack: are the tokens taken, is no scope missing, is the bot in the channels that it posts to? */
import { z } from "zod";
import type { Command } from "../../bot/command.ts";
import type { SlackConfig } from "../../lib/config.ts";
import type { Network } from "../../network/records.ts";
import { manifest } from "../../platforms/slack/manifest.ts";
import { ask, type Check, failed, few, ok, reasonOf, warning } from "./check.ts";

const answerShape = z.object({ ok: z.boolean(), error: z.string().optional() });
const whoShape = answerShape.extend({ team: z.string().optional(), user: z.string().optional() });
const channelsShape = answerShape.extend({
	channels: z.array(z.object({ id: z.string() })).default([]),
	response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const APPS = "https://api.slack.com/apps";

function caller({ apiUrl }: SlackConfig, token: string) {
	const base = apiUrl ?? "https://slack.com/api/";
	return (method: string, args: Record<string, string> = {}) =>
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
		{
			de: "Systemverwaltung: Verbindungen zu slack.com erlauben, SLACK_API_URL prüfen.",
			en: "System administrator: allow connections to slack.com, check SLACK_API_URL.",
		},
	);

const refused = (name: string, variable: string, error: string, where: string) =>
	failed(
		name,
		{ de: `Slack nimmt ${variable} nicht an (${error}).`, en: `Slack does not take ${variable} (${error}).` },
		{
			de: `Slack-Verwaltung: unter ${APPS} → Lotse → ${where} einen neuen Token holen und in ${variable} setzen.`,
			en: `Slack administrator: get a new token at ${APPS} → Lotse → ${where} and set it in ${variable}.`,
		},
	);

async function botToken(config: SlackConfig, commands: readonly Command[]): Promise<Check[]> {
	const { headers, body } = await caller(config, config.botToken)("auth.test");
	const who = whoShape.safeParse(body);
	if (!who.success) return [unreachable("slack bot token", "no answer of Slack's")];
	if (!who.data.ok)
		return [refused("slack bot token", "SLACK_BOT_TOKEN", who.data.error ?? "?", "OAuth & Permissions")];
	const name = ok("slack bot token", {
		de: `Slack kennt Lotse als ${who.data.user ?? "?"} in ${who.data.team ?? "?"}.`,
		en: `Slack knows Lotse as ${who.data.user ?? "?"} in ${who.data.team ?? "?"}.`,
	});
	const granted = headers.get("x-oauth-scopes");
	if (granted === null) return [name];
	const given = new Set(granted.split(",").map((scope) => scope.trim()));
	const wanted = manifest({ commands, language: "de", requestUrl: null }).oauth_config.scopes.bot;
	const missing = wanted.filter((scope) => !given.has(scope));
	if (missing.length === 0)
		return [
			name,
			ok("slack scopes", { de: `Alle ${wanted.length} Rechte sind da.`, en: `All ${wanted.length} scopes are there.` }),
		];
	return [
		name,
		failed(
			"slack scopes",
			{ de: `Es fehlen Rechte: ${missing.join(", ")}.`, en: `Scopes are missing: ${missing.join(", ")}.` },
			{
				de: `Slack-Verwaltung: unter ${APPS} → Lotse → App Manifest das Manifest aus docs/slack.md einsetzen und die App neu installieren.`,
				en: `Slack administrator: at ${APPS} → Lotse → App Manifest put the manifest of docs/slack.md and install the app anew.`,
			},
		),
	];
}

async function appToken(config: SlackConfig): Promise<Check[]> {
	if (config.appToken === null) {
		return [
			ok("slack events", {
				de: "Ereignisse kommen über HTTP auf /slack/events, geprüft mit SLACK_SIGNING_SECRET.",
				en: "Events come over HTTP to /slack/events, checked with SLACK_SIGNING_SECRET.",
			}),
		];
	}
	// `auth.test` takes it too; opening a connection would take events away from the running bot.
	const answer = answerShape.safeParse((await caller(config, config.appToken)("auth.test")).body);
	if (!answer.success) return [unreachable("slack app token", "no answer of Slack's")];
	if (!answer.data.ok)
		return [
			refused(
				"slack app token",
				"SLACK_APP_TOKEN",
				answer.data.error ?? "?",
				"Basic Information → App-Level Tokens (connections:write)",
			),
		];
	return [ok("slack app token", { de: "Ereignisse kommen über Socket Mode.", en: "Events come over Socket Mode." })];
}

async function membership(config: SlackConfig, network: Network): Promise<Check[]> {
	const bound = [...network.channel.values()].filter(({ platform }) => platform === "slack");
	if (bound.length === 0) return [];
	const call = caller(config, config.botToken);
	const joined = new Set<string>();
	let cursor = "";
	do {
		const { body } = await call("users.conversations", {
			types: "public_channel,private_channel",
			exclude_archived: "true",
			limit: "200",
			...(cursor === "" ? {} : { cursor }),
		});
		const page = channelsShape.safeParse(body);
		// Missing scopes are named above; without a list there is nothing to compare.
		if (!page.success || !page.data.ok) return [];
		for (const { id } of page.data.channels) joined.add(id);
		cursor = page.data.response_metadata?.next_cursor ?? "";
	} while (cursor !== "");
	const away = bound.filter(({ address }) => !joined.has(address));
	if (away.length === 0)
		return [
			ok("slack channels", {
				de: `Lotse ist in allen ${bound.length} verbundenen Kanälen.`,
				en: `Lotse is in all ${bound.length} bound channels.`,
			}),
		];
	const names = few(away.map(({ key, name }) => name ?? key));
	return [
		warning(
			"slack channels",
			{
				de: `Lotse ist nicht in: ${names}. Dort kommt nichts an.`,
				en: `Lotse is not in: ${names}. Nothing arrives there.`,
			},
			{ de: "Ein Mitglied des Kanals: /invite @Lotse", en: "A member of the channel: /invite @Lotse" },
		),
	];
}

export async function checkSlack(
	config: SlackConfig,
	commands: readonly Command[],
	network: Network | null,
): Promise<Check[]> {
	try {
		const checks = [...(await botToken(config, commands)), ...(await appToken(config))];
		return network === null ? checks : [...checks, ...(await membership(config, network))];
	} catch (error) {
		return [unreachable("slack", reasonOf(error))];
	}
}
