// Slack: Socket Mode or signed HTTP in, Block Kit out. Loaded only where it is configured.
import type { RequestListener } from "node:http";
import type { Logger } from "pino";
import { z } from "zod";
import type { Bot, Others, Platform } from "../../bot/platform.ts";
import type { Clock } from "../../lib/clock.ts";
import { caller, type Method } from "./api.ts";
import { connection } from "./connection.ts";
import { downloading } from "./download.ts";
import { inboundOf } from "./inbound.ts";
import type { SlackCommand } from "./incoming.ts";
import { intake } from "./intake.ts";
import { formOpener } from "./open.ts";
import { limits, type Pace, realPace } from "./pace.ts";
import { people } from "./people.ts";
import { type ClientOptions, StoreFirstApp } from "./receivers.ts";
import { sending } from "./send.ts";
import { tokenWatch } from "./token.ts";
import { triggers } from "./triggers.ts";
import { LOCKED_OUT, Trouble, troubleOf } from "./trouble.ts";

export type { SlackCommand } from "./incoming.ts";

export interface SlackOptions {
	/** `xoxb-…` */
	botToken: string;
	/** `xapp-…` for Socket Mode; without it `signingSecret` is needed, for HTTP. */
	appToken: string | null;
	signingSecret: string | null;
	/** Web API of a test workspace; null = slack.com. */
	apiUrl: string | null;
	/** HTTP: port to listen on at `/slack/events`; null = whoever starts it mounts `listener`. */
	port: number | null;
	bot: Bot;
	clock: Clock;
	log: Logger;
	/** Zone of people whose own Slack does not tell. */
	timezone: string;
	/** Slash aliases, shortcuts and the words of commands. */
	commands: readonly SlackCommand[];
	/** Real time unless a test turns it. */
	pace?: Pace;
	/** Milliseconds between two messages in a channel; default Slack's second. A test workspace without limits allows fewer. */
	postEveryMs?: number;
	/** Milliseconds after which a call counts as lost. */
	callMs?: number;
	/** Other instances on the same database keep the pauses that Slack asks this one for, and the other way round. */
	others?: Others;
}

export interface SlackPlatform extends Platform {
	/** HTTP: answers requests to `/slack/events`; null in Socket Mode. */
	readonly listener: RequestListener | null;
}

const Identity = z.object({ user_id: z.string() });

export function slackPlatform(options: SlackOptions): SlackPlatform {
	const { bot, clock, commands, log, pace = realPace, timezone } = options;
	const { callMs = 10_000, others } = options;
	const client: ClientOptions = { apiUrl: options.apiUrl, log, callMs };
	const inbound = inboundOf(options, client);
	const app = new StoreFirstApp(options.botToken, inbound.receiver, client, (body, ack) => take(body, ack));
	const speed = limits(pace, 3, options.postEveryMs);
	const token = tokenWatch(async () => (await call("auth.test", {}, Identity)).user_id !== "", log);
	const tell = (method: Method, ms: number) => {
		others?.tell(`${method} ${ms}`).catch(() => log.warn("other instances could not be told of a pause"));
	};
	others?.hear((words) => {
		const [method = "", ms = ""] = words.split(" ");
		if (/^\d{1,6}$/.test(ms)) speed.block(method, Number(ms));
	});
	const call = caller({ client: app.client, limits: speed, pace, token, tell });
	const known = people(call, pace);
	const fresh = triggers(pace);
	let self: string | null = null;
	const take = intake({
		bot,
		call,
		people: known,
		triggers: fresh,
		clock,
		pace,
		log,
		commands,
		timezone,
		self() {
			if (self === null) throw new Error("Slack has not told yet who the bot is");
			return self;
		},
	});
	const send = sending({
		call,
		people: known,
		limits: speed,
		pace,
		bot,
		log,
		settleMs: 3 * callMs,
		openForm: formOpener(call, bot, fresh, log),
		lineOf: (name, language) => commands.find((one) => one.name === name)?.words[language][0] ?? name,
	});
	const link = connection(
		{
			async connect() {
				self ??= (await call("auth.test", {}, Identity)).user_id;
				return inbound.open();
			},
			hopeless(error) {
				const code = codeOf(error);
				const refused = LOCKED_OUT.has(code);
				const variable = self === null ? "SLACK_BOT_TOKEN" : "SLACK_APP_TOKEN";
				if (refused) log.error({ code }, `Slack refuses ${variable}: renew it in the app's settings and restart`);
				else log.warn({ code }, "Slack cannot be reached, trying again");
				return refused;
			},
			lines: inbound.lines,
		},
		log,
	);
	return {
		name: "slack",
		listener: inbound.listener,
		start: () => link.start(),
		async stop() {
			link.stop();
			token.stop();
			await inbound.close();
		},
		state: () => (token.refused() === null ? link.state() : "down"),
		send,
		download: downloading({ call, botToken: options.botToken, apiUrl: options.apiUrl }),
		displayName: (userId) => known.displayName(userId),
	};
}

function codeOf(error: unknown): string {
	try {
		return troubleOf(error).code;
	} catch {
		return error instanceof Trouble || error instanceof Error ? error.message : "connection_lost";
	}
}
