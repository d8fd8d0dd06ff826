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

/** A row as it is kept; null = there is none. */
export interface Kept {
	pending: unknown;
	topic: unknown;
	updatedAt: Date | null;
}

/** What still counts of it. */
export function conversationOf(row: Kept | undefined, now: Temporal.Instant): Conversation {
	if (!row?.updatedAt || row.updatedAt.toTemporalInstant().epochMilliseconds < now.subtract(WAIT).epochMilliseconds)
		return NOTHING;
	const pending = pendingSchema.safeParse(row.pending);
	return { pending: pending.success ? pending.data : null, topic: row.topic };
}

export async function getConversation(
	tx: Tx,
	place: Place,
	userId: string,
	now: Temporal.Instant,
): Promise<Conversation> {
	const [row] = await tx.$queryRaw<Kept[]>`
		SELECT pending, topic, updated_at AS "updatedAt" FROM conversation
		WHERE platform = ${place.platform}::platform_name AND address = ${place.address} AND thread = ${place.thread ?? ""}
			AND user_id = ${userId}`;
	return conversationOf(row, now);
}
