/** Sends one owed message, exactly once over all instances and crashes: in its address's turn, by its row. */
import type { Logger } from "pino";
import type { Database, Db } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../lib/clock.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { Language, Text } from "../lib/text.ts";
import { showLength } from "../lib/time/show.ts";
import { type About, type AtHand, asJson, LATE_MINUTES, replySchema, textSchema, withoutContents } from "./ledger.ts";
import type { DeliverySeen, Observer } from "./observer.ts";
import { tellAdmins } from "./parked.ts";
import { type Lock, type Outgoing, type Platform, SendError, type Sent } from "./platform.ts";
import type { Reply } from "./reply.ts";

/** What is said when the moment has come: reminders are worded then, and dropped where they no longer hold. */
export type Composed = { reply: Reply; drop?: undefined } | { drop: Text };
export type Compose = (
	about: About,
	when: { due: Temporal.Instant; now: Temporal.Instant; language: Language },
) => Promise<Composed>;

export interface SendPorts {
	database: Pick<Database, "db" | "pglite" | "url">;
	platforms: ReadonlyMap<PlatformName, Platform>;
	lock: Lock;
	clock: Clock;
	log: Logger;
	observer: Observer;
	/** Tells the other instances to look for what is due. */
	hint?(): Promise<void>;
	/** How long a turn to speak is kept; shorter in tests. */
	lingerMs?: number;
	/** Words reminders; without it what the row holds is sent. */
	compose?: Compose;
	/** Who is told, in which language, that a channel refuses for good. Slack and Matrix ids. */
	admins?: { ids: readonly string[]; language: Language };
}

/** `held`: nothing may go to this address before the moment, or it would overtake this message. */
export type Result = { kind: "sent" | "gone" } | { kind: "held"; until: Temporal.Instant };
const GONE: Result = { kind: "gone" };

const AFTER_FAILURE_MS = 2_000;
const AT_MOST_MS = 300_000;

/** Growing pauses, spread so that instances and channels do not come back all at once. */
const pause = (attempts: number) =>
	Math.min(AT_MOST_MS, AFTER_FAILURE_MS * 2 ** Math.min(attempts, 10)) * (0.75 + Math.random() / 2);

const later = (now: Temporal.Instant, milliseconds: number) => now.add({ milliseconds: Math.ceil(milliseconds) });
const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

const find = (db: Db, id: bigint) => db.delivery.findUnique({ where: { id } });
type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

/** What an attempt needs to know of a delivery. */
type Attempt = Pick<
	Row,
	"id" | "kind" | "platform" | "address" | "recipient" | "channelKey" | "attempts" | "uncertain" | "reason"
> & { due: Temporal.Instant; about: About | null };

const seen = (
	row: Pick<Row, "platform" | "kind">,
	result: DeliverySeen["result"],
	secondsLate: number | null = null,
): DeliverySeen => ({
	platform: row.platform,
	kind: row.kind,
	result,
	secondsLate,
});

function aboutOf(row: Row): About | null {
	const { eventKey, occurrence, channelKey, lead, revision } = row;
	if (eventKey === null || occurrence === null || channelKey === null || lead === null || revision === null)
		return null;
	return { event: eventKey, occurrence, channel: channelKey, lead, revision };
}

const UNREACHED: Text = {
	de: "Der Bot oder die Plattform war nicht erreichbar.",
	en: "The bot or the platform could not be reached.",
};

/**
 * Only under the address's turn (turns.ts): no other instance sends there meanwhile.
 * @returns what became of it; nothing is sent that is not owed and due, or whose platform is not connected here
 */
export async function sendOwed(ports: SendPorts, id: bigint): Promise<Result> {
	const {
		database: { db },
		clock,
	} = ports;
	// Read again in turn: another instance may have sent it meanwhile.
	const row = await find(db, id);
	const now = clock.now();
	if (row?.state !== "owed" || Temporal.Instant.compare(instant(row.nextAttemptAt), now) > 0) return GONE;
	const platform = ports.platforms.get(row.platform);
	if (platform?.state() !== "connected") return GONE;

	const about = aboutOf(row);
	const due = instant(row.dueAt);
	const composed: Composed =
		about && ports.compose
			? await ports.compose(about, { due, now, language: row.language })
			: { reply: replySchema.parse(row.body) };
	if (composed.drop) {
		await change(db, id, { state: "dropped", reason: asJson(composed.drop) });
		ports.observer.delivered(seen(row, "dropped"));
		return { kind: "sent" };
	}
	const earlier = row.edits === null ? null : await db.delivery.findUnique({ where: { key: row.edits } });
	if (earlier?.state === "owed") return { kind: "held", until: await putOff(db, row, later(now, AFTER_FAILURE_MS)) };

	// From here on it may have been sent. Whoever takes it up after a crash finds this mark and looks before sending again.
	if (!(await change(db, id, { uncertain: true }))) return GONE;
	const outgoing: Outgoing = {
		key: row.key,
		address: earlier?.ref ? (earlier.sentAddress ?? row.address) : row.address,
		thread: row.thread,
		recipient: row.recipient,
		repliesTo: row.repliesTo,
		edits: earlier?.ref ?? null,
		language: row.language,
		reply: composed.reply,
		uncertain: row.uncertain,
		since: due,
	};
	return attempt(ports, { ...row, due, about }, platform, outgoing);
}

