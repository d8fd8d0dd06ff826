/** Who did what, when, through which chat. Append-only; never what was said. */
import { insertAudit } from "../network/audit.ts";
import type { Command, Outcome } from "./command.ts";
import { ensurePerson } from "./people.ts";
import { countRefusal } from "./refusals.ts";
import type { Turn } from "./turn.ts";

export interface AuditEntry {
	turn: Turn;
	command: Command;
	outcome: Outcome;
	fingerprint: string | null;
	/** Reference that the person saw, where it failed. */
	fault: string | null;
}

/** Writes what changed something, and what was refused; looking things up is nobody's business. */
export async function writeAudit({ turn, command, outcome, fingerprint, fault }: AuditEntry): Promise<void> {
	const { message, asker } = turn;
	const { platform, address } = message.place;
	const wrote = command.writes && outcome.status === "done";
	const refused = outcome.status === "refused";
	if (!wrote && !refused && fault === null) return;
	if (refused && !(await countRefusal(turn.tx, platform, asker.userId, turn.now))) return;
	const written = [...outcome.records.map(({ type, key }) => `${type}/${key}`), ...(outcome.audit?.records ?? [])];
	await insertAudit(turn.tx, [
		{
			at: turn.now,
			personId: wrote ? await ensurePerson(turn.tx, asker) : asker.id,
			contact: asker.contact,
			role: asker.role,
			platform,
			address,
			userId: asker.userId,
			command: command.name,
			status: wrote ? "done" : refused ? "refused" : "failed",
			records: wrote ? written : [],
			messageId: wrote ? message.id : null,
			fingerprint: wrote ? fingerprint : null,
			fault,
			details: wrote ? (outcome.audit?.details ?? null) : null,
		},
	]);
}
