/** `lotse backup` and `lotse restore`, on a database that is written to meanwhile. */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runSubcommand } from "../../src/cli/subcommands.ts";
import { type Database, openDatabase } from "../../src/database/client.ts";
import { migrate } from "../../src/database/migrate.ts";
import { BrokenArchive, readTar } from "../../src/database/tar.ts";
import type { OpenHouse } from "../../src/main.ts";
import { CONFIG, testBot } from "../support/chat.ts";
import { LEIPZIG } from "../support/network.ts";
import { terminal } from "../support/terminal.ts";

let folder = "";
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "lotse-backup-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(name: string, args: readonly string[], dataDir: string, house: OpenHouse | null = null) {
	const { io, lender, out, err } = terminal(house);
	const config = { ...CONFIG, ...house?.config, dataDir };
	const exit = await runSubcommand(name, args, io, { ...lender, environment: { config, faults: [] } });
	return { exit, out: out(), err: err() };
}

const openIn = async (dataDir: string): Promise<Database> => {
	const database = await openDatabase({ url: null, dataDir });
	await migrate(database);
	return database;
};

const numbers = async ({ db }: Database) =>
	(await db.decision.findMany({ select: { key: true }, orderBy: { key: "asc" } })).map(({ key }) => key);

describe("a backup made while decisions are entered", () => {
	const confirmed: string[] = [];
	let atBackup = 0;
	let file = "";
	const dataDir = () => join(folder, "live");
	const restored = () => join(folder, "restored");

	beforeAll(async () => {
		file = join(folder, "lotse.backup");
		const database = await openIn(dataDir());
		const bot = await testBot({ records: LEIPZIG, database });
		const decide = async (n: number) => {
			const [answer] = await bot.say("U-ORG", `!beschluss "Nummer ${n}" --zuständig stadt-leipzig`);
			const key = /B-2026-\d{3}/u.exec(answer?.text ?? "")?.[0]?.toLowerCase();
			if (key) confirmed.push(key);
		};
		for (let n = 1; n <= 5; n++) await decide(n);
		let done = false;
		const backup = run("backup", [file], dataDir(), bot.open).finally(() => {
			done = true;
		});
		atBackup = confirmed.length;
		for (let n = 6; !done && n < 20; n++) {
			await decide(n);
			// The embedded database never lets go by itself, and copying files needs its turn.
			await breathe();
		}
		expect((await backup).exit).toBe(0);
		await decide(1000);
		// A second one under the same name would replace the first.
		expect((await run("backup", [file], dataDir(), bot.open)).err).toContain("gibt es schon");
		await bot.close();
		await database.close();
	}, 90_000);

	test("is one file that nobody else may read, and nothing is left lying about", async () => {
		expect(await readdir(dataDir())).toEqual(expect.not.arrayContaining(["backup.tmp"]));
		expect(existsSync(`${file}.part`)).toBe(false);
		expect((await stat(file)).mode & 0o077).toBe(0);
	});

	test("restores every decision that was confirmed before it; numbers go on without a gap, and what is owed is looked for first", async () => {
		const seen = await run("restore", [file, "--json"], restored());
		expect(seen).toMatchObject({ exit: 0, err: "" });
		expect(JSON.parse(seen.out)).toMatchObject({ status: "done", aside: null, migrated: [] });
		const database = await openIn(restored());
		const found = await numbers(database);
		expect(found).toEqual(expect.arrayContaining(confirmed.slice(0, atBackup)));
		// A moment: no number without those before it.
		expect(found).toEqual(confirmed.slice(0, found.length));
		expect(found.length).toBeLessThan(confirmed.length);
		expect(await database.db.decisionVersion.count()).toBe(found.length);
		expect((await database.db.audit.findMany({ orderBy: { id: "desc" }, take: 1 }))[0]?.command).toBe("restore");
		expect(await database.db.delivery.count({ where: { state: "owed", uncertain: false } })).toBe(0);
		expect(await database.db.fact.count({ where: { name: "installation" } })).toBe(0);

		const sent: string[] = [];
		const sending = async ({ key }: { key: string }) => void sent.push(key);
		const bot = await testBot({ database, sending });
		await bot.tick("2026-11-22T09:10:00+01:00");
		const before = new Set((await database.db.delivery.findMany({ where: { state: "sent" } })).map(({ key }) => key));
		const answer = await bot.ask("U-ORG", '!beschluss "Der nächste"', { id: "after" });
		expect(answer).toContain(`B-2026-${String(found.length + 1).padStart(3, "0")}`);
		expect(new Set(sent).size).toBe(sent.length);
		expect(before.size).toBeGreaterThan(0);
		await bot.close();
		await database.close();
	});

	test("comes in place of a present database only with --force, and that one is kept", async () => {
		const refused = await run("restore", [file], dataDir());
		expect(refused).toMatchObject({ exit: 1, out: "" });
		expect(refused.err).toContain("--force");
		const forced = await run("restore", [file, "--force"], dataDir());
		expect(forced.exit).toBe(0);
		expect(forced.out).toContain("Die vorige Datenbank liegt in");
		const kept = (await readdir(dataDir())).filter((name) => name.startsWith("database.2"));
		expect(kept).toHaveLength(1);
		const database = await openIn(dataDir());
		expect((await numbers(database)).length).toBeLessThanOrEqual(confirmed.length);
		// The running bot's database is never replaced under its feet.
		const held = await run("restore", [file, "--force"], dataDir());
		expect(held).toMatchObject({ exit: 1 });
		expect(held.err).toContain("wird gerade von einem anderen Lotse benutzt");
		await database.close();
	});

	test("cut off, changed by a bit, or something else altogether is refused, and nothing is touched", async () => {
		const whole = await readFile(file);
		const dir = join(folder, "fresh");
		const damaged = async (name: string, bytes: Uint8Array) => {
			const path = join(folder, name);
			await writeFile(path, bytes);
			return run("restore", [path], dir);
		};
		const plain = gunzipSync(whole);
		const flipped = Buffer.from(plain);
		const at = Math.floor(plain.length / 2);
		flipped[at] = (flipped[at] ?? 0) ^ 1;
		// Cut where a file ends, so that only the missing end tells.
		const cut = gzipSync(plain.subarray(0, 512 * 40), { level: 1 });
		for (const [name, bytes] of [
			["half", whole.subarray(0, whole.length / 2)],
			["flipped", gzipSync(flipped, { level: 1 })],
			["cut", cut],
			["text", Buffer.from("Das ist keine Sicherung.")],
			["empty", Buffer.alloc(0)],
			["other", gzipSync(Buffer.alloc(2048))],
		] as const) {
			const seen = await damaged(name, bytes);
			expect(seen, name).toMatchObject({ exit: 1, out: "" });
			expect(seen.err, name).toContain("ist keine Sicherung von Lotse oder beschädigt");
		}
		expect(existsSync(join(dir, "database"))).toBe(false);
		expect(existsSync(join(dir, "restore.tmp"))).toBe(false);
	});

	test("of a newer Lotse is refused with words", async () => {
		const plain = gunzipSync(await readFile(file));
		const [first] = plain.toString("latin1", 512, 2048).split("\0");
		const newer = Buffer.from(plain);
		const told = first ?? "";
		newer.write(told.replace(/_audit_who"/u, '_from_afar"').padEnd(told.length), 512, "latin1");
		const path = join(folder, "newer");
		await writeFile(path, gzipSync(newer, { level: 1 }));
		const seen = await run("restore", [path], join(folder, "fresh"));
		expect(seen.exit).toBe(1);
		expect(seen.err).toContain("stammt von einer neueren Version von Lotse");
	});
});

test("on a server both say what to use there, without the password", async () => {
	const { io, lender, err } = terminal();
	const databaseUrl = "postgresql://lotse:canary@db.example.org/lotse";
	const environment = { config: { ...CONFIG, databaseUrl }, faults: [] };
	expect(await runSubcommand("restore", ["x"], io, { ...lender, environment })).toBe(1);
	expect(err()).toContain("pg_restore");
	expect(err()).not.toContain("canary");
});

test("an archive that leads outside, or claims sizes that are none, is no tar", async () => {
	const read = async (bytes: Uint8Array) => {
		for await (const entry of readTar(stream(bytes))) for await (const _ of entry.content);
	};
	async function* stream(bytes: Uint8Array) {
		yield bytes;
	}
	const header = Buffer.alloc(512, 0);
	header.write("database/x");
	header.write("99999999999\0", 124);
	await expect(read(header)).rejects.toThrow(BrokenArchive);
	header.write("ustar", 257);
	await expect(read(header)).rejects.toThrow(BrokenArchive);
});
