/** An outcome becomes the message owed for it: openly, or to the asker alone. */
import type { Outcome } from "./command.ts";
import type { Owed } from "./ledger.ts";
import type { Handled, House, Turn } from "./turn.ts";

/** One message in answer. Where it is private, the platform says so in the room (Matrix) or shows it there to the asker alone (Slack). */
export function answersTo(house: House, key: string, turn: Turn, handled: Handled): Owed[] {
	const { message } = turn;
	const result: Outcome | null = handled.outcome;
	if (!result) return [];
	const command = handled.command === null ? null : house.grammar.byName(handled.command);
	const openly =
		message.place.kind === "direct" ||
		(result.reply.visibility === "open" && !(message.quiet && !(command?.writes && result.status === "done")));
	return [
		{
			key,
			kind: "answer",
			platform: message.place.platform,
			address: message.place.address,
			thread: message.place.thread,
			recipient: openly ? null : message.sender.id,
			repliesTo: message.entry === "form" || message.entry === "shortcut" ? null : message.id,
			edits: null,
			language: turn.language,
			reply: result.reply,
			at: turn.now,
		},
	];
}
