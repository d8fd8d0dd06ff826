#!/usr/bin/env node
// `npm test`: everything an everyday check needs, in one go, with `N passed, N failed` as the last line.
// `node bin/check.js vitest …` runs the suite alone with vitest's own arguments, and ends with the same line.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodePath } from "./node.js";

const root = join(fileURLToPath(import.meta.url), "..", "..");
const node = nodePath();
const tool = (path) => join(root, "node_modules", path);

/** Each must hold by itself. The first is the longest, so it runs beside all the others: that fits two cores. */
const HOUSE = [
	{ name: "types", args: [tool("typescript/bin/tsc"), "--noEmit", "-p", "."] },
	{ name: "style", args: [tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"] },
	{
		name: "rooms",
		args: [tool("dependency-cruiser/bin/dependency-cruiser.mjs"), "src", "commands", "test", "bench", "bin"],
	},
	{ name: "unused", args: [tool("knip/bin/knip.js"), "--treat-config-hints-as-errors"] },
	{ name: "generated", args: [join(root, "bin", "generate.ts"), "--check"] },
];

const children = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
	process.on(signal, () => {
		for (const child of children) child.kill(signal);
		process.exitCode = 1;
	});
}

/** Runs Node with these arguments. Its output is shown live, or kept and handed back. */
function run(args, live) {
	return new Promise((done) => {
		const began = Date.now();
		const child = spawn(node, args, {
			cwd: root,
			stdio: ["ignore", live ? "inherit" : "pipe", live ? "inherit" : "pipe"],
		});
		children.add(child);
		let output = "";
		for (const stream of live ? [] : [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (text) => {
				output += text;
			});
		}
		const end = (well) => {
			children.delete(child);
			done({ well, output, seconds: (Date.now() - began) / 1000 });
		};
		child.on("error", (error) => {
			output += `${error.message}\n`;
			end(false);
		});
		child.on("close", (code) => end(code === 0));
	});
}

/** One line for each part, shown once more at the end, where the tests' output has long scrolled it away. */
const summary = [];
function note(well, name, seconds, more = "") {
	const text =
		`  ${well ? "ok    " : "FAILED"}  ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${more}`.trimEnd();
	summary.push(text);
	return text;
}

async function checkHouse() {
	const results = [];
	const check = async ({ name, args }) => {
		const { well, output, seconds } = await run(args, false);
		results.push(well);
		console.log(`${note(well, name, seconds)}${well ? "" : `\n\n${output.trimEnd()}\n`}`);
	};
	const [longest, ...others] = HOUSE;
	await Promise.all([
		check(longest),
		(async () => {
			for (const each of others) await check(each);
		})(),
	]);
	return { passed: results.filter(Boolean).length, failed: results.filter((well) => !well).length };
}

/** What vitest counted. A file that could not even be loaded, and a test that was skipped, count as failed. */
function count(report, well) {
	const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
	const skipped = report.numPendingTests + report.numTodoTests;
	if (skipped > 0) console.log(`${skipped} test(s) were skipped: nothing may be.`);
	const failed = report.numFailedTests + broken.length + skipped;
	return { passed: report.numPassedTests, failed: well ? failed : Math.max(failed, 1) };
}

async function runSuite(args) {
	const folder = mkdtempSync(join(tmpdir(), "lotse-check-"));
	const file = join(folder, "report.json");
	const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`, "--allowOnly=false"];
	try {
		const { well, seconds } = await run([tool("vitest/vitest.mjs"), "run", ...args, ...reporters], true);
		const counted = count(JSON.parse(readFileSync(file, "utf8")), well);
		note(counted.failed === 0, "tests", seconds, `${counted.passed} passed, ${counted.failed} failed`);
		return counted;
	} catch (error) {
		console.log(`The tests did not run to their end. ${error instanceof Error ? error.message : error}`);
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const [what, ...rest] = process.argv.slice(2);
if (what !== undefined && what !== "vitest") {
	console.error("node bin/check.js [vitest ARGUMENTS…]");
	process.exit(2);
}
const parts = [];
if (what === undefined) parts.push(await checkHouse());
parts.push(await runSuite(what === undefined ? ["--project", "everyday"] : rest));
const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
if (sum("failed") > 0) process.exitCode = 1;
console.log(`\n${summary.join("\n")}\n\n${sum("passed")} passed, ${sum("failed")} failed`);
