import { setTimeout as pause } from "node:timers/promises";
import { type Db, Prisma, type Tx } from "./client.ts";

export interface TransactionOptions {
	/** After which it is rolled back. Default 30 s. */
	timeoutMs?: number;
	/** Default: PostgreSQL's read committed, which `liveNetwork` relies on. */
	isolation?: Prisma.TransactionIsolationLevel;
}

const ATTEMPTS = 5;

/** Two transactions on a server stood in each other's way (serialization failure, deadlock): the loser may simply try again. */
function isConflict(error: unknown): boolean {
	if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
	return error.code === "P2034" || (error.code === "P2010" && /40001|40P01/.test(JSON.stringify(error.meta ?? {})));
}

/**
 * Runs `fn` in one transaction: all or nothing. `fn` may run more than once (after a conflict on a server), so it changes nothing but
 * the database. Inside, use only the `tx` handed in. PGlite runs one transaction at a time.
 */
export async function inTransaction<T>(
	db: Db,
	fn: (tx: Tx) => Promise<T>,
	{ timeoutMs, isolation }: TransactionOptions = {},
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await db.$transaction(fn, {
				...(timeoutMs !== undefined && { timeout: timeoutMs }),
				...(isolation !== undefined && { isolationLevel: isolation }),
			});
		} catch (error) {
			if (attempt === ATTEMPTS || !isConflict(error)) throw error;
			await pause(attempt * (5 + Math.random() * 20));
		}
	}
}
