/** Real processes, and what they take. Linux only: read from /proc. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../test/support/process.ts";
import { root } from "./page.ts";

/** Nothing of the caller's own bot. */
const plain = Object.fromEntries(
	Object.entries(process.env).filter(
		([name]) => !/^(LOTSE_|SLACK_|MATRIX_|DATABASE_URL|PORT$|LOG_LEVEL$|NODE_OPTIONS$)/u.test(name),
	),
);

export interface Usage {
	/** Seconds of processor time, ended threads included. */
	cpu: number;
	/** Resident megabytes. */
	now: number;
	peak: number;
}

const TICKS_PER_SECOND = 100;

export function usageOf(pid: number): Usage {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	const kilobytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`, "u").exec(status)?.[1] ?? 0);
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	// The name in brackets may hold spaces: fields are counted from its end.
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return {
		cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
		now: kilobytes("VmRSS") / 1024,
		peak: kilobytes("VmHWM") / 1024,
	};
}

const running = new Set<ChildProcess>();

export function startNode(args: readonly string[], env: Record<string, string>): ChildProcess {
	const child = spawn(process.execPath, args, {
		cwd: root,
		env: { ...plain, LOG_LEVEL: "error", ...env },
		stdio: ["ignore", "pipe", "inherit"],
	});
	running.add(child);
	child.once("exit", () => running.delete(child));
	return child;
}

export async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, "exit");
	child.kill("SIGTERM");
	await ended;
}

export const endAll = () => Promise.all([...running].map(end));

/** As `npm start` does it. */
const START = ["--max-semi-space-size=4", join(root, "bin/lotse.js"), "start"];

export interface Bot {
	child: ChildProcess;
	pid: number;
	/** Seconds until every chat was heard. */
	started: number;
}

/** The bot, once it hears every chat. */
export async function startBot(env: Record<string, string>): Promise<Bot> {
	const port = String(await freePort());
	const began = performance.now();
	const child = startNode(START, { ...env, PORT: port });
	child.stdout?.resume();
	for (;;) {
		if (child.exitCode !== null) throw new Error(`the bot ended with ${child.exitCode}`);
		const healthy = await fetch(`http://127.0.0.1:${port}/health`).then(
			({ ok }) => ok,
			() => false,
		);
		if (healthy) return { child, pid: child.pid ?? 0, started: (performance.now() - began) / 1000 };
		await pause(20);
	}
}

/** One `lotse` command to its end: how long, and the most that it took. @throws when it fails */
export async function command(
	args: readonly string[],
	env: Record<string, string>,
): Promise<Usage & { seconds: number; out: string }> {
	const began = performance.now();
	const child = startNode([join(root, "bin/lotse.js"), ...args], env);
	let out = "";
	child.stdout?.on("data", (chunk) => {
		out += chunk;
	});
	let usage: Usage = { cpu: 0, now: 0, peak: 0 };
	const look = () => {
		try {
			const seen = usageOf(child.pid ?? 0);
			// One that has ended and is not yet buried has no memory any more.
			if (seen.peak > 0) usage = seen;
		} catch {
			// It has just ended.
		}
	};
	const looking = setInterval(look, 20);
	const [exit] = await once(child, "exit");
	clearInterval(looking);
	if (exit !== 0) throw new Error(`lotse ${args.join(" ")}: ${exit} ${out}`);
	return { ...usage, seconds: (performance.now() - began) / 1000, out };
}
