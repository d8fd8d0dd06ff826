/** The ledger: every message that the bot owes or has sent is a row, written in the transaction of the fact that it announces. */
import { z } from "zod";
import type { Tx } from "../database/client.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { Language, Text } from "../lib/text.ts";
import type { Inline, Line, Part, Reply } from "./reply.ts";

/** What a reminder is about. One row for each of these, whatever is planned twice. */
export interface About {
	event: string;
	/** Local time at which the occurrence really starts, `YYYY-MM-DDTHH:MM`. */
	occurrence: string;
	channel: string;
	/** ISO 8601 duration, as in the record. */
	lead: string;
	revision: number;
}

export interface Owed {
	/** Unique and stable over retries and instances; letters, digits, `.` `_` `-`, at most 120 characters. */
	key: string;
	/** `answer`, `announcement`, `reminder`, `notice` … */
	kind: string;
	platform: PlatformName;
	address: string;
	thread: string | null;
	recipient: string | null;
	repliesTo: string | null;
	/** Key of an earlier delivery whose message this one replaces. */
	edits: string | null;
	language: Language;
	reply: Reply;
	/** Now, by Lotse's clock. */
	at: Temporal.Instant;
	/** When it is to be sent; default: at once. */
	due?: Temporal.Instant;
	/** The channel it goes to, where it goes to one. */
	channel?: string;
	about?: About;
}

const inline: z.ZodType<Inline> = z.union([
	z.string(),
	z.object({ text: z.string(), link: z.string().optional(), strong: z.boolean().optional() }),
]);
const line: z.ZodType<Line> = z.union([inline, z.array(inline)]);
const media = { name: z.string(), mediaType: z.string(), base64: z.string() };
const part: z.ZodType<Part> = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("text"), line }),
	z.object({ kind: z.literal("heading"), text: z.string() }),
	z.object({ kind: z.literal("fields"), fields: z.array(z.object({ label: z.string(), value: line })) }),
	z.object({ kind: z.literal("list"), ordered: z.boolean().optional(), items: z.array(line) }),
	z.object({ kind: z.literal("table"), columns: z.array(z.string()), rows: z.array(z.array(line)) }),
	z.object({ kind: z.literal("image"), ...media, alt: z.string() }),
	z.object({ kind: z.literal("file"), ...media }),
	z.object({ kind: z.literal("note"), line }),
	z.object({
		kind: z.literal("actions"),
		actions: z.array(
			z.object({
				label: z.string(),
				line: z.string(),
				style: z.enum(["primary", "danger"]).optional(),
				only: z.string().optional(),
				once: z.boolean().optional(),
			}),
		),
	}),
]);

const formValues = z.record(z.string(), z.array(z.string()));

/** Reads a stored reply back. */
export const replySchema: z.ZodType<Reply> = z.object({
	parts: z.array(part),
	visibility: z.enum(["open", "private"]),
	form: z
		.object({ command: z.string(), values: formValues, trigger: z.string(), before: formValues.optional() })
		.optional(),
});

export const textSchema: z.ZodType<Text> = z.object({ de: z.string(), en: z.string() });

/** A value as a JSON column takes it: without what JSON cannot say. */
export const asJson = (value: Reply | Text) => z.json().parse(JSON.parse(JSON.stringify(value))) ?? {};

/** What was sent need not be kept: files hold much, and much of it about people. */
export function withoutContents(reply: Reply): Reply {
	return { ...reply, parts: reply.parts.map((part) => ("base64" in part ? { ...part, base64: "" } : part)) };
}

/**
 * Writes what is owed, in the transaction of the fact; what is there already (same key) stays as it is.
 * @returns the keys, for `sendNow` after the commit
 */
export async function owe(tx: Tx, owed: readonly Owed[]): Promise<string[]> {
	if (owed.length > 0) await tx.delivery.createMany({ data: owed.map(rowOf), skipDuplicates: true });
	return owed.map((one) => one.key);
}

/** What this process is about to send itself. */
export interface AtHand {
	id: bigint;
	owed: Owed;
}

