// A real Synapse behind the fault proxy, people to talk as, and a small bot that keeps what the real one keeps in the database.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pino from "pino";
import { z } from "zod";
import type { Message } from "../../../src/bot/message.ts";
import {
	type Bot,
	type Lock,
	type Outgoing,
	type Platform,
	type PlatformStore,
	SendError,
} from "../../../src/bot/platform.ts";
import { type Reply, reply, text } from "../../../src/bot/reply.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { type MatrixOptions, matrixPlatform } from "../../../src/platforms/matrix/index.ts";
import { start as startLab } from "../../support/matrixlab/matrixlab.mjs";

const messageShape = z.object({
	id: z.string(),
	text: z.string(),
	html: z.string().nullish(),
	from: z.string(),
	msgtype: z.string().nullish(),
	thread: z.string().nullish(),
	reply_to: z.string().nullish(),
	edited: z.boolean().nullish(),
	mentions: z.unknown().optional(),
	reactions: z.record(z.string(), z.array(z.string())),
	file: z.unknown().optional(),
});
export type Seen = z.infer<typeof messageShape>;

const callShape = z.object({
	t: z.number(),
	op: z.string(),
	path: z.string(),
	status: z.number().nullable().optional(),
	room: z.string().nullish(),
	event_id: z.string().nullish(),
	body: z.unknown().optional(),
});
export type Call = z.infer<typeof callShape>;

