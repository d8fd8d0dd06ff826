// Channels may be named by an alias (#leitstelle:polizei.example): for the bot the alias is the place, here it is the room it points to now.
import type { Logger } from "pino";
import type { Bot } from "../../bot/platform.ts";
import type { Clock } from "../../lib/clock.ts";
import { type LotseClient, part } from "./client.ts";
import { faultOf } from "./faults.ts";
import { roomShape } from "./shapes.ts";

export type Aliases = ReturnType<typeof aliasesOf>;

const isAlias = (address: string): boolean => address.startsWith("#");
/** An alias may be pointed elsewhere, and one that led nowhere may have been made. */
const ASK_AGAIN_MS = 600_000;
const LOST_MS = 30_000;

export function aliasesOf(client: LotseClient, bot: Bot, clock: Clock, log: Logger) {
	const known = new Map<string, { room: string | null; until: number }>();
	const now = () => clock.now().epochMilliseconds;

	async function ask(alias: string): Promise<string> {
		const { room_id: room } = await client.ask(roomShape, "GET", `/directory/room/${part(alias)}`);
		known.set(alias, { room, until: now() + ASK_AGAIN_MS });
		return room;
	}

	return {
		/** What the bot calls this room. */
		addressOf(room: string): string {
			for (const [alias, entry] of known) if (entry.room === room) return alias;
			return room;
		},
		/** @throws what a request throws */
		async roomOf(address: string): Promise<string> {
			if (!isAlias(address)) return address;
			return known.get(address)?.room ?? ask(address);
		},
		/** It may point elsewhere now. */
		forget(address: string): void {
			known.delete(address);
		},
		/** Looks up the aliases of bound channels that are new or were looked up long ago. Never throws: what cannot be found is tried later. */
		async refresh(everything = false): Promise<void> {
			for (const alias of (await bot.addresses("matrix")).filter(isAlias)) {
				const entry = known.get(alias);
				if (!everything && entry && entry.until > now()) continue;
				try {
					await ask(alias);
				} catch (error) {
					known.set(alias, { room: entry?.room ?? null, until: now() + LOST_MS });
					log.warn({ alias, fault: faultOf(error).detail }, "the alias of a channel leads to no room");
				}
			}
		},
	};
}
