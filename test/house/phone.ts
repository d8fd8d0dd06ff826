import * as arg from "../../src/bot/args.ts";
import { command } from "../../src/bot/command.ts";
import { reply, text } from "../../src/bot/reply.ts";

export const phone = command({
	name: "phone",
	words: { de: ["telefon"], en: ["phone"] },
	summary: { de: "Nennt die Telefonnummer einer Organisation", en: "Tells an organisation's phone number" },
	example: { de: "telefon Stadt Leipzig", en: "phone Stadt Leipzig" },
	role: "guest",
	writes: false,
	slack: { alias: "telefon", form: true },
	args: {
		organisation: arg.record("organisation", {
			pick: "one",
			de: ["organisation"],
			en: ["organisation"],
			position: "words",
			label: { de: "Organisation", en: "organisation" },
			ask: { de: "Welche Organisation?", en: "Which organisation?" },
		}),
	},
	async run({ network, language }, { organisation: key }) {
		const found = network.organisation.get(key);
		const number = found?.phone ?? { de: "keine Nummer eingetragen", en: "no number entered" }[language];
		return {
			status: "done",
			records: [{ type: "organisation", key }],
			reply: reply(text(`${found?.name ?? key}: ${number}`)),
		};
	},
});
