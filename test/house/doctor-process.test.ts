/** `lotse doctor` as a process, with an environment that nothing else would start with. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { checkDisk } from "../../src/doctor/disk.ts";
import { lotse } from "../support/process.ts";

const found = z.object({ status: z.string(), checks: z.array(z.object({ name: z.string(), status: z.string() })) });

test("with an unreadable environment each faulty variable is a line, and all else is still looked at", async () => {
	const dataDir = await mkdtemp(join(tmpdir(), "lotse-doctor-"));
	const env = {
		LOTSE_DATA_DIR: dataDir,
		LOTSE_TIMEZONE: "Mars/Olympus",
		PORT: "http",
		MATRIX_HOMESERVER_URL: "http://127.0.0.1:9",
		MATRIX_ACCESS_TOKEN: "syt_canary",
		MATRIX_STORE_KEY: "canary-too-short",
		SLACK_BOT_TOKEN: "xoxb-canary",
	};
	const { out, err, exit } = await lotse(env, "doctor", "--json");
	expect(exit).toBe(1);
	expect(out + err).not.toMatch(/canary/u);
	const { checks } = found.parse(JSON.parse(out));
	const failed = checks.filter(({ status }) => status === "failed").map(({ name }) => name);
	expect(failed.sort()).toEqual([
		"config LOTSE_TIMEZONE",
		"config MATRIX_STORE_KEY",
		"config PORT",
		"config SLACK_APP_TOKEN",
		"matrix homeserver",
	]);
	expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(["disk", "timezone", "database"]));
	expect(existsSync(join(dataDir, "database"))).toBe(false);
	const other = await lotse(env, "export", dataDir);
	expect(other.exit).toBe(1);
	for (const name of ["LOTSE_TIMEZONE", "PORT", "MATRIX_STORE_KEY", "SLACK_APP_TOKEN"])
		expect(other.err).toContain(name);
	await rm(dataDir, { recursive: true });
});

test("a full disk, a folder of somebody else, and a server that needs none", async () => {
	const status = async (room: { freeMib: number | null; refused: string | null }) =>
		(await checkDisk("./data", null, async () => room)).map((each) => each.status);
	expect(await status({ freeMib: 5000, refused: null })).toEqual(["ok"]);
	expect(await status({ freeMib: 500, refused: null })).toEqual(["warning"]);
	expect(await status({ freeMib: 50, refused: null })).toEqual(["failed"]);
	expect(await status({ freeMib: 5000, refused: "EACCES" })).toEqual(["failed"]);
	expect(await checkDisk("./data", "postgresql://x", async () => ({ freeMib: 0, refused: "EACCES" }))).toEqual([]);
});
