// matrix-bot-sdk's client without its own loop, which loses messages on a crash or a failed request: Lotse asks and takes by itself (listen.ts).
import type { z } from "zod";
import { faultOf, NoAnswer } from "./faults.ts";
import { Unreached, withSignal } from "./http.ts";
import { kindOf, type Pace } from "./pace.ts";
import { MatrixClient, MatrixError } from "./sdk.ts";
import {
	accountShape,
	type Event,
	eventsOf,
	invitedShape,
	joinedShape,
	leftShape,
	type Sync,
	syncShape,
} from "./shapes.ts";

/** A joined room in one sync; the timeline is decrypted where the client can. */
export interface Joined {
	state: Event[];
	timeline: Event[];
	/** More happened before the timeline than the server sent. */
	limited: boolean;
	/** Where the timeline begins. */
	from: string | null;
}

/** What one sync brought. */
export interface Batch {
	next: string;
	joined: Map<string, Joined>;
	invites: { room: string; event: Event }[];
	/** Rooms that the bot is no longer in, with the event by which it went out where the server sent it. */
	left: { room: string; event: Event | null }[];
	/** Account data, raw: `m.direct` is in it. */
	accountData: unknown[];
}

const filter = (timeline: number, types: readonly string[]): string =>
	JSON.stringify({
		presence: { types: [] },
		account_data: { types: ["m.direct"] },
		room: {
			timeline: { limit: timeline },
			state: { types },
			ephemeral: { types: [] },
			account_data: { types: [] },
		},
	});
const STATE = ["m.room.member", "m.room.encryption", "m.room.name", "m.room.tombstone"];
/** Events a room that are asked for at once; fewer where the whole answer grows too large. */
const TIMELINES = [50, 10, 1] as const;
/** At the first start only the position counts: no state, hardly a timeline, however many rooms there are. */
const FIRST_FILTER = filter(1, []);

export interface ClientOptions {
	homeserverUrl: string;
	accessToken: string;
	/** Empty before the login. */
	userId: string;
	signal: AbortSignal;
	pace: Pace;
}

export class LotseClient extends MatrixClient {
	readonly #options: ClientOptions;
	#size = 0;

	constructor(options: ClientOptions) {
		super(options.homeserverUrl, options.accessToken);
		this.#options = options;
	}

	override async getUserId(): Promise<string> {
		return this.#options.userId;
	}

	/** Every request comes through here. @throws at once, asking nobody, while the server wants no request of this kind */
	override async doRequest(
		method: string,
		path: string,
		query: Record<string, unknown> | null = null,
		body: unknown = null,
		timeoutMs?: number,
		raw?: boolean,
		contentType?: string,
		noEncoding?: boolean,
	): Promise<unknown> {
		const { pace, signal } = this.#options;
		const kind = kindOf(method, path);
		const request = async () => {
			const closed = pace.closedFor(kind);
			if (closed > 0) {
				throw new MatrixError(
					{ errcode: "M_LIMIT_EXCEEDED", error: "not before its time", retry_after_ms: closed },
					429,
				);
			}
			return super.doRequest(method, path, query, body, timeoutMs, raw, contentType, noEncoding);
		};
		try {
			return await pace.run(kind === "GET sync", signal, request, (error) => faultOf(error).kind === "away");
		} catch (error) {
			const { kind: fault, retryAfterMs } = faultOf(error);
			if (fault === "limited") pace.limited(kind, retryAfterMs ?? 0);
			throw error;
		}
	}

