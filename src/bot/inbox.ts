/**
 * What platforms hand in: stored before it is acknowledged, handled once, answered in the same transaction that marks it done.
 * A crash at any point leaves either a waiting row (handled again) or an owed answer (sent again with the same key).
 */
import type { Logger } from "pino";
import type { Db, Tx } from "../database/client.ts";
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
import { type AtHand, owe } from "./ledger.ts";
import type { Message, Place } from "./message.ts";
import type { HandledSeen, Observer } from "./observer.ts";
import { type Gathered, gatherFor, LONG_MS, NeedsOutside, NotHere, type Outside, PATIENCE_MS } from "./outside.ts";
import { type Door, whoIs } from "./people.ts";
import { channelAt, languageFor } from "./place.ts";
import { writeRefusals } from "./refusals.ts";
import { outcome, say } from "./say.ts";
import { settle } from "./settled.ts";
import type { Handled, House, Turn } from "./turn.ts";
import { close, hold, letGo, markDone, type Row, store, takeAgain, takeNext, withoutTalk } from "./waiting.ts";

const HOUR = 3_600_000;
const REMEMBERED = { hours: 30 * 24 };
/** After a crash while something was gathered, another look takes it up; no sooner than gathering itself would end. */
const HELD = { milliseconds: PATIENCE_MS + 5_000 };
/** How long a message that only another instance can work on is left to it. */
const LEFT_TO_OTHERS_MS = 5_000;

export interface InboxPorts {
	db: Db;
	house: House;
	door: Door;
	clock: Clock;
	log: Logger;
	observer: Observer;
	/** The network as it is for this transaction. */
	network(tx: Tx): Promise<Network>;
	/** What commands may reach outside of their transactions. */
	outside(message: Message, signal: AbortSignal): Outside;
	/** Tells the other instances that a message waits for one of them. */
	tellOthers(): void;
	/** Whether this process may speak there, now and for the next moment. */
	maySpeak(place: Place): Promise<boolean>;
	/** Sends what was just committed. */
	sendNow(keys: readonly string[], atHand?: readonly AtHand[]): Promise<void>;
	/** Prefix of ledger keys: another database must not repeat them on the same Matrix device. */
	installation: string;
	/** When the bot was last seen alive before it started; null = never. */
	lastAlive: Temporal.Instant | null;
	startedAt: Temporal.Instant;
}

export interface Inbox {
	/** Resolves once everything is durable. */
	receive(messages: readonly Message[], position?: { name: string; value: string }): Promise<void>;
	/** Handles what waits, one after the other, until nothing does; what needs something from outside goes on beside it. */
	work(): Promise<void>;
	/** Resolves when what needed something from outside is handled too. */
	settle(): Promise<void>;
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
	const gathering = new Set<Promise<void>>();
	/** Rows that only another instance can work on, and until when they are left to it. */
	const elsewhere = new Map<bigint, number>();

	async function receive(messages: readonly Message[], position?: { name: string; value: string }): Promise<void> {
		const now = clock.now();
		// One statement is a transaction by itself; only where people talk to each other has to be looked first.
		if (messages.some(({ entry }) => entry === "answer"))
			await inTransaction(db, async (tx) => store(tx, await withoutTalk(tx, messages, now), position ?? null, now));
		else await store(db, messages, position ?? null, now);
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
		const taken: { row: Row | null } = { row: null };
		const began = performance.now();
		try {
			const done = await inTransaction(db, async (tx) => {
				taken.row = await takeNext(tx, clock.now(), leftToOthers());
				return taken.row ? handleRow(tx, taken.row, null) : null;
			});
			if (done === null) return false;
			finish(done, began);
		} catch (error) {
			if (!taken.row) throw error;
			if (error instanceof NeedsOutside) await setAside(taken.row, error, began);
			else await sayFault(taken.row, error, began);
		}
		return true;
	}

	function finish({ keys, atHand, seen }: Done, began: number): void {
		ports.observer.handled({ ...seen, seconds: (performance.now() - began) / 1000 });
		// Not awaited: the next message need not wait until this answer is out.
		if (keys.length > 0 || atHand.length > 0) void ports.sendNow(keys, atHand);
	}

	/** Nobody else waits while a file is fetched: the row is held, and handled when everything is there. */
	async function setAside(row: Row, wanted: NeedsOutside, began: number): Promise<void> {
		// Another instance may be quicker.
		if (!(await hold(db, row.id, clock.now(), clock.now().add(HELD)))) return;
		const beside: Promise<void> = workBeside(row, wanted, began)
			.catch((error) => log.error({ err: error }, "inbox: handling failed, will be tried again"))
			.finally(() => gathering.delete(beside));
		gathering.add(beside);
	}

