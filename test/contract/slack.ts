import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { slackPlatform } from "../../src/platforms/slack/index.ts";
import { manifest } from "../../src/platforms/slack/manifest.ts";
import type { Records } from "../support/chat.ts";
import { start } from "../support/slacksim/slacksim.mjs";
import { type Driver, type HouseUnderTest, houseWith, normalised } from "./driver.ts";
import { RECORDS } from "./scenarios.ts";

const Shown = z.looseObject({
	text: z.string(),
	ts: z.string(),
	user: z.string().optional(),
	subtype: z.string().optional(),
	blocks: z.unknown().optional(),
});

/** The texts in blocks, which is what people see; `text` beside them is for notifications. */
function blockTexts(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(blockTexts);
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) =>
		name === "text" && typeof inner === "string" ? [inner] : blockTexts(inner),
	);
}

export interface SlackChat {
	house: HouseUnderTest;
	/** Says it to the bot in a channel; resolves with its id. In a thread, or as a new one. */
	mention(user: string, channel: string, line: string, thread: string | null): Promise<string>;
	/** The bot's first message there since `ts` that this person sees. */
	answer(user: string, channel: string, thread: string, since: string): Promise<Answered>;
	findings(): Promise<unknown[]>;
	close(): Promise<void>;
}

export interface Answered {
	text: string;
	/** Shown to that person alone. */
	alone: boolean;
}

/** The bot in a simulated workspace without speed limits, in which these people are. */
export async function slackChat(
	records: Records,
	admins: string[],
	users: readonly string[] = ["alice"],
	channels: readonly string[] = [],
): Promise<SlackChat> {
	const app = manifest({ commands, language: "de", requestUrl: null });
	const workspace = await start({
		config: {
			users: users.map((name) => ({
				name,
				...(/^U/u.test(name) && { id: name }),
				locale: "de-DE",
				tz: "Europe/Berlin",
			})),
			scopes: app.oauth_config.scopes.bot,
			botEvents: app.settings.event_subscriptions.bot_events,
			commands: app.features.slash_commands.map(({ command }) => command),
			rateLimit: { enabled: false },
		},
	});
	const call = async (method: string, path: string, body?: object): Promise<unknown> => {
		const answer = await fetch(
			`${workspace.controlUrl}${path}`,
			body === undefined ? { method } : { method, body: JSON.stringify(body) },
		);
		return answer.json();
	};
	for (const name of channels)
		await call("POST", "/channels", { name, id: `C0${name.toUpperCase()}0`, members: [...users], bot: true });
	const house = await houseWith(records, { admins }, (open) => [
		{
			name: "slack",
			async make({ bot }) {
				const platform = slackPlatform({
					botToken: "xoxb-sim-bot-token",
					appToken: "xapp-sim-app-token",
					signingSecret: null,
					apiUrl: workspace.slackApiUrl,
					port: null,
					bot,
					clock: open.clock,
					log: open.log,
					timezone: "Europe/Berlin",
					commands: open.house.grammar.commands,
					// The suite says more in a minute than people do in an hour.
					postEveryMs: 1,
				});
				return { platform, listener: platform.listener };
			},
		},
	]);
	return {
		house,
		async mention(user, channel, line, thread) {
			const body = { user, channel, text: `<@U0SIMBOT01> ${line}`, ...(thread === null ? {} : { thread_ts: thread }) };
			return z.object({ ts: z.string() }).parse(await call("POST", "/message", body)).ts;
		},
		async answer(user, channel, thread, since) {
			const query = new URLSearchParams({
				channel,
				thread_ts: thread,
				user,
				since,
				timeout: "15000",
				from: "U0SIMBOT01",
			});
			const { message } = z.object({ message: Shown }).parse(await call("GET", `/wait/message?${query}`));
			await house.running.settle();
			const all = z
				.object({ messages: z.array(Shown) })
				.parse(await call("GET", `/messages?${query}`))
				.messages.map(({ blocks, text }) => blockTexts(blocks).join("\n") || text);
			return { text: all.join("\n"), alone: message.subtype === "ephemeral" };
		},
		async findings() {
			await call("GET", "/wait/idle?ms=100");
			const { violations } = z
				.object({ violations: z.array(z.looseObject({ kind: z.string(), severity: z.string() })) })
				.parse(await call("GET", "/violations"));
			return violations.filter(
				({ kind, severity }) => severity === "error" || kind === "broadcast_mention" || kind === "unknown_mention",
			);
		},
		async close() {
			await house.close();
			await workspace.close();
		},
	};
}

/** The person is alice, who mentions the bot in #general; the whole talk is in one thread. */
export async function slackDriver(): Promise<Driver> {
	const records = {
		...RECORDS,
		channel: (RECORDS.channel ?? []).map((each) =>
			each.key === "sl-leipzig" ? { ...each, address: "C0GENERAL0" } : each,
		),
	};
	const chat = await slackChat(records, ["U0ALICE001"]);
	let thread: string | null = null;
	return {
		database: chat.house.database,
		async say(line) {
			const ts = await chat.mention("alice", "general", line, thread);
			thread ??= ts;
			return normalised((await chat.answer("alice", "general", thread, ts)).text);
		},
		findings: chat.findings,
		close: chat.close,
	};
}
