/** docs/performance.md: each bench writes its own section, between two marks. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");
const page = join(root, "docs/performance.md");

/** The load before anything is measured. */
const busy = loadavg()[0] ?? 0;

/** Day, machine and what else it did: without them a figure says nothing. */
export function circumstances(): string {
	const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "?"}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.versions.node}`;
	const shared =
		busy > cpus().length / 2
			? " **Provisional: the machine was busy, only ratios within this run say something.**"
			: "";
	return `Measured on ${Temporal.Now.plainDateISO()} on ${machine}; load before it began: ${busy.toFixed(1)}.${shared}`;
}

export function writeSection(name: string, lines: readonly string[]): void {
	const section = [`<!-- ${name}: made by \`npm run bench:${name}\` -->`, ...lines, `<!-- end of ${name} -->`].join(
		"\n",
	);
	const before = existsSync(page) ? readFileSync(page, "utf8") : "# Performance\n";
	const from = before.indexOf(`<!-- ${name}:`);
	const mark = `<!-- end of ${name} -->`;
	const to = before.indexOf(mark);
	const after =
		from === -1 || to === -1
			? `${before.trimEnd()}\n\n${section}\n`
			: `${before.slice(0, from)}${section}${before.slice(to + mark.length)}`;
	writeFileSync(page, after);
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
	`| ${head.join(" | ")} |`,
	`| ${head.map(() => "---").join(" | ")} |`,
	...rows.map((row) => `| ${row.join(" | ")} |`),
];

/** The value below which this part of all lies. */
export function quantile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
