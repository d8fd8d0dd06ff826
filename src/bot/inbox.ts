/**
 * What platforms hand in: stored before it is acknowledged, handled once, answered in the same transaction that marks it done.
 * A crash at any point leaves either a waiting row (handled again) or an owed answer (sent again with the same key).
 */
import type { Logger } from "pino";
import { z } from "zod";
import type { Db, Tx } from "../database/client.ts";
import { setFact } from "../database/facts.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../lib/clock.ts";
import { UserError } from "../lib/errors.ts";
import type { Language } from "../lib/text.ts";
import type { Network } from "../network/records.ts";
import { answersTo } from "./answer.ts";
import { writeAudit } from "./audit.ts";
import { awayNotice } from "./away.ts";
import { dispatch } from "./dispatch.ts";
import { offerAmendment } from "./edits.ts";
import { owe } from "./ledger.ts";
import type { Message } from "./message.ts";
import type { HandledSeen, Observer } from "./observer.ts";
import { type Door, whoIs } from "./people.ts";
import { channelAt, languageFor } from "./place.ts";
import { writeRefusals } from "./refusals.ts";
import { outcome, say } from "./say.ts";
import { messageSchema } from "./stored.ts";
import type { Handled, House, Turn } from "./turn.ts";

const HOUR = 3_600_000;
const REMEMBERED = { hours: 30 * 24 };

export interface InboxPorts {
	db: Db;
	house: House;
	door: Door;
	clock: Clock;
	log: Logger;
	observer: Observer;
	/** The network as it is for this transaction. */
	network(tx: Tx): Promise<Network>;
	/** Sends what was just committed. */
	sendNow(keys: readonly string[]): Promise<void>;
	/** Prefix of ledger keys: another database must not repeat them on the same Matrix device. */
	installation: string;
	/** When the bot was last seen alive before it started; null = never. */
	lastAlive: Temporal.Instant | null;
	startedAt: Temporal.Instant;
}

export interface Inbox {
	/** Resolves once everything is durable. */
	receive(messages: readonly Message[], position?: { name: string; value: string }): Promise<void>;
	/** Handles what waits, one after the other, until nothing does. */
	work(): Promise<void>;
	/** Drops the ids of what was handled long ago: no platform delivers it again. Closes the hours of refused attempts. */
	forget(): Promise<void>;
	/** No new message is begun; resolves when the present one is done. */
	stop(): Promise<void>;
}

