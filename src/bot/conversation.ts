/** What the bot waits for from a person in a place, and what their last question was about. Both end after 15 minutes. */
import { z } from "zod";
import { Prisma, type Tx } from "../database/client.ts";
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

const where = (place: Place, userId: string) => ({
	platform_address_thread_userId: {
		platform: place.platform,
		address: place.address,
		thread: place.thread ?? "",
		userId,
	},
});

export async function getConversation(
	tx: Tx,
	place: Place,
	userId: string,
	now: Temporal.Instant,
): Promise<Conversation> {
	const row = await tx.conversation.findUnique({
		where: where(place, userId),
		select: { pending: true, topic: true, updatedAt: true },
	});
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
	const data = {
		pending: conversation.pending ?? Prisma.DbNull,
		topic: conversation.topic === null ? Prisma.DbNull : (z.json().parse(conversation.topic) ?? Prisma.DbNull),
		updatedAt: now.toString(),
	};
	await tx.conversation.upsert({
		where: where(place, userId),
		update: data,
		create: { ...data, platform: place.platform, address: place.address, thread: place.thread ?? "", userId },
		select: { userId: true },
	});
}
