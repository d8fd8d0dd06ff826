import { z } from "zod";
import { commands } from "../../commands/index.ts";
import { slackPlatform } from "../../src/platforms/slack/index.ts";
import { manifest } from "../../src/platforms/slack/manifest.ts";
import { start } from "../support/slacksim/slacksim.mjs";
import { type Driver, houseWith, normalised } from "./driver.ts";
import { RECORDS } from "./scenarios.ts";

const Shown = z.looseObject({
	text: z.string(),
	ts: z.string(),
	user: z.string().optional(),
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

/** The person is alice, who mentions the bot in #general; the whole talk is in one thread. */
export async function slackDriver(): Promise<Driver> {
	const app = manifest({ commands, language: "de", requestUrl: null });
	const workspace = await start({
		config: {
			users: [{ name: "alice", locale: "de-DE", tz: "Europe/Berlin" }],
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
	const records = {
		...RECORDS,
		channel: (RECORDS.channel ?? []).map((each) =>
			each.key === "sl-leipzig" ? { ...each, address: "C0GENERAL0" } : each,
		),
	};
	const house = await houseWith(records, { admins: ["U0ALICE001"] }, (open) => [
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
	let thread: string | null = null;
	return {
		database: house.database,
		async say(line) {
			const body = {
				user: "alice",
				channel: "general",
				text: `<@U0SIMBOT01> ${line}`,
				...(thread === null ? {} : { thread_ts: thread }),
			};
			const { ts } = z.object({ ts: z.string() }).parse(await call("POST", "/message", body));
			thread ??= ts;
			const query = new URLSearchParams({
				channel: "general",
				thread_ts: thread,
				user: "alice",
				since: ts,
				timeout: "15000",
				from: "U0SIMBOT01",
			});
			const { message } = z.object({ message: Shown }).parse(await call("GET", `/wait/message?${query}`));
			await house.running.settle();
			return normalised(blockTexts(message.blocks).join(" ") || message.text);
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
