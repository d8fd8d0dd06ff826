/** A deliverer on a real database with chats that only remember and can be made to fail. */
import pino from "pino";
import { makeDeliverer } from "../../src/bot/deliver.ts";
import { type Owed, owe } from "../../src/bot/ledger.ts";
import { relay } from "../../src/bot/observer.ts";
import { type Outgoing, type Platform, type PlatformState, SendError, type Sent } from "../../src/bot/platform.ts";
import { plainText, reply, text } from "../../src/bot/reply.ts";
import type { Compose } from "../../src/bot/send.ts";
import { type Locks, openLocks } from "../../src/database/locks.ts";
import { type Clock, fixedClock } from "../../src/lib/clock.ts";
import type { PlatformName } from "../../src/lib/platform.ts";
import { testDatabase } from "../support/database.ts";

export const why = {
	de: "Der Kanal ist archiviert. Bitte binden Sie ihn neu.",
	en: "The channel is archived. Please bind it again.",
};

interface Fault {
	fault(): SendError | "lost answer" | "crash" | null;
	address?: string;
}

/** A chat that keeps what it stores, as a real one does, whatever becomes of the answer to the bot. */
export function fakeChat(name: PlatformName = "slack") {
	const stored: Outgoing[] = [];
	let faults: Fault[] = [];
	let state: PlatformState = "connected";
	const find = (key: string) => stored.findIndex((one) => one.key === key);
	const platform: Platform = {
		name,
		start: async () => {},
		stop: async () => {},
		state: () => state,
		displayName: async () => null,
		async send(outgoing): Promise<Sent> {
			const sent = (index: number) => ({ ref: `ref-${index}`, address: outgoing.address });
			const earlier = outgoing.uncertain ? find(outgoing.key) : -1;
			if (earlier >= 0) return sent(earlier);
			const index = faults.findIndex((each) => each.address === undefined || each.address === outgoing.address);
			const fault = (index < 0 ? null : faults.splice(index, 1)[0]?.fault()) ?? null;
			if (fault instanceof SendError) throw fault;
			stored.push(outgoing);
			if (fault === "lost answer") throw new SendError("unknown", { de: "Verbindung verloren", en: "connection lost" });
			if (fault === "crash") return new Promise(() => {});
			return sent(stored.length - 1);
		},
	};
	return {
		platform,
		stored,
		texts: () => stored.filter((one) => one.address !== "PROBE").map((one) => plainText(one.reply.parts)),
		/** What becomes of the next messages, or of the next ones to an address. */
		next(...list: (Fault | Fault["fault"])[]) {
			faults = list.map((each) => (typeof each === "function" ? { fault: each } : each));
		},
		set state(next: PlatformState) {
			state = next;
		},
	};
}

export type Chat = ReturnType<typeof fakeChat>;

export async function bot(
	chats: Chat[],
	options: { clock?: Clock & { set(at: string): void }; compose?: Compose } = {},
) {
	const database = await testDatabase();
	const clock = options.clock ?? fixedClock("2027-01-05T08:00:00Z");
	const opened: Locks[] = [];
	const locks = () => {
		const made = openLocks(database);
		opened.push(made);
		return made;
	};
	const lock = locks();
	const make = (held = lock) =>
		makeDeliverer({
			database,
			platforms: new Map(chats.map(({ platform }) => [platform.name, platform])),
			lock: held,
			clock,
			observer: relay(),
			log: pino({ level: "silent" }),
			...(options.compose && { compose: options.compose }),
			admins: { ids: ["U-ADMIN", "@admin:lab.test"], language: "de" },
		});
	const deliverer = make();
	let count = 0;
	return {
		database,
		clock,
		make,
		deliverer,
		/** One after the other, since all of them share the one connection of an embedded database while their queues start. */
		async warm(instances: readonly { tick(): Promise<void> }[]) {
			for (const each of instances) {
				await this.owe("Probe", { address: "PROBE" });
				await each.tick();
			}
		},
		/** Locks of a process of its own, which it may die with. */
		locks,
		/** Those of another instance: on the embedded database there is only one process, so the same. */
		otherLocks: () => (database.kind === "embedded" ? lock : locks()),
		async owe(words: string, more: Partial<Owed> = {}): Promise<string> {
			const key = more.key ?? `k-${++count}`;
			const owed: Owed = {
				key,
				kind: "answer",
				platform: "slack",
				address: "C1",
				thread: null,
				recipient: null,
				repliesTo: null,
				edits: null,
				language: "de",
				reply: reply(text(words)),
				at: clock.now(),
				...more,
			};
			await owe(database.db, [owed]);
			return key;
		},
		row: (key: string) => database.db.delivery.findUniqueOrThrow({ where: { key } }),
		async [Symbol.asyncDispose]() {
			await deliverer.stop();
			for (const each of opened) await each.close();
			await database.close();
		},
	};
}

export const refused = new SendError("never", why);
export const busy = new SendError("later", { de: "zu viele Nachrichten", en: "rate limited" }, 30_000);
