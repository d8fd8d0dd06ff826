/** The command line: `lotse SUBCOMMAND …`. Output is data, logs and reasons go to standard error. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Exit, Io } from "./cli/io.ts";
import { drained, NotMade, UsageError } from "./cli/io.ts";
import { forward } from "./cli/socket.ts";
import { language, reasonOf, runSubcommand, START, usage } from "./cli/subcommands.ts";
import { DatabaseInUse } from "./database/hold.ts";
import { systemClock } from "./lib/clock.ts";
import { type Config, checkConfig, readConfig } from "./lib/config.ts";
import { makeLog } from "./lib/log.ts";
import type { OpenHouse } from "./main.ts";

const isMade = (dataDir: string) => existsSync(join(resolve(dataDir), "database", "PG_VERSION"));

async function open(config: Config, schema: "current" | "as it is", console: boolean): Promise<OpenHouse> {
	// In the terminal chat only what is wrong may stand between questions and answers.
	const log = makeLog(config.logLevel ?? (console ? "warn" : "info"));
	const opening = import("./database/client.ts").then(({ openDatabase }) =>
		openDatabase({ url: config.databaseUrl, dataDir: resolve(config.dataDir), log }),
	);
	// The house is loaded while the database opens: both take half a second.
	const [{ openHouse }, database] = await Promise.all([import("./main.ts"), opening]);
	return openHouse(config, systemClock, log, database, schema);
}

async function main([name = "", ...args]: readonly string[]): Promise<Exit> {
	const io: Io = {
		out: (text) => process.stdout.write(text),
		err: (text) => process.stderr.write(text),
		drained: () => drained(process.stdout),
		cwd: process.cwd(),
		terminal: Boolean(process.stderr.isTTY),
	};
	if (name === "--help" || name === "-h" || name === "help") {
		io.out(await usage(language()));
		return 0;
	}
	if (name === "start" && (args.includes("--help") || args.includes("-h"))) {
		io.out(`${START.usage}\n    ${START.about[language()]}\n`);
		return 0;
	}
	// The doctor tells of faults in the environment like of any other; nothing else works with them.
	const environment = name === "doctor" ? checkConfig(process.env) : { config: readConfig(process.env), faults: [] };
	const { config } = environment;
	let house: OpenHouse | null = null;
	try {
		if (name === "start") {
			if (args.length > 0) throw new UsageError(args.join(" "));
			const starting = import("./cli/start.ts");
			house = await open(config, "current", config.slack === null && config.matrix === null);
			const lent = house;
			const { start } = await starting;
			return await start(
				lent,
				io,
				{ input: process.stdin, output: process.stdout, colour: !process.env.NO_COLOR },
				(asked, other, settle) =>
					runSubcommand(asked[0] ?? "", asked.slice(1), other, { environment, house: async () => lent, settle }),
			);
		}
		return await runSubcommand(name, args, io, {
			environment,
			async house(schema = "current") {
				if (schema === "only look" && config.databaseUrl === null && !isMade(config.dataDir)) throw new NotMade();
				house ??= await open(config, schema === "current" ? schema : "as it is", false);
				return house;
			},
			settle: async () => {},
		});
	} catch (error) {
		if (error instanceof DatabaseInUse && name !== "start") {
			const exit = await forward(config.dataDir, [name, ...args], io);
			if (exit !== null) return exit;
		}
		throw error;
	} finally {
		await house?.close();
	}
}

// Whoever reads the output may stop reading (`lotse preview | head`): that ends the command and is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code !== "EPIPE") throw error;
	process.exit(0);
});

main(process.argv.slice(2))
	.catch((error: unknown) => {
		const reason = reasonOf(error);
		process.stderr.write(reason ? `${reason.text}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
		return reason?.exit ?? 1;
	})
	.then((exit) => {
		// Not process.exit: output to a pipe may still be on its way.
		process.exitCode = exit;
		setTimeout(() => process.exit(exit), 2_000).unref();
	});
