/** A place was replaced by another (Matrix room upgrade): its binding and what is still owed there go along. */
import type { Db } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../lib/clock.ts";
import type { PlatformName } from "../lib/platform.ts";
import { insertAudit } from "../network/audit.ts";

export async function movePlace(db: Db, clock: Clock, platform: PlatformName, from: string, to: string): Promise<void> {
	await inTransaction(db, async (tx) => {
		// Somebody bound the new room already: then that is what they want.
		const bound = await tx.channel.count({ where: { platform, address: to } });
		const { count } =
			bound > 0
				? { count: 0 }
				: await tx.channel.updateMany({ where: { platform, address: from }, data: { address: to } });
		await tx.delivery.updateMany({
			// What may have been stored there already would be said twice.
			where: { platform, address: from, state: "owed", uncertain: false },
			data: { address: to, thread: null, repliesTo: null },
		});
		if (count === 0) return;
		const moved = await tx.channel.findMany({ where: { platform, address: to }, select: { key: true } });
		const records = moved.map(({ key }) => `channel/${key}`);
		await insertAudit(tx, [{ at: clock.now(), platform, address: to, command: "channel moved", records }]);
	});
}
