/** Somebody put the bot out of a channel that it is bound to: the administrators hear of it at once, not only when a reminder fails there. */
import { createHash } from "node:crypto";
import type { Tx } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { DoorPorts } from "./invited.ts";
import { owe } from "./ledger.ts";
import type { Sender } from "./message.ts";
import { channelAt } from "./place.ts";
import { say } from "./say.ts";

interface Removal {
	platform: PlatformName;
	by: Sender;
	address: string;
	/** The platform's id of the removal: told once, however often it is reported. */
	event: string;
}

export async function tellRemoved(ports: DoorPorts, removal: Removal): Promise<void> {
	await inTransaction(ports.database.db, (tx) => tell(ports, tx, removal));
}

async function tell(ports: DoorPorts, tx: Tx, { platform, by, address, event }: Removal): Promise<void> {
	const place = { platform, address, thread: null, kind: "channel" as const };
	const channel = channelAt(await ports.live.current(tx), { place });
	if (channel === null) return;
	const language = ports.house.language;
	const name = channel.name ?? channel.key;
	const line = {
		de: `${by.id} hat mich aus dem Kanal „${name}“ entfernt (${address}). Ich höre und schreibe dort nichts mehr, auch keine Erinnerungen. Laden Sie mich wieder ein, oder lösen Sie den Kanal.`,
		en: `${by.id} removed me from the channel "${name}" (${address}). I neither hear nor write anything there, reminders included. Invite me again, or unbind the channel.`,
	}[language];
	const hash = (admin: string) =>
		createHash("sha256").update(`${address} ${event} ${admin}`).digest("hex").slice(0, 24);
	await owe(
		tx,
		ports.door.admins
			.filter((admin) => admin.startsWith("@") === (platform === "matrix"))
			.map((admin) => ({
				key: `x-${ports.installation}-${hash(admin)}`,
				kind: "notice",
				platform,
				address: admin,
				thread: null,
				recipient: admin,
				repliesTo: null,
				edits: null,
				language,
				reply: say(line),
				at: ports.clock.now(),
			})),
	);
}