	async function workBeside(row: Row, wanted: NeedsOutside, began: number): Promise<void> {
		try {
			const gathered = await gatherFor(wanted, (signal) => ports.outside(row.message, signal));
			const done = await inTransaction(
				db,
				async (tx) => ((await takeAgain(tx, row.id)) ? handleRow(tx, row, gathered) : null),
				{ timeoutMs: LONG_MS },
			);
			if (done !== null) finish(done, began);
		} catch (error) {
			if (!(error instanceof NotHere)) return sayFault(row, error, began);
			elsewhere.set(row.id, clock.now().epochMilliseconds + LEFT_TO_OTHERS_MS);
			await letGo(db, row.id);
			ports.tellOthers();
		}
	}

	function leftToOthers(): bigint[] {
		const now = clock.now().epochMilliseconds;
		for (const [id, until] of elsewhere) if (until <= now) elsewhere.delete(id);
		return [...elsewhere.keys()];
	}

	async function turnFor(tx: Tx, { id, message, conversation, sender }: Row, gathered: Gathered | null): Promise<Turn> {
		const network = await ports.network(tx);
		// After something was gathered, roles may have changed meanwhile.
		const known = gathered === null ? sender : undefined;
		const asker = await whoIs(tx, network, ports.door, message.place.platform, message.sender, known);
		const channel = channelAt(network, message);
		const language = languageFor(asker.language, message, channel?.language ?? null, ports.house.language);
		return {
			tx,
			network,
			message,
			asker,
			language,
			channel,
			now: clock.now(),
			placed: true,
			converses: true,
			gathered,
			// After something was gathered, more may have been said meanwhile.
			conversation: gathered === null ? conversation : null,
			answerKey: keyOf("a", id),
		};
	}

	/** `a` = the answer, `e` = the change of an earlier message. */
	const keyOf = (what: "a" | "e", id: bigint) => `${what}-${ports.installation}-${id}`;

	async function handleRow(tx: Tx, row: Row, gathered: Gathered | null): Promise<Done> {
		const { message } = row;
		const { platform } = message.place;
		const late = clock.now().epochMilliseconds - Temporal.Instant.from(message.at).epochMilliseconds;
		if (late > HOUR) {
			await markDone(tx, row.id, "stale", clock.now());
			const keys = message.entry === "answer" ? [] : await owe(tx, [await awayNotice(ports, tx, message)]);
			return { keys, atHand: [], seen: { platform, command: null, outcome: "stale", question: null } };
		}
		// Asked for meanwhile: it takes a round trip of its own on a server.
		const alone = ports.maySpeak(message.place);
		const turn = await turnFor(tx, row, gathered);
		const handled: Handled =
			message.entry === "edit" ? await offerAmendment(ports.house, turn) : await dispatch(ports.house, turn);
		await audit(turn, handled, null);
		const answers = answersTo(ports.house, keyOf("a", row.id), turn, handled);
		const { place } = message;
		const atHand = await close(tx, {
			id: row.id,
			result: handled.outcome?.status ?? "ignored",
			now: clock.now(),
			talk: handled.talk ? { place, userId: turn.asker.userId, conversation: handled.talk } : null,
			// At hand where nobody else may speak: it is sent without another look at the database.
			answer: (await alone) ? (answers[0] ?? null) : null,
		});
		const keys = await owe(tx, atHand ? answers.slice(1) : answers);
		const changes = await owe(tx, await settle(tx, keyOf("e", row.id), turn, handled));
		return { keys: [...keys, ...changes], atHand: atHand ? [atHand] : [], seen: seenOf(platform, handled) };
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
	async function sayFault(row: Row, error: unknown, began: number): Promise<void> {
		const reference = error instanceof UserError ? null : row.id.toString(36).toUpperCase().padStart(5, "0");
		if (reference)
			log.error({ err: error, reference, platform: row.message.place.platform }, "handling a message failed");
		const done = await inTransaction(db, async (tx): Promise<Done | null> => {
			if (!(await takeAgain(tx, row.id))) return null;
			const turn = await turnFor(tx, row, null);
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
			const keys = handled.outcome ? await owe(tx, answersTo(ports.house, keyOf("a", row.id), turn, handled)) : [];
			return { keys, atHand: [], seen: seenOf(row.message.place.platform, handled) };
		});
		if (done !== null) finish(done, began);
	}

	return {
		receive,
		work,
		async settle() {
			while (gathering.size > 0) await Promise.allSettled(gathering);
		},
		async forget() {
			await db.inbox.deleteMany({ where: { doneAt: { lt: clock.now().subtract(REMEMBERED).toString() } } });
			await writeRefusals(db, clock.now());
		},
		async stop() {
			stopped = true;
			await working;
			await Promise.allSettled(gathering);
		},
	};
}

/** What a transaction leaves to do after its commit. */
interface Done {
	keys: string[];
	atHand: AtHand[];
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
