/**
 * `npm run audit`: known faults in the packages that run with Lotse, as far as the registry at hand tells them, and what can be seen
 * without it. The last line is `N passed, N failed`. A registry that serves no advisories is no failure, but is said loudly.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BY_FILE, isAllowed, REASONED } from "./licences.ts";
import { type Entry, type Lock, nameOf, readLock } from "./lock.ts";

/** Packages of this repository: they come from no registry. */
const OWN = /^(crypto-stub|request-stub)$/u;

/** What the lock says about the packages that run: each fault by name, for each of the checks. */
export function checkLock(lock: Lock): Record<string, string[]> {
	const runs = Object.entries(lock.packages).filter(
		([path, { dev, devOptional, link }]) => path !== "" && !dev && !devOptional && !link,
	);
	const faults = (is: (name: string, each: Entry) => boolean) =>
		runs
			.filter(([path, each]) => is(nameOf(path), each))
			.map(([path, each]) => `${nameOf(path)}@${each.version ?? "?"}`);
	const licenceOf = (name: string, each: { license?: string }) => each.license ?? BY_FILE[name]?.licence ?? "none";
	return {
		"every package has a checksum": faults((name, each) => !each.integrity && !OWN.test(name)),
		"no package runs a script when it is installed": faults((_, each) => each.hasInstallScript === true),
		"no package is deprecated": faults((_, each) => each.deprecated !== undefined),
		"no package comes from elsewhere than a registry": faults(
			(_, each) => each.resolved !== undefined && !/^https:\/\//u.test(each.resolved),
		),
		"every licence is allowed": faults((name, each) => {
			const licence = licenceOf(name, each);
			return !isAllowed(licence) && REASONED[name] !== licence;
		}),
	};
}

export type Advisories =
	| { known: false; why: string }
	/** `serious`: high and critical ones, each with its package. */
	| { known: true; serious: string[]; lesser: string[] };

const report = z.object({
	vulnerabilities: z.record(z.string(), z.looseObject({ severity: z.string(), range: z.string().optional() })),
});

/** Reads what `npm audit --json` printed. */
export function readAdvisories(printed: string): Advisories {
	let json: unknown;
	try {
		json = JSON.parse(printed);
	} catch {
		return { known: false, why: "npm audit printed no JSON" };
	}
	const read = report.safeParse(json);
	if (!read.success) {
		const said = z.looseObject({ message: z.string() }).safeParse(json);
		// The address stays out: it may carry a company's own registry.
		return {
			known: false,
			why: said.success ? said.data.message.replace(/ - .*$/su, "") : "npm audit printed no report",
		};
	}
	const line = ([name, { severity, range }]: [string, { severity: string; range?: string }]) =>
		`${name} ${range ?? ""}: ${severity}`;
	const all = Object.entries(read.data.vulnerabilities);
	const serious = all.filter(([, { severity }]) => severity === "high" || severity === "critical");
	return { known: true, serious: serious.map(line), lesser: all.filter((each) => !serious.includes(each)).map(line) };
}

function main(root: string): void {
	let passed = 0;
	let failed = 0;
	const tell = (name: string, faults: readonly string[]) => {
		if (faults.length === 0) passed++;
		else failed++;
		console.log(
			`${faults.length === 0 ? "ok    " : "FAILED"} ${name}${faults.map((fault) => `\n       ${fault}`).join("")}`,
		);
	};
	for (const [name, faults] of Object.entries(checkLock(readLock(root)))) tell(name, faults);
	const texts = Object.entries(BY_FILE).filter(([name, { begins }]) => {
		const file = join(root, "node_modules", name, "LICENSE");
		return existsSync(file) && !readFileSync(file, "utf8").replace(/\s+/gu, " ").includes(begins);
	});
	tell(
		"licences named by a file alone are what they were",
		texts.map(([name]) => name),
	);
	const asked = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
		cwd: root,
		encoding: "utf8",
		timeout: 60_000,
		shell: process.platform === "win32",
	});
	const advisories = readAdvisories(asked.stdout ?? "");
	if (advisories.known) {
		tell("no known fault of high or critical severity", advisories.serious);
		for (const each of advisories.lesser) console.log(`note   ${each}`);
	} else {
		console.log(
			`\n*** KNOWN FAULTS WERE NOT CHECKED: the registry at hand serves no advisories (${advisories.why}).\n*** Run "npm run audit" once where the public registry can be reached.\n`,
		);
	}
	console.log(`${passed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
}

if (import.meta.main) main(join(import.meta.dirname, ".."));
