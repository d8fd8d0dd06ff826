/** A channel that refuses for good: the administrators hear of it once, with what mends it. */
import { createHash } from "node:crypto";
import type { Tx } from "../database/client.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { Language, Text } from "../lib/text.ts";
import { owe } from "./ledger.ts";
import { say } from "./say.ts";

interface ParkedPorts {
	platforms: ReadonlyMap<PlatformName, unknown>;
	admins?: { ids: readonly string[]; language: Language };
}

interface Refused {
	platform: PlatformName;
	address: string;
	recipient: string | null;
	channelKey: string | null;
}

export async function tellAdmins(
	tx: Tx,
	{ platforms, admins }: ParkedPorts,
	row: Refused,
	reason: Text,
	now: Temporal.Instant,
): Promise<void> {
	// A refused notice to one person is no channel, and telling of it could go on for ever.
	if (!admins || row.recipient !== null) return;
	const channel = row.channelKey ?? row.address;
	const line = {
		de: `Der Kanal ${channel} nimmt nichts mehr an. ${reason.de} Was dorthin sollte, steht unter „erinnerungen“.`,
		en: `The channel ${channel} accepts nothing any more. ${reason.en} What was meant for it is listed under "reminders".`,
	};
	await owe(
		tx,
		admins.ids.flatMap((admin) => {
			const platform = admin.startsWith("@") ? "matrix" : "slack";
			if (!platforms.has(platform)) return [];
			const hash = createHash("sha256")
				.update(JSON.stringify([row.platform, row.address, reason.en, admin]))
				.digest("hex");
			return {
				key: `p-${hash.slice(0, 32)}`,
				kind: "notice",
				platform,
				address: admin,
				thread: null,
				recipient: admin,
				repliesTo: null,
				edits: null,
				language: admins.language,
				reply: say(line[admins.language]),
				at: now,
			};
		}),
	);
}