function rowOf(owed: Owed) {
	const due = owed.due ?? owed.at;
	return {
		key: owed.key,
		kind: owed.kind,
		platform: owed.platform,
		address: owed.address,
		thread: owed.thread,
		recipient: owed.recipient,
		repliesTo: owed.repliesTo,
		edits: owed.edits,
		language: owed.language,
		body: asJson(owed.reply),
		createdAt: owed.at.toString(),
		dueAt: due.toString(),
		nextAttemptAt: due.toString(),
		channelKey: owed.about?.channel ?? owed.channel ?? null,
		...(owed.about && {
			eventKey: owed.about.event,
			occurrence: owed.about.occurrence,
			lead: owed.about.lead,
			revision: owed.about.revision,
		}),
	};
}

/** More than this after it was due, a message is late. */
export const LATE_MINUTES = 5;

/** `missed`: no longer useful when it could be sent. */
export type LedgerStatus = "failed" | "parked" | "missed" | "late" | "planned" | "sent";
const ORDER: readonly LedgerStatus[] = ["failed", "parked", "missed", "late", "planned", "sent"];

export interface LedgerEntry {
	status: LedgerStatus;
	event: string;
	/** Local start, in the event's zone. */
	occurrence: string;
	channel: string;
	lead: string;
	due: Temporal.Instant;
	sent: Temporal.Instant | null;
	/** Whole minutes after it was due; 0 = in time. */
	minutesLate: number;
	attempts: number;
	/** What is wrong and what to do about it. */
	reason: Text | null;
}

const SELECT = {
	state: true,
	eventKey: true,
	occurrence: true,
	channelKey: true,
	lead: true,
	dueAt: true,
	sentAt: true,
	attempts: true,
	reason: true,
} as const;

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

/**
 * The reminders in the ledger: failed and parked ones first, then missed, late, planned (the next first) and sent ones (the last first).
 * @param most of each status
 */
export async function listReminders(
	tx: Tx,
	{ event, now, most = 20 }: { event?: string; now: Temporal.Instant; most?: number },
): Promise<LedgerEntry[]> {
	const where = { kind: "reminder", eventKey: event ?? { not: null } };
	const take = most * 2;
	const late = now.subtract({ minutes: LATE_MINUTES }).toString();
	const [failing, refused, coming, sent] = [
		await tx.delivery.findMany({
			where: { ...where, state: "owed", OR: [{ attempts: { gt: 0 } }, { dueAt: { lt: late } }] },
			select: SELECT,
			orderBy: [{ dueAt: "asc" }, { id: "asc" }],
			take,
		}),
		await tx.delivery.findMany({
			where: { ...where, state: { in: ["parked", "dropped"] } },
			select: SELECT,
			orderBy: [{ dueAt: "desc" }, { id: "desc" }],
			take,
		}),
		await tx.delivery.findMany({
			where: { ...where, state: "owed", attempts: 0, dueAt: { gte: late } },
			select: SELECT,
			orderBy: [{ dueAt: "asc" }, { id: "asc" }],
			take,
		}),
		await tx.delivery.findMany({
			where: { ...where, state: "sent" },
			select: SELECT,
			orderBy: [{ sentAt: "desc" }, { id: "desc" }],
			take,
		}),
	];
	const entries = [...failing, ...refused, ...coming, ...sent].map((row): LedgerEntry => {
		const minutesLate = Math.max(
			0,
			Math.floor(((row.sentAt?.getTime() ?? now.epochMilliseconds) - row.dueAt.getTime()) / 60_000),
		);
		return {
			status: statusOf(row, minutesLate),
			event: row.eventKey ?? "",
			occurrence: row.occurrence ?? "",
			channel: row.channelKey ?? "",
			lead: row.lead ?? "",
			due: instant(row.dueAt),
			sent: row.sentAt && instant(row.sentAt),
			minutesLate: minutesLate >= LATE_MINUTES ? minutesLate : 0,
			attempts: row.attempts,
			reason: row.reason === null ? null : textSchema.parse(row.reason),
		};
	});
	return ORDER.flatMap((status) => entries.filter((entry) => entry.status === status).slice(0, most));
}

function statusOf(row: { state: string; attempts: number }, minutesLate: number): LedgerStatus {
	if (row.state === "parked") return "parked";
	if (row.state === "dropped") return "missed";
	if (row.state === "owed" && row.attempts > 0) return "failed";
	if (minutesLate >= LATE_MINUTES) return "late";
	return row.state === "sent" ? "sent" : "planned";
}
