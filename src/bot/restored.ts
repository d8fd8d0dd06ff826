/**
 * A database that was restored is older than what the chats remember. What it owed may have been sent after the backup was made, and what
 * came in since then is not in it.
 */
import type { Tx } from "../database/client.ts";
import { BY_OPERATOR, insertAudit } from "../network/audit.ts";

export async function settleRestored(tx: Tx, now: Temporal.Instant, made: string | null): Promise<void> {
	// Looked for in the chat before it is sent: the ledger key tells whether it is there already.
	await tx.delivery.updateMany({ where: { state: "owed", dueAt: { lte: now.toString() } }, data: { uncertain: true } });
	// Keys contain row numbers, which are given again from here on. Under an old key a homeserver would take a new message for an old one.
	await tx.fact.deleteMany({ where: { scope: "bot", name: "installation" } });
	await insertAudit(tx, [{ ...BY_OPERATOR, at: now, command: "restore", details: made === null ? null : { made } }]);
}
