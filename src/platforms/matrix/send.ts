// Sends what the bot owes, under transaction ids made from its key: whatever is repeated within a day from this device, the server keeps once.
import type { Logger } from "pino";
import { type Outgoing, SendError, type Sent } from "../../bot/platform.ts";
import type { Text } from "../../lib/text.ts";
import type { Aliases } from "./aliases.ts";
import { type LotseClient, part } from "./client.ts";
import { compose, type EventContent, fileContent, relationOf } from "./compose.ts";
import type { Directs } from "./directs.ts";
import { faultOf, sendErrorOf } from "./faults.ts";
import { gateOf } from "./gate.ts";
import type { Pause } from "./pause.ts";
import { numberSign } from "./render.ts";
import type { Rooms } from "./rooms.ts";
import { sentShape } from "./shapes.ts";
import { uploadsOf } from "./uploads.ts";

export interface Mouth {
	client: LotseClient;
	rooms: Rooms;
	directs: Directs;
	aliases: Aliases;
	log: Logger;
	pause: Pause;
	signal: AbortSignal;
	/** The server says that the token is dead. */
	onDead(): void;
}

export type Sender = ReturnType<typeof senderOf>;

const LARGEST = 60_000;
const REACTIONS = 5;
/** Of a reaction that the server did not take. */
const TRIES = 5;
/** Between two looks whether the bot is in the room that a room moved to. */
const NOT_INVITED_MS = 15_000;
const ELSEWHERE: Text = {
	de: "Die Antwort steht in unserer Direktnachricht.",
	en: "The answer is in our direct message.",
};

