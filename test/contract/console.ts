import { PassThrough } from "node:stream";
import { setImmediate as breathe } from "node:timers/promises";
import { consolePlatform } from "../../src/platforms/console/console.ts";
import type { Records } from "../support/chat.ts";
import { type Driver, houseWith, normalised } from "./driver.ts";
import { RECORDS } from "./scenarios.ts";

/** A terminal that is piped into; what is said comes back as it was printed. */
export async function consoleChat(records: Records, admin: string): Promise<Driver> {
	const input = new PassThrough();
	const output = new PassThrough();
	let read = "";
	output.on("data", (chunk) => {
		read += chunk;
	});
	const house = await houseWith(records, { admins: [admin] }, (open) => [
		{
			name: "console",
			make: async ({ bot, settle }) => ({
				listener: null,
				platform: consolePlatform({
					bot,
					clock: open.clock,
					language: "de",
					input,
					output,
					interactive: false,
					colour: false,
					width: 100,
					greeting: "",
					words: [],
					settle,
					onEnd: () => {},
				}),
			}),
		},
	]);
	return {
		database: house.database,
		async say(line) {
			read = "";
			input.write(`${line}\n`);
			while (read === "") await breathe();
			await house.running.settle();
			return read;
		},
		// A terminal's own steering characters, or one that hides what is written, must not come out of data.
		findings: async () => [...read.replaceAll("\n", "").matchAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu)],
		close: house.close,
	};
}

export async function consoleDriver(): Promise<Driver> {
	const chat = await consoleChat(RECORDS, "operator");
	return { ...chat, say: async (line) => normalised(await chat.say(line)) };
}
