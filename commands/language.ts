import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";

export const language = command({
	name: "language",
	words: { de: ["sprache"], en: ["language"] },
	summary: { de: "Ihre Sprache: de oder en", en: "Your language: de or en" },
	example: { de: "sprache en", en: "language de" },
	role: "guest",
	writes: true,
	args: {
		language: arg.choice(
			{
				de: ["sprache"],
				en: ["language"],
				position: "one",
				label: { de: "Sprache", en: "language" },
				ask: { de: "Deutsch oder Englisch?", en: "German or English?" },
			},
			{ de: { de: "Deutsch", en: "German", also: ["deutsche"] }, en: { de: "Englisch", en: "English" } },
		),
	},
	async run(context, args) {
		const id = await context.personId();
		if (id !== null)
			await context.tx.person.update({ where: { id }, data: { language: args.language }, select: { id: true } });
		const line = { de: "Ich antworte Ihnen ab jetzt auf Deutsch.", en: "I will answer you in English from now on." };
		return { status: "done", records: [], reply: reply(text(line[args.language])) };
	},
});
