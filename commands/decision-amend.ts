import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { heading } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { atLeast } from "../src/network/access.ts";
import { findAuthor, getDecision, updateDecision } from "../src/network/decisions.ts";
import { announceDecision, cardOf, details, number } from "./parts/decision.ts";

export const decisionAmend = command({
	name: "decision amend",
	words: { de: ["beschluss ändern"], en: ["decision amend", "decision change"] },
	summary: {
		de: "Beschluss ändern; die frühere Fassung bleibt sichtbar",
		en: "Amend a decision; the earlier version stays visible",
	},
	example: {
		de: 'beschluss ändern RK-2027-014 "Der Newsletter erscheint viermal im Jahr."',
		en: 'decision amend RK-2027-014 "The newsletter appears four times a year."',
	},
	role: "organiser",
	leastRole: "guest",
	writes: true,
	args: {
		number,
		text: arg.optional(
			arg.text({
				de: ["text"],
				en: ["text"],
				position: "words",
				label: { de: "Neuer Text", en: "new text" },
				ask: { de: "Wie lautet der Beschluss jetzt?", en: "What does it read now?" },
			}),
		),
		...details,
	},
	async may(context, args) {
		if (atLeast(context.asker.role, "organiser")) return true;
		const author = await findAuthor(context.tx, args.number);
		return author !== null && author === context.asker.id;
	},
	async run(context, args) {
		const before = await getDecision(context.tx, args.number);
		const after = {
			...before,
			text: args.text ?? before.text,
			responsible: args.responsible.length > 0 ? args.responsible : before.responsible,
			due: args.due?.toString() ?? before.due,
			rationale: args.rationale ?? before.rationale,
			event: args.event ?? before.event,
			votes: args.votes ?? before.votes,
			tags: args.tag.length > 0 ? args.tag : before.tags,
			supersedes: args.supersedes ?? before.supersedes,
		};
		if (after.supersedes === after.key)
			throw new UserError({
				de: "Ein Beschluss kann sich nicht selbst ersetzen.",
				en: "A decision cannot supersede itself.",
			});
		const version = await updateDecision(context.tx, after, {
			author: await context.personId(),
			at: context.now,
			change: "amended",
		});
		await announceDecision(context, after, { de: "Beschluss geändert", en: "Decision amended" }, String(version));
		const { language } = context;
		return {
			status: "done",
			records: [{ type: "decision", key: after.key }],
			reply: {
				parts: [
					heading(
						{
							de: `Beschluss ${after.key.toUpperCase()} geändert (Fassung ${version})`,
							en: `Decision ${after.key.toUpperCase()} amended (version ${version})`,
						}[language],
					),
					...cardOf(context, after, language),
				],
				visibility: "open",
			},
		};
	},
});
