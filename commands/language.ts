import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { language as languageArg } from "./parts/records.ts";

export const language = command({
	name: "language",
	words: { de: ["sprache"], en: ["language"] },
	summary: { de: "Ihre Sprache: de oder en", en: "Your language: de or en" },
	example: { de: "sprache en", en: "language de" },
	role: "guest",
	writes: true,
	args: {
		language: languageArg({ de: "Deutsch oder Englisch?", en: "German or English?" }, "one"),
	},
	async run(context, args) {
		const id = await context.personId();
		if (id !== null)
			await context.tx.person.update({ where: { id }, data: { language: args.language }, select: { id: true } });
		const line = { de: "Ich antworte Ihnen ab jetzt auf Deutsch.", en: "I will answer you in English from now on." };
		return { status: "done", records: [], reply: reply(text(line[args.language])) };
	},
});
