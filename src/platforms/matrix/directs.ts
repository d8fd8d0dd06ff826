// Direct messages: which rooms are marked so, and the one room between the bot and a person.

import { z } from "zod";
import type { PlatformStore } from "../../bot/platform.ts";
import { type LotseClient, part } from "./client.ts";
import { faultOf } from "./faults.ts";
import type { Rooms } from "./rooms.ts";
import { directShape, roomShape } from "./shapes.ts";

export type Directs = ReturnType<typeof directsOf>;

const accountData = z.object({ type: z.literal("m.direct"), content: directShape });

export function directsOf(client: LotseClient, rooms: Rooms, store: PlatformStore) {
	let marked: Record<string, string[]> = {};
	const making = new Map<string, Promise<string>>();
	const path = `/user/${part(rooms.ownId)}/account_data/m.direct`;

	async function mark(person: string, room: string): Promise<void> {
		if (marked[person]?.includes(room)) return;
		marked = { ...marked, [person]: [room, ...(marked[person] ?? [])] };
		await client.ask(z.unknown(), "PUT", path, { body: marked });
	}

	/** Still only the two of them, and readable: private words must not land anywhere else. */
	async function isFit(room: string, person: string): Promise<boolean> {
		try {
			return (await rooms.isDirect(room, person, true)) && !(await rooms.isEncrypted(room));
		} catch (error) {
			if (faultOf(error).kind === "refused") return false;
			throw error;
		}
	}

	async function findOrMake(person: string): Promise<string> {
		const stored = await store.get(`direct:${person}`);
		for (const room of new Set([...(stored ? [stored] : []), ...(marked[person] ?? [])])) {
			if (await isFit(room, person)) return room;
		}
		const made = await client.ask(roomShape, "POST", "/createRoom", {
			body: { invite: [person], is_direct: true, preset: "trusted_private_chat" },
		});
		await store.set(`direct:${person}`, made.room_id);
		await mark(person, made.room_id);
		return made.room_id;
	}

	return {
		isMarked: (room: string) => Object.values(marked).some((each) => each.includes(room)),
		mark,
		/** From the server, at the start. */
		async load(): Promise<void> {
			try {
				marked = await client.ask(directShape, "GET", path);
			} catch (error) {
				if (faultOf(error).kind !== "refused") throw error;
			}
		},
		take(event: unknown): void {
			const parsed = accountData.safeParse(event);
			if (parsed.success) marked = parsed.data.content;
		},
		/** Their room; made, with an invitation, where there is none that only the two read. @throws what a request throws */
		roomFor(person: string): Promise<string> {
			const already = making.get(person);
			if (already) return already;
			const room = findOrMake(person).finally(() => making.delete(person));
			making.set(person, room);
			return room;
		},
	};
}
