import type { Tx } from "../database/client.ts";
import type { Channel, Key } from "./records.ts";
import { deleteRecords, saveRecords } from "./save.ts";

const EPOCH = Temporal.Instant.fromEpochMilliseconds(0);

/** Binds a place of a chat, or changes what it is bound to. */
export async function upsertChannel(tx: Tx, channel: Channel): Promise<void> {
	await saveRecords(tx, "channel", [channel], { at: EPOCH, author: null, change: "amended" });
}

/** Unbinds a channel that no event names. */
export async function removeChannel(tx: Tx, key: Key): Promise<void> {
	await deleteRecords(tx, "channel", [key]);
}