export function makeInbox(ports: InboxPorts): Inbox {
	const { db, clock, log } = ports;
	let working: Promise<void> | null = null;
	let again = false;
	let stopped = false;

	async function receive(messages: readonly Message[], position?: { name: string; value: string }): Promise<void> {
		await inTransaction(db, async (tx) => {
			const wanted = await withoutTalk(tx, messages, clock.now());
			if (wanted.length > 0) {
				await tx.inbox.createMany({
					data: wanted.map((message) => ({
						platform: message.place.platform,
						messageId: message.id,
						twin: message.twin,
						body: z.json().parse(message) ?? {},
						receivedAt: clock.now().toString(),
					})),
					skipDuplicates: true,
				});
			}
			if (position) {
				const [scope = "", name = ""] = position.name.split("/", 2);
				await setFact(tx, scope, name, position.value);
			}
		});
		if (messages.length > 0) void work();
	}

	async function loop(): Promise<void> {
		do {
			again = false;
			while (!stopped && (await workOne())) {}
		} while (again && !stopped);
	}

	function work(): Promise<void> {
		again = true;
		working ??= loop()
			// The database is away: the rows wait, the next tick tries again.
			.catch((error) => log.error({ err: error }, "inbox: handling failed, will be tried again"))
			.finally(() => {
				working = null;
			});
		return working;
	}

	/** Handles one waiting message; false = none waits. */
	async function workOne(): Promise<boolean> {
		let taken: { id: bigint; message: Message } | null = null;
		const began = performance.now();
		try {
			const done = await inTransaction(db, async (tx) => {
				taken = await takeNext(tx);
				return taken ? handleRow(tx, taken) : null;
			});
			if (done === null) return false;
			const { keys, seen } = done;
			ports.observer.handled({ ...seen, seconds: (performance.now() - began) / 1000 });
			// Not awaited: the next message need not wait until this answer is out.
			if (keys.length > 0) void ports.sendNow(keys);
		} catch (error) {
			if (!taken) throw error;
			await sayFault(taken, error, began);
		}
		return true;
	}

	async function takeNext(tx: Tx): Promise<{ id: bigint; message: Message } | null> {
		const rows = await tx.$queryRaw<{ id: bigint; body: unknown }[]>`
			SELECT id, body FROM inbox WHERE done_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;
		const row = rows[0];
		return row ? { id: row.id, message: messageSchema.parse(row.body) } : null;
	}

	async function turnFor(tx: Tx, message: Message): Promise<Turn> {
		const network = await ports.network(tx);
		const asker = await whoIs(tx, network, ports.door, message.place.platform, message.sender);
		const channel = channelAt(network, message);
		const language = languageFor(asker.language, message, channel?.language ?? null, ports.house.language);
		return { tx, network, message, asker, language, channel, now: clock.now(), placed: true, converses: true };
	}

	async function handleRow(tx: Tx, row: { id: bigint; message: Message }): Promise<Done> {
		const { message } = row;
		const { platform } = message.place;
		const late = clock.now().epochMilliseconds - Temporal.Instant.from(message.at).epochMilliseconds;
		if (late > HOUR) {
			await markDone(tx, row.id, "stale", clock.now());
			const keys = message.entry === "answer" ? [] : await owe(tx, [await awayNotice(ports, tx, message)]);
			return { keys, seen: { platform, command: null, outcome: "stale", question: null } };
		}
		const turn = await turnFor(tx, message);
		const handled: Handled =
			message.entry === "edit" ? await offerAmendment(ports.house, turn) : await dispatch(ports.house, turn);
		await markDone(tx, row.id, handled.outcome ? handled.outcome.status : "ignored", clock.now());
		await audit(turn, handled, null);
		const keys = handled.outcome ? await owe(tx, answersTo(ports, row.id, turn, handled)) : [];
		return { keys, seen: seenOf(platform, handled) };
	}

	async function audit(turn: Turn, handled: Handled, fault: string | null): Promise<void> {
		const command = handled.command ? ports.house.grammar.byName(handled.command) : null;
		if (!handled.outcome || !command) return;
		await writeAudit({ turn, command, outcome: handled.outcome, fingerprint: handled.fingerprint, fault });
	}

	/** Which command a message was, as far as its words say. */
	const commandOf = ({ form, text }: Message): string | null =>
		form?.command ?? ports.house.grammar.find(text.trim().replace(/^!\s*/u, ""))?.command.name ?? null;

	/** The first transaction is rolled back: a person's mistake is told, a fault of ours is logged and its reference told. */
	async function sayFault(row: { id: bigint; message: Message }, error: unknown, began: number): Promise<void> {
		const reference = error instanceof UserError ? null : row.id.toString(36).toUpperCase().padStart(5, "0");
		if (reference)
			log.error({ err: error, reference, platform: row.message.place.platform }, "handling a message failed");
		const done = await inTransaction(db, async (tx): Promise<Done | null> => {
			const waiting = await tx.$queryRaw<
				{ id: bigint }[]
			>`SELECT id FROM inbox WHERE id = ${row.id} AND done_at IS NULL FOR UPDATE SKIP LOCKED`;
			if (waiting.length === 0) return null;
			const turn = await turnFor(tx, row.message);
			const handled: Handled = {
				outcome:
					error instanceof UserError
						? outcome("invalid", say(error.text[turn.language]))
						: outcome("failed", faultReply(reference ?? "", turn.language)),
				command: commandOf(row.message),
				fingerprint: null,
			};
			await markDone(tx, row.id, handled.outcome?.status ?? "failed", clock.now());
			if (reference) await audit(turn, handled, reference);
			const keys = handled.outcome ? await owe(tx, answersTo(ports, row.id, turn, handled)) : [];
			return { keys, seen: seenOf(row.message.place.platform, handled) };
		});
		if (done === null) return;
		ports.observer.handled({ ...done.seen, seconds: (performance.now() - began) / 1000 });
		if (done.keys.length > 0) void ports.sendNow(done.keys);
	}

	return {
		receive,
		work,
		async forget() {
			await db.inbox.deleteMany({ where: { doneAt: { lt: clock.now().subtract(REMEMBERED).toString() } } });
			await writeRefusals(db, clock.now());
		},
		async stop() {
			stopped = true;
			await working;
		},
	};
}

/** What a transaction leaves to do after its commit. */
interface Done {
	keys: string[];
	seen: Omit<HandledSeen, "seconds">;
}

const seenOf = (platform: HandledSeen["platform"], { outcome: result, command }: Handled): Done["seen"] => ({
	platform,
	command,
	outcome: result?.status ?? "ignored",
	question: result?.question ?? null,
});

export const faultReply = (reference: string, language: Language) =>
	say(
		{
			de: `Das hat nicht geklappt; es lag nicht an Ihnen und nichts wurde halb eingetragen. Bitte nennen Sie Ihrem Administrator die Nummer ${reference}.`,
			en: `That did not work; it was not your fault and nothing was half stored. Please give your administrator the reference ${reference}.`,
		}[language],
	);

/** The body goes once it is handled: what people write is not kept, only that it was. */
async function markDone(tx: Tx, id: bigint, result: string, now: Temporal.Instant): Promise<void> {
	await tx.inbox.update({
		where: { id },
		data: { doneAt: now.toString(), outcome: result, body: {} },
		select: { id: true },
	});
}

/** What people say to each other in a room is not ours: it is kept only where the bot waits for this person's answer. */
async function withoutTalk(tx: Tx, messages: readonly Message[], now: Temporal.Instant): Promise<Message[]> {
	const wanted: Message[] = [];
	for (const message of messages) {
		if (message.entry === "answer") {
			const spoke = wanted.some(
				(each) => each.sender.id === message.sender.id && each.place.address === message.place.address,
			);
			const waiting =
				spoke ||
				(await tx.conversation.count({
					where: {
						platform: message.place.platform,
						address: message.place.address,
						thread: message.place.thread ?? "",
						userId: message.sender.id,
						updatedAt: { gte: now.subtract({ minutes: 15 }).toString() },
					},
				})) > 0;
			if (!waiting) continue;
		}
		wanted.push(message);
	}
	return wanted;
}
