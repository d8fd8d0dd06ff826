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
		await tellAdmins(ports, tx, platform, sender, address);
		return "leave";
	});
}

/** Of one stranger, and of all of them together, so many invitations a day are told of: nobody can flood an administrator by inviting. */
const OF_ONE = 3;
const OF_ALL = 20;

const hash = (words: string) => createHash("sha256").update(words).digest("hex").slice(0, 24);

async function tellAdmins(
	ports: DoorPorts,
	tx: Tx,
	platform: PlatformName,
	sender: Sender,
	address: string,
): Promise<void> {
	const admins = ports.door.admins.filter((admin) => admin.startsWith("@") === (platform === "matrix"));
	const now = ports.clock.now();
	const all = `i-${ports.installation}-${now.toString().slice(0, 10)}-`;
	const ofOne = `${all}${hash(sender.id)}-`;
	const told = (await tx.delivery.count({ where: { key: { startsWith: ofOne } } })) / admins.length;
	const toldOfAll = (await tx.delivery.count({ where: { key: { startsWith: all } } })) / admins.length;
	if (admins.length === 0 || told >= OF_ONE || toldOfAll >= OF_ALL) return;
	const language = ports.house.language;
	const last = told === OF_ONE - 1 || toldOfAll === OF_ALL - 1;
	const line = {
		de: `${sender.id} hat mich in einen Raum eingeladen (${address}) und ist mir nicht als Partner bekannt. Ich habe abgelehnt. Wenn ich hinein soll, laden Sie mich selbst ein.${last ? " Weitere solche Einladungen lehne ich heute ab, ohne sie zu melden." : ""}`,
		en: `${sender.id} invited me to a room (${address}) and is not known to me as a partner. I declined. If I should be there, invite me yourself.${last ? " I shall decline more of these today without telling you." : ""}`,
	}[language];
	await owe(
		tx,
		admins.map((admin) => ({
			key: `${ofOne}${hash(`${address} ${admin}`)}`,
			kind: "notice",
			platform,
			address: admin,
			thread: null,
			recipient: admin,
			repliesTo: null,
			edits: null,
			language,
			reply: say(line),
			at: now,
		})),
	);
}
