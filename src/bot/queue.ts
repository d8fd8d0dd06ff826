/**
 * The durable queue (pg-boss) through which what was not sent at once is shared out among instances. What is due is decided by Lotse's
 * clock before it is handed over: pg-boss itself goes by the database's.
 */

import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../database/client.ts";

export interface Job {
	id: string;
	delivery: bigint;
}

export interface Queue {
	/** One job for each delivery, unless one waits already. */
	hand(deliveries: readonly bigint[]): Promise<void>;
	/** Takes waiting jobs; no other instance gets them. */
	take(most: number): Promise<Job[]>;
	done(jobs: readonly Job[]): Promise<void>;
	stop(): Promise<void>;
}

const QUEUE = "delivery";
const data = z.object({ delivery: z.string() });

/** Loaded and started with the first job: it makes its own schema, and the first answer must not wait for that. */
export function deliveryQueue(database: Pick<Database, "pglite" | "url">, log: Logger): Queue {
	let starting: Promise<PgBoss> | null = null;

	async function start(): Promise<PgBoss> {
		const { fromPglite, PgBoss } = await import("pg-boss");
		const { pglite, url } = database;
		const where = pglite
			? { db: fromPglite(pglite), backend: "pglite" as const }
			: { connectionString: url ?? "", max: 2, application_name: "lotse queue" };
		const boss = new PgBoss({ ...where, schedule: false });
		boss.on("error", (error) => log.warn({ err: error }, "queue"));
		await boss.start();
		// `short`: one waiting job for each delivery. A job that died with its process does not keep the next one from waiting; the lock
		// and the row's state decide, and the row says when to try again, so jobs themselves are never repeated.
		await boss.createQueue(QUEUE, { policy: "short", retryLimit: 0, expireInSeconds: 900, deleteAfterSeconds: 60 });
		return boss;
	}

	function started(): Promise<PgBoss> {
		starting ??= start().catch((error) => {
			starting = null;
			throw error;
		});
		return starting;
	}

	return {
		async hand(deliveries) {
			if (deliveries.length === 0) return;
			const jobs = deliveries.map(String).map((delivery) => ({ singletonKey: delivery, data: { delivery } }));
			await (await started()).insert(QUEUE, jobs);
		},
		async take(most) {
			const jobs = await (await started()).fetch(QUEUE, { batchSize: most });
			return jobs.map((job) => ({ id: job.id, delivery: BigInt(data.parse(job.data).delivery) }));
		},
		async done(jobs) {
			if (jobs.length > 0)
				await (await started()).complete(
					QUEUE,
					jobs.map((job) => job.id),
				);
		},
		async stop() {
			await (await starting?.catch(() => null))?.stop({ graceful: false });
			starting = null;
		},
	};
}