/**
 * Sends an answer that this process has just committed, as `sendOwed` would, without reading it again. Only under the address's turn,
 * which must have been held before the commit.
 */
export async function sendAtHand(ports: SendPorts, { id, owed }: AtHand): Promise<Result> {
	const platform = ports.platforms.get(owed.platform);
	if (platform?.state() !== "connected") return GONE;
	const { kind, address, recipient, key, thread, repliesTo, language, reply, at } = owed;
	const row = { id, kind, platform: owed.platform, address, recipient, channelKey: null, attempts: 0, reason: null };
	const outgoing = {
		key,
		address,
		thread,
		recipient,
		repliesTo,
		edits: null,
		language,
		reply,
		uncertain: false,
		since: at,
	};
	return attempt(ports, { ...row, uncertain: false, due: at, about: null }, platform, outgoing);
}

async function attempt(ports: SendPorts, row: Attempt, platform: Platform, outgoing: Outgoing): Promise<Result> {
	const {
		database: { db },
		clock,
	} = ports;
	let sent: Sent;
	try {
		sent = await platform.send(outgoing);
	} catch (error) {
		return failed(ports, row, outgoing.reply, error);
	}
	const { due, about } = row;
	const done = clock.now();
	const minutes = Math.floor((done.epochMilliseconds - due.epochMilliseconds) / 60_000);
	const reason = about && minutes >= LATE_MINUTES ? JSON.stringify(lateReason(row, minutes)) : null;
	const emptied = about ? null : contentsGone(outgoing.reply);
	const body = emptied === null ? null : JSON.stringify(emptied);
	await db.$executeRaw`UPDATE delivery SET state = 'sent', uncertain = false, sent_at = ${done.toString()}::text::timestamptz,
		ref = ${sent.ref}, sent_address = ${sent.address}, reason = coalesce(${reason}::text::jsonb, reason), body = coalesce(${body}::text::jsonb, body)
		WHERE id = ${row.id} AND state = 'owed'`;
	ports.observer.delivered(seen(row, "sent", Math.max(0, done.epochMilliseconds - due.epochMilliseconds) / 1000));
	return { kind: "sent" };
}

/** A reply with files, without their contents: they are sent. Null where it has none. */
function contentsGone(reply: Reply): Reply | null {
	const files = reply.parts.some((part) => part.kind === "file" || part.kind === "image");
	return files ? withoutContents(reply) : null;
}

function lateReason(row: Attempt, minutes: number): Text {
	const why = row.reason === null ? UNREACHED : textSchema.parse(row.reason);
	return {
		de: `${showLength(minutes, "de")} verspätet. ${why.de}`,
		en: `${showLength(minutes, "en")} late. ${why.en}`,
	};
}

type Change = Parameters<Db["delivery"]["updateMany"]>[0]["data"];

/** False: it is no longer owed. */
async function change(db: Db, id: bigint, data: Change): Promise<boolean> {
	return (await db.delivery.updateMany({ where: { id, state: "owed" }, data })).count > 0;
}

async function putOff(db: Db, row: Row, until: Temporal.Instant): Promise<Temporal.Instant> {
	await change(db, row.id, { nextAttemptAt: until.toString() });
	return until;
}

async function failed(ports: SendPorts, row: Attempt, reply: Reply, error: unknown): Promise<Result> {
	const {
		database: { db },
		clock,
		log,
	} = ports;
	const now = clock.now();
	if (!(error instanceof SendError))
		log.error({ err: error, platform: row.platform, kind: row.kind }, "sending failed unexpectedly");
	// What failed in a way nobody foresaw may have been stored.
	const { outcome, reason, retryAfterMs } =
		error instanceof SendError ? error : { outcome: "unknown" as const, reason: UNREACHED, retryAfterMs: null };
	if (outcome === "never") {
		log.warn({ platform: row.platform, kind: row.kind, reason: reason.en }, "a message was refused for good");
		// Reminders are worded when they are due: their rows hold no reply.
		const emptied = row.about ? null : contentsGone(reply);
		await inTransaction(db, async (tx) => {
			await tx.delivery.updateMany({
				where: { id: row.id, state: "owed" },
				data: {
					state: "parked",
					uncertain: false,
					attempts: row.attempts + 1,
					reason: asJson(reason),
					...(emptied && { body: asJson(emptied) }),
				},
			});
			await tellAdmins(tx, ports, row, reason, now);
		});
		ports.observer.delivered(seen(row, "parked"));
		return { kind: "sent" };
	}
	const until = later(now, retryAfterMs ?? pause(row.attempts));
	await change(db, row.id, {
		attempts: row.attempts + 1,
		uncertain: row.uncertain || outcome === "unknown",
		nextAttemptAt: until.toString(),
		reason: asJson(reason),
	});
	ports.observer.delivered(seen(row, outcome === "unknown" ? "uncertain" : "retried"));
	return { kind: "held", until };
}
