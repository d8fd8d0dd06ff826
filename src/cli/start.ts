import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { UserError } from "../lib/errors.ts";
import type { Language } from "../lib/text.ts";
import type { OpenHouse } from "../main.ts";
import { BY_OPERATOR } from "../network/audit.ts";
import { consolePlatform } from "../platforms/console/console.ts";
import { platformsOf } from "../platforms.ts";
import { type PlatformMaker, startBot } from "../start.ts";
import type { Exit, Io } from "./io.ts";
import { serve } from "./socket.ts";

const SAMPLE = join(import.meta.dirname, "..", "..", "sample", "network");

/** Three questions worth typing, with answers in the sample network; any other network gets the general ones. */
function greeting(language: Language, sample: boolean): string {
	const lines = {
		de: [
			"Guten Tag, hier ist Lotse. Fragen Sie zum Beispiel:",
			sample ? "  Wer ist für Opferschutz in Zwickau zuständig?" : "  Wer ist für Opferschutz zuständig?",
			sample
				? "  Was verspricht die Vereinbarung der Opferbeauftragten mit dem WEISSEN RING?"
				: "  Welche Vereinbarungen sind in Kraft?",
			sample ? "  Wann ist die nächste Schulung?" : "  Wann ist der nächste Termin?",
			"„hilfe“ zeigt alle Befehle, „ende“ oder Strg-C beendet.",
		],
		en: [
			"Hello, this is Lotse. Ask, for example:",
			sample ? "  Who is responsible for victim support in Zwickau?" : "  Who is responsible for victim support?",
			sample
				? "  What does the agreement between the Opferbeauftragte and the WEISSER RING promise?"
				: "  Which agreements are in force?",
			sample ? "  When is the next training?" : "  When is the next event?",
			'"help" shows all commands, "exit" or Ctrl-C ends.',
		],
	};
	return lines[language].join("\n");
}

export interface Streams {
	input: NodeJS.ReadStream;
	output: Writable & { isTTY?: boolean; columns?: number };
	colour: boolean;
}

/** An empty database is filled from LOTSE_NETWORK, or, where nothing at all is configured, with the sample. */
async function fill(open: OpenHouse, io: Io): Promise<boolean> {
	const { config, database, live, clock } = open;
	const configured = config.databaseUrl !== null || config.slack !== null || config.matrix !== null;
	const network = await live.current();
	const empty =
		network.region.size +
			network.organisation.size +
			network.contact.size +
			network.event.size +
			network.decision.size ===
		0;
	const isSample = network.organisation.has("opferbeauftragte-sachsen") && config.network === null;
	if (!empty) return isSample;
	const path = config.network ?? (configured || !existsSync(SAMPLE) ? null : SAMPLE);
	if (path === null) return false;
	// Only now: a database that has its network does not wait for what reads folders.
	const { importFolder } = await import("../exchange/import.ts");
	const { faultLine } = await import("../exchange/fault.ts");
	const result = await importFolder(database.db, path, {
		dryRun: false,
		prune: false,
		now: clock.now(),
		language: config.language,
		author: null,
		by: BY_OPERATOR,
	});
	if (result.status === "invalid") {
		for (const fault of result.faults) io.err(`${faultLine(fault, config.language)}\n`);
		throw new UserError({
			de: `Der Netzwerkordner ${path} hat Fehler, es wurde nichts eingelesen.`,
			en: `The network folder ${path} has faults, nothing was imported.`,
		});
	}
	return path === SAMPLE;
}

/** Runs until it is told to stop. @returns the exit status */
export async function start(
	open: OpenHouse,
	io: Io,
	streams: Streams,
	handle: (args: readonly string[], io: Io, settle: () => Promise<void>) => Promise<Exit>,
): Promise<Exit> {
	const { config } = open;
	const sample = await fill(open, io);
	let ended: () => void = () => {};
	const end = new Promise<void>((resolve) => {
		ended = resolve;
	});
	const interactive = Boolean(streams.input.isTTY && streams.output.isTTY);
	const console: PlatformMaker = {
		name: "console",
		make: async ({ bot, settle }) => ({
			listener: null,
			platform: consolePlatform({
				bot,
				clock: open.clock,
				language: config.language,
				input: streams.input,
				output: streams.output,
				interactive,
				colour: interactive && streams.colour,
				width: streams.output.columns ?? 100,
				greeting: greeting(config.language, sample),
				words: open.grammar.commands.flatMap((command) => [...command.words.de, ...command.words.en]),
				settle,
				onEnd: ended,
			}),
		}),
	};
	const chats = platformsOf(config, open);
	const bot = await startBot(open, chats.length > 0 ? chats : [console]);
	const socket =
		open.database.kind === "embedded"
			? await serve(config.dataDir, (args, other) => handle(args, other, bot.settle))
			: null;
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, ended);
	if (chats.length > 0) open.log.info({ platforms: [...bot.platforms.keys()], port: config.port }, "Lotse is running");
	await end;
	socket?.close();
	await bot.stop();
	return 0;
}
