import type { Tx } from "../database/client.ts";
import { UserError } from "../lib/errors.ts";
import { loadRecords } from "./load.ts";
import type { Key, NetworkEvent } from "./records.ts";
import { saveRecords } from "./save.ts";

async function findEvent(tx: Tx, key: Key): Promise<NetworkEvent | null> {
	return (await loadRecords(tx, "event", [key]))[0] ?? null;
}

/** @throws UserError when there is none. */
export async function getEvent(tx: Tx, key: Key): Promise<NetworkEvent> {
	const event = await findEvent(tx, key);
	if (event !== null) return event;
	throw new UserError({ de: `Den Termin „${key}“ gibt es nicht.`, en: `There is no event "${key}".` });
}

/** @throws UserError when the key is taken. */
export async function insertEvent(tx: Tx, event: NetworkEvent, at: Temporal.Instant): Promise<void> {
	if ((await findEvent(tx, event.key)) !== null)
		throw new UserError({
			de: `Einen Termin „${event.key}“ gibt es schon.`,
			en: `There already is an event "${event.key}".`,
		});
	await saveRecords(tx, "event", [event], { at, author: null, change: "new" });
}

/** @returns the new revision; reminders of earlier ones no longer hold. @throws UserError when there is no such event. */
export async function updateEvent(tx: Tx, event: NetworkEvent): Promise<number> {
	const stored = await tx.event.findUnique({ where: { key: event.key }, select: { enteredAt: true } });
	if (stored === null) await getEvent(tx, event.key);
	const at = Temporal.Instant.fromEpochMilliseconds(stored?.enteredAt.getTime() ?? 0);
	await saveRecords(tx, "event", [event], { at, author: null, change: "amended" });
	return (await tx.event.findUniqueOrThrow({ where: { key: event.key }, select: { revision: true } })).revision;
}