export function senderOf({ client, rooms, directs, aliases, log, pause, signal, onDead }: Mouth) {
	const gate = gateOf();
	const uploads = uploadsOf(client);
	let last: Promise<unknown> = Promise.resolve();

	/** One after the other: the server's limit counts them all together, and a refusal must be known before the next. */
	function inTurn<T>(run: () => Promise<T>): Promise<T> {
		const turn = last.then(run, run);
		last = turn.catch(() => {});
		return turn;
	}

	/** @param urgent somebody waits for it, or it goes on with what was begun */
	async function put(room: string, type: string, txn: string, content: EventContent, urgent = true): Promise<string> {
		const closed = gate.closedFor(urgent);
		if (closed > 0) {
			const text = { de: "Der Matrix-Server nimmt gerade nichts an.", en: "The Matrix server takes nothing just now." };
			throw new SendError("later", text, closed);
		}
		try {
			const path = `/rooms/${part(room)}/send/${type}/${part(txn)}`;
			const { event_id } = await client.ask(sentShape, "PUT", path, { body: content, timeoutMs: 20_000 });
			gate.accepted();
			return event_id;
		} catch (error) {
			const fault = faultOf(error);
			if (fault.kind === "limited") gate.limited(fault.retryAfterMs ?? 5000);
			if (fault.kind === "away") gate.failed();
			if (fault.kind === "token") onDead();
			throw error;
		}
	}

	/**
	 * In a thread the server refuses what answers a message that has a relation itself (an edit, a message of another thread): clients show
	 * such threads all the same, so it is said as a reply.
	 */
	async function putIn(
		room: string,
		txn: string,
		content: EventContent,
		outgoing: Outgoing,
		urgent: boolean,
	): Promise<string> {
		try {
			return await put(room, "m.room.message", txn, bounded(content), urgent);
		} catch (error) {
			const fault = faultOf(error);
			if (outgoing.thread === null || fault.kind !== "refused" || fault.status !== 400) throw error;
			const { "m.relates_to": _, ...bare } = content;
			const reply = { ...bare, ...relationOf({ thread: null, repliesTo: outgoing.repliesTo }, true) };
			return put(room, "m.room.message", `${txn}.plain`, bounded(reply));
		}
	}

	/** Where it really goes, and whether a word must say so where it was asked. */
	async function placeOf({ address, recipient }: Outgoing): Promise<{ room: string; moved: boolean }> {
		const room = await aliases.roomOf(address);
		if (recipient === null) return { room, moved: false };
		if (await rooms.isDirect(room, recipient, directs.isMarked(room))) return { room, moved: false };
		return { room: await directs.roomFor(recipient), moved: true };
	}

	async function deliver(given: Outgoing): Promise<Sent> {
		const { room, moved } = await placeOf(given);
		try {
			return await deliverTo(room, moved, given);
		} catch (error) {
			if (faultOf(error).errcode !== "M_FORBIDDEN") throw error;
			return deliverBeyond(room, moved, given, error);
		}
	}

	/** The room refused it, so nothing of it is stored there. It may have moved, or the alias may point elsewhere now. */
	async function deliverBeyond(room: string, moved: boolean, given: Outgoing, error: unknown): Promise<Sent> {
		aliases.forget(given.address);
		const next = await rooms.successorOf(room);
		const now = given.recipient === null ? await aliases.roomOf(given.address) : room;
		if (now !== room) return deliverTo(now, moved, { ...given, thread: null, repliesTo: null });
		if (next === null) throw error;
		if (next.joined) return deliverTo(next.room, moved, { ...given, thread: null, repliesTo: null });
		const text = {
			de: "Der Raum ist umgezogen, und der Bot ist noch nicht in den neuen eingeladen.",
			en: "The room has moved, and the bot is not invited to the new one yet.",
		};
		throw new SendError("later", text, NOT_INVITED_MS);
	}

	async function deliverTo(room: string, moved: boolean, given: Outgoing): Promise<Sent> {
		// Fails closed: without a clear answer that the room is open, nothing is sent.
		if (await rooms.isEncrypted(room)) {
			throw new SendError("never", {
				de: "Der Raum ist verschlüsselt. Der Bot kann dort noch nicht schreiben.",
				en: "The room is encrypted. The bot cannot write there yet.",
			});
		}
		const outgoing = moved ? { ...given, thread: null, repliesTo: null } : given;
		const { texts, files, actions } = compose(await uploads.fitting(outgoing));
		const media = await uploads.all(given.key, files);
		const contents = [...texts, ...media.map(({ file, uri, bytes }) => fileContent(file, uri, bytes, outgoing))];
		const waited = outgoing.repliesTo !== null || outgoing.edits !== null;
		const refs: string[] = [];
		for (const [index, content] of contents.entries()) {
			const txn = `${given.key}.m${index}`;
			refs.push(await inTurn(() => putIn(room, txn, content, outgoing, waited || index > 0)));
		}
		uploads.done(given.key);
		const ref = refs[0];
		if (ref === undefined) throw new SendError("never", { de: "Die Nachricht ist leer.", en: "The message is empty." });
		const carrier = refs[texts.length - 1];
		if (moved && given.repliesTo !== null) void word(given);
		else if (carrier !== undefined && given.edits === null)
			void react(room, carrier, given.key, Math.min(actions, REACTIONS));
		return { ref, address: room };
	}

	/** In the room: that the answer went to the direct message. A courtesy, not owed: the answer itself has arrived. */
	async function word(given: Outgoing): Promise<void> {
		const body = ELSEWHERE[given.language];
		const content = {
			msgtype: "m.notice",
			body,
			format: "org.matrix.custom.html",
			formatted_body: body,
			"m.mentions": {},
			...relationOf(given, true),
		};
		await inTurn(async () => {
			const room = await aliases.roomOf(given.address);
			if (!(await rooms.isEncrypted(room))) await put(room, "m.room.message", `${given.key}.word`, content);
		}).catch((error: unknown) =>
			log.debug({ fault: faultOf(error).detail }, "no word in the room about a direct message"),
		);
	}

	/** Numbers to press, after the answer and only while the server's limit leaves room for answers. */
	async function react(room: string, carrier: string, key: string, count: number): Promise<void> {
		if (count === 0 || !gate.affords(count)) return;
		for (let number = 1; number <= count; number++) {
			const relation = { rel_type: "m.annotation", event_id: carrier, key: numberSign(number) };
			if (!(await press(room, `${key}.r${number}`, { "m.relates_to": relation }))) return;
		}
	}

	/** False: the numbers are left out. They are a convenience, so a limit is never strained for them. */
	async function press(room: string, txn: string, content: EventContent): Promise<boolean> {
		for (let tries = 1; tries <= TRIES && !signal.aborted; tries++) {
			try {
				await inTurn(() => put(room, "m.reaction", txn, content));
				return true;
			} catch (error) {
				const { kind, errcode } = faultOf(error);
				// An answer lost on the way: the reaction is there already.
				if (errcode === "M_DUPLICATE_ANNOTATION") return true;
				if (kind !== "away") return false;
				await pause(gate.closedFor(true), signal);
			}
		}
		return false;
	}

	return {
		/** @throws SendError */
		async send(outgoing: Outgoing): Promise<Sent> {
			try {
				return await deliver(outgoing);
			} catch (error) {
				const failed = sendErrorOf(error);
				if (faultOf(error).kind === "token") onDead();
				throw failed;
			}
		},
		/** Resolves when what was being sent has been. */
		settle: (): Promise<unknown> => last,
	};
}

/** The server refuses events above 65,536 bytes, so larger ones are never tried; `compose` makes none. */
function bounded(content: EventContent): EventContent {
	if (Buffer.byteLength(JSON.stringify(content)) <= LARGEST) return content;
	throw new SendError("never", {
		de: "Die Nachricht ist zu groß für Matrix.",
		en: "The message is too large for Matrix.",
	});
}
