/** The rows of the inbox: which message waits, who works on it, when it is done. */
import type { Db, Tx } from "../database/client.ts";
import { setFact } from "../database/facts.ts";
import type { Message } from "./message.ts";
import { messageSchema } from "./stored.ts";

/** A waiting message. */
export interface Row {
	id: bigint;
	message: Message;
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

/** The next message that nobody works on, for the rest of the transaction; null = none waits. */
export async function takeNext(tx: Tx, now: Temporal.Instant, except: readonly bigint[]): Promise<Row | null> {
	const rows = await tx.$queryRaw<{ id: bigint; body: unknown }[]>`
		SELECT id, body FROM inbox
		WHERE done_at IS NULL AND (held_until IS NULL OR held_until <= ${now.toString()}::text::timestamptz)
			AND id <> ALL(${[...except]}::bigint[])
		ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;
	const row = rows[0];
	return row ? { id: row.id, message: messageSchema.parse(row.body) } : null;
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
