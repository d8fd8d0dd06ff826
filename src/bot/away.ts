/** Commands that waited more than an hour are not run behind people's backs: one notice a room says from when to when the bot was away. */
import { createHash } from "node:crypto";
import type { Tx } from "../database/client.ts";
import type { Network } from "../network/records.ts";
import type { Owed } from "./ledger.ts";
import type { Message } from "./message.ts";
import { channelAt, languageFor } from "./place.ts";
import { say } from "./say.ts";
import type { House } from "./turn.ts";

interface AwayPorts {
	house: House;
	installation: string;
	network(tx: Tx): Promise<Network>;
	lastAlive: Temporal.Instant | null;
	startedAt: Temporal.Instant;
}

const hash = (words: string) => createHash("sha256").update(words).digest("hex").slice(0, 16);

/** The same key for every stale command of a room after one absence, so the ledger keeps one. */
export async function awayNotice(ports: AwayPorts, tx: Tx, message: Message): Promise<Owed> {
	const network = await ports.network(tx);
	const { place } = message;
	const language = languageFor(null, message, channelAt(network, message)?.language ?? null, ports.house.language);
	const show = (at: Temporal.Instant) =>
		at
			.toZonedDateTimeISO(ports.house.timezone)
			.toLocaleString(language === "de" ? "de-DE" : "en-GB", { dateStyle: "short", timeStyle: "short" });
	const from = show(ports.lastAlive ?? Temporal.Instant.from(message.at));
	const to = show(ports.startedAt);
	return {
		key: `w-${ports.installation}-${hash(`${place.platform} ${place.address} ${ports.startedAt.epochMilliseconds}`)}`,
		kind: "notice",
		platform: place.platform,
		address: place.address,
		thread: null,
		recipient: null,
		repliesTo: null,
		edits: null,
		language,
		reply: say(
			{
				de: `Ich war von ${from} bis ${to} nicht erreichbar. Was hier länger als eine Stunde wartete, habe ich nicht ausgeführt. Bitte schreiben Sie es noch einmal, wenn es noch gilt.`,
				en: `I was away from ${from} to ${to}. What waited here for more than an hour was not carried out. Please write it again if it still holds.`,
			}[language],
		),
		at: ports.startedAt,
	};
}
