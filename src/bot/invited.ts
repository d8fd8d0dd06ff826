/** An invitation by a partner, organiser or administrator is accepted; another is left, and the administrators are told once. */
import { createHash } from "node:crypto";
import type { Db, Tx } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../lib/clock.ts";
import type { PlatformName } from "../lib/platform.ts";
import { atLeast } from "../network/access.ts";
import type { Network } from "../network/records.ts";
import { owe } from "./ledger.ts";
import type { Sender } from "./message.ts";
import { type Door, whoIs } from "./people.ts";
import { say } from "./say.ts";
import type { House } from "./turn.ts";

export interface DoorPorts {
	database: { db: Db };
	live: { current(tx?: Tx): Promise<Network> };
	door: Door;
	house: House;
	clock: Clock;
	installation: string;
}

export async function invitationOf(
	ports: DoorPorts,
	platform: PlatformName,
	sender: Sender,
	address: string,
): Promise<"join" | "leave"> {
	return inTransaction(ports.database.db, async (tx) => {
		const network = await ports.live.current(tx);
		const asker = await whoIs(tx, network, ports.door, platform, sender);
		if (atLeast(asker.role, "partner")) return "join";
		const language = ports.house.language;
		const line = {
			de: `${sender.id} hat mich in einen Raum eingeladen (${address}) und ist mir nicht als Partner bekannt. Ich habe abgelehnt. Wenn ich hinein soll, laden Sie mich selbst ein.`,
			en: `${sender.id} invited me to a room (${address}) and is not known to me as a partner. I declined. If I should be there, invite me yourself.`,
		}[language];
		await owe(
			tx,
			ports.door.admins
				.filter((admin) => admin.startsWith("@") === (platform === "matrix"))
				.map((admin) => ({
					key: `i-${ports.installation}-${createHash("sha256").update(`${address} ${sender.id} ${admin}`).digest("hex").slice(0, 24)}`,
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
		return "leave";
	});
}
