// A simulated Slack workspace with the Slack platform in it, and a small bot that says what a test tells it to.
import { pino } from "pino";
import { z } from "zod";
import type { Message } from "../../../src/bot/message.ts";
import type { Bot, CommandCard, Outgoing, Sent } from "../../../src/bot/platform.ts";
import { type Part, reply, text } from "../../../src/bot/reply.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { METHODS } from "../../../src/platforms/slack/api.ts";
import { type SlackCommand, type SlackPlatform, slackPlatform } from "../../../src/platforms/slack/index.ts";
import { manifest } from "../../../src/platforms/slack/manifest.ts";
import { start } from "../../support/slacksim/slacksim.mjs";
import { actorsOf, controlOf } from "./actors.ts";

export const COMMANDS: SlackCommand[] = [
	{
		name: "contact",
		words: { de: ["kontakt"], en: ["contact"] },
		summary: { de: "Findet einen Kontakt", en: "Finds a contact" },
		example: { de: "kontakt Opferschutz Zwickau", en: "contact victim support Zwickau" },
		slack: { alias: "kontakt" },
	},
	{
		name: "event list",
		words: { de: ["termin"], en: ["event"] },
		summary: { de: "Zeigt die nächsten Termine", en: "Shows what comes next" },
		example: { de: "termin liste Leipzig", en: "event list Leipzig" },
		slack: { alias: "termin" },
	},
	{
		name: "decision new",
		words: { de: ["beschluss", "beschluss neu"], en: ["decision"] },
		summary: { de: "Hält einen Beschluss fest", en: "Records a decision" },
		example: { de: 'beschluss "Fahrradstreife ab Mai" --bis 31.03.2027', en: 'decision "Cycle patrol from May"' },
		slack: { alias: "beschluss", shortcut: { id: "decision", into: "text" } },
	},
];

export const CARD: CommandCard = {
	name: "decision new",
	title: { de: "Beschluss festhalten", en: "Record a decision" },
	fields: [
		{
			name: "text",
			label: { de: "Wortlaut", en: "Text" },
			hint: { de: "So, wie er gelten soll", en: "As it shall be read" },
			required: true,
			input: { kind: "text", multiline: true },
		},
		{
			name: "responsible",
			label: { de: "Zuständig", en: "Responsible" },
			hint: null,
			required: false,
			input: { kind: "record", type: "organisation", several: true },
		},
		{
			name: "region",
			label: { de: "Region", en: "Region" },
			hint: null,
			required: false,
			input: { kind: "record", type: "region", several: false },
		},
		{ name: "due", label: { de: "Bis", en: "Due" }, hint: null, required: false, input: { kind: "date" } },
		{ name: "start", label: { de: "Beginn", en: "Start" }, hint: null, required: false, input: { kind: "datetime" } },
		{
			name: "kind",
			label: { de: "Art", en: "Kind" },
			hint: null,
			required: false,
			input: { kind: "select", options: [{ value: "training", label: { de: "Schulung", en: "Training" } }] },
		},
	],
};

const ORGANISATIONS = [
	{ key: "stadt-zwickau", label: "Stadt Zwickau" },
	{ key: "stadt-dippoldiswalde", label: "Stadt Dippoldiswalde" },
];

/** Keeps what came in once per id and twin, as the real inbox does, and answers in the background. */
function fakeBot() {
	const received: Message[] = [];
	const seen = new Set<string>();
	const waiting: (() => void)[] = [];
	const bot = {
		received,
		/** How often `receive` was called, repetitions included. */
		deliveries: 0,
		/** Stands in for the database: may fail or never end. */
		store: async () => {},
		/** What the bot does about a message once it is stored. */
		handle: async (_message: Message): Promise<void> => {},
		/** Handling that threw; a test that sees none went well. */
		faults: [] as unknown[],
		checks: (_message: Message): Record<string, string> | null => null,
		homeParts: [text("Ihre nächsten Termine")] as Part[],
		/** Resolves when so many messages were received. */
		async heard(count: number): Promise<Message[]> {
			while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
			return received;
		},
	};
	const ports: Bot = {
		async receive(messages) {
			bot.deliveries++;
			await bot.store();
			for (const message of messages) {
				const known = [message.id, message.twin].some((id) => id !== null && seen.has(id));
				seen.add(message.id);
				if (message.twin !== null) seen.add(message.twin);
				if (known) continue;
				received.push(message);
				bot.handle(message).catch((error: unknown) => bot.faults.push(error));
			}
			for (const wake of waiting.splice(0)) wake();
		},
		check: async (message) => bot.checks(message),
		async suggest(type, typed) {
			const wanted = typed.toLowerCase();
			const all = type === "organisation" ? ORGANISATIONS : [{ key: "sn-zwickau", label: "Zwickau" }];
			return all.filter(({ key, label }) => key === typed || label.toLowerCase().includes(wanted));
		},
		form: (command) => (command === CARD.name ? CARD : null),
		languageOf: async (sender) => sender.language ?? "de",
		home: async () => reply(...bot.homeParts),
		moved: async () => {},
		invited: async () => "join",
		removed: async () => {},
		addresses: async () => [],
	};
	return { bot, ports };
}

