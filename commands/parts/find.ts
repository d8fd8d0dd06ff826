/** What every find command does: words in any order, one kind of record, the same answer as a question would get. */
import type { Context, Outcome, Status } from "../../src/bot/command.ts";
import { lineText, type Part } from "../../src/bot/reply.ts";
import { say } from "../../src/bot/say.ts";
import type { RecordType } from "../../src/network/records.ts";
import { type Answer, find, type Question } from "../../src/questions/index.ts";
import { lexiconOf } from "../../src/questions/lexicon.ts";

const STATUS: Record<Answer["status"], Status> = {
	answered: "done",
	choose: "choose",
	not_found: "not_found",
	not_allowed: "refused",
	out_of_scope: "not_found",
};

export const questionOf = (context: Context, text: string): Question => ({
	text,
	language: null,
	now: context.now,
	timezone: context.timezone,
	asker: context.asker,
	topic: null,
});

export function findRecords(context: Context, type: RecordType, text: string): Outcome {
	const question = { ...questionOf(context, text), language: context.language };
	const answer = find(lexiconOf(context.network), type, question);
	return { status: STATUS[answer.status], reply: { parts: answer.parts, visibility: "open" }, records: answer.records };
}

export const statusOf = (answer: Answer): Status => STATUS[answer.status];

/** The first text of some parts, for short notices. */
export const firstText = (parts: readonly Part[]): string => {
	const part = parts.find((each) => each.kind === "text" || each.kind === "heading");
	return part?.kind === "text" ? lineText(part.line) : part?.kind === "heading" ? part.text : "";
};

export { say };
