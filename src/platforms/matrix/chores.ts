// What is still to do about rooms: invitations, the word about encryption, following a room that moved. Kept in the store before the sync
// position moves on, because the server tells of each only once.
import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { Bot, PlatformStore } from "../../bot/platform.ts";
import type { Text } from "../../lib/text.ts";
import type { Aliases } from "./aliases.ts";
import { type LotseClient, part } from "./client.ts";
import type { Directs } from "./directs.ts";
import { faultOf } from "./faults.ts";
import { backoff, type Pause } from "./pause.ts";
import { roomShape, sentShape } from "./shapes.ts";

const choreShape = z.object({
	/**
	 * `invite`: decide and join or leave. `encrypted`: say once that encrypted rooms cannot be read. `follow`: join the room that replaces
	 * another. `removed`: tell the bot that it was put out of a room.
	 */
	kind: z.enum(["invite", "encrypted", "follow", "removed"]),
	room: z.string(),
	/** `follow`: the room that was replaced. */
	from: z.string().optional(),
	/** `removed`: the event that says so. */
	event: z.string().optional(),
	/** Who invited, encrypted or moved it, or put the bot out. */
	sender: z.string(),
	direct: z.boolean(),
	/** What the bot decided about an invitation; asked once, since an administrator is told. */
	decision: z.enum(["join", "leave"]).optional(),
	tries: z.number().int(),
});
export type Chore = z.infer<typeof choreShape>;

const ENCRYPTED: Text = {
	de: "Verschlüsselte Räume kann ich noch nicht lesen. Bitte laden Sie mich in einen Raum ohne Verschlüsselung ein oder schreiben Sie mir dort.",
	en: "I cannot read encrypted rooms yet. Please invite me to a room without encryption, or write to me there.",
};
/** So often a room that cannot be joined is tried, over about two hours; an invitation to it counts at any time later. */
const TRIES = 20;

export interface ChoresOf {
	client: LotseClient;
	directs: Directs;
	aliases: Aliases;
	bot: Bot;
	store: PlatformStore;
	log: Logger;
	pause: Pause;
	signal: AbortSignal;
}

export type Chores = ReturnType<typeof choresOf>;

