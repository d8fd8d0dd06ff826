/**
 * `npm run bench:chat [-- --write] [--rounds 60] [--data DIR] [--small]`: how much longer Lotse takes to answer than a bot that only
 * echoes, on a simulated Slack and a real Synapse. All bots run at once and are asked in turn, so that whatever slows the machine slows
 * all of them. With `--data` the prepared databases are kept for the next run; `--small` leaves the large network out.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { z } from "zod";
import { start as startMatrix } from "../test/support/matrixlab/matrixlab.mjs";
import { withDatabase } from "../test/support/server.ts";
import { STATE, writeNetwork } from "./network.ts";
import { circumstances, quantile, root, table, writeSection } from "./page.ts";
import { type Heard, openRoom, openWorkspace } from "./people.ts";
import { type Bot, command, endAll, startBot, startNode, usageOf } from "./process.ts";

const { values } = parseArgs({
	options: {
		write: { type: "boolean", default: false },
		small: { type: "boolean", default: false },
		rounds: { type: "string", default: "60" },
		data: { type: "string" },
	},
});
const ROUNDS = Number(values.rounds);
const LATENCY_MS = 40;
const QUESTIONS = [
	"wer ist für Opferschutz in Zwickau zuständig?",
	"wer ist in Dresden für Prävention zuständig?",
	"wer macht Jugend in Leipzig?",
	"who is responsible for victim support in Zwickau?",
	"Ansprechpartner Verkehrssicherheit Chemnitz?",
];
/** To be slower than the echo by no more than this. */
const TARGET = { sample: 1.25, state: 1.4 };

interface Target {
	name: string;
	size: "echo" | "sample" | "state";
	slack(text: string): Promise<Heard>;
	matrix(text: string): Promise<Heard>;
	bots: readonly { pid: number; started: number | null }[];
}

const data = values.data ?? mkdtempSync(join(tmpdir(), "lotse-bench-"));
mkdirSync(data, { recursive: true });
const server = process.env.TEST_DATABASE_URL ?? null;
const closing: (() => Promise<unknown>)[] = [];

const matrix = await startMatrix({ data: join(data, `matrix-${process.pid}`), rateLimits: "off" });
closing.push(() => matrix.close());

async function account(name: string): Promise<{ user_id: string; access_token: string }> {
	const answer = await fetch(`${matrix.control_url}/users`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ name }),
	});
	const made: unknown = await answer.json();
	return z.object({ user_id: z.string(), access_token: z.string() }).parse(made);
}
const asker = await account("asker");

