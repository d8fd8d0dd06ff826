// Events of one room → messages for the bot. One that cannot be read holds up no other.
import type { Logger } from "pino";
import type { Message, Place, SentFile } from "../../bot/message.ts";
import type { Clock } from "../../lib/clock.ts";
import { type Own, plainName, read, withoutFallback } from "./address.ts";
import type { Aliases } from "./aliases.ts";
import { type LotseClient, part } from "./client.ts";
import type { Directs } from "./directs.ts";
import { faultOf, isFault } from "./faults.ts";
import type { Rooms } from "./rooms.ts";
import { ACTIONS, type Content, contentShape, type Event, eventShape } from "./shapes.ts";

export interface Ears {
	client: LotseClient;
	rooms: Rooms;
	directs: Directs;
	aliases: Aliases;
	/** How often reading an event failed: one that the server cannot give must not hold up the stream for ever. */
	misses: Map<string, number>;
	clock: Clock;
	log: Logger;
}

const MISSES = 4;
/** About a minute and a half of trying, with the pauses of the loop. */
const UNREADABLE = 20;

/** What people said to the bot among these events, in order. @throws what a request throws: then nothing was taken */
export async function messagesOf(ears: Ears, room: string, events: readonly Event[]): Promise<Message[]> {
	const gone = new Set(
		events.filter((event) => event.type === "m.room.redaction").map((event) => event.content.redacts ?? event.redacts),
	);
	const messages: Message[] = [];
	for (const event of events) {
		if (event.sender === ears.rooms.ownId || event.state_key !== undefined || gone.has(event.event_id)) continue;
		const message = await readable(ears, room, event);
		if (message) messages.push(message);
	}
	return messages;
}

async function readable(ears: Ears, room: string, event: Event): Promise<Message | null> {
	const key = `event ${event.event_id}`;
	try {
		const message = await messageOf(ears, room, event);
		ears.misses.delete(key);
		return message;
	} catch (error) {
		const missed = (ears.misses.get(key) ?? 0) + 1;
		if (isFault(error) && missed < UNREADABLE) {
			ears.misses.set(key, missed);
			throw error;
		}
		ears.misses.delete(key);
		ears.log.error(
			{ room, event: event.event_id, fault: faultOf(error).detail },
			"an event could not be read and is left out",
		);
		return null;
	}
}

/** The latest moment is now: whatever a server writes into an event, it was not said later, and some numbers are no moment at all. */
function momentOf(at: number, clock: Clock): string | null {
	if (!Number.isSafeInteger(at) || at < 0) return null;
	const now = clock.now();
	return at >= now.epochMilliseconds ? now.toString() : Temporal.Instant.fromEpochMilliseconds(at).toString();
}

/** A database takes neither half characters nor the sign of number 0. */
const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "");

async function messageOf(ears: Ears, room: string, event: Event): Promise<Message | null> {
	const { event_id: id, origin_server_ts: at, content, sender } = event;
	const moment = at === undefined ? null : momentOf(at, ears.clock);
	if (id === undefined || moment === null) return null;
	const direct = async () => ears.rooms.isDirect(room, sender, ears.directs.isMarked(room));
	const frame = async (
		thread: string | null,
	): Promise<Pick<Message, "id" | "twin" | "place" | "sender" | "at" | "form" | "trigger" | "quiet">> => ({
		id,
		twin: null,
		place: {
			platform: "matrix",
			address: ears.aliases.addressOf(room),
			thread,
			kind: (await direct()) ? "direct" : "channel",
		} satisfies Place,
		sender: { id: sender, name: await displayNameIn(ears, room, sender), language: null, timezone: null },
		at: moment,
		form: null,
		trigger: null,
		quiet: false,
	});
	if (event.type === "m.reaction") return reaction(ears, room, event, frame);
	if (event.type !== "m.room.message" || content.body === undefined) return null;
	const sent = FILES.has(content.msgtype) ? fileOf(content) : null;
	if (content.msgtype !== "m.text" && sent === null) return null;
	const relation = content["m.relates_to"];
	if (relation?.rel_type === "m.replace") {
		const edited = contentShape.safeParse(content["m.new_content"]);
		if (!relation.event_id || !edited.success) return null;
		const base = await frame(null);
		const said = read(
			edited.data,
			await ownIn(ears, room),
			base.place.kind === "direct",
			await peopleOf(ears, room, edited.data),
		);
		return { ...base, entry: "edit", text: storable(said.text), repliesTo: null, about: relation.event_id };
	}
	const thread = relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
	const base = await frame(thread);
	const said = read(
		sent === null ? content : { ...content, body: sent.words },
		await ownIn(ears, room),
		base.place.kind === "direct",
		await peopleOf(ears, room, content),
	);
	// A file in a room is nobody's answer, and not the bot's business unless it is called.
	if (sent !== null && said.entry === "answer") return null;
	// In a thread the reply is a mere fallback for old clients, unless it says otherwise.
	const target =
		thread !== null && relation?.is_falling_back !== false ? undefined : relation?.["m.in_reply_to"]?.event_id;
	const repliesTo =
		target === undefined ? null : { id: target, text: said.entry === "answer" ? "" : await textOf(ears, room, target) };
	return {
		...base,
		...said,
		text: storable(said.text),
		...(sent === null ? {} : { files: [sent.file] }),
		repliesTo,
		about: null,
	};
}

