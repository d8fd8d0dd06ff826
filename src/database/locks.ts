/**
 * One holder over all instances. Embedded: there is one process, so a set of names does. Server: advisory locks of one connection that
 * is used for nothing else; they end with it, so they are released however the process ends.
 */
import pg from "pg";
import type { Database } from "./client.ts";

/** Fits `Lock` of bot/platform.ts. */
export interface Locks {
	/** Resolves true when taken now, false when another (or this process already) holds it. */
	take(name: string): Promise<boolean>;
	release(name: string): Promise<void>;
	/** Called once when a held lock was lost. */
	onLost(name: string, lost: () => void): void;
	/** Releases all, telling nobody. */
	close(): Promise<void>;
}

export function openLocks({ url }: Pick<Database, "url">): Locks {
	return url === null ? localLocks() : serverLocks(url);
}

function localLocks(): Locks {
	const held = new Set<string>();
	return {
		async take(name) {
			if (held.has(name)) return false;
			held.add(name);
			return true;
		},
		async release(name) {
			held.delete(name);
		},
		onLost() {},
		async close() {
			held.clear();
		},
	};
}

/** A connection that died silently is noticed by asking; the server gives its locks away at about the same time. */
const ASK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;

interface Connection {
	client: pg.Client;
	/** Lets go of it, and tells whoever held a lock by it. */
	broke(): void;
}

function serverLocks(url: string): Locks {
	let connection: Promise<Connection> | null = null;
	const held = new Set<string>();
	const taking = new Set<string>();
	const listeners = new Map<string, () => void>();
	let last: Promise<unknown> = Promise.resolve();

	async function connect(): Promise<Connection> {
		const client = new pg.Client({
			connectionString: url,
			application_name: "lotse locks",
			keepAlive: true,
			connectionTimeoutMillis: ANSWER_WITHIN_MS,
			query_timeout: ANSWER_WITHIN_MS,
		});
		let broken = false;
		const broke = () => {
			if (broken) return;
			broken = true;
			connection = null;
			clearInterval(asking);
			client.end().catch(() => {});
			const lost = [...held].map((name) => listeners.get(name));
			held.clear();
			listeners.clear();
			for (const tell of lost) tell?.();
		};
		client.on("error", broke);
		client.on("end", broke);
		const asking = setInterval(() => client.query("SELECT 1").catch(broke), ASK_EVERY_MS).unref();
		try {
			await client.connect();
		} catch (error) {
			broke();
			throw error;
		}
		return { client, broke };
	}

	/** A connection that broke unnoticed shows it at its next use. */
	async function ask(sql: string, name: string): Promise<boolean> {
		connection ??= connect();
		const { client, broke } = await connection;
		// One question at a time: pg will not take a second one on a busy connection for much longer.
		const asked = last.then(() => client.query<{ done: boolean }>(sql, [name]));
		last = asked.catch(() => {});
		try {
			const { rows } = await asked;
			return rows[0]?.done === true;
		} catch (error) {
			broke();
			throw error;
		}
	}

	return {
		async take(name) {
			// To the server, one connection may take the same lock many times.
			if (held.has(name) || taking.has(name)) return false;
			taking.add(name);
			try {
				const sql = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS done";
				const taken = await ask(sql, name).catch(() => ask(sql, name));
				if (taken) held.add(name);
				return taken;
			} finally {
				taking.delete(name);
			}
		},
		async release(name) {
			listeners.delete(name);
			if (!held.delete(name) || connection === null) return;
			// Where that fails, the connection is gone and the lock with it.
			await ask("SELECT pg_advisory_unlock(hashtextextended($1, 0)) AS done", name).catch(() => false);
		},
		onLost(name, lost) {
			listeners.set(name, lost);
		},
		async close() {
			held.clear();
			listeners.clear();
			const open = connection;
			connection = null;
			await (await open?.catch(() => null))?.client.end();
		},
	};
}
