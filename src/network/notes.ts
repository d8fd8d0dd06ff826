/**
 * Forgets notes of changes that every running instance has read. Triggers write them for `live.ts`, and nothing else ever reads them.
 *
 * Once a day a mark is set; a day later what is older than the mark goes, and the mark becomes the floor. An instance that has not looked
 * for so long (a suspended machine) finds the floor above what it knows and loads everything anew.
 */
import { z } from "zod";
import type { Db } from "../database/client.ts";
import { findFact, setFact } from "../database/facts.ts";
import { inTransaction } from "../database/transaction.ts";

/** Read by live.ts: changes of transactions below it may have been forgotten. */
export const NOTES_FLOOR = { scope: "network", name: "notes_floor" };
const MARK = { scope: "network", name: "notes_mark" };
const DAY = { hours: 24 };

const mark = z.object({ at: z.string(), xmin: z.string() });
const edge = z.tuple([z.object({ xmin: z.string(), xmax: z.string() })]);

export async function forgetNotes(db: Db, now: Temporal.Instant): Promise<void> {
	const kept = await findFact(db, MARK.scope, MARK.name);
	const last = kept === null ? null : mark.parse(JSON.parse(kept));
	if (last !== null && Temporal.Instant.compare(now, Temporal.Instant.from(last.at).add(DAY)) < 0) return;
	await inTransaction(db, async (tx) => {
		const [{ xmin, xmax }] = edge.parse(
			await tx.$queryRaw`SELECT pg_snapshot_xmin(s)::text AS xmin, pg_snapshot_xmax(s)::text AS xmax
				FROM (SELECT pg_current_snapshot() AS s) AS now`,
		);
		// Ids that no transaction of this database can have had came with a dump of another one.
		const floor = last !== null && BigInt(last.xmin) <= BigInt(xmin) ? last.xmin : null;
		await tx.$executeRaw`DELETE FROM record_change WHERE xact >= ${xmax}::bigint OR xact < ${floor}::bigint`;
		if (floor !== null) await setFact(tx, NOTES_FLOOR.scope, NOTES_FLOOR.name, floor);
		await setFact(tx, MARK.scope, MARK.name, JSON.stringify({ at: now.toString(), xmin }));
	});
}