export async function openLab(options: Record<string, unknown> = {}) {
	const data = await mkdtemp(join(tmpdir(), "lotse-matrix-"));
	const lab = await startLab({ data, rateLimits: "off", ...options });
	async function call(method: string, path: string, body?: object): Promise<unknown> {
		const init =
			body === undefined
				? { method }
				: { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
		const answer = await fetch(`${lab.control_url}${path}`, init);
		const parsed: unknown = await answer.json();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(parsed)}`);
		return parsed;
	}
	const query = (values: Record<string, string | number>) =>
		new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
	return {
		...lab,
		call,
		get: (path: string, values: Record<string, string | number> = {}) => call("GET", `${path}?${query(values)}`),
		/** A room of this name with alice, bob and the bot in it; its id. */
		async room(name: string, more: object = {}): Promise<string> {
			const made = await call("POST", "/rooms", {
				name,
				by: "alice",
				members: ["bob"],
				bot: true,
				bot_joins: true,
				...more,
			});
			return z.object({ room_id: z.string() }).parse(made).room_id;
		},
		/** Somebody says something; its event id. */
		async say(user: string, room: string, words: string, more: object = {}): Promise<string> {
			const said = await call("POST", "/message", { user, room, text: words, ...more });
			return z.object({ id: z.string() }).parse(said).id;
		},
		async sayDirect(user: string, words: string): Promise<string> {
			const said = await call("POST", "/message", { user, dm: true, text: words });
			return z.object({ id: z.string() }).parse(said).id;
		},
		/** Waits for the bot's messages. */
		async heard(values: Record<string, string | number>): Promise<Seen> {
			return z.object({ message: messageShape }).parse(await call("GET", `/wait/message?${query(values)}`)).message;
		},
		async messages(values: Record<string, string | number>): Promise<Seen[]> {
			return z.object({ messages: z.array(messageShape) }).parse(await call("GET", `/messages?${query(values)}`))
				.messages;
		},
		fault: (fault: object) => call("POST", "/faults", fault),
		idle: () => call("GET", "/wait/idle?ms=300"),
		synced: () => call("GET", "/wait/sync"),
		/** Kinds of the rules that were broken; warnings too. */
		async violations(): Promise<string[]> {
			const found = z
				.object({ violations: z.array(z.object({ kind: z.string() })) })
				.parse(await call("GET", "/violations"));
			return found.violations.map(({ kind }) => kind);
		},
		async duplicates(): Promise<unknown[]> {
			return z.object({ duplicates: z.array(z.unknown()) }).parse(await call("GET", "/duplicates")).duplicates;
		},
		async calls(values: Record<string, string | number> = {}): Promise<Call[]> {
			return z.object({ calls: z.array(callShape) }).parse(await call("GET", `/calls?${query(values)}`)).calls;
		},
		async end(): Promise<void> {
			await lab.close();
			await rm(data, { recursive: true, force: true });
		},
	};
}
export type OpenLab = Awaited<ReturnType<typeof openLab>>;

/** What the database keeps: it outlives the platform. */
export interface Memory {
	facts: Map<string, string>;
	inbox: Map<string, Message>;
}
export const memory = (): Memory => ({ facts: new Map(), inbox: new Map() });

/** One holder over all platforms that share it. */
export function oneLock(): Lock & { lose(): void } {
	let held = false;
	let lost = () => {};
	return {
		take: async () => {
			if (held) return false;
			held = true;
			return true;
		},
		release: async () => {
			held = false;
		},
		onLost: (_name, told) => {
			lost = told;
		},
		lose: () => lost(),
	};
}

export interface Fake {
	platform: Platform;
	received: Message[];
	/** The next so many times, storing fails. */
	failing: number;
	invitations: string[];
	moves: { from: string; to: string }[];
	removals: { by: string; room: string }[];
	/** Addresses of bound channels. */
	bound: string[];
	decision: "join" | "leave";
	send(outgoing: Partial<Outgoing> & Pick<Outgoing, "key" | "address">): Promise<{ ref: string; address: string }>;
	logged: string[];
	/** Answers that were not sent by then are not tried again. */
	ended: boolean;
}

/** A bot that stores, remembers what it has seen, and answers with what `answer` says. */
export function fakeBot(
	where: Partial<MatrixOptions> & Pick<MatrixOptions, "homeserverUrl">,
	kept: Memory,
	answer: (message: Message) => Reply | null = () => null,
): Fake {
	const logged: string[] = [];
	const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
	const store: PlatformStore = {
		get: async (name) => kept.facts.get(name) ?? null,
		set: async (name, value) => void kept.facts.set(name, value),
	};
	const bot: Bot = {
		async receive(messages, position) {
			if (fake.failing > 0) {
				fake.failing -= 1;
				throw new Error("the database is away");
			}
			const fresh = messages.filter((message) => !kept.inbox.has(message.id));
			for (const message of fresh) kept.inbox.set(message.id, message);
			if (position) kept.facts.set(position.name, position.value);
			fake.received.push(...fresh);
			for (const message of fresh) void respond(message);
		},
		check: async () => null,
		suggest: async () => [],
		form: () => null,
		languageOf: async () => "de",
		home: async () => reply(text("")),
		async moved(_platform, from, to) {
			fake.moves.push({ from, to });
		},
		async removed(_platform, by, room) {
			fake.removals.push({ by: by.id, room });
		},
		addresses: async () => fake.bound,
		async invited(_platform, sender) {
			fake.invitations.push(sender.id);
			return fake.decision;
		},
	};
	async function respond(message: Message): Promise<void> {
		const said = answer(message);
		if (said === null) return;
		const key = `a-${Buffer.from(message.id).toString("hex").slice(0, 60)}`;
		const recipient = said.visibility === "private" ? message.sender.id : null;
		const owed = {
			key,
			address: message.place.address,
			thread: message.place.thread,
			repliesTo: message.id,
			recipient,
			reply: said,
		};
		for (;;) {
			try {
				return void (await fake.send(owed));
			} catch (error) {
				if (!(error instanceof SendError) || error.outcome !== "later" || fake.ended) return;
				await pause(Math.max(100, error.retryAfterMs ?? 200));
			}
		}
	}
	const platform = matrixPlatform({ bot, store, lock: oneLock(), clock: systemClock, log, ...where });
	const fake: Fake = {
		platform,
		received: [],
		failing: 0,
		invitations: [],
		moves: [],
		removals: [],
		bound: [],
		decision: "join",
		logged,
		ended: false,
		send: (outgoing) =>
			platform.send({
				thread: null,
				recipient: null,
				repliesTo: null,
				edits: null,
				language: "de",
				reply: reply(text("Guten Tag")),
				uncertain: false,
				...outgoing,
			}),
	};
	return fake;
}
