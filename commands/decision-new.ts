import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { actions, heading } from "../src/bot/reply.ts";
import { insertDecision } from "../src/network/decisions.ts";
import { seriesOf } from "../src/network/series.ts";
import { announceDecision, cardOf, details } from "./parts/decision.ts";

export const decisionNew = command({
	name: "decision new",
	words: { de: ["beschluss", "beschluss neu"], en: ["decision", "decision new"] },
	summary: { de: "Beschluss eintragen", en: "Record a decision" },
	example: {
		de: 'beschluss "Der Newsletter erscheint zweimal im Jahr." --zuständig "Stadt Dippoldiswalde" --bis 31.03.2027',
		en: 'decision "The newsletter appears twice a year." --responsible "Stadt Dippoldiswalde" --due 2027-03-31',
	},
	role: "organiser",
	writes: true,
	once: true,
	slack: { alias: "beschluss", form: true, shortcut: { id: "decision", into: "text" } },
	replyInto: "text",
	args: {
		text: arg.text({
			de: ["text"],
			en: ["text"],
			position: "words",
			label: { de: "Beschluss", en: "decision" },
			ask: { de: "Was wurde beschlossen?", en: "What was decided?" },
		}),
		...details,
	},
	may({ asker, network }, args) {
		const event = args.event === undefined ? null : (network.event.get(args.event) ?? null);
		return asker.series === null || asker.series.includes(seriesOf(event));
	},
	async run(context, args) {
		const event = args.event === undefined ? null : (context.network.event.get(args.event) ?? null);
		const decision = await insertDecision(
			context.tx,
			{
				series: seriesOf(event),
				event: event?.key ?? null,
				decidedOn: context.now.toZonedDateTimeISO(context.timezone).toPlainDate().toString(),
				text: args.text,
				rationale: args.rationale ?? null,
				responsible: args.responsible,
				due: args.due?.toString() ?? null,
				status: "open",
				supersedes: args.supersedes ?? null,
				votes: args.votes ?? null,
				tags: args.tag,
			},
			{ author: await context.personId(), at: context.now },
		);
		await announceDecision(context, decision, { de: "Neuer Beschluss", en: "New decision" }, "1");
		const { language } = context;
		const shown = decision.key.toUpperCase();
		const undo = {
			label: { de: "Zurücknehmen (5 Minuten)", en: "Undo (5 minutes)" }[language],
			line: { de: `beschluss zurück ${shown}`, en: `decision undo ${shown}` }[language],
			once: true,
		};
		return {
			status: "done",
			records: [{ type: "decision", key: decision.key }],
			reply: {
				parts: [
					heading({ de: `Beschluss ${shown} eingetragen`, en: `Decision ${shown} recorded` }[language]),
					...cardOf(context, decision, language),
					actions(undo),
				],
				visibility: "open",
			},
		};
	},
});
