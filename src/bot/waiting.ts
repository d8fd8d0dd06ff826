/** The rows of the inbox: which message waits, who works on it, when it is done. */
import type { Db, Tx } from "../database/client.ts";
import { setFact } from "../database/facts.ts";
import { type Conversation, conversationOf, type Kept } from "./conversation.ts";
import type { AtHand, Owed } from "./ledger.ts";
import type { Message, Place } from "./message.ts";
import { STORED_PERSON, type Stored, storedOf } from "./people.ts";
import { messageSchema } from "./stored.ts";

/** A waiting message. */
export interface Row {
	id: bigint;
	message: Message;
	/** Of its sender in its place, as it was when the message was taken. */
	conversation: Conversation;
	/** Who bears the sender's account; null = nobody does. */
	sender: Stored | null;
}

/** Stores messages that are new, and up to where the platform was heard, in one statement. */
export async function store(
	tx: Tx,
	messages: readonly Message[],
	position: { name: string; value: string } | null,
	now: Temporal.Instant,
): Promise<void> {
	const [scope = "", name = ""] = position?.name.split("/", 2) ?? [];
	if (messages.length === 0) {
		if (position) await setFact(tx, scope, name, position.value);
		return;
	}
	const rows = JSON.stringify(messages);
	const at = now.toString();
	if (position === null)
		await tx.$executeRaw`
			INSERT INTO inbox (platform, message_id, twin, body, received_at)
			SELECT (m->'place'->>'platform')::platform_name, m->>'id', m->>'twin', m, ${at}::text::timestamptz
			FROM jsonb_array_elements(${rows}::text::jsonb) AS m ON CONFLICT DO NOTHING`;
	else
		await tx.$executeRaw`
			WITH heard AS (
				INSERT INTO fact (scope, name, value) VALUES (${scope}, ${name}, ${position.value})
				ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value
			)
			INSERT INTO inbox (platform, message_id, twin, body, received_at)
			SELECT (m->'place'->>'platform')::platform_name, m->>'id', m->>'twin', m, ${at}::text::timestamptz
			FROM jsonb_array_elements(${rows}::text::jsonb) AS m ON CONFLICT DO NOTHING`;
}

/**
 * The next message that nobody works on, for the rest of the transaction, with its sender and the conversation it belongs to: one statement
 * takes as long as another on the embedded database. Null = none waits.
 */
export async function takeNext(tx: Tx, now: Temporal.Instant, except: readonly bigint[]): Promise<Row | null> {
	const rows = await tx.$queryRaw<({ id: bigint; body: unknown; person: unknown } & Kept)[]>`
		SELECT next.id, next.body, kept.pending, kept.topic, kept.updated_at AS "updatedAt", (
			SELECT ${STORED_PERSON} FROM person p WHERE p.id = (
				SELECT person FROM identity
				WHERE platform = (next.body->'place'->>'platform')::platform_name AND user_id = next.body->'sender'->>'id')
		) AS person
		FROM (
			SELECT id, body FROM inbox
			WHERE done_at IS NULL AND (held_until IS NULL OR held_until <= ${now.toString()}::text::timestamptz)
				AND id <> ALL(${[...except]}::bigint[])
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
		) next
		LEFT JOIN conversation kept ON kept.platform = (next.body->'place'->>'platform')::platform_name
			AND kept.address = next.body->'place'->>'address' AND kept.thread = coalesce(next.body->'place'->>'thread', '')
			AND kept.user_id = next.body->'sender'->>'id'`;
	const row = rows[0];
	if (!row) return null;
	const { id, body, person } = row;
	return {
		id,
		message: messageSchema.parse(body),
		conversation: conversationOf(row, now),
		sender: storedOf(person),
	};
}

/** A message known already; false: it is done, or in other hands. */
export async function takeAgain(tx: Tx, id: bigint): Promise<boolean> {
	const rows = await tx.$queryRaw<
		{ id: bigint }[]
	>`SELECT id FROM inbox WHERE id = ${id} AND done_at IS NULL FOR UPDATE SKIP LOCKED`;
	return rows.length > 0;
}

