/** The chat in the terminal: line editing and history where there is one, plain lines in and out when piped. */
import { randomUUID } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Bot, Outgoing, Platform, PlatformState, Sent } from "../../bot/platform.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Language } from "../../lib/text.ts";
import { render, type Terminal } from "./render.ts";

export interface ConsoleOptions {
	bot: Bot;
	clock: Clock;
	language: Language;
	input: Readable;
	output: Writable;
	/** A person sits before it: prompt, colour, history. */
	interactive: boolean;
	colour: boolean;
	width: number;
	/** Shown before the first prompt. */
	greeting: string;
	/** Words that Tab completes. */
	words: readonly string[];
	/** Resolves when everything received so far is handled and sent. */
	settle(): Promise<void>;
	/** The person left: Ctrl-C, Ctrl-D, `ende`, or the end of piped input. */
	onEnd(): void;
}

const LEAVE = new Set(["ende", "exit", "quit", "tschüss", "bye"]);

/** The channel that the console is; the sample network has one for each language. */
const consoleAddress = (language: Language) => `console-${language}`;

export function consolePlatform(options: ConsoleOptions): Platform {
	const { bot, clock, input, output, interactive } = options;
	const terminal: Terminal = { colour: options.colour, width: options.width };
	let lines: Interface | null = null;
	let state: PlatformState = "connecting";
	let count = 0;
	// Ids of this run: the inbox would take a second run's "1" for a repetition.
	const run = randomUUID();

	function show(text: string): void {
		if (!interactive || lines === null) {
			output.write(`${text}\n`);
			return;
		}
		// What comes in while somebody types must not stand in the middle of their line.
		output.write(`\r\u001b[K${text}\n\n`);
		lines.prompt(true);
	}

	async function said(text: string): Promise<void> {
		await bot.receive([
			{
				id: `${run}-${++count}`,
				twin: null,
				entry: "direct",
				place: { platform: "console", address: consoleAddress(options.language), thread: null, kind: "direct" },
				sender: { id: "operator", name: null, language: null, timezone: null },
				text,
				at: clock.now().toString(),
				repliesTo: null,
				form: null,
				about: null,
				trigger: null,
				quiet: false,
			},
		]);
		await options.settle();
	}

	/** One line after the other: an answer belongs under its question. */
	async function talk(reader: Interface): Promise<void> {
		for await (const line of reader) {
			const text = line.trim();
			if (LEAVE.has(text.toLowerCase())) break;
			if (text !== "") await said(text);
			if (interactive) reader.prompt();
		}
	}

	return {
		name: "console",
		async start() {
			const complete = (typed: string): [string[], string] => [
				options.words.filter((word) => word.startsWith(typed.toLowerCase())),
				typed,
			];
			lines = createInterface({
				input,
				output: interactive ? output : undefined,
				terminal: interactive,
				historySize: 200,
				removeHistoryDuplicates: true,
				completer: complete,
				prompt: "lotse> ",
			});
			state = "connected";
			if (interactive) {
				output.write(`${options.greeting}\n\n`);
				lines.on("SIGINT", () => lines?.close());
				lines.prompt();
			}
			void talk(lines).finally(() => {
				state = "down";
				options.onEnd();
			});
		},
		async stop() {
			lines?.close();
			lines = null;
		},
		state: () => state,
		async send(outgoing: Outgoing): Promise<Sent> {
			show(render(outgoing.reply.parts, terminal));
			return { ref: outgoing.key, address: outgoing.address };
		},
		displayName: async () => null,
	};
}
