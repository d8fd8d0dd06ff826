/** Who did what, when, through which chat. Append-only; never what was said. */
import type { Command, Outcome } from "./command.ts";
import { ensurePerson } from "./people.ts";
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
	const wrote = command.writes && outcome.status === "done";
	if (!wrote && outcome.status !== "refused" && fault === null) return;
	const { message, asker } = turn;
	await turn.tx.audit.create({
		data: {
			at: turn.now.toString(),
			personId: wrote ? await ensurePerson(turn.tx, asker) : asker.id,
			platform: message.place.platform,
			address: message.place.address,
			userId: asker.userId,
			command: command.name,
			status: outcome.status,
			records: wrote ? outcome.records.map((ref) => `${ref.type}/${ref.key}`) : [],
			messageId: wrote ? message.id : null,
			fingerprint: wrote ? fingerprint : null,
			fault,
		},
		select: { id: true },
	});
}
