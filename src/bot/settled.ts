/** A choice that was made: the message that offered it says so, and its buttons go away. */
import type { Tx } from "../database/client.ts";
import { type Owed, replySchema } from "./ledger.ts";
import type { Message } from "./message.ts";
import { type Action, actionsOf, note, type Part, type Reply } from "./reply.ts";
import type { Handled, Turn } from "./turn.ts";

/** The choice that a message makes: in which of the bot's messages, and what is said there about it. */
export interface Settled {
	/** Key of the delivery that offered it. */
	key: string;
	/** The label of what was chosen, or what was typed instead; null = it was cancelled. */
	chosen: string | null;
}

const SELECT = {
	key: true,
	body: true,
	state: true,
	address: true,
	thread: true,
	sentAddress: true,
	recipient: true,
	language: true,
} as const;

/** What is owed for it: the earlier message without its buttons. Nothing where it cannot be changed. */
export async function settle(tx: Tx, key: string, turn: Turn, handled: Handled): Promise<Owed[]> {
	const { platform } = turn.message.place;
	// A terminal keeps what it has printed.
	if (platform === "console" || !handled.outcome) return [];
	const pressed = turn.message.entry === "button" ? await pressedIn(tx, turn.message) : null;
	const choice = pressed && (pressed.action.only !== undefined || handled.outcome.status === "done") ? pressed : null;
	const settled: Settled | null = choice ? { key: choice.key, chosen: choice.action.label } : (handled.settled ?? null);
	if (settled === null) return [];
	const row = await tx.delivery.findUnique({ where: { key: settled.key }, select: SELECT });
	// What was whispered to one person in a channel cannot be changed afterwards.
	if (!row || (row.recipient !== null && (row.sentAddress ?? row.address) === row.address)) return [];
	const before = replySchema.parse(row.body);
	if (actionsOf(before.parts).length === 0) return [];
	return [
		{
			key,
			kind: "edit",
			platform,
			address: row.sentAddress ?? row.address,
			thread: row.thread,
			recipient: null,
			repliesTo: null,
			edits: row.key,
			language: row.language,
			reply: withoutButtons(before, settled.chosen, row.language),
			at: turn.now,
		},
	];
}

/** The button of the bot's own message that was pressed, where it is one that is used up by it. */
async function pressedIn(tx: Tx, { place, about, text }: Message): Promise<{ key: string; action: Action } | null> {
	if (about === null) return null;
	const row = await tx.delivery.findFirst({
		where: { platform: place.platform, ref: about },
		orderBy: { id: "asc" },
		select: { key: true, body: true },
	});
	const action = row && actionsOf(replySchema.parse(row.body).parts).find(({ line }) => line === text);
	return row && action && (action.only !== undefined || action.once === true) ? { key: row.key, action } : null;
}

/** A file stays where it is: an edit would send it again. */
const GOES = new Set<Part["kind"]>(["actions", "file", "image"]);

function withoutButtons(before: Reply, chosen: string | null, language: "de" | "en"): Reply {
	const asked = actionsOf(before.parts).some(({ only }) => only !== undefined);
	// Under a question small print says how to answer it.
	const kept = before.parts.filter((part: Part) => !GOES.has(part.kind) && !(asked && part.kind === "note"));
	const said =
		chosen === null ? { de: "Abgebrochen.", en: "Cancelled." } : { de: `Gewählt: ${chosen}`, en: `Chosen: ${chosen}` };
	return { parts: [...kept, note(said[language])], visibility: "open" };
}
