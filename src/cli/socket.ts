/**
 * One process holds the embedded database. Other `lotse` commands reach it through a local socket in LOTSE_DATA_DIR: they hand over
 * their arguments and print what comes back, one JSON object a line.
 */
import { createHash } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { drained, type Exit, type Io } from "./io.ts";

const requestSchema = z.object({ args: z.array(z.string()), cwd: z.string() });
const chunkSchema = z.union([
	z.object({ out: z.string() }),
	z.object({ err: z.string() }),
	z.object({ exit: z.union([z.literal(0), z.literal(1), z.literal(2)]) }),
]);

/** A socket's path may have about 100 characters; a longer one moves to the folder for temporary files, named by its hash. */
function socketPath(dataDir: string): string {
	const hash = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 20);
	if (process.platform === "win32") return `\\\\.\\pipe\\lotse-${hash}`;
	const path = join(resolve(dataDir), "lotse.sock");
	return path.length <= 100 ? path : join(tmpdir(), `lotse-${hash}.sock`);
}

/** Serves subcommands to other processes of this user until closed. */
export async function serve(
	dataDir: string,
	handle: (args: readonly string[], io: Io) => Promise<Exit>,
): Promise<Server> {
	const path = socketPath(dataDir);
	// We hold the database, so whoever left this socket is gone.
	if (process.platform !== "win32") rmSync(path, { force: true });
	const server = createServer((connection) => {
		connection.on("error", () => connection.destroy());
		const tell = (chunk: object) => connection.write(`${JSON.stringify(chunk)}\n`);
		createInterface({ input: connection }).once("line", async (line) => {
			try {
				const { args, cwd } = requestSchema.parse(JSON.parse(line));
				const exit = await handle(args, {
					out: (out) => tell({ out }),
					err: (err) => tell({ err }),
					drained: () => drained(connection),
					cwd,
					terminal: false,
				});
				tell({ exit });
			} catch {
				tell({ exit: 1 });
			}
			connection.end();
		});
	});
	await new Promise<void>((done, failed) => {
		server.once("error", failed);
		server.listen(path, () => done());
	});
	if (process.platform !== "win32") chmodSync(path, 0o600);
	server.unref();
	return server;
}

/** Has the running bot do it. Null = nobody answers there. */
export function forward(dataDir: string, args: readonly string[], io: Io): Promise<Exit | null> {
	return new Promise((done) => {
		let exit: Exit | null = null;
		const connection = createConnection(socketPath(dataDir));
		connection.once("error", () => done(null));
		connection.once("connect", () => connection.write(`${JSON.stringify({ args, cwd: io.cwd })}\n`));
		const lines = createInterface({ input: connection });
		lines.on("line", (line) => {
			const chunk = chunkSchema.parse(JSON.parse(line));
			if ("out" in chunk) io.out(chunk.out);
			else if ("err" in chunk) io.err(chunk.err);
			else exit = chunk.exit;
		});
		lines.once("close", () => done(exit ?? 1));
	});
}
