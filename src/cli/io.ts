/** What a subcommand talks to: the terminal it was typed in, or the other end of the local socket. */
import type { Writable } from "node:stream";
import type { Config, ConfigFault } from "../lib/config.ts";
import type { OpenHouse } from "../main.ts";

export interface Io {
	out(text: string): void;
	err(text: string): void;
	/** Resolves once what was written is on its way, for whoever writes more than should wait in memory. */
	drained(): Promise<void>;
	/** Folder that relative paths are read from. */
	cwd: string;
	/** Somebody watches: progress may be shown. */
	terminal: boolean;
}

/** Opens the house, or lends the one of the running bot. */
export interface Lender {
	/** As far as it can be read; a fault ends every command but `doctor`. */
	environment: { config: Config; faults: readonly ConfigFault[] };
	/** `only look`: throws NotMade instead of making an embedded database. */
	house(schema?: "current" | "as it is" | "only look"): Promise<OpenHouse>;
	/** Sends what this command came to owe, where a running bot lent the house. */
	settle(): Promise<void>;
}

/** Exit status: 0 = done, 1 = the input was refused, 2 = wrong usage. */
export type Exit = 0 | 1 | 2;

export interface Subcommand {
	name: string;
	usage: string;
	about: { de: string; en: string };
	run(args: readonly string[], io: Io, lender: Lender): Promise<Exit>;
}

/** There is no embedded database yet. */
export class NotMade extends Error {}

/** Wrong usage: exit 2 with the usage line. */
export class UsageError extends Error {}

export const json = (io: Io, value: unknown) => io.out(`${JSON.stringify(value)}\n`);

/** For whoever writes to a stream. One that is closed meanwhile waits for nobody. */
export async function drained(stream: Writable): Promise<void> {
	if (!stream.writableNeedDrain || stream.destroyed) return;
	await new Promise<void>((resolve) => {
		stream.once("drain", resolve);
		stream.once("close", resolve);
	});
}
