/** What the bot waits for from a person in a place, and what their last question was about. Both end after 15 minutes. */
import { z } from "zod";
import type { Tx } from "../database/client.ts";
import type { Place } from "./message.ts";

const WAIT = Temporal.Duration.from({ minutes: 15 });

const pendingSchema = z.object({
	command: z.string(),
	raw: z.record(z.string(), z.array(z.string())),
	/** The argument that the next message answers; null = only one of the choices, or yes and no. */
	asking: z.string().nullable(),
	choices: z.array(z.object({ label: z.string(), line: z.string() })),
	/** Everything is known; "yes" runs it. */
	confirm: z.boolean(),
	/** Key of the message that asked. */
	asked: z.string().optional(),
});

/** A command that waits for a value, a choice or a yes. */
export type Pending = z.infer<typeof pendingSchema>;

export interface Conversation {
	pending: Pending | null;
	topic: unknown;
}

const NOTHING: Conversation = { pending: null, topic: null };

export async function getConversation(
	tx: Tx,
	place: Place,
	userId: string,
	now: Temporal.Instant,
): Promise<Conversation> {
	const [row] = await tx.$queryRaw<{ pending: unknown; topic: unknown; updatedAt: Date }[]>`
		SELECT pending, topic, updated_at AS "updatedAt" FROM conversation
		WHERE platform = ${place.platform}::platform_name AND address = ${place.address} AND thread = ${place.thread ?? ""}
			AND user_id = ${userId}`;
	if (!row || row.updatedAt.toTemporalInstant().epochMilliseconds < now.subtract(WAIT).epochMilliseconds)
		return NOTHING;
	const pending = pendingSchema.safeParse(row.pending);
	return { pending: pending.success ? pending.data : null, topic: row.topic };
}

/** Keeps both; the row goes when there is nothing to keep. */
export async function saveConversation(
	tx: Tx,
	place: Place,
	userId: string,
	conversation: Conversation,
	now: Temporal.Instant,
): Promise<void> {
	if (conversation.pending === null && conversation.topic === null) {
		await tx.conversation.deleteMany({
			where: { platform: place.platform, address: place.address, thread: place.thread ?? "", userId },
		});
		return;
	}
	const pending = conversation.pending === null ? null : JSON.stringify(conversation.pending);
	const topic = conversation.topic === null ? null : JSON.stringify(conversation.topic);
	await tx.$executeRaw`
		INSERT INTO conversation (platform, address, thread, user_id, pending, topic, updated_at)
		VALUES (${place.platform}::platform_name, ${place.address}, ${place.thread ?? ""}, ${userId}, ${pending}::text::jsonb,
			${topic}::text::jsonb, ${now.toString()}::text::timestamptz)
		ON CONFLICT (platform, address, thread, user_id)
			DO UPDATE SET pending = excluded.pending, topic = excluded.topic, updated_at = excluded.updated_at`;
}
