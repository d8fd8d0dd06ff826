// The sync loop: one answer of the server → messages and position into the database in one transaction; only then the position moves on.
import type { Message } from "../../bot/message.ts";
import type { Bot, PlatformState, PlatformStore } from "../../bot/platform.ts";
import type { Chore, Chores } from "./chores.ts";
import type { Batch, Joined } from "./client.ts";
import { faultOf } from "./faults.ts";
import { fillGap } from "./gap.ts";
import { type Ears, messagesOf } from "./incoming.ts";
import { backoff, type Pause } from "./pause.ts";
import type { Event } from "./shapes.ts";

export interface Listening extends Ears {
	bot: Bot;
	store: PlatformStore;
	chores: Chores;
	pause: Pause;
	signal: AbortSignal;
	onState(state: PlatformState): void;
}

/** Name of the fact that holds the position; `Bot.receive` stores it together with the messages. */
const POSITION = "sync";
const POLL = 30_000;
/** So often in a row must the server refuse a position before it is believed. */
const REFUSALS = 3;
const HOUR = 3_600_000;

/** Until the signal. @throws what says that the access token is dead; everything else is tried again from the same position. */
export async function listen(here: Listening): Promise<void> {
	const { client, store, signal, log } = here;
	let since = (await store.get(POSITION)) || null;
	let failures = 0;
	let refusals = 0;
	/** The server does not know the position any more: what the last hour brought is looked through instead. */
	let lost = false;
	// The first look after a start or a failure comes back at once, so that "connected" does not wait for the next message.
	let quick = true;
	if (since === null) await store.set("started", here.clock.now().toString());
	while (!signal.aborted) {
		try {
			const batch = await client.look(since, quick ? 1 : POLL);
			refusals = 0;
			await take(here, batch, lost ? "lost" : since);
			since = batch.next;
			here.directs.looked();
			failures = 0;
			lost = quick = false;
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
			if (fault.status === 400 && fault.errcode !== null && since !== null) refusals += 1;
			if (refusals >= REFUSALS) {
				log.error(
					"the server does not know the stored position (was its database restored?): the last hour is looked through instead",
				);
				since = null;
				lost = true;
				refusals = 0;
			}
			await here.pause(backoff(failures, fault.retryAfterMs), signal);
		}
	}
}

/** @param since the position that was asked from; null = the very first look, `lost` = the server did not know the stored one */
async function take(here: Listening, batch: Batch, since: string | null): Promise<void> {
	const { rooms, directs, chores, bot } = here;
	for (const event of batch.accountData) directs.take(event);
	const todo: Omit<Chore, "tries">[] = batch.invites.map(({ room, event }) => ({
		kind: "invite",
		room,
		sender: event.sender,
		direct: event.content.is_direct ?? false,
	}));
	for (const { room, event } of batch.left) {
		rooms.forget(room);
		if (event !== null && event.sender !== rooms.ownId && since !== null)
			todo.push({ kind: "removed", room, sender: event.sender, direct: false, event: event.event_id });
	}
	if (batch.joined.size > 0) await here.aliases.refresh();
	const messages: Message[] = [];
	// At the first start nothing from before is heard; only the position and open invitations count.
	for (const [room, joined] of since === null ? [] : batch.joined) {
		for (const event of [...joined.state, ...joined.timeline]) {
			await rooms.take(room, event);
			directs.heard(room, event);
		}
		const heard = await hearable(here, room, joined, since ?? "");
		// That a room is encrypted or was replaced counts from whenever it was; it may stand before the bot's joining.
		todo.push(...choresIn(room, rooms.ownId, [...joined.state, ...joined.timeline, ...heard]));
		messages.push(...(await messagesOf(here, room, heard)));
	}
	await chores.add(todo);
	await bot.receive(messages, { name: POSITION, value: batch.next });
}

/** The events that count: all since the last sync; in a room just joined, those since the invitation. */
async function hearable(here: Listening, room: string, joined: Joined, since: string): Promise<Event[]> {
	const { rooms, store, clock } = here;
	const own = (event: Event, membership: string) =>
		event.type === "m.room.member" && event.state_key === rooms.ownId && event.content.membership === membership;
	const entered = (event: Event) => own(event, "join") && event.unsigned?.prev_content?.membership !== "join";
	const lost = since === "lost";
	let events = joined.timeline;
	if ((joined.limited || lost) && joined.from !== null && !events.some(entered)) {
		const missing = await fillGap({
			...here,
			room,
			from: joined.from,
			to: lost ? null : since,
			now: clock.now(),
			isEnd: entered,
			isCall: (event) => isCall(event, rooms.ownId),
		});
		const have = new Set(events.map((event) => event.event_id));
		events = [...missing.filter((event) => !have.has(event.event_id)), ...events];
	}
	const started = Temporal.Instant.from((await store.get("started")) ?? clock.now().toString()).epochMilliseconds;
	const oldest = lost ? Math.max(started, clock.now().epochMilliseconds - HOUR) : 0;
	const at = events.findLastIndex(entered);
	if (at < 0) return events.filter((event) => (event.origin_server_ts ?? 0) >= oldest);
	const invited = events.findLastIndex((event, index) => index < at && own(event, "invite"));
	const between =
		invited < 0 ? [] : events.slice(invited, at).filter((event) => (event.origin_server_ts ?? 0) >= started);
	return [...between, ...events.slice(at)];
}

/** Without asking anybody: only to find out whether somebody waited in vain. */
function isCall({ type, sender, content }: Event, ownId: string): boolean {
	if (type !== "m.room.message" || content.msgtype !== "m.text" || sender === ownId) return false;
	return (
		/^\s*!\p{L}|^@?lotse[:,]/iu.test(content.body ?? "") || (content["m.mentions"]?.user_ids ?? []).includes(ownId)
	);
}

function choresIn(room: string, ownId: string, events: readonly Event[]): Omit<Chore, "tries">[] {
	return events.flatMap((event): Omit<Chore, "tries">[] => {
		if (event.type === "m.room.encryption" || (event.type === "m.room.encrypted" && event.sender !== ownId)) {
			return [{ kind: "encrypted", room, sender: event.sender, direct: false }];
		}
		const next = event.content.replacement_room;
		if (event.type !== "m.room.tombstone" || event.state_key !== "" || next === undefined) return [];
		return [{ kind: "follow", room: next, from: room, sender: event.sender, direct: false }];
	});
}
