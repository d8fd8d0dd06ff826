/** The systemd unit: what it forbids and what the bot needs. systemd's own check is asked too, where there is one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "../support/dockerfile.ts";

const text = readFileSync(join(ROOT, "deploy/lotse.service"), "utf8");

/** Every `Name=value` of a section, in order; a name may stand several times. */
function section(name: string): [string, string][] {
	const [, body = ""] = new RegExp(`^\\[${name}\\]\\n([^[]*)`, "mu").exec(text) ?? [];
	return body
		.split("\n")
		.filter((line) => !/^(#|$)/u.test(line))
		.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
}
const service = section("Service");
const value = (name: string) => service.filter(([each]) => each === name).map(([, each]) => each);

describe("deploy/lotse.service", () => {
	test("starts as npm start does, with the Node of the packages, as a user of its own", () => {
		const [command = ""] = value("ExecStart");
		expect(command.replace("/opt/lotse/node_modules/.bin/node", "node").replace("/opt/lotse/bin", "bin")).toBe(
			manifest.scripts.start,
		);
		expect(value("User")).toEqual(["lotse"]);
		expect(value("Environment")[0]).toContain(`LOTSE_DATA_DIR=/var/lib/${value("StateDirectory")[0]}`);
		// A secret here could be read by everybody who may ask systemd.
		expect(value("Environment").join(" ")).not.toMatch(/TOKEN|SECRET|PASSWORD|KEY|URL/u);
		expect(value("EnvironmentFile")).toEqual(["/etc/lotse/lotse.env"]);
	});

	test("is started again when it fails, but not for ever, and gets time to end", () => {
		expect(value("Restart")).toEqual(["on-failure"]);
		expect(section("Unit")).toEqual(expect.arrayContaining([["StartLimitBurst", "10"]]));
		expect(Number(value("TimeoutStopSec")[0])).toBeGreaterThanOrEqual(30);
	});

	test("may do no more than the bot needs", () => {
		for (const name of `NoNewPrivileges PrivateTmp PrivateDevices PrivateUsers ProtectHome ProtectKernelTunables ProtectKernelModules
			ProtectKernelLogs ProtectControlGroups ProtectClock ProtectHostname RestrictNamespaces RestrictRealtime RestrictSUIDSGID
			LockPersonality RemoveIPC`.split(/\s+/u))
			expect(value(name), name).toEqual(["yes"]);
		expect(value("ProtectSystem")).toEqual(["strict"]);
		expect(value("CapabilityBoundingSet")).toEqual([""]);
		expect(value("SystemCallFilter")).toEqual(["@system-service", "~@privileged @resources"]);
		expect(value("MemoryMax")).toEqual(["1200M"]);
		// V8 and WebAssembly compile while they run.
		expect(value("MemoryDenyWriteExecute")).toEqual(["no"]);
		// Only where the bot tells systemd that it lives, and it does not.
		expect(value("WatchdogSec")).toEqual([]);
	});

	test("systemd, where it is installed, finds no fault and little exposure", () => {
		const folder = mkdtempSync(join(tmpdir(), "lotse-unit-"));
		const unit = join(folder, "lotse.service");
		writeFileSync(unit, text.replaceAll("/opt/lotse", ROOT));
		const ask = (...args: string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });
		const version = Number(/systemd (\d+)/u.exec(ask("--version").stdout ?? "")?.[1] ?? 0);
		// `security --offline` is younger than the oldest systemd in use; without systemd the rules above stand alone.
		const checks =
			version >= 250 ? [ask("verify", unit), ask("security", "--offline=true", "--threshold=20", unit)] : [];
		rmSync(folder, { recursive: true });
		for (const { status, stderr } of checks) expect([status, stderr]).toEqual([0, ""]);
	});
});
