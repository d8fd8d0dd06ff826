import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DatabaseInUse, hold } from "../../src/database/hold.ts";

test("a folder is held until its process ends, also by kill -9", async () => {
	const dataDir = await mkdtemp(join(tmpdir(), "lotse-hold-"));
	const path = join(dataDir, "database.lock");
	const module = new URL("../../src/database/hold.ts", import.meta.url);
	const code = `import { hold } from ${JSON.stringify(module.href)};
		hold(${JSON.stringify(path)}, ""); console.log("held"); setInterval(() => {}, 1000);`;
	const other = spawn(process.execPath, ["--input-type=module", "--eval", code], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(other.stdout, "data");
	expect(() => hold(path, dataDir)).toThrow(DatabaseInUse);
	other.kill("SIGKILL");
	await once(other, "exit");
	const free = hold(path, dataDir);
	expect(() => hold(path, dataDir)).toThrow(DatabaseInUse);
	free();
	hold(path, dataDir)();
	await rm(dataDir, { recursive: true });
});
