#!/usr/bin/env node
// Lotse runs on the Node that npm put into node_modules, whatever Node the machine has. Kept in old JavaScript so that any Node reads it.
import { spawn } from "node:child_process";
// Not by name: an older Node has no enableCompileCache, and would refuse to load this file.
import module from "node:module";
import { fileURLToPath } from "node:url";
import { nodePath } from "./node.js";

const node = nodePath();

if (node === process.execPath) {
	module.enableCompileCache?.();
	try {
		// What the environment already says wins.
		process.loadEnvFile(".env");
	} catch (error) {
		if (error.code !== "ENOENT") throw error;
	}
	await import("../src/cli.ts");
} else {
	const file = fileURLToPath(import.meta.url);
	const child = spawn(node, [...process.execArgv, file, ...process.argv.slice(2)], { stdio: "inherit" });
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
	child.on("exit", (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
}
