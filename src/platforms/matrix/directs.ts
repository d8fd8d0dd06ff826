// Direct messages: which rooms are marked so, and the one room between the bot and a person.

import { z } from "zod";
import { type PlatformStore, SendError } from "../../bot/platform.ts";
import { type LotseClient, part } from "./client.ts";
import { faultOf } from "./faults.ts";
import type { Rooms } from "./rooms.ts";
import { directShape, type Event, roomShape } from "./shapes.ts";

export type Directs = ReturnType<typeof directsOf>;

const accountData = z.object({ type: z.literal("m.direct"), content: directShape });

const DOUBT_MS = 3000;
/** Longer than a quiet long poll. */
const LONGEST_DOUBT_MS = 35_000;
const IN_DOUBT = () =>
	new SendError(
		"later",
		{
			de: "Ob der Raum für die Direktnachricht entstanden ist, zeigt sich gleich.",
			en: "Whether the room for the direct message was made will show in a moment.",
		},
		DOUBT_MS / 2,
	);

export function directsOf(client: LotseClient, rooms: Rooms, store: PlatformStore) {
	let marked: Record<string, string[]> = {};
	const making = new Map<string, Promise<string>>();
	/** Rooms that the bot itself made for a person, as sync tells: one whose answer was lost on the way is found here, not made again. */
	const made = new Map<string, string>();
	const doubts = new Map<string, { looks: number; at: number }>();
	let looks = 0;
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
		const own = made.get(person);
		for (const room of new Set([stored, own, ...(marked[person] ?? [])])) {
			if (!room || !(await isFit(room, person))) continue;
			if (room === own && room !== stored) await keep(person, room);
			return room;
		}
		const room = await make(person);
		await keep(person, room);
		return room;
	}

	/** A room whose making is in doubt is not made again before sync has had its time to tell of it. */
	async function make(person: string): Promise<string> {
		const doubt = doubts.get(person);
		const passed = performance.now() - (doubt?.at ?? 0);
		if (doubt && passed < LONGEST_DOUBT_MS && (looks === doubt.looks || passed < DOUBT_MS)) throw IN_DOUBT();
		try {
			const body = { invite: [person], is_direct: true, preset: "trusted_private_chat" };
			const { room_id: room } = await client.ask(roomShape, "POST", "/createRoom", { body });
			doubts.delete(person);
			return room;
		} catch (error) {
			if (faultOf(error).kind === "away") doubts.set(person, { looks, at: performance.now() });
			throw error;
		}
	}

	async function keep(person: string, room: string): Promise<void> {
		await store.set(`direct:${person}`, room);
		await mark(person, room);
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
		/** An event of sync. */
		heard(room: string, { type, sender, state_key: person, content }: Event): void {
			if (type !== "m.room.member" || sender !== rooms.ownId || person === undefined || person === sender) return;
			if (content.membership === "invite" && content.is_direct) made.set(person, room);
		},
		/** A sync was taken. */
		looked(): void {
			looks += 1;
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
