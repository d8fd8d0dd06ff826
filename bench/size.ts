/**
 * `npm run bench:size [-- --write]`: a network of the size of a federal state into an empty database, the same once more, out again, and
 * the first answer of a bot that starts with it. On the embedded database, and on PostgreSQL with TEST_DATABASE_URL.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { FILES } from "../src/exchange/columns.ts";
import { RECORD_TYPES } from "../src/network/records.ts";
import { withDatabase } from "../test/support/server.ts";
import { STATE, writeNetwork } from "./network.ts";
import { circumstances, table, writeSection } from "./page.ts";
import { command, endAll } from "./process.ts";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const folder = mkdtempSync(join(tmpdir(), "lotse-bench-"));
const network = join(folder, "network");
const server = process.env.TEST_DATABASE_URL ?? null;
const NAME = "lotse_bench_size";

async function emptyServer(create: boolean): Promise<void> {
	const client = new pg.Client({ connectionString: server ?? "" });
	await client.connect();
	await client.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
	if (create) await client.query(`CREATE DATABASE ${NAME}`);
	await client.end();
}

interface Targets {
	seconds: Record<string, number>;
	megabytes: Record<string, number>;
}

/** One row for each step. @throws where what comes out is not what went in */
async function measure(name: string, env: Record<string, string>, targets: Targets): Promise<string[][]> {
	const rows: string[][] = [];
	async function step(what: string, args: string[]): Promise<void> {
		console.error(`${name}: ${what}`);
		const { seconds, cpu, peak } = await command(args, env);
		const limit = targets.seconds[what];
		const most = targets.megabytes[what];
		const verdict = (value: number, target: number | undefined, unit: string) =>
			target === undefined ? "–" : `${target} ${unit} ${value < target ? "✓" : "✗"}`;
		rows.push([
			`${name}: ${what}`,
			`${seconds.toFixed(1)} s`,
			verdict(seconds, limit, "s"),
			`${cpu.toFixed(1)} s`,
			`${peak.toFixed(0)} MB`,
			verdict(peak, most, "MB"),
		]);
	}
	const out = join(folder, `out ${name}`);
	await step("import", ["import", network]);
	await step("import of the same", ["import", network]);
	await step("export", ["export", out]);
	for (const type of RECORD_TYPES) {
		const file = `${FILES[type].name}.csv`;
		const lines = (where: string) => readFileSync(join(where, file), "utf8").split("\n").sort().join("\n");
		if (lines(out) !== lines(network)) throw new Error(`${file} came out otherwise than it went in`);
	}
	await step("first answer", ["ask", "wer ist für Opferschutz in Zwickau zuständig?"]);
	return rows;
}

try {
	await writeNetwork(network, STATE);
	const rows = await measure(
		"embedded",
		{ LOTSE_DATA_DIR: join(folder, "data") },
		{ seconds: { import: 90, export: 30 }, megabytes: { import: 1_229 } },
	);
	if (server !== null) {
		await emptyServer(true);
		const env = { DATABASE_URL: withDatabase(server, NAME) };
		await command(["migrate"], env);
		rows.push(...(await measure("PostgreSQL", env, { seconds: { import: 60, export: 30 }, megabytes: {} })));
	}
	const lines = [
		"## A network of the size of a federal state",
		"",
		`100,000 contacts, 10,000 organisations, 5,000 agreements, 20,000 events, 50,000 decisions and what belongs to them (\`bench/network.ts\`), each step a \`lotse\` command of its own, its start included. What comes out is line by line what went in.`,
		`${circumstances()} Memory is the highest of the process (on PostgreSQL without the server's).`,
		"",
		...table(["", "time", "target", "processor time", "peak memory", "target"], rows),
		...(server === null ? ["", "Without TEST_DATABASE_URL: not measured on PostgreSQL."] : []),
	];
	console.log(lines.join("\n"));
	if (values.write) writeSection("size", lines);
} finally {
	await endAll();
	if (server !== null) await emptyServer(false);
	rmSync(folder, { recursive: true, force: true });
}