	protected override doSync(since: string | null): Promise<unknown> {
		// Synapse keeps the answer to the same first question for two minutes, and a bot set up anew within them would take
		// an old position and answer old messages: an odd number makes the question new.
		const first = { filter: FIRST_FILTER, timeout: 1 + Math.floor(Math.random() * 30_000) };
		const next = { filter: filter(TIMELINES[this.#size] ?? 1, STATE), timeout: this.syncingTimeout, since };
		return withSignal(this.#options.signal, () =>
			this.doRequest(
				"GET",
				"/_matrix/client/v3/sync",
				since === null ? first : next,
				null,
				since === null ? 300_000 : 45_000,
			),
		);
	}

	/** One look at the server. `null` = from now on, nothing of before. @throws what a request throws, NoAnswer */
	async look(since: string | null, timeoutMs: number): Promise<Batch> {
		this.syncingTimeout = timeoutMs;
		const raw = await this.doSync(since).catch((error: unknown) => {
			// After a long absence from many rooms: what is left out is fetched room by room.
			if (error instanceof Unreached && error.tooLarge && this.#size < TIMELINES.length - 1) this.#size += 1;
			throw error;
		});
		const sync = parse(syncShape, raw, "sync");
		this.#size = 0;
		return this.#batchOf(sync, raw);
	}

	/** The SDK decrypts and sorts; it is given only what is an event at all, because one that is not would end its work half done. */
	async #batchOf(sync: Sync, raw: unknown): Promise<Batch> {
		const batch: Batch = { next: sync.next_batch, joined: new Map(), invites: [], left: [], accountData: [] };
		const join: Record<string, { timeline: { events: object[] } }> = {};
		const invite: Record<string, { invite_state: { events: object[] } }> = {};
		for (const [room, each] of Object.entries(sync.rooms.join)) {
			const read = joinedShape.safeParse(each);
			if (!read.success || !isRoom(room)) continue;
			const { state, timeline } = read.data;
			join[room] = { timeline: { events: timeline.events.filter(isEvent) } };
			batch.joined.set(room, {
				state: eventsOf(state.events),
				timeline: [],
				limited: timeline.limited,
				from: timeline.prev_batch ?? null,
			});
		}
		for (const [room, each] of Object.entries(sync.rooms.invite)) {
			const read = invitedShape.safeParse(each);
			if (read.success && isRoom(room))
				invite[room] = { invite_state: { events: read.data.invite_state.events.filter(isEvent) } };
		}
		for (const [room, each] of Object.entries(sync.rooms.leave)) {
			const read = leftShape.safeParse(each);
			const events = read.success ? eventsOf(read.data.timeline.events) : [];
			const { userId } = this.#options;
			// A ban that is lifted is an event of this kind, too.
			const event = events.findLast(
				({ type, state_key, unsigned }) =>
					type === "m.room.member" && state_key === userId && unsigned?.prev_content?.membership === "join",
			);
			if (isRoom(room)) batch.left.push({ room, event: event ?? null });
		}
		batch.accountData = accountShape.parse(sync.account_data).events.filter(isEvent);
		const forCrypto = typeof raw === "object" && raw !== null ? raw : {};
		await this.processSync(
			{ ...forCrypto, account_data: {}, rooms: { join, invite, leave: {} } },
			async (name, ...given) => {
				const [room, one]: unknown[] = given;
				const [event] = eventsOf([one]);
				if (typeof room !== "string" || !event) return;
				if (name === "room.invite") batch.invites.push({ room, event });
				if (name === "room.event") batch.joined.get(room)?.timeline.push(event);
			},
		);
		return batch;
	}

	/** A request whose answer has this shape. @throws what a request throws, NoAnswer */
	async ask<T>(
		shape: z.ZodType<T>,
		method: "GET" | "POST" | "PUT",
		path: string,
		options: { query?: Record<string, string | number>; body?: object; timeoutMs?: number } = {},
	): Promise<T> {
		const raw: unknown = await this.doRequest(
			method,
			`/_matrix/client/v3${path}`,
			options.query ?? null,
			options.body ?? null,
			options.timeoutMs ?? 20_000,
		);
		return parse(shape, raw, path.split("/")[1] ?? path);
	}
}

const isRoom = (id: string): boolean => id.startsWith("!") && id.length <= 255 && !/[\p{Cc}\p{Cs}\s]/u.test(id);

const isObject = (thing: unknown): thing is object =>
	typeof thing === "object" && thing !== null && !Array.isArray(thing);
const isEvent = (thing: unknown): thing is object =>
	isObject(thing) && "type" in thing && typeof thing.type === "string" && "content" in thing && isObject(thing.content);

/** A login portal answers 200 with a page; whatever does not fit is no answer. */
export function parse<T>(shape: z.ZodType<T>, raw: unknown, what: string): T {
	const parsed = shape.safeParse(raw);
	if (!parsed.success) throw new NoAnswer(what);
	return parsed.data;
}

export const part = encodeURIComponent;
