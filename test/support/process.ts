/** The real bot as a process of its own, as an administrator starts it; it can be killed at any moment. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const LOTSE = join(import.meta.dirname, "..", "..", "bin", "lotse.js");

type Env = Record<string, string>;

/** The machine's environment without what would configure a bot. */
function environment(env: Env): NodeJS.ProcessEnv {
	const clean = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(?:DATABASE_URL|PORT|LOG_LEVEL|LOTSE_|SLACK_|MATRIX_)/u.test(name),
		),
	);
	return { ...clean, ...env };
}

export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const address = server.address();
	await new Promise((closed) => server.close(closed));
	return typeof address === "object" && address ? address.port : 0;
}

export interface BotProcess {
	port: number;
	/** What it logged so far. */
	log(): string;
	/** kill -9 */
	kill(): Promise<void>;
	/** As a service manager ends it. @returns the exit status */
	end(): Promise<number | null>;
}

/** Resolves when the bot hears every chat. */
export async function startProcess(env: Env): Promise<BotProcess> {
	const port = await freePort();
	const child = spawn(process.execPath, [LOTSE, "start"], {
		env: environment({ LOG_LEVEL: "info", ...env, PORT: String(port) }),
		stdio: ["ignore", "pipe", "pipe"],
	});
	let logged = "";
	child.stdout?.on("data", (chunk) => {
		logged += chunk;
	});
	child.stderr?.on("data", (chunk) => {
		logged += chunk;
	});
	const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
	await healthy(port, child, () => logged);
	const stop = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		return ended;
	};
	return {
		port,
		log: () => logged,
		kill: async () => {
			await stop("SIGKILL");
		},
		end: () => stop("SIGTERM"),
	};
}

async function healthy(port: number, child: ChildProcess, log: () => string): Promise<void> {
	const until = performance.now() + 45_000;
	while (performance.now() < until) {
		if (child.exitCode !== null) throw new Error(`the bot ended with ${child.exitCode}: ${log()}`);
		const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
		if (answer?.status === 200) return;
		await pause(100);
	}
	child.kill("SIGKILL");
	throw new Error(`the bot did not become healthy: ${log()}`);
}

/** One `lotse` command beside the running bot. */
export async function lotse(env: Env, ...args: string[]): Promise<{ out: string; err: string; exit: number }> {
	try {
		const { stdout, stderr } = await promisify(execFile)(process.execPath, [LOTSE, ...args], { env: environment(env) });
		return { out: stdout, err: stderr, exit: 0 };
	} catch (error) {
		const failed = error instanceof Error && "stdout" in error && "stderr" in error && "code" in error ? error : null;
		if (!failed) throw error;
		return { out: String(failed.stdout), err: String(failed.stderr), exit: Number(failed.code) };
	}
}