/** Databases with their networks, made at the first run. */
async function prepared(kind: "embedded" | "server", size: "sample" | "state"): Promise<Record<string, string>> {
	const network = size === "sample" ? join(root, "sample/network") : join(data, "network");
	if (!existsSync(network)) await writeNetwork(network, STATE);
	if (kind === "embedded") {
		const dir = join(data, size);
		if (!existsSync(dir)) await command(["import", network], { LOTSE_DATA_DIR: dir });
		return { LOTSE_DATA_DIR: dir };
	}
	const name = `lotse_bench_${size}`;
	const client = new pg.Client({ connectionString: server ?? "" });
	await client.connect();
	const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
	if (known.rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
	await client.end();
	const env = { DATABASE_URL: withDatabase(server ?? "", name) };
	await command(["migrate"], env);
	await command(["import", network], env);
	return env;
}

async function lotse(kind: "embedded" | "server", size: "sample" | "state"): Promise<Target> {
	const workspace = await openWorkspace(LATENCY_MS);
	closing.push(() => workspace.close());
	const id = await account(`lotse-${kind}-${size}`);
	const bot: Bot = await startBot({
		...(await prepared(kind, size)),
		...workspace.env,
		MATRIX_HOMESERVER_URL: matrix.base_url,
		MATRIX_ACCESS_TOKEN: id.access_token,
		LOTSE_ADMINS: [asker.user_id, ...workspace.admins].join(","),
	});
	const room = await openRoom(matrix.synapse_url, asker.access_token, id.user_id);
	const where = { embedded: "embedded database", server: "PostgreSQL" }[kind];
	const what = { sample: "sample network", state: "100,000 contacts" }[size];
	return { name: `Lotse, ${what}, ${where}`, size, slack: workspace.ask, matrix: room.ask, bots: [bot] };
}

async function echo(): Promise<Target> {
	const workspace = await openWorkspace(LATENCY_MS);
	closing.push(() => workspace.close());
	const id = await account("echo");
	const start = async (file: string, env: Record<string, string>) => {
		const began = performance.now();
		const child = startNode([join(root, "bench", file)], env);
		await new Promise((ready) => child.stdout?.once("data", ready));
		return { pid: child.pid ?? 0, started: (performance.now() - began) / 1000 };
	};
	const bots = [
		await start("echo-slack.ts", workspace.env),
		await start("echo-matrix.ts", {
			MATRIX_HOMESERVER_URL: matrix.base_url,
			MATRIX_ACCESS_TOKEN: id.access_token,
		}),
	];
	const room = await openRoom(matrix.synapse_url, asker.access_token, id.user_id);
	return { name: "Echo (Bolt; matrix-bot-sdk)", size: "echo", slack: workspace.ask, matrix: room.ask, bots };
}

/** An answer with a telephone number: a bot that answers quickly that it does not know has not answered. */
function checked(target: Target, heard: Heard): number {
	if (target.size !== "echo" && !/\+49/u.test(heard.text)) throw new Error(`${target.name} answered: ${heard.text}`);
	return heard.ms;
}

const cpu = ({ bots }: Target) => bots.reduce((sum, { pid }) => sum + usageOf(pid).cpu, 0);

try {
	const targets: Target[] = [await echo()];
	for (const size of values.small ? (["sample"] as const) : (["sample", "state"] as const))
		for (const kind of server === null ? (["embedded"] as const) : (["embedded", "server"] as const)) {
			console.error(`starting: ${size}, ${kind}`);
			targets.push(await lotse(kind, size));
		}
	const times = new Map(targets.map((target) => [target, { slack: [0], matrix: [0] }]));
	for (const each of times.values()) each.slack.pop();
	for (const each of times.values()) each.matrix.pop();
	for (const target of targets)
		for (const question of QUESTIONS) {
			await target.slack(question);
			await target.matrix(question);
		}
	// What a start leaves to be done in the background is done.
	await pause(5_000);
	const spent = new Map(targets.map((target) => [target, cpu(target)]));
	const began = performance.now();
	for (let round = 0; round < ROUNDS; round++) {
		const question = QUESTIONS[round % QUESTIONS.length] ?? "";
		for (const target of targets) times.get(target)?.slack.push(checked(target, await target.slack(question)));
		for (const target of targets) times.get(target)?.matrix.push(checked(target, await target.matrix(question)));
	}
	const seconds = (performance.now() - began) / 1000;

	const [base] = targets;
	const own = (target: Target | undefined, chat: "slack" | "matrix") => (target && times.get(target)?.[chat]) ?? [];
	const rows = targets.map((target) => {
		const cells = (["slack", "matrix"] as const).flatMap((chat) => {
			const all = own(target, chat);
			const ratio = quantile(all, 0.5) / quantile(own(base, chat), 0.5);
			const wanted =
				target.size === "echo" ? "" : ` of ${TARGET[target.size]} ${ratio <= TARGET[target.size] ? "✓" : "✗"}`;
			return [
				`${quantile(all, 0.5).toFixed(1)} / ${quantile(all, 0.95).toFixed(1)} ms`,
				`${ratio.toFixed(2)}${wanted}`,
			];
		});
		const usages = target.bots.map(({ pid }) => usageOf(pid));
		const per = ((cpu(target) - (spent.get(target) ?? 0)) / (2 * ROUNDS)) * 1000;
		const sum = (of: (usage: (typeof usages)[number]) => number) =>
			usages.map((usage) => of(usage).toFixed(0)).join(" + ");
		const started = target.bots.map((bot) => bot.started?.toFixed(1) ?? "–").join(" + ");
		return [
			target.name,
			...cells,
			`${per.toFixed(0)} ms`,
			`${sum(({ now }) => now)} (${sum(({ peak }) => peak)}) MB`,
			`${started} s`,
		];
	});
	const lines = [
		"## Answers in chat",
		"",
		`A contact question in a direct message, from sending it to seeing the answer: median / 95 of 100, and the ratio of the medians to a bot that only echoes. ${ROUNDS} rounds, every bot asked in turn; Slack simulated with ${LATENCY_MS} ms for each request, a real Synapse. Lotse stores each message before it acknowledges it and each answer before it sends it; the echo stores nothing.`,
		`${circumstances()} Processor time is that of the whole process over ${seconds.toFixed(0)} s, idle work included; memory is now (at most); start is until all chats are heard.`,
		"",
		...table(["", "Slack", "ratio", "Matrix", "ratio", "CPU per answer", "memory", "start"], rows),
		...(server === null ? ["", "Without TEST_DATABASE_URL: not measured on PostgreSQL."] : []),
	];
	console.log(lines.join("\n"));
	if (values.write) writeSection("chat", lines);
} finally {
	await endAll();
	for (const close of closing.toReversed()) await close();
	if (values.data === undefined) rmSync(data, { recursive: true, force: true });
	else rmSync(join(data, `matrix-${process.pid}`), { recursive: true, force: true });
}
process.exit();
