/**
 * Makes what is made from other files: the Prisma client, the command reference, the Slack app's manifest (`npm run generate`).
 * `--check` makes nothing, and fails where one of them is stale.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../commands/index.ts";
import { manifest } from "../src/platforms/slack/manifest.ts";
import { commandReference } from "./docs.ts";

const root = join(import.meta.dirname, "..");
const CLIENT = "src/database/generated";
/** Where `prisma/schema.prisma`, copied here, makes its client by its own relative path. */
const workshop = join(root, "node_modules/.cache/lotse/generate");

const SLACK = "docs/slack.md";

/** The page that administrators read, with the manifest that they paste. */
function slackPage(): string {
	const made = JSON.stringify(manifest({ commands, language: "de", requestUrl: null }), null, 2);
	const page = readFileSync(join(root, SLACK), "utf8");
	const block = /```json\n[\s\S]*?\n```/u;
	if (!block.test(page)) throw new Error(`${SLACK}: the manifest's block is missing`);
	return page.replace(block, () => `\`\`\`json\n${made}\n\`\`\``);
}

const texts: Record<string, string> = {
	"docs/commands.md": commandReference(commands),
	[SLACK]: slackPage(),
};

/** @returns the folder with a client made now */
function makeClient(): string {
	rmSync(workshop, { recursive: true, force: true });
	mkdirSync(join(workshop, "prisma"), { recursive: true });
	const schema = join(workshop, "prisma/schema.prisma");
	copyFileSync(join(root, "prisma/schema.prisma"), schema);
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(root, "node_modules/prisma/build/index.js"), "generate", "--schema", schema],
		{
			cwd: root,
			encoding: "utf8",
			// Generating needs no engine, but without this variable Prisma tries to download one.
			env: {
				...process.env,
				PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
				CHECKPOINT_DISABLE: "1",
				PRISMA_HIDE_UPDATE_MESSAGE: "1",
			},
		},
	);
	if (status !== 0) throw new Error(`prisma generate: ${stdout}${stderr}`);
	return join(workshop, CLIENT);
}

function filesIn(folder: string): Map<string, string> {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return new Map(
		entries.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			return [path.slice(folder.length), readFileSync(path, "utf8")];
		}),
	);
}

function sameFolder(made: string, kept: string): boolean {
	if (!existsSync(kept)) return false;
	const [a, b] = [filesIn(made), filesIn(kept)];
	return a.size === b.size && [...a].every(([name, text]) => b.get(name) === text);
}

const current = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null);

function stale(): string[] {
	const client = sameFolder(makeClient(), join(root, CLIENT)) ? [] : [CLIENT];
	return [...client, ...Object.entries(texts).flatMap(([path, text]) => (current(path) === text ? [] : [path]))];
}

function generate(): void {
	const kept = join(root, CLIENT);
	const made = makeClient();
	rmSync(kept, { recursive: true, force: true });
	cpSync(made, kept, { recursive: true });
	for (const [path, text] of Object.entries(texts)) writeFileSync(join(root, path), text);
}

if (process.argv.includes("--check")) {
	const old = stale();
	if (old.length > 0) {
		console.error(`Stale: ${old.join(", ")}. Make it anew with: npm run generate`);
		process.exitCode = 1;
	}
} else {
	generate();
}
rmSync(workshop, { recursive: true, force: true });