export type Workspace = Awaited<ReturnType<typeof workspace>>;

/** Starts a workspace and the platform in it; `config` is the simulator's. */
export async function workspace(config: object = {}, http = false) {
	const { features, oauth_config, settings } = manifest({ commands: COMMANDS, language: "de", requestUrl: null });
	// The app as its manifest sets it up: a scope or an event that is missing there is missing here.
	const installed = {
		scopes: oauth_config.scopes.bot,
		botEvents: settings.event_subscriptions.bot_events,
		commands: features.slash_commands.map(({ command }) => command),
		escapeCommandMentions: true,
	};
	const started = await start({ config: { users: USERS, ...installed, ...config } });
	const run = {
		...started,
		/** Whatever was called is in the list that the manifest's scopes are made from. */
		async close() {
			const { calls } = Calls.parse(await (await fetch(`${started.controlUrl}/calls`)).json());
			await started.close();
			const unlisted = calls.map(({ method }) => method).filter((method) => !LISTED.has(method));
			if (unlisted.length > 0)
				throw new Error(`called, but not in METHODS of api.ts: ${[...new Set(unlisted)].join(", ")}`);
		},
	};
	const { bot, ports } = fakeBot();
	const lines: string[] = [];
	const log = pino({ level: "info", base: null }, { write: (line: string) => void lines.push(line) });
	/** The platform as a process starts it. */
	const another = () =>
		slackPlatform({
			botToken: "xoxb-sim-bot-token",
			appToken: http ? null : "xapp-sim-app-token",
			signingSecret: http ? "sim-signing-secret" : null,
			apiUrl: run.slackApiUrl,
			port: null,
			bot: ports,
			clock: systemClock,
			log,
			timezone: "Europe/Berlin",
			commands: COMMANDS,
		});
	const platform = another();

	const control = controlOf(run);

	return { bot, platform, another, control, run, logged: () => lines, ...actorsOf(control), ...sendingOf(platform) };
}

const Calls = z.object({ calls: z.array(z.object({ method: z.string() })) });
const LISTED = new Set([...Object.keys(METHODS), "apps.connections.open", "response_url"]);

const USERS = [
	{ name: "alice", is_admin: true, locale: "de-DE", tz: "Europe/Berlin" },
	{ name: "bob", display_name: "Bob B.", locale: "en-GB", tz: "Europe/London" },
	{ name: "carol" },
];

let keys = 0;

function sendingOf(platform: SlackPlatform) {
	return {
		/** Sends as the bot's ledger would. */
		send: (part: Part | Part[], more: Partial<Outgoing> = {}): Promise<Sent> => platform.send(owed(part, more)),
	};
}

export { CLEAN } from "./actors.ts";

export function owed(part: Part | Part[], more: Partial<Outgoing> = {}): Outgoing {
	return {
		key: `test-${++keys}`,
		address: "C0GENERAL0",
		thread: null,
		recipient: null,
		repliesTo: null,
		edits: null,
		language: "de",
		reply: reply(...(Array.isArray(part) ? part : [part])),
		uncertain: false,
		...more,
	};
}

/** Where a message is to be answered. */
export const back = ({ place, id }: Message): Partial<Outgoing> => ({
	key: `answer-${id.replace(/[^A-Za-z0-9._-]/g, "_")}`,
	address: place.address,
	thread: place.thread,
});
