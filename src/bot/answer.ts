/** An outcome becomes the messages owed for it: openly, to the asker alone, or with a word in the room. */
import type { Outcome } from "./command.ts";
import type { Owed } from "./ledger.ts";
import { say } from "./say.ts";
import type { Handled, House, Turn } from "./turn.ts";

interface AnswerPorts {
	house: House;
	installation: string;
}

/** One message in answer; on Matrix a private one has a word in the room beside it. */
export function answersTo(ports: AnswerPorts, id: bigint, turn: Turn, handled: Handled): Owed[] {
	const { message } = turn;
	const result: Outcome | null = handled.outcome;
	if (!result) return [];
	const command = handled.command === null ? null : ports.house.grammar.byName(handled.command);
	const openly = message.place.kind === "direct" || (result.reply.visibility === "open" && !(message.quiet && !(command?.writes && result.status === "done")));
	const key = `a-${ports.installation}-${id}`;
	const answer: Owed = {
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
	};
	if (openly || message.place.platform !== "matrix") return [answer];
	const word = say(
		{
			de: "Die Antwort ist nicht für alle hier bestimmt. Ich habe sie Ihnen direkt geschickt.",
			en: "The answer is not for everybody here. I have sent it to you directly.",
		}[turn.language],
	);
	return [{ ...answer, key: `${key}-p`, thread: null, repliesTo: null }, { ...answer, recipient: null, reply: word }];
}
