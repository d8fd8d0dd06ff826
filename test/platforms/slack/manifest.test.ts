import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../../commands/index.ts";
import { slackManifestCommand } from "../../../src/cli/slack-manifest.ts";
import { METHODS } from "../../../src/platforms/slack/api.ts";
import { EVENTS, manifest } from "../../../src/platforms/slack/manifest.ts";
import { terminal } from "../../support/terminal.ts";
import { COMMANDS } from "./workspace.ts";

const folder = join(import.meta.dirname, "../../../src/platforms/slack");
const code = readdirSync(folder)
	.filter((name) => !["api.ts", "manifest.ts"].includes(name))
	.map((name) => readFileSync(join(folder, name), "utf8"))
	.join("\n");

test("the methods whose scopes are asked for are the ones that are called", () => {
	const named = [...code.matchAll(/"([a-z]+(?:\.[a-zA-Z]+)+)"/g)].flatMap((match) => match[1] ?? []);
	const methods = named.filter((name) =>
		/^(apps|auth|chat|conversations|files|reactions|team|users|views)\./.test(name),
	);
	expect([...new Set(methods)].sort()).toEqual(Object.keys(METHODS));
});

/** Scopes of a method by Slack's reference, as FACTS.md of the simulator keeps them; several = one for each kind of channel. */
const reference = new Map(
	[
		...readFileSync(join(import.meta.dirname, "../../support/slacksim/FACTS.md"), "utf8").matchAll(
			/^\|([^|]+)\|[^|]+\|([^|]+)\|/gmu,
		),
	].map(
		([, method = "", scopes = ""]) =>
			[method.trim(), scopes.trim() === "none" ? [] : scopes.trim().split(" / ")] as const,
	),
);

test("each method's scopes are those of Slack's reference", () => {
	for (const [method, scopes] of Object.entries(METHODS)) {
		const known = reference.get(method) ?? [];
		expect(reference.has(method), method).toBe(true);
		// A direct message is all that is ever opened.
		expect([...scopes], method).toEqual(method === "conversations.open" ? ["im:write"] : known);
		expect(known, method).toEqual(expect.arrayContaining([...scopes]));
	}
});

test("no scope is asked for that neither a method nor an event nor a command needs, and none is left out", () => {
	const needed = new Set(["commands", ...Object.values(METHODS).flat(), ...Object.values(EVENTS).flat()]);
	const asked = manifest({ commands, language: "de", requestUrl: null }).oauth_config.scopes.bot;
	expect(asked).toEqual([...needed].sort());
});

test("the shortcuts offered are the ones that commands take", () => {
	const { shortcuts } = manifest({ commands, language: "de", requestUrl: null }).features;
	const taken = commands.flatMap(({ slack }) => slack?.shortcut?.id ?? []);
	expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual(taken);
});

test("lotse slack-manifest prints it, for Socket Mode and for HTTP", async () => {
	const printed = async (...args: string[]) => {
		const { io, lender, out } = terminal();
		expect(await slackManifestCommand.run(args, io, lender)).toBe(0);
		return JSON.parse(out());
	};
	expect(await printed()).toEqual(manifest({ commands, language: "de", requestUrl: null }));
	const url = "https://lotse.example.org/slack/events";
	expect(await printed("--json", "--lang", "en", "--url", url)).toEqual(
		manifest({ commands, language: "en", requestUrl: url }),
	);
});

test("the events subscribed to are the ones that are handled", () => {
	const handled = [...code.matchAll(/event\.type [!=]== "(\w+)"/g)].flatMap((match) => match[1] ?? []);
	const subscribed = Object.keys(EVENTS).map((name) => name.replace(/\..*/, ""));
	expect([...new Set(handled)].sort()).toEqual([...new Set(subscribed)].sort());
});

test("over Socket Mode", () => {
	expect(manifest({ commands: COMMANDS, language: "de", requestUrl: null })).toMatchInlineSnapshot(`
		{
		  "display_information": {
		    "description": "Antworten zu Partnern und Vereinbarungen, Erinnerungen, Beschlüsse",
		    "name": "Lotse",
		  },
		  "features": {
		    "app_home": {
		      "home_tab_enabled": true,
		      "messages_tab_enabled": true,
		      "messages_tab_read_only_enabled": false,
		    },
		    "bot_user": {
		      "always_online": true,
		      "display_name": "Lotse",
		    },
		    "shortcuts": [
		      {
		        "callback_id": "decision",
		        "description": "Hält einen Beschluss fest",
		        "name": "Beschluss",
		        "type": "message",
		      },
		    ],
		    "slash_commands": [
		      {
		        "command": "/lotse",
		        "description": "Befehl oder Frage an Lotse",
		        "should_escape": true,
		        "usage_hint": "hilfe",
		      },
		      {
		        "command": "/kontakt",
		        "description": "Findet einen Kontakt",
		        "should_escape": true,
		        "usage_hint": "Opferschutz Zwickau",
		      },
		      {
		        "command": "/termin",
		        "description": "Zeigt die nächsten Termine",
		        "should_escape": true,
		        "usage_hint": "liste Leipzig",
		      },
		      {
		        "command": "/beschluss",
		        "description": "Hält einen Beschluss fest",
		        "should_escape": true,
		        "usage_hint": ""Fahrradstreife ab Mai" --bis 31.03.2027",
		      },
		    ],
		  },
		  "oauth_config": {
		    "scopes": {
		      "bot": [
		        "app_mentions:read",
		        "channels:history",
		        "channels:read",
		        "chat:write",
		        "commands",
		        "files:read",
		        "files:write",
		        "groups:history",
		        "groups:read",
		        "im:history",
		        "im:read",
		        "im:write",
		        "mpim:history",
		        "mpim:read",
		        "users:read",
		      ],
		    },
		  },
		  "settings": {
		    "event_subscriptions": {
		      "bot_events": [
		        "app_home_opened",
		        "app_mention",
		        "message.channels",
		        "message.groups",
		        "message.im",
		        "message.mpim",
		      ],
		    },
		    "interactivity": {
		      "is_enabled": true,
		    },
		    "org_deploy_enabled": false,
		    "socket_mode_enabled": true,
		    "token_rotation_enabled": false,
		  },
		}
	`);
});

test("over HTTP every part knows the address", () => {
	const made = JSON.stringify(
		manifest({ commands: COMMANDS, language: "en", requestUrl: "https://lotse.example/slack/events" }),
	);
	expect(made.match(/lotse\.example/g)).toHaveLength(4 + 3);
	expect(made).toContain('"socket_mode_enabled":false');
});

test("the page for administrators shows it as it is", () => {
	const page = readFileSync(join(import.meta.dirname, "../../../docs/slack.md"), "utf8");
	const shown: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "null");
	expect(shown).toEqual(manifest({ commands, language: "de", requestUrl: null }));
});
