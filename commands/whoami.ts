import { command } from "../src/bot/command.ts";
import { heading, note, type Part } from "../src/bot/reply.ts";
import { ROLE } from "../src/network/labels.ts";

export const whoami = command({
	name: "whoami",
	words: { de: ["werbinich", "wer bin ich"], en: ["whoami", "who am i"] },
	summary: {
		de: "Wer Sie für den Bot sind und was er über Sie speichert",
		en: "Who you are to the bot and what it stores about you",
	},
	example: { de: "werbinich", en: "whoami" },
	role: "guest",
	writes: false,
	args: {},
	async run(context) {
		const { asker, language, network } = context;
		const contact = asker.contact === null ? undefined : network.contact.get(asker.contact);
		const organisation = contact && network.organisation.get(contact.organisation);
		const say = (de: string, en: string) => ({ de, en })[language];
		const series = asker.series === null ? "" : asker.series.length > 0 ? ` (${asker.series.join(", ")})` : "";
		const fields: Part = {
			kind: "fields",
			fields: [
				{ label: say("Name", "Name"), value: asker.name },
				{ label: say("Organisation", "Organisation"), value: organisation?.name ?? say("keine bekannt", "none known") },
				{ label: say("Rolle", "Role"), value: `${ROLE[asker.role][language]}${series}` },
				{
					label: say("Sprache", "Language"),
					value: { de: say("Deutsch", "German"), en: say("Englisch", "English") }[asker.language ?? language],
				},
				{ label: say("Zeitzone", "Time zone"), value: asker.timezone },
				{ label: say("Konto", "Account"), value: asker.userId },
			],
		};
		const stored =
			asker.id === null
				? say("Über Ihr Konto ist nichts gespeichert.", "Nothing is stored about your account.")
				: say(
						"Gespeichert sind: Ihr Name, Ihr Konto, Ihre Rolle und Sprache und was Sie eingetragen haben. Was Sie fragen, wird nicht gespeichert.",
						"Stored are: your name, your account, your role and language, and what you entered. What you ask is not stored.",
					);
		return {
			status: "done",
			records: contact ? [{ type: "contact", key: contact.key }] : [],
			reply: { parts: [heading(asker.name), fields, note(stored)], visibility: "private" },
		};
	},
});
