// Finds the Node that npm put into node_modules, whatever Node the machine has. Kept in old JavaScript so that any Node reads it.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The oldest Node that runs TypeScript as it is and knows Temporal. */
const WANTED = 26;

/** Path of a Node that runs Lotse: this one where it is new enough, else the one of node_modules. Ends the process where there is none. */
export function nodePath() {
	if (Number(process.versions.node.split(".")[0]) >= WANTED) return process.execPath;
	const require = createRequire(import.meta.url);
	const machine = `${process.platform} ${process.arch}`;
	const packages = [
		`node-${process.platform}-${process.arch}`,
		`node-bin-${process.platform}-${process.arch}`,
		`node-win-${process.arch}`,
	];
	for (const name of packages) {
		try {
			const folder = join(require.resolve(`${name}/package.json`), "..");
			for (const file of ["bin/node", "bin/node.exe"]) if (existsSync(join(folder, file))) return join(folder, file);
		} catch {
			// Not this machine's package.
		}
	}
	console.error(
		`Lotse braucht Node ${WANTED} und findet es nicht. / Lotse needs Node ${WANTED} and cannot find it. (${machine})`,
	);
	process.exit(1);
}
