// The Slack app's manifest, made from the commands and from what the code really calls. Pure.
import type { Language } from "../../lib/text.ts";
import { METHODS } from "./api.ts";
import type { SlackCommand } from "./incoming.ts";
import { cut } from "./text.ts";

/** Events listened to, with the scope each needs. */
export const EVENTS = {
	app_home_opened: [],
	app_mention: ["app_mentions:read"],
	"message.channels": ["channels:history"],
	"message.groups": ["groups:history"],
	"message.im": ["im:history"],
	"message.mpim": ["mpim:history"],
} as const;

export interface ManifestOptions {
	commands: readonly SlackCommand[];
	language: Language;
	/** HTTP: address of `/slack/events`; null = Socket Mode. */
	requestUrl: string | null;
}

export function manifest({ commands, language, requestUrl }: ManifestOptions) {
	const url = requestUrl === null ? {} : { url: requestUrl };
	const request = requestUrl === null ? {} : { request_url: requestUrl };
	const scopes = new Set<string>([...Object.values(METHODS).flat(), ...Object.values(EVENTS).flat(), "commands"]);
	const german = language === "de";
	return {
		display_information: {
			name: "Lotse",
			description: german
				? "Antworten zu Partnern und Vereinbarungen, Erinnerungen, Beschlüsse"
				: "Answers about partners and agreements, reminders, decisions",
		},
		features: {
			app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
			bot_user: { display_name: "Lotse", always_online: true },
			slash_commands: [
				{
					command: "/lotse",
					description: german ? "Befehl oder Frage an Lotse" : "A command or question to Lotse",
					usage_hint: german ? "hilfe" : "help",
					should_escape: true,
					...url,
				},
				...commands.flatMap(({ example, slack, summary, words }) =>
					slack?.alias === undefined
						? []
						: [
								{
									command: `/${slack.alias}`,
									description: cut(summary[language], 2000),
									...(example === undefined
										? {}
										: { usage_hint: cut(hintOf(example[language], words[language]), 1000) }),
									should_escape: true,
									...url,
								},
							],
				),
			],
			shortcuts: commands.flatMap(({ slack, summary, words }) =>
				slack?.shortcut === undefined
					? []
					: [
							{
								name: cut(capital(words[language][0] ?? slack.shortcut.id), 24),
								type: "message",
								callback_id: slack.shortcut.id,
								description: cut(summary[language], 150),
							},
						],
			),
		},
		oauth_config: { scopes: { bot: [...scopes].sort() } },
		settings: {
			event_subscriptions: { ...request, bot_events: Object.keys(EVENTS).sort() },
			interactivity: {
				is_enabled: true,
				...request,
				...(requestUrl === null ? {} : { message_menu_options_url: requestUrl }),
			},
			org_deploy_enabled: false,
			socket_mode_enabled: requestUrl === null,
			token_rotation_enabled: false,
		},
	};
}

const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** The example without the command's own word, which the slash command stands for. */
function hintOf(example: string, words: readonly string[]): string {
	const line = example.replace(/^!/, "");
	const word = [...words].sort((a, b) => b.length - a.length).find((one) => line.startsWith(`${one} `));
	return word === undefined ? line : line.slice(word.length + 1);
}
