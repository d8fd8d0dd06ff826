import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { quote } from "../src/bot/line.ts";
import { type Action, actions, plainText } from "../src/bot/reply.ts";
import { RECORD_TYPES, type RecordRef } from "../src/network/records.ts";
import { answer, topicSchema } from "../src/questions/index.ts";
import { lexiconOf } from "../src/questions/lexicon.ts";
import { questionOf, statusOf } from "./parts/find.ts";

/** `contact:pd-leipzig-opferschutz`, as buttons carry it. */
function readRef(typed: string): RecordRef | null {
	const [type, key] = typed.split(":", 2);
	const known = RECORD_TYPES.find((each) => each === type);
	return known && key ? { type: known, key } : null;
}

export const ask = command({
	name: "ask",
	words: { de: ["frage"], en: ["ask"] },
	summary: {
		de: "Beantwortet eine Frage aus den Einträgen des Netzwerks",
		en: "Answers a question from the network's records",
	},
	example: {
		de: "frage wer ist für Opferschutz in Zwickau zuständig?",
		en: "ask who handles victim support in Zwickau?",
	},
	role: "guest",
	writes: false,
	args: {
		text: arg.text(
			{
				de: ["text"],
				en: ["text"],
				position: "line",
				label: { de: "Frage", en: "question" },
				ask: { de: "Was möchten Sie wissen?", en: "What would you like to know?" },
			},
			2000,
		),
		record: arg.optional(
			arg.custom(
				{
					de: ["eintrag"],
					en: ["record"],
					hidden: true,
					label: { de: "Eintrag", en: "record" },
					ask: { de: "Welcher Eintrag?", en: "Which record?" },
				},
				{ de: "Erwartet: art:schlüssel", en: "Expected: type:key" },
				readRef,
			),
		),
	},
	async run(context, args) {
		const topic = topicSchema.safeParse(context.topic);
		const began = performance.now();
		const result = answer(lexiconOf(context.network), {
			...questionOf(context, args.text),
			topic: topic.success ? topic.data : null,
			only: args.record,
		});
		context.remember(result.topic);
		const choices: Action[] = result.choices.slice(0, 9).map(({ label, ref }) => ({
			label,
			line: `${{ de: "frage", en: "ask" }[result.language]} ${quote(args.text)} --${{ de: "eintrag", en: "record" }[result.language]}=${ref.type}:${ref.key}`,
			only: context.asker.userId,
		}));
		return {
			status: statusOf(result),
			reply: {
				// What can be pressed or typed need not be listed once more.
				parts:
					choices.length > 0
						? [...result.parts.filter((part) => part.kind !== "list"), actions(...choices)]
						: result.parts,
				visibility: "open",
			},
			records: result.records,
			shown: result.choices.map(({ ref }) => ref),
			question: { intent: result.intent, status: result.status, language: result.language },
			output: {
				status: result.status,
				intent: result.intent,
				records: result.records,
				...(result.value === undefined ? {} : { value: result.value }),
				text: plainText(result.parts),
				understood: result.understood,
				ms: Math.round((performance.now() - began) * 10) / 10,
			},
		};
	},
});
