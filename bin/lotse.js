#!/usr/bin/env node
// Lotse runs on the Node that npm put into node_modules, whatever Node the machine has. Kept in old JavaScript so that any Node reads it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
// Not by name: an older Node has no enableCompileCache, and would refuse to load this file.
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(fileURLToPath(import.meta.url), "..", "..");

function bundledNode() {
	const require = module.createRequire(import.meta.url);
	const packages = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`, `node-win-${process.arch}`];
	for (const name of packages) {
		try {
			const folder = join(require.resolve(`${name}/package.json`), "..");
			for (const file of ["bin/node", "bin/node.exe"]) if (existsSync(join(folder, file))) return join(folder, file);
		} catch {
			// Not this machine's package.
		}
	}
	return null;
}

if (Number(process.versions.node.split(".")[0]) >= 26) {
	module.enableCompileCache?.();
	await import("../src/cli.ts");
} else {
	const node = bundledNode();
	if (node === null) {
		console.error(`Lotse braucht Node 26 und findet es nicht. / Lotse needs Node 26 and cannot find it. (${process.platform} ${process.arch})`);
		process.exit(1);
	}
	const child = spawn(node, [join(root, "bin", "lotse.js"), ...process.argv.slice(2)], { stdio: "inherit" });
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
	child.on("exit", (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
}
