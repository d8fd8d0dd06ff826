/** The pages hold together: links lead somewhere, what they name is there, what there is they name. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { fixedClock } from "../../src/lib/clock.ts";
import { VARIABLES } from "../../src/lib/config.ts";
import { makeMetrics } from "../../src/metrics.ts";
import { testDatabase } from "../support/database.ts";
import { ROOT } from "../support/dockerfile.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const pages = [
	...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
	...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
	"sample/README.md",
].filter((path) => path.endsWith(".md"));

/** Without what stands in code: there a bracket is no link. */
const prose = (page: string) => page.replace(/^(```|~~~)[\s\S]*?^\1/gmu, "").replace(/`[^`\n]*`/gu, "");

/** As GitHub makes an anchor of a heading; the second of the same gets `-1`. */
function anchorsOf(page: string): Set<string> {
	const counts = new Map<string, number>();
	return new Set(
		[...page.replace(/^(```|~~~)[\s\S]*?^\1/gmu, "").matchAll(/^#{1,6} (.*)$/gmu)].map(([, heading = ""]) => {
			const anchor = heading
				.replace(/\[([^\]]*)\]\([^)]*\)/gu, "$1")
				.toLowerCase()
				.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
				.trim()
				.replaceAll(" ", "-");
			const before = counts.get(anchor) ?? 0;
			counts.set(anchor, before + 1);
			return before === 0 ? anchor : `${anchor}-${before}`;
		}),
	);
}

const linksOf = (page: string) => [...prose(page).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, target = ""]) => target);

/** Why a link leads nowhere; null = it leads somewhere. */
function brokenLink(from: string, target: string): string | null {
	if (/^(https?|mailto):/u.test(target)) return null;
	const [file = "", anchor] = target.split("#");
	const path = file === "" ? from : normalize(join(dirname(from), decodeURI(file)));
	if (!existsSync(join(ROOT, path))) return `${from}: ${target} is not there`;
	if (anchor === undefined || !path.endsWith(".md")) return null;
	return anchorsOf(read(path)).has(decodeURI(anchor)) ? null : `${from}: ${target} has no such heading`;
}

describe("links", () => {
	test("lead somewhere, heading included", () => {
		const links = pages.flatMap((page) => linksOf(read(page)).map((target) => [page, target] as const));
		expect(links.length).toBeGreaterThan(60);
		expect(links.map(([page, target]) => brokenLink(page, target)).filter((broken) => broken !== null)).toEqual([]);
	});

	test("a dead one is found", () => {
		expect(brokenLink("README.md", "docs/slack.md#gibt-es-nicht")).toContain("no such heading");
		expect(brokenLink("docs/slack.md", "README.md")).toContain("is not there");
		expect(brokenLink("docs/slack.md", "../README.md")).toBeNull();
		expect(linksOf("`[no](link.md)` and [a](b.md)\n```\n[c](d.md)\n```\n")).toEqual(["b.md"]);
	});

	test("every page of docs is reached from the README", () => {
		const reached = new Set(["README.md"]);
		for (const page of reached)
			for (const target of linksOf(read(page))) {
				const path = normalize(join(dirname(page), target.split("#")[0] ?? ""));
				if (pages.includes(path)) reached.add(path);
			}
		expect(pages.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([]);
	});
});

describe("the administrator's guide", () => {
	const guide = read("docs/betrieb.md");

	test("names every environment variable", () => {
		expect(Object.keys(VARIABLES).filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
	});

	test("names every command of the command line, and no other", () => {
		const { stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "bin/lotse.js"), "--help"], {
			encoding: "utf8",
		});
		const there = [
			...new Set([...`${stdout}${stderr}`.matchAll(/^ {2}lotse ([a-z-]+)/gmu)].map(([, name]) => name)),
		].sort();
		expect(there.length).toBeGreaterThan(8);
		const named = [...guide.matchAll(/^\| `lotse ([a-z-]+)` \|/gmu)].map(([, name]) => name).sort();
		expect(named).toEqual(there);
	});

	test("explains every metric of Lotse's own, and alarms about none that is not there", async () => {
		await using database = await testDatabase();
		const metrics = makeMetrics({ database, platforms: new Map(), clock: fixedClock("2027-01-05T08:00:00Z") });
		const text = await metrics.text();
		metrics.stop();
		const there = [...text.matchAll(/^# TYPE (lotse_\w+)/gmu)].map(([, name]) => name).sort();
		expect([...guide.matchAll(/^\| `(lotse_\w+)` \|/gmu)].map(([, name]) => name).sort()).toEqual(there);
		for (const [, name] of guide.matchAll(/\b(lotse_[a-z_]+)\b/gu)) {
			if (name !== "lotse_owner" && !guide.includes(`${name}…`)) expect(there, name).toContain(name);
		}
		for (const [, name = ""] of guide.matchAll(/\b((?:process|nodejs)_[a-z0-9_]+)\b/gu)) expect(text).toContain(name);
	});
});

describe("the threat model", () => {
	const model = read("docs/threat-model.md");

	test("every row names who holds it, and every file and test named is there", () => {
		const rows = model.split("\n").filter((line) => /^\| (?!Who|What|---)/u.test(line));
		expect(rows.length).toBeGreaterThan(25);
		const paths = (text: string) =>
			[...text.matchAll(/`([\w./-]+\.(?:ts|md|service|yaml))`/gu)].map(([, path = ""]) => path);
		for (const row of rows) expect(paths(row.split("|").at(-2) ?? "").length, row.slice(0, 80)).toBeGreaterThan(0);
		expect(paths(model).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
		const tests = [...model.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/gu)];
		expect(tests.length).toBeGreaterThan(15);
		expect(tests.filter(([, path = "", title = ""]) => !read(path).includes(title)).map(([all]) => all)).toEqual([]);
	});
});

describe("the page on architecture", () => {
	test("names every room, and only files that are there", () => {
		const page = read("docs/architecture.md");
		const rooms = readdirSync(join(ROOT, "src"), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => `src/${name}`);
		expect(rooms.filter((room) => !page.includes(`\`${room}\``))).toEqual([]);
		const named = [...page.matchAll(/`((?:src|commands|bin|docs)\/[\w./-]+)`/gu)].map(([, path = ""]) => path);
		expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});
});

test("no page names a machine or a folder of whoever made it", () => {
	const files = execFileSync("git", ["ls-files", "*.md", "Dockerfile", "compose.yaml", "deploy/*"], {
		cwd: ROOT,
		encoding: "utf8",
	});
	for (const path of files.trim().split("\n")) expect(read(path), path).not.toMatch(/\/(root|home\/\w+)\//u);
});
