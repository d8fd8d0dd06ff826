/** What every find command does: words in any order, one kind of record, the same answer as a question would get. */
import { type Context, command, type Outcome, type Status } from "../../src/bot/command.ts";
import type { Text } from "../../src/lib/text.ts";
import type { RecordType } from "../../src/network/records.ts";
import { type Answer, find, type Question } from "../../src/questions/index.ts";
import { lexiconOf } from "../../src/questions/lexicon.ts";
import { searchWords } from "./records.ts";

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
	return {
		status: STATUS[answer.status],
		reply: { parts: answer.parts, visibility: "open" },
		records: answer.records,
		question: { intent: answer.intent, status: answer.status, language: answer.language },
	};
}

export const statusOf = (answer: Answer): Status => STATUS[answer.status];

interface FindCommand {
	name: string;
	words: Text;
	summary: Text;
	example: Text;
	type: RecordType;
	/** Slack alias without the slash. */
	alias?: string;
}

/** A command that finds one kind of record. */
export const findCommand = ({ name, words, summary, example, type, alias }: FindCommand) =>
	command({
		name,
		words: { de: [words.de], en: [words.en] },
		summary,
		example,
		role: "guest",
		writes: false,
		finds: true,
		...(alias ? { slack: { alias } } : {}),
		args: {
			text: searchWords({ de: "Wonach soll ich suchen?", en: "What shall I look for?" }),
		},
		run: async (context, args) => findRecords(context, type, args.text),
	});
