/** The command line's manners, for every subcommand there is: help, wrong usage, one JSON document, reasons on standard error. */
import { describe, expect, test } from "vitest";
import { runSubcommand, SUBCOMMANDS, usage } from "../../src/cli/subcommands.ts";
import { testBot } from "../support/chat.ts";
import { LEIPZIG } from "../support/network.ts";
import { terminal } from "../support/terminal.ts";

const NAMES = Object.keys(SUBCOMMANDS);
const NONE = { exit: 0, out: "", err: "" };

/** What nobody may type, by subcommand; every one of them must be in here. */
const WRONG: Record<string, string[][]> = {
	import: [[], ["a", "b"]],
	export: [[], ["a", "b"]],
	template: [["a.csv"], ["a.xlsx", "b.xlsx"]],
	ask: [[], ["Wer?", "--lang", "fr"], ["Wer?", "--batch", "x"], ["Wer?", "--now", "gestern"]],
	run: [[], ["hilfe", "beschluss"], ["hilfe", "--now", "gestern"]],
	preview: [[], ["--from", "2027-01-01"], ["--from", "x", "--to", "2027-01-01"]],
	doctor: [["x"]],
	audit: [["x"], ["--from", "gestern"], ["--limit", "0"], ["--platform", "irc"], ["--status", "gut"]],
	backup: [[], ["a", "b"]],
	restore: [[], ["a", "b"]],
	"slack-manifest": [["x"], ["--url", "http://x"], ["--lang", "fr"]],
	migrate: [["x"]],
};

async function run(name: string, args: readonly string[], house: Parameters<typeof terminal>[0] = null) {
	const { io, lender, out, err } = terminal(house);
	return { exit: await runSubcommand(name, args, io, lender), out: out(), err: err() };
}

describe.each(NAMES)("lotse %s", (name) => {
	test.each(["--help", "-h"])("%s tells how it is used, on standard output", async (flag) => {
		const seen = await run(name, [flag]);
		expect(seen).toMatchObject({ exit: 0, err: "" });
		expect(seen.out).toMatch(new RegExp(`^lotse ${name}\\b`, "u"));
		expect(seen.out).toContain("--json");
		expect(await usage("de")).toContain(seen.out.split("\n")[0]);
	});

	test("wrong usage is 2, with the right one on standard error, and opens no house", async () => {
		const wrong = [...(WRONG[name] ?? []), ["--gibt-es-nicht"]];
		expect(wrong.length, "listed in WRONG").toBeGreaterThan(1);
		for (const args of wrong) {
			const seen = await run(name, args);
			expect(seen, args.join(" ")).toMatchObject({ exit: 2, out: "" });
			expect(seen.err).toContain(`lotse ${name}`);
		}
	});
});

test("an unknown subcommand is 2 and shows all", async () => {
	const seen = await run("gibt-es-nicht", []);
	expect(seen).toMatchObject({ exit: 2, out: "" });
	for (const name of NAMES) expect(seen.err).toContain(`lotse ${name}`);
});

test("--json is one document on standard output and nothing else", async () => {
	await using bot = await testBot({ records: LEIPZIG });
	const told: [string, string[]][] = [
		["ask", ["Wer ist in Leipzig für Opferschutz zuständig?", "--json"]],
		["run", ["hilfe", "--json"]],
		["preview", ["--from", "2027-01-01", "--to", "2027-02-01", "--json"]],
		["audit", ["--json"]],
		["doctor", ["--json"]],
		["slack-manifest", ["--json"]],
		["migrate", ["--json"]],
	];
	for (const [name, args] of told) {
		const seen = await run(name, args, bot.open);
		expect(() => JSON.parse(seen.out), `${name}: ${seen.out.slice(0, 80)}`).not.toThrow();
		expect(seen.out.trim().split("\n"), name).toHaveLength(1);
		expect(seen.err, name).toBe(NONE.err);
	}
});

describe("lotse audit", () => {
	async function written() {
		const bot = await testBot({ records: LEIPZIG });
		await bot.say("U-ORG", '!beschluss "Erster"');
		await bot.tick("2026-11-23T09:00:00+01:00");
		await bot.say("@org:lab.test", '!decision "Second"');
		await bot.say("U-FREMD", '!beschluss "Nein"');
		await bot.say("U-ADMIN", "!rolle geben pd-leipzig-opferschutz organisator");
		return bot;
	}
	const ids = (out: string) =>
		(JSON.parse(out) as { command: string; user: string }[]).map((row) => `${row.command} ${row.user}`);

	test("filters by time, person, command, record, platform and outcome; the newest first", async () => {
		await using bot = await written();
		const found = async (...args: string[]) => ids((await run("audit", [...args, "--json"], bot.open)).out);
		const [first, second] = ["decision new U-ORG", "decision new @org:lab.test"];
		const [refused, role] = ["decision new U-FREMD", "role give U-ADMIN"];
		expect(await found()).toEqual([role, refused, second, first]);
		expect(await found("--limit", "2")).toEqual([role, refused]);
		expect(await found("--from", "2026-11-23")).toEqual([role, refused, second]);
		expect(await found("--to", "2026-11-23")).toEqual([first]);
		for (const person of ["stadt-leipzig-koordination", "omar yilmaz", "U-ORG"])
			expect(await found("--person", person), person).toEqual([second, first]);
		expect(await found("--person", "U-FREMD")).toEqual([refused]);
		expect(await found("--person", "niemand")).toEqual([]);
		for (const command of ["beschluss", "decision", "decision new"])
			expect(await found("--command", command), command).toEqual([refused, second, first]);
		expect(await found("--command", "role")).toEqual([role]);
		for (const record of ["B-2026-001", "decision/b-2026-001"])
			expect(await found("--record", record), record).toEqual([first]);
		expect(await found("--record", "role/organiser")).toEqual([role]);
		expect(await found("--platform", "matrix")).toEqual([second]);
		expect(await found("--status", "refused")).toEqual([refused]);
		expect(await found("--status", "done", "--platform", "slack", "--person", "U-ORG")).toEqual([first]);
	});

	test("prints lines that a person can read, in the bot's time zone", async () => {
		await using bot = await written();
		const { out } = await run("audit", ["--record", "b-2026-001"], bot.open);
		expect(out).toBe(
			"2026-11-22 09:00:00  slack  C-LEIPZIG  Omar Yilmaz, U-ORG, organiser  decision new  done  decision/b-2026-001\n",
		);
		expect((await run("audit", ["--person", "niemand"], bot.open)).err).toBe("Dazu steht nichts im Protokoll.\n");
	});

	test("reads more than one page, each row once", async () => {
		await using bot = await testBot();
		const rows = Array.from({ length: 1234 }, (_, n) => ({
			at: bot.clock.now().toString(),
			command: `c${n}`,
			status: "done",
			records: [],
		}));
		await bot.db.audit.createMany({ data: rows });
		const { out } = await run("audit", ["--json"], bot.open);
		expect(ids(out).map((each) => each.split(" ")[0])).toEqual(rows.map(({ command }) => command).reverse());
	});
});
