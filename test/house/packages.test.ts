/** What runs with Lotse: every package named, licensed, checked, and known faults looked for. */
import { describe, expect, test } from "vitest";
import { checkLock, readAdvisories } from "../../bin/audit.ts";
import { isAllowed } from "../../bin/licences.ts";
import { type Lock, readLock } from "../../bin/lock.ts";
import { sbomOf } from "../../bin/sbom.ts";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "../support/dockerfile.ts";

describe("the lock", () => {
	test("holds nothing that is unchecked, runs at install, is deprecated or under another licence", () => {
		for (const [check, faults] of Object.entries(checkLock(readLock(ROOT)))) expect(faults, check).toEqual([]);
	});

	test("each check finds what it is for", () => {
		const good = { version: "1.0.0", integrity: "sha512-x", license: "MIT" };
		const lock: Lock = {
			packages: {
				"": {},
				"node_modules/good": good,
				"node_modules/unchecked": { version: "1.0.0", license: "MIT" },
				"node_modules/script": { ...good, hasInstallScript: true },
				"node_modules/old": { ...good, deprecated: "use another" },
				"node_modules/elsewhere": { ...good, resolved: "git+ssh://example.org/a.git" },
				"node_modules/a/node_modules/copyleft": { ...good, license: "AGPL-3.0-only" },
				"node_modules/opening_hours": { ...good, license: "GPL-3.0-only" },
				"node_modules/tool": { dev: true, hasInstallScript: true },
			},
		};
		expect(Object.values(checkLock(lock))).toEqual([
			["unchecked@1.0.0"],
			["script@1.0.0"],
			["old@1.0.0"],
			["elsewhere@1.0.0"],
			["copyleft@1.0.0", "opening_hours@1.0.0"],
		]);
	});

	test("a licence expression is read: all of an AND, one of an OR", () => {
		expect(["MIT", "(MIT OR GPL-3.0-only)", "(ISC AND CC-BY-3.0)"].map(isAllowed)).toEqual([true, true, true]);
		expect(["GPL-3.0-only", "(MIT AND GPL-3.0-only)", "none", ""].map(isAllowed)).toEqual([false, false, false, false]);
	});
});

describe("npm audit", () => {
	test("high and critical faults count, lesser ones are noted", () => {
		const printed = JSON.stringify({
			vulnerabilities: {
				a: { severity: "high", range: "<2" },
				b: { severity: "low" },
				c: { severity: "critical", range: "*" },
			},
		});
		expect(readAdvisories(printed)).toEqual({
			known: true,
			serious: ["a <2: high", "c *: critical"],
			lesser: ["b : low"],
		});
		expect(readAdvisories('{"vulnerabilities":{}}')).toEqual({ known: true, serious: [], lesser: [] });
	});

	test("a registry without advisories is told apart from one that knows of none", () => {
		expect(
			readAdvisories('{"message":"405 Method Not Allowed - POST https://registry.example.org/x","statusCode":405}'),
		).toEqual({
			known: false,
			why: "405 Method Not Allowed",
		});
		expect(readAdvisories("")).toMatchObject({ known: false });
		expect(readAdvisories('{"error":{}}')).toMatchObject({ known: false });
	});
});

describe("the SBOM", () => {
	const lock = readLock(ROOT);
	const sbom = sbomOf(lock);

	test("names every package that runs, the stubs and the LGPL one included, each with its licence and checksum", () => {
		expect(sbom.metadata.component).toMatchObject({ name: manifest.name, version: manifest.version });
		const names = sbom.components.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
		expect(names).not.toContain("vitest");
		const required = sbom.components.filter(({ scope }) => scope === "required");
		expect(required.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
		const stubs = required.filter(({ hashes }) => hashes.length === 0).map(({ name }) => name);
		expect(stubs).toEqual(["@matrix-org/matrix-sdk-crypto-nodejs", "request-promise", "request"]);
		const licence = (name: string) => sbom.components.find((each) => each.name === name)?.licenses;
		expect(licence("opening_hours")).toEqual([{ license: { id: "LGPL-3.0-only" } }]);
		expect(licence("date-holidays")).toEqual([{ expression: "(ISC AND CC-BY-3.0)" }]);
	});

	test("says who needs whom: all that is needed is listed, and all that is required is needed", () => {
		const refs = new Set(sbom.components.map((each) => each["bom-ref"]));
		const graph = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
		const reached = new Set<string>();
		const visit = (ref: string): void => {
			for (const next of graph.get(ref) ?? []) {
				if (reached.has(next)) continue;
				reached.add(next);
				visit(next);
			}
		};
		visit(sbom.metadata.component["bom-ref"]);
		expect([...reached].filter((ref) => !refs.has(ref))).toEqual([]);
		const required = sbom.components.filter(({ scope }) => scope === "required").map((each) => each["bom-ref"]);
		expect(required.filter((ref) => !reached.has(ref))).toEqual([]);
	});

	test("a package within another's folder is that one's alone", () => {
		const made: Lock = {
			packages: {
				"": { name: "own", version: "1.0.0", dependencies: { a: "1", b: "1" } },
				"node_modules/a": { version: "1.0.0", dependencies: { b: "2" } },
				"node_modules/a/node_modules/b": { version: "2.0.0" },
				"node_modules/b": { version: "1.0.0" },
				"node_modules/tool": { version: "1.0.0", dev: true },
			},
		};
		expect(sbomOf(made).dependencies).toEqual([
			{ ref: "pkg:npm/own@1.0.0", dependsOn: ["pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0"] },
			{ ref: "pkg:npm/a@1.0.0", dependsOn: ["pkg:npm/b@2.0.0"] },
			{ ref: "pkg:npm/b@2.0.0", dependsOn: [] },
			{ ref: "pkg:npm/b@1.0.0", dependsOn: [] },
		]);
	});
});
