/** How much waits, read from the rows that every instance shares. */
import { z } from "zod";
import type { Db } from "../database/client.ts";

export interface Depth {
	/** Messages taken in and not handled yet, and how long the oldest waits, in seconds. */
	inbox: { waiting: number; oldestSeconds: number };
	/** Messages the bot owes or could not bring: by platform, kind and what holds them. Sent ones are not counted here. */
	deliveries: { platform: string; kind: string; state: DepthState; count: number; oldestSeconds: number }[];
	/** Jobs of the queue, by their state. */
	jobs: { state: string; count: number }[];
	/** Imports that the audit trail holds, by their outcome, and when the last one was, in seconds since 1970. */
	imports: { outcome: string; count: number; last: number }[];
}

/** `planned`: due later. `due`: to be sent now. `failing`: tried already, will be tried again. `parked`: refused for good. */
export type DepthState = "planned" | "due" | "failing" | "parked";

const number = z.coerce.number();
const inboxRows = z.tuple([z.object({ waiting: number, oldest: number })]);
const deliveryRows = z.array(
	z.object({
		platform: z.string(),
		kind: z.string(),
		state: z.enum(["planned", "due", "failing", "parked"]),
		count: number,
		oldest: number,
	}),
);
const jobRows = z.array(z.object({ state: z.string(), count: number }));
const importRows = z.array(z.object({ outcome: z.string(), count: number, last: number }));

/** @param now by Lotse's clock, which decides what is due */
export async function readDepth(db: Db, now: Temporal.Instant): Promise<Depth> {
	const at = now.toString();
	const [inbox] = inboxRows.parse(
		await db.$queryRaw`
			SELECT count(*) AS waiting,
				coalesce(greatest(extract(epoch FROM ${at}::text::timestamptz - min(received_at)), 0), 0) AS oldest
			FROM inbox WHERE done_at IS NULL`,
	);
	const deliveries = deliveryRows.parse(
		await db.$queryRaw`
			SELECT platform::text, kind, waits AS state, count(*) AS count,
				greatest(extract(epoch FROM ${at}::text::timestamptz - min(due_at)), 0) AS oldest
			FROM (
				SELECT platform, kind, due_at, CASE
					WHEN state = 'parked' THEN 'parked'
					WHEN attempts > 0 THEN 'failing'
					WHEN due_at <= ${at}::text::timestamptz THEN 'due'
					ELSE 'planned' END AS waits
				FROM delivery WHERE state IN ('owed', 'parked')
			) AS waiting
			GROUP BY platform, kind, waits`,
	);
	// The queue makes its own schema with its first job.
	const [queue] = z
		.tuple([z.object({ there: z.boolean() })])
		.parse(await db.$queryRaw`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`);
	const jobs = queue.there
		? jobRows.parse(await db.$queryRaw`SELECT state::text, count(*) AS count FROM pgboss.job GROUP BY state`)
		: [];
	const imports = importRows.parse(
		await db.$queryRaw`
			SELECT status AS outcome, count(*) AS count, extract(epoch FROM max(at)) AS last
			FROM audit WHERE command IN ('import', 'import confirm') GROUP BY status`,
	);
	return {
		inbox: { waiting: inbox.waiting, oldestSeconds: inbox.oldest },
		deliveries: deliveries.map(({ oldest, ...row }) => ({ ...row, oldestSeconds: oldest })),
		jobs,
		imports,
	};
}
