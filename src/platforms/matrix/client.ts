// matrix-bot-sdk's client with Lotse's own loop in the place of its own, which loses messages on a crash or a failed request.
import type { z } from "zod";
import { NoAnswer } from "./faults.ts";
import { withSignal } from "./http.ts";
import { MatrixClient } from "./sdk.ts";
import { type Event, eventsOf, type Sync, syncShape } from "./shapes.ts";

/** What one sync brought, decrypted where the client can. */
export interface Batch {
	sync: Sync;
	/** Timeline events of joined rooms in order, by room. */
	events: Map<string, Event[]>;
	invites: { room: string; event: Event }[];
	/** Account data, raw: `m.direct` is in it. */
	accountData: unknown[];
}

const FILTER = JSON.stringify({
	presence: { types: [] },
	account_data: { types: ["m.direct"] },
	room: {
		timeline: { limit: 50 },
		state: { types: ["m.room.member", "m.room.encryption", "m.room.name"] },
		ephemeral: { types: [] },
		account_data: { types: [] },
	},
});
/** At the first start only the position counts: no state, hardly a timeline, however many rooms there are. */
const FIRST_FILTER = JSON.stringify({
	presence: { types: [] },
	account_data: { types: ["m.direct"] },
	room: { timeline: { limit: 1 }, state: { types: [] }, ephemeral: { types: [] }, account_data: { types: [] } },
});

export class LotseClient extends MatrixClient {
	readonly #loop: (client: LotseClient) => Promise<void>;
	readonly #signal: AbortSignal;

	constructor(
		homeserverUrl: string,
		accessToken: string,
		signal: AbortSignal,
		loop: (client: LotseClient) => Promise<void>,
	) {
		super(homeserverUrl, accessToken);
		this.#loop = loop;
		this.#signal = signal;
	}

	/** `start()` of the SDK prepares and then ends here: it resolves when the loop has ended. */
	protected override startSyncInternal(): Promise<void> {
		return this.#loop(this);
	}

	protected override doSync(since: string | null): Promise<unknown> {
		// Synapse keeps the answer to the same first question for two minutes, and a bot set up anew within them would take
		// an old position and answer old messages: an odd number makes the question new.
		const first = { filter: FIRST_FILTER, timeout: 1 + Math.floor(Math.random() * 30_000) };
		const next = { filter: FILTER, timeout: this.syncingTimeout, since };
		return withSignal(this.#signal, () =>
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
		const raw = await this.doSync(since);
		const sync = parse(syncShape, raw, "sync");
		const batch: Batch = { sync, events: new Map(), invites: [], accountData: [] };
		await this.processSync(raw, async (name, ...payload: unknown[]) => {
			const [room, one] = payload;
			if (name === "account_data") batch.accountData.push(room);
			if (typeof room !== "string") return;
			const [event] = eventsOf([one]);
			if (!event) return;
			if (name === "room.invite") batch.invites.push({ room, event });
			if (name === "room.event") batch.events.set(room, [...(batch.events.get(room) ?? []), event]);
		});
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

/** A login portal answers 200 with a page; whatever does not fit is no answer. */
export function parse<T>(shape: z.ZodType<T>, raw: unknown, what: string): T {
	const parsed = shape.safeParse(raw);
	if (!parsed.success) throw new NoAnswer(what);
	return parsed.data;
}

export const part = encodeURIComponent;
