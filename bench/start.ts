/**
 * `npm run bench`: how long `npm start` takes to its first answer, and how much memory the bot has at most, in the terminal and with both
 * chats (a simulated Slack, a real Synapse). Writes its part of docs/performance.md. Linux only: memory is read from /proc.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { start as startMatrix } from "../test/support/matrixlab/matrixlab.mjs";
import { freePort } from "../test/support/process.ts";
import { start as startSlack } from "../test/support/slacksim/slacksim.mjs";

const root = join(import.meta.dirname, "..");
const page = join(root, "docs/performance.md");
const QUESTION = "wer ist für Opferschutz in Zwickau zuständig?";
const RUNS = 5;
/** What the bot still does after its first answer (looking for what is due) belongs to its peak. */
const AFTERWARDS_MS = 3_000;

/** The bot's environment: nothing of the caller's own bot. */
const plain = Object.fromEntries(
	Object.entries(process.env).filter(
		([name]) => !/^(LOTSE_|SLACK_|MATRIX_|DATABASE_URL|PORT$|LOG_LEVEL$|NODE_OPTIONS$)/u.test(name),
	),
);

/** Bots that still run, should the bench break off. */
const running = new Set<ChildProcessWithoutNullStreams>();

function startBot(dataDir: string, more: Record<string, string> = {}): ChildProcessWithoutNullStreams {
	const env = { ...plain, LOTSE_DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error", ...more };
	const child = spawn("npm", ["start", "--silent"], { cwd: root, env, detached: true });
	child.stderr.pipe(process.stderr);
	running.add(child);
	child.once("exit", () => running.delete(child));
	return child;
}

/** npm starts a shell that starts Node: all of its descendants. */
function descendants(pid: number): number[] {
	const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
		readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
			.trim()
			.split(/\s+/u)
			.filter((each) => each !== ""),
	);
	return children.flatMap((child) => [Number(child), ...descendants(Number(child))]);
}

/** Peak and present resident memory of the bot's own process, in MB: the descendant that has the most. */
function memory(pid: number): { peak: number; now: number } {
	const read = (one: number, field: string) => {
		const [, kilobytes = "0"] =
			new RegExp(`${field}:\\s+(\\d+)`, "u").exec(readFileSync(`/proc/${one}/status`, "utf8")) ?? [];
		return Number(kilobytes) / 1024;
	};
	const all = descendants(pid).map((one) => ({ peak: read(one, "VmHWM"), now: read(one, "VmRSS") }));
	return all.reduce((most, one) => (one.peak > most.peak ? one : most), { peak: 0, now: 0 });
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
	const ended = new Promise((done) => child.once("exit", done));
	child.stdin.end();
	for (const pid of descendants(child.pid ?? 0)) process.kill(pid, "SIGTERM");
	await ended;
}

interface Measured {
	seconds: number;
	peak: number;
	now: number;
}

async function terminal(dataDir: string): Promise<Measured> {
	const began = performance.now();
	const child = startBot(dataDir);
	child.stdin.write(`${QUESTION}\n`);
	await new Promise<void>((answered, failed) => {
		child.stdout.once("data", () => answered());
		child.once("exit", () => failed(new Error("the bot ended without an answer")));
	});
	const seconds = (performance.now() - began) / 1000;
	child.stdout.resume();
	await pause(AFTERWARDS_MS);
	const measured = { seconds, ...memory(child.pid ?? 0) };
	await end(child);
	return measured;
}

