/** The same by the same person in the same place within a minute: double clicks and doubled deliveries make nothing new. */
import { createHash } from "node:crypto";
import type { RecordRef } from "../network/records.ts";
import type { Raw } from "./bind.ts";
import type { Command, Outcome } from "./command.ts";
import { outcome, say } from "./say.ts";
import type { Turn } from "./turn.ts";

export const fingerprintOf = (command: Command, raw: Raw) =>
	createHash("sha256")
		.update(JSON.stringify([command.name, Object.entries(raw).sort()]))
		.digest("hex");

export async function findRepeated(turn: Turn, fingerprint: string): Promise<Outcome | null> {
	const { place } = turn.message;
	const earlier = await turn.tx.audit.findFirst({
		where: {
			platform: place.platform,
			address: place.address,
			userId: turn.asker.userId,
			fingerprint,
			status: "done",
			at: { gte: turn.now.subtract({ seconds: 60 }).toString() },
		},
		orderBy: { id: "desc" },
		select: { id: true, records: true },
	});
	if (!earlier) return null;
	const undone = await turn.tx.audit.findFirst({
		where: {
			id: { gt: earlier.id },
			status: "done",
			command: { in: ["decision undo", "event cancel"] },
			records: { hasSome: earlier.records },
		},
		select: { id: true },
	});
	if (undone) return null;
	const keys = earlier.records.map((record) => record.split("/").slice(1).join("/").toUpperCase()).join(", ");
	const refs = earlier.records.flatMap((each): RecordRef[] => {
		const [type, ...key] = each.split("/");
		return type === "decision" || type === "event" ? [{ type, key: key.join("/") }] : [];
	});
	return outcome(
		"done",
		say({ de: `Bereits eingetragen: ${keys}`, en: `Already stored: ${keys}` }[turn.language]),
		refs,
	);
}
