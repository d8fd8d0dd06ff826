// The sync loop: one answer of the server → messages and position into the database in one transaction; only then the position moves on.
import type { Logger } from "pino";
import type { Message } from "../../bot/message.ts";
import type { Bot, PlatformState, PlatformStore } from "../../bot/platform.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Chore, Chores } from "./chores.ts";
import type { Batch } from "./client.ts";
import { faultOf } from "./faults.ts";
import { fillGap } from "./gap.ts";
import { type Ears, messagesOf } from "./incoming.ts";
import { backoff, type Pause } from "./pause.ts";
import { type Event, eventsOf } from "./shapes.ts";

export interface Listening extends Ears {
	bot: Bot;
	store: PlatformStore;
	chores: Chores;
	clock: Clock;
	log: Logger;
	pause: Pause;
	signal: AbortSignal;
	onState(state: PlatformState): void;
}

/** Name of the fact that holds the position; `Bot.receive` stores it together with the messages. */
const POSITION = "sync";
const POLL = 30_000;

/** Until the signal. @throws what says that the access token is dead; everything else is tried again from the same position. */
export async function listen(here: Listening): Promise<void> {
	const { client, store, signal, log } = here;
	let since = (await store.get(POSITION)) || null;
	let failures = 0;
	// The first look after a start or a failure comes back at once, so that "connected" does not wait for the next message.
	let quick = true;
	if (since === null) await store.set("started", here.clock.now().toString());
	while (!signal.aborted) {
		try {
			const batch = await client.look(since, quick ? 1 : POLL);
			await take(here, batch, since);
			since = batch.sync.next_batch;
			failures = 0;
			quick = false;
			here.onState("connected");
			here.chores.kick();
		} catch (error) {
			if (signal.aborted) return;
			const fault = faultOf(error);
			if (fault.kind === "token") throw error;
			failures += 1;
			quick = true;
			here.onState(failures < 3 ? "connecting" : "down");
			log.warn({ fault: fault.detail, failures }, "Matrix sync failed, trying again from the same position");
			if (fault.status === 400 && since !== null && failures === 5) {
				log.error(
					"the server does not know the stored position (was its database restored?): hearing goes on from now",
				);
				since = null;
			}
			await here.pause(backoff(failures, fault.retryAfterMs), signal);
		}
	}
}

async function take(here: Listening, batch: Batch, since: string | null): Promise<void> {
	const { rooms, directs, chores, bot } = here;
	for (const event of batch.accountData) directs.take(event);
	const todo: Omit<Chore, "tries">[] = batch.invites.map(({ room, event }) => ({
		kind: "invite",
		room,
		sender: event.sender,
		direct: event.content.is_direct ?? false,
	}));
	for (const room of Object.keys(batch.sync.rooms.leave)) rooms.forget(room);
	const messages: Message[] = [];
	// At the first start nothing from before is heard; only the position and open invitations count.
	for (const [room, joined] of Object.entries(since === null ? {} : batch.sync.rooms.join)) {
		const state = eventsOf(joined.state.events);
		const timeline = batch.events.get(room) ?? [];
		for (const event of [...state, ...timeline]) await rooms.take(room, event);
		const heard = await hearable(here, room, state, timeline, joined.timeline, since ?? "");
		// That a room is encrypted counts from whenever it was; it stands before the bot's joining.
		todo.push(...choresIn(room, rooms.ownId, [...state, ...timeline, ...heard]));
		messages.push(...(await messagesOf(here, room, heard)));
	}
	await chores.add(todo);
	await bot.receive(messages, { name: POSITION, value: batch.sync.next_batch });
}

/** The events that count: all since the last sync; in a room just joined, those since the invitation. */
async function hearable(
	here: Listening,
	room: string,
	state: readonly Event[],
	timeline: Event[],
	{ limited, prev_batch }: { limited: boolean; prev_batch?: string | undefined },
	since: string,
): Promise<Event[]> {
	const own = (event: Event, membership: string) =>
		event.type === "m.room.member" && event.state_key === here.rooms.ownId && event.content.membership === membership;
	const entered = (event: Event) => own(event, "join") && event.unsigned?.prev_content?.membership !== "join";
	const joined = timeline.findLastIndex(entered);
	if (joined >= 0) {
		const started = Temporal.Instant.from(
			(await here.store.get("started")) ?? here.clock.now().toString(),
		).epochMilliseconds;
		const invited = timeline.findLastIndex((event, index) => index < joined && own(event, "invite"));
		const between =
			invited < 0 ? [] : timeline.slice(invited, joined).filter((event) => (event.origin_server_ts ?? 0) >= started);
		return [...between, ...timeline.slice(joined)];
	}
	if (!limited || prev_batch === undefined || state.some(entered)) return timeline;
	const missing = await fillGap(here.client, room, prev_batch, since, here.clock.now());
	const have = new Set(timeline.map((event) => event.event_id));
	return [...missing.filter((event) => !have.has(event.event_id)), ...timeline];
}

function choresIn(room: string, ownId: string, events: readonly Event[]): Omit<Chore, "tries">[] {
	return events.flatMap((event): Omit<Chore, "tries">[] => {
		if (event.type === "m.room.encryption" || (event.type === "m.room.encrypted" && event.sender !== ownId)) {
			return [{ kind: "encrypted", room, sender: event.sender, direct: false }];
		}
		const next = event.content.replacement_room;
		if (event.type !== "m.room.tombstone" || next === undefined) return [];
		return [{ kind: "follow", room: next, from: room, sender: event.sender, direct: false }];
	});
}