async function control(url: string, path: string, body?: object): Promise<void> {
	const init = body
		? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
		: {};
	const answer = await fetch(`${url}${path}`, init);
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** Every chat is heard: a question before that would wait for a repetition. */
const connected = (port: string) =>
	fetch(`http://127.0.0.1:${port}/health`).then(
		({ ok }) => ok,
		() => false,
	);

interface Chats {
	slack: { slackApiUrl: string; controlUrl: string };
	matrix: { base_url: string; control_url: string; bot: { access_token: string } };
	tokens: { bot: string; app: string };
}

/** Both chats connected, and a question in each answered. */
async function chats(dataDir: string, { slack, matrix, tokens }: Chats): Promise<Measured> {
	const port = String(await freePort());
	const began = performance.now();
	const child = startBot(dataDir, {
		PORT: port,
		LOTSE_NETWORK: join(root, "sample/network"),
		LOTSE_ADMINS: "U0ALICE001,@alice:lab.test",
		SLACK_API_URL: slack.slackApiUrl,
		SLACK_BOT_TOKEN: tokens.bot,
		SLACK_APP_TOKEN: tokens.app,
		MATRIX_HOMESERVER_URL: matrix.base_url,
		MATRIX_ACCESS_TOKEN: matrix.bot.access_token,
	});
	child.stdout.resume();
	while (!(await connected(port))) await pause(20);
	const since = Date.now();
	await control(slack.controlUrl, "/message", { user: "alice", dm: true, text: QUESTION });
	await control(slack.controlUrl, `/wait/message?dm=alice&timeout=60000&since=${since / 1000}`);
	const seconds = (performance.now() - began) / 1000;
	await control(matrix.control_url, "/message", { user: "alice", dm: true, text: QUESTION, wait: 60_000 });
	await control(matrix.control_url, `/wait/message?dm=alice&timeout=60000&since=${since}`);
	await pause(AFTERWARDS_MS);
	const measured = { seconds, ...memory(child.pid ?? 0) };
	await end(child);
	return measured;
}

const busy = loadavg()[0] ?? 0;

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Row {
	what: string;
	runs: readonly Measured[];
	target: { seconds: number | null; peak: number };
}

function shown({ what, runs, target }: Row): string {
	const of = (key: keyof Measured) => runs.map((run) => run[key]);
	const seconds = `${median(of("seconds")).toFixed(2)} s (${Math.min(...of("seconds")).toFixed(2)}–${Math.max(...of("seconds")).toFixed(2)})`;
	const megabytes = (values: readonly number[]) => `${median(values).toFixed(0)} MB`;
	const cells = [
		what,
		seconds,
		target.seconds === null ? "–" : `${target.seconds} s`,
		`${megabytes(of("peak"))} (${Math.max(...of("peak")).toFixed(0)})`,
		`${target.peak} MB`,
		megabytes(of("now")),
	];
	return `| ${cells.join(" | ")} |`;
}

function write(rows: readonly Row[]): void {
	const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "?"}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.versions.node}`;
	const section = [
		"<!-- start: made by `npm run bench` -->",
		"## Start and memory",
		"",
		`From typing \`npm start\` to the first line of the answer, and the peak of the bot's resident memory until ${AFTERWARDS_MS / 1000} s after it (median of ${RUNS} runs, in brackets the range, of memory the highest), with the sample network.`,
		`Measured on ${Temporal.Now.plainDateISO()} on ${machine}; other work on the machine before it began: load ${busy.toFixed(1)}.`,
		"",
		"| | to the first answer | target | peak memory | target | after the answer |",
		"| --- | --- | --- | --- | --- | --- |",
		...rows.map(shown),
		"",
		"`npm start` gives V8 a small young generation (`--max-semi-space-size=4`): about 60 MB less at the peak, and no slower.",
		"<!-- end of start -->",
	].join("\n");
	const before = existsSync(page)
		? readFileSync(page, "utf8")
		: "# Performance\n\n<!-- start: -->\n<!-- end of start -->\n";
	const block = /<!-- start:[\s\S]*?<!-- end of start -->/u;
	writeFileSync(
		page,
		block.test(before) ? before.replace(block, () => section) : `${before.trimEnd()}\n\n${section}\n`,
	);
	console.log(section);
}

async function repeat(once: () => Promise<Measured>): Promise<Measured[]> {
	const runs: Measured[] = [];
	for (let run = 0; run < RUNS; run += 1) runs.push(await once());
	return runs;
}

const folders: string[] = [];
const folder = () => {
	const made = mkdtempSync(join(tmpdir(), "lotse-bench-"));
	folders.push(made);
	return made;
};

try {
	// The first run of all also fills the compile cache, as the first start of a newcomer does: measured by itself.
	const known = folder();
	await terminal(known);
	const fresh = await repeat(() => terminal(folder()));
	const existing = await repeat(() => terminal(known));
	const slack = await startSlack();
	const matrix = await startMatrix({ data: folder(), rateLimits: "off" });
	const tokens = { bot: "xoxb-sim-bot-token", app: "xapp-sim-app-token" };
	const both = folder();
	await chats(both, { slack, matrix, tokens });
	const talking = await repeat(() => chats(both, { slack, matrix, tokens }));
	await slack.close();
	await matrix.close();
	write([
		{ what: "Terminal, new embedded database", runs: fresh, target: { seconds: 8, peak: 450 } },
		{ what: "Terminal, existing database", runs: existing, target: { seconds: 2, peak: 450 } },
		{ what: "Slack and Matrix, existing database", runs: talking, target: { seconds: null, peak: 550 } },
	]);
} finally {
	for (const child of running) await end(child);
	for (const each of folders) rmSync(each, { recursive: true, force: true });
}
