/** Refused attempts, counted by account and hour: the first few stand in the audit log one by one, all others as one row. */
import { z } from "zod";
import type { Db, Tx } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import { PLATFORMS, type PlatformName } from "../lib/platform.ts";
import { insertAudit } from "../network/audit.ts";

/** Of one account in an hour. */
const ONE_BY_ONE = 5;
/** Accounts in an hour; on a homeserver of their own people can make as many as they like. */
const MOST_ACCOUNTS = 500;

const hourOf = (now: Temporal.Instant) => now.round({ smallestUnit: "hour", roundingMode: "floor" }).toString();

const counted = z.array(z.object({ count: z.number() }));

/** @returns whether this one is to be written by itself */
export async function countRefusal(
	tx: Tx,
	platform: PlatformName,
	userId: string,
	now: Temporal.Instant,
): Promise<boolean> {
	const hour = hourOf(now);
	const known = await tx.refusal.count({ where: { platform, userId, hour } });
	const crowd = known === 0 && (await tx.refusal.count({ where: { hour } })) >= MOST_ACCOUNTS;
	const account = crowd ? "" : userId;
	const [row] = counted.parse(
		await tx.$queryRaw`INSERT INTO refusal (platform, user_id, hour, count)
			VALUES (${platform}::platform_name, ${account}, ${hour}::timestamptz, 1)
			ON CONFLICT (platform, user_id, hour) DO UPDATE SET count = refusal.count + 1
			RETURNING count`,
	);
	return !crowd && (row?.count ?? 0) <= ONE_BY_ONE;
}

const over = z.array(
	z.object({ platform: z.enum(PLATFORMS), userId: z.string(), hour: z.coerce.date(), count: z.number() }),
);

/** Writes what was only counted in the hours that are over. */
export async function writeRefusals(db: Db, now: Temporal.Instant): Promise<void> {
	const hour = hourOf(now);
	if ((await db.refusal.count({ where: { hour: { lt: hour } } })) === 0) return;
	await inTransaction(db, async (tx) => {
		const rows = over.parse(
			await tx.$queryRaw`DELETE FROM refusal WHERE hour < ${hour}::timestamptz
				RETURNING platform::text AS platform, user_id AS "userId", hour, count`,
		);
		const unwritten = rows
			.map((row) => ({ ...row, count: row.userId === "" ? row.count : row.count - ONE_BY_ONE }))
			.filter(({ count }) => count > 0);
		await insertAudit(
			tx,
			unwritten.map(({ platform, userId, hour: began, count }) => ({
				at: Temporal.Instant.fromEpochMilliseconds(began.getTime()),
				platform,
				userId: userId === "" ? null : userId,
				command: "*",
				status: "refused" as const,
				count,
			})),
		);
	});
}