const FILES = new Set<string | undefined>(["m.file", "m.image"]);

/** Each file comes as a message of its own, with or without words beside it. */
function fileOf({ body = "", filename, info, url }: Content): { file: SentFile; words: string } {
	const name = filename ?? body;
	const words = filename === undefined || filename === body ? "" : body;
	const mediaType = info?.mimetype === undefined ? null : storable(info.mimetype);
	return { file: { name: storable(name), mediaType, size: info?.size ?? null, ref: storable(url ?? "") }, words };
}

/** As it may be shown and stored: without what turns the direction of writing, hides, or breaks the line. */
async function displayNameIn(ears: Ears, room: string, person: string): Promise<string | null> {
	return plainName((await ears.rooms.nameIn(room, person)) ?? "") || null;
}

/** A number under one of the bot's own messages is a press on that action; anything else is only a reaction. */
async function reaction(
	ears: Ears,
	room: string,
	event: Event,
	frame: (thread: string | null) => Promise<Omit<Message, "entry" | "text" | "repliesTo" | "about">>,
): Promise<Message | null> {
	const { rel_type, event_id: about, key } = event.content["m.relates_to"] ?? {};
	const number = numberOf(key ?? "");
	if (rel_type !== "m.annotation" || about === undefined || number === null) return null;
	const carrier = await find(ears, room, about);
	if (carrier?.sender !== ears.rooms.ownId) return null;
	const now = carrier.unsigned?.["m.relations"]?.["m.replace"]?.content["m.new_content"];
	const content = now ? contentShape.safeParse(now).data : carrier.content;
	const action = content?.[ACTIONS]?.[number - 1];
	if (!action || (action.only !== undefined && action.only !== event.sender)) return null;
	const relation = carrier.content["m.relates_to"];
	const thread = relation?.rel_type === "m.thread" ? (relation.event_id ?? null) : null;
	return { ...(await frame(thread)), entry: "button", text: action.line, repliesTo: null, about };
}

/** `1️⃣` with or without the sign that makes it colourful. */
export function numberOf(key: string): number | null {
	if (key === "🔟") return 10;
	const digit = /^([1-9])\uFE0F?\u20E3$/u.exec(key)?.[1];
	return digit === undefined ? null : Number(digit);
}

async function ownIn(ears: Ears, room: string): Promise<Own> {
	const id = ears.rooms.ownId;
	const names = [await ears.rooms.nameIn(room, id), await ears.rooms.profileName(id)];
	return { id, names: names.filter((name) => name !== null) };
}

async function peopleOf(ears: Ears, room: string, content: Content): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const id of content["m.mentions"]?.user_ids ?? []) {
		names.set(id, (await displayNameIn(ears, room, id)) ?? plainName(id));
	}
	return names;
}

/** What stands in the message that was replied to, after its last edit; empty where it cannot be read. */
async function textOf(ears: Ears, room: string, id: string): Promise<string> {
	const event = await find(ears, room, id);
	if (!event) return "";
	const edited = event.unsigned?.["m.relations"]?.["m.replace"]?.content["m.new_content"];
	const content = (edited ? contentShape.safeParse(edited).data : undefined) ?? event.content;
	const body = withoutFallback(
		content.body ?? "",
		event.content["m.relates_to"]?.["m.in_reply_to"] !== undefined,
	).trim();
	const names = await peopleOf(ears, room, content);
	return storable([...names].reduce((text, [mentioned, name]) => text.replaceAll(mentioned, () => name), body));
}

async function find({ client, misses }: Ears, room: string, id: string): Promise<Event | null> {
	try {
		const event = await client.ask(eventShape, "GET", `/rooms/${part(room)}/event/${part(id)}`);
		misses.delete(id);
		return event;
	} catch (error) {
		const missed = (misses.get(id) ?? 0) + 1;
		if (faultOf(error).kind === "refused" || missed >= MISSES) return null;
		misses.set(id, missed);
		throw error;
	}
}
