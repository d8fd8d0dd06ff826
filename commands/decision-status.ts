import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { getDecision, updateDecision } from "../src/network/decisions.ts";
import { DECISION_STATUS } from "../src/network/labels.ts";
import { announceDecision, number } from "./parts/decision.ts";

export const decisionStatus = command({
	name: "decision status",
	words: { de: ["beschluss status"], en: ["decision status"] },
	summary: {
		de: "Stand eines Beschlusses setzen: offen, in-arbeit, erledigt, widerrufen",
		en: "Set a decision's status: open, in-progress, done, revoked",
	},
	example: { de: "beschluss status RK-2027-014 erledigt", en: "decision status RK-2027-014 done" },
	role: "organiser",
	writes: true,
	args: {
		number: { ...number, position: "words" },
		status: arg.choice(
			{
				de: ["status", "stand"],
				en: ["status"],
				position: "one",
				label: { de: "Stand", en: "status" },
				ask: { de: "Wie ist der Stand?", en: "What is the status?" },
			},
			DECISION_STATUS,
		),
	},
	async run(context, args) {
		const before = await getDecision(context.tx, args.number);
		const shown = before.key.toUpperCase();
		const word = DECISION_STATUS[args.status];
		const line = { de: `${shown}: Stand ist jetzt „${word.de}“.`, en: `${shown}: status is now "${word.en}".` };
		if (before.status !== args.status) {
			const after = { ...before, status: args.status };
			const version = await updateDecision(context.tx, after, {
				author: await context.personId(),
				at: context.now,
				change: "status",
			});
			await announceDecision(
				context,
				after,
				{ de: "Beschluss mit neuem Stand", en: "Decision with a new status" },
				String(version),
			);
		}
		return {
			status: "done",
			records: [{ type: "decision", key: before.key }],
			reply: reply(text(line[context.language])),
		};
	},
});
