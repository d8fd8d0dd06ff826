// What the bot knows of its rooms: members, encryption, name. Asked for when first needed, then kept up by sync.
import type { z } from "zod";
import { type LotseClient, part } from "./client.ts";
import { faultOf } from "./faults.ts";
import { contentShape, type Event, eventsOf, membersShape, profileShape } from "./shapes.ts";

interface Member {
	name: string | null;
	joined: boolean;
}

export type Rooms = ReturnType<typeof roomsOf>;

export function roomsOf(client: LotseClient, ownId: string) {
	const members = new Map<string, Promise<Map<string, Member>>>();
	const encrypted = new Map<string, Promise<boolean>>();
	const named = new Map<string, Promise<boolean>>();
	const profiles = new Map<string, string | null>();

	const state = (room: string, type: string) => client.ask(contentShape, "GET", `/rooms/${part(room)}/state/${type}/`);

	/** Null only where the server says that there is none; any other failure is thrown, so that nothing is taken for granted. */
	async function findState(room: string, type: string): Promise<z.infer<typeof contentShape> | null> {
		try {
			return await state(room, type);
		} catch (error) {
			const { kind, errcode } = faultOf(error);
			if (kind === "refused" && errcode === "M_NOT_FOUND") return null;
			throw error;
		}
	}

	/** Joined and invited people, the bot among them. */
	function peopleIn(room: string): Promise<Map<string, Member>> {
		return remember(members, room, async () => {
			const found = new Map<string, Member>();
			try {
				const query = { not_membership: "leave" };
				const answer = await client.ask(membersShape, "GET", `/rooms/${part(room)}/members`, { query });
				for (const event of eventsOf(answer.chunk)) note(found, event);
			} catch (error) {
				// A room that was left or deleted meanwhile has nobody in it; it must not hold up all the others.
				if (faultOf(error).kind !== "refused") throw error;
			}
			return found;
		});
	}

	return {
		ownId,
		peopleIn,
		/** Fails closed: without a clear answer it throws. */
		isEncrypted: (room: string) =>
			remember(encrypted, room, async () => (await findState(room, "m.room.encryption")) !== null),
		/** The room that replaces this one, and whether the bot is in it; null = it was not replaced. */
		async successorOf(room: string): Promise<{ room: string; joined: boolean } | null> {
			const next = await findState(room, "m.room.tombstone")
				.then((tombstone) => tombstone?.replacement_room)
				.catch((error: unknown) => {
					if (faultOf(error).kind === "refused") return undefined;
					throw error;
				});
			return next === undefined ? null : { room: next, joined: (await peopleIn(next)).get(ownId)?.joined ?? false };
		},
		/** Exactly this person and the bot, and meant so: marked by one of them, or a room without a name. */
		async isDirect(room: string, person: string, marked: boolean): Promise<boolean> {
			const people = await peopleIn(room);
			if (people.size !== 2 || !people.has(person) || !people.has(ownId)) return false;
			return (
				marked || !(await remember(named, room, async () => Boolean((await findState(room, "m.room.name"))?.name)))
			);
		},
		/** As the room calls a person; null = unknown there. */
		async nameIn(room: string, person: string): Promise<string | null> {
			return (await peopleIn(room)).get(person)?.name ?? null;
		},
		async profileName(person: string): Promise<string | null> {
			const known = profiles.get(person);
			if (known !== undefined) return known;
			const name = await client
				.ask(profileShape, "GET", `/profile/${part(person)}/displayname`)
				.then((profile) => profile.displayname ?? null)
				.catch((error: unknown) => {
					if (faultOf(error).kind === "refused") return null;
					throw error;
				});
			if (profiles.size > 2000) profiles.clear();
			profiles.set(person, name);
			return name;
		},
		/** A state event of sync. */
		async take(room: string, event: Event): Promise<void> {
			if (event.state_key === undefined) return;
			if (event.type === "m.room.encryption") encrypted.set(room, Promise.resolve(true));
			if (event.type === "m.room.name") named.delete(room);
			if (event.type === "m.room.member") {
				profiles.delete(event.state_key);
				const known = await members.get(room)?.catch(() => null);
				if (known) note(known, event);
			}
		},
		forget(room: string): void {
			for (const each of [members, named]) each.delete(room);
		},
	};
}

function note(members: Map<string, Member>, event: Event): void {
	const { membership, displayname } = event.content;
	if (event.type !== "m.room.member" || event.state_key === undefined) return;
	if (membership !== "join" && membership !== "invite") members.delete(event.state_key);
	else members.set(event.state_key, { name: displayname?.trim() || null, joined: membership === "join" });
}

/** Asks once; a failure is not kept. */
function remember<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
	const have = known.get(key);
	if (have) return have;
	const asked = ask();
	known.set(key, asked);
	asked.catch(() => known.delete(key));
	return asked;
}