export function choresOf({ client, directs, aliases, bot, store, log, pause, signal }: ChoresOf) {
	let open: Chore[] = [];
	let running: Promise<void> | null = null;
	/** Ends the wait between two tries when something new is to do. */
	let nap = new AbortController();
	const notBefore = new WeakMap<Chore, number>();
	const told = new Set<string>();
	const save = () => store.set("chores", JSON.stringify(open));
	const same = (a: Chore) => (b: Chore) => a.kind === b.kind && a.room === b.room && a.event === b.event;

	async function isTold(room: string): Promise<boolean> {
		if (!told.has(room) && (await store.get(`told:${room}`)) !== null) told.add(room);
		return told.has(room);
	}

	async function join(chore: Chore): Promise<void> {
		const via = [
			...new Set(
				[chore.sender, chore.room].map((id) => id.split(":").slice(1).join(":")).filter((name) => name !== ""),
			),
		];
		const query = via[0] === undefined ? undefined : { server_name: via[0] };
		await client.ask(roomShape, "POST", `/join/${part(chore.room)}`, {
			...(query ? { query } : {}),
			body: {},
			timeoutMs: 60_000,
		});
		if (chore.direct) await directs.mark(chore.sender, chore.room);
	}

	async function invite(chore: Chore): Promise<void> {
		// Where the room only moved, the decision of then still holds, whoever invites.
		const moved = open.find((other) => other.kind === "follow" && other.room === chore.room);
		const sender = { id: chore.sender, name: null, language: null, timezone: null };
		chore.decision ??= moved ? "join" : await bot.invited("matrix", sender, chore.room);
		if (chore.decision === "join") {
			await join(chore);
			if (moved) await settle(moved);
			open = open.filter((other) => other !== moved);
		} else {
			await client.ask(z.unknown(), "POST", `/rooms/${part(chore.room)}/leave`, { body: {} });
		}
	}

	/** What was bound to the old room goes on in the new one. */
	async function settle({ from, room }: Chore): Promise<void> {
		if (from === undefined) return;
		await bot.moved("matrix", from, room);
		await aliases.refresh(true);
	}

	async function follow(chore: Chore): Promise<void> {
		await join(chore);
		await settle(chore);
	}

	async function tellEncrypted(chore: Chore): Promise<void> {
		if (await isTold(chore.room)) return;
		const sender = { id: chore.sender, name: null, language: null, timezone: null };
		const body = ENCRYPTED[await bot.languageOf(sender, aliases.addressOf(chore.room))];
		const txn = `encrypted-${createHash("sha256").update(chore.room).digest("hex").slice(0, 32)}`;
		await client.ask(sentShape, "PUT", `/rooms/${part(chore.room)}/send/m.room.message/${txn}`, {
			body: { msgtype: "m.notice", body, "m.mentions": {} },
		});
		await store.set(`told:${chore.room}`, "yes");
		told.add(chore.room);
	}

	async function removed({ room, sender, event }: Chore): Promise<void> {
		await bot.removed(
			"matrix",
			{ id: sender, name: null, language: null, timezone: null },
			aliases.addressOf(room),
			event ?? "",
		);
	}

	const DO: Record<Chore["kind"], (chore: Chore) => Promise<void>> = {
		invite,
		encrypted: tellEncrypted,
		follow,
		removed,
	};

	/** Milliseconds to wait before this is tried again; null = nothing is left to do about it. */
	async function tryOne(chore: Chore): Promise<number | null> {
		try {
			await DO[chore.kind](chore);
			log.info({ chore: chore.kind, room: chore.room }, "done");
			return null;
		} catch (error) {
			const fault = faultOf(error);
			if (fault.kind === "token") return 60_000;
			chore.tries += fault.kind === "limited" ? 0 : 1;
			const final = fault.kind === "refused" && chore.kind !== "follow";
			log.warn(
				{ chore: chore.kind, room: chore.room, fault: fault.detail, tries: chore.tries },
				final ? "given up" : "tried in vain",
			);
			return final ? null : backoff(chore.tries, fault.retryAfterMs) * (chore.tries > 8 ? 120 : 1);
		}
	}

	async function work(): Promise<void> {
		while (!signal.aborted) {
			nap = new AbortController();
			let wait: number | null = null;
			for (const chore of [...open]) {
				if (signal.aborted || !open.includes(chore) || chore.tries >= TRIES) continue;
				const early = (notBefore.get(chore) ?? 0) - performance.now();
				const next = early > 0 ? early : await tryOne(chore);
				if (next === null) open = open.filter((other) => other !== chore);
				else wait = Math.min(wait ?? next, next);
				if (next !== null && early <= 0) notBefore.set(chore, performance.now() + next);
				if (early <= 0) await save();
			}
			if (wait === null && !nap.signal.aborted) return;
			if (wait !== null) await pause(wait, AbortSignal.any([signal, nap.signal]));
		}
	}

	return {
		async load(): Promise<void> {
			open = z
				.array(choreShape)
				.catch([])
				.parse(JSON.parse((await store.get("chores")) ?? "[]"));
		},
		/** Durable when this resolves. What is already to do, or was already said, is not taken twice. */
		async add(chores: readonly Omit<Chore, "tries">[]): Promise<void> {
			let fresh = false;
			for (const each of chores) {
				const chore = { ...each, tries: 0 };
				// What was tried in vain begins anew when it is asked again.
				open = open.filter((other) => other.tries < TRIES || !same(chore)(other));
				if (open.some(same(chore)) || (chore.kind === "encrypted" && (await isTold(chore.room)))) continue;
				open.push(chore);
				fresh = true;
			}
			if (fresh) await save();
		},
		/** Works through them in the background; new ones at once, the others when their time has come. */
		kick(): void {
			if (open.some((chore) => !notBefore.has(chore))) nap.abort();
			if (running || open.length === 0) return;
			running = work()
				.catch((error: unknown) =>
					log.error({ fault: faultOf(error).detail }, "could not keep what is to do about rooms"),
				)
				.finally(() => {
					running = null;
				});
		},
	};
}