/** Keeps others off a message beyond a transaction. False: it is done, or another holds it. */
export async function hold(db: Db, id: bigint, now: Temporal.Instant, until: Temporal.Instant): Promise<boolean> {
	const held = await db.inbox.updateMany({
		where: { id, doneAt: null, OR: [{ heldUntil: null }, { heldUntil: { lte: now.toString() } }] },
		data: { heldUntil: until.toString() },
	});
	return held.count > 0;
}

export async function letGo(db: Db, id: bigint): Promise<void> {
	await db.inbox.updateMany({ where: { id, doneAt: null }, data: { heldUntil: null } });
}

/** The body goes once it is handled: what people write is not kept, only that it was. */
export async function markDone(tx: Tx, id: bigint, result: string, now: Temporal.Instant): Promise<void> {
	await tx.$executeRaw`UPDATE inbox SET done_at = ${now.toString()}::text::timestamptz, outcome = ${result}, body = '{}' WHERE id = ${id}`;
}

/** What is left of a handled message. */
export interface Handling {
	id: bigint;
	result: string;
	now: Temporal.Instant;
	/** To be kept from now on; null = as it was. */
	talk: { place: Place; userId: string; conversation: Conversation } | null;
	/**
	 * An answer that this process sends straight after the commit: its row says that it may have been sent, so that nothing need be read or
	 * written before it is. Whoever takes it up after a crash looks before sending again.
	 */
	answer: Owed | null;
}

/**
 * Marks it done, keeps the conversation and owes the answer, in one statement: each takes as long as the next on the embedded database.
 * @returns null where nothing was to be owed, or it is owed already
 */
export async function close(tx: Tx, { id, result, now, talk, answer }: Handling): Promise<AtHand | null> {
	const done = now.toString();
	const place = talk?.place;
	const keeps = talk !== null && (talk.conversation.pending !== null || talk.conversation.topic !== null);
	const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
	const at = answer?.at.toString() ?? null;
	const rows = await tx.$queryRaw<{ id: bigint }[]>`
		WITH done AS (
			UPDATE inbox SET done_at = ${done}::text::timestamptz, outcome = ${result}, body = '{}' WHERE id = ${id}
		), kept AS (
			INSERT INTO conversation (platform, address, thread, user_id, pending, topic, updated_at)
			SELECT ${place?.platform ?? null}::text::platform_name, ${place?.address ?? null}::text, ${place?.thread ?? ""}::text,
				${talk?.userId ?? null}::text, ${json(talk?.conversation.pending)}::text::jsonb, ${json(talk?.conversation.topic)}::text::jsonb,
				${done}::text::timestamptz
			WHERE ${keeps}::boolean
			ON CONFLICT (platform, address, thread, user_id)
				DO UPDATE SET pending = excluded.pending, topic = excluded.topic, updated_at = excluded.updated_at
		), gone AS (
			DELETE FROM conversation
			WHERE ${talk !== null && !keeps}::boolean AND platform = ${place?.platform ?? null}::text::platform_name
				AND address = ${place?.address ?? null}::text AND thread = ${place?.thread ?? ""}::text AND user_id = ${talk?.userId ?? null}::text
		)
		INSERT INTO delivery (key, kind, platform, address, thread, recipient, replies_to, language, body, created_at, due_at, next_attempt_at, uncertain)
		SELECT ${answer?.key ?? null}::text, ${answer?.kind ?? null}::text, ${answer?.platform ?? null}::text::platform_name,
			${answer?.address ?? null}::text, ${answer?.thread ?? null}::text, ${answer?.recipient ?? null}::text,
			${answer?.repliesTo ?? null}::text, ${answer?.language ?? null}::text::language, ${json(answer?.reply)}::text::jsonb,
			${at}::text::timestamptz, ${at}::text::timestamptz, ${at}::text::timestamptz, true
		WHERE ${answer !== null}::boolean
		ON CONFLICT DO NOTHING RETURNING id`;
	const [row] = rows;
	return answer === null || row === undefined ? null : { id: row.id, owed: answer };
}

/** What people say to each other in a room is not ours: it is kept only where the bot waits for this person's answer. */
export async function withoutTalk(tx: Tx, messages: readonly Message[], now: Temporal.Instant): Promise<Message[]> {
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
