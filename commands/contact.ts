import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const contact = command({
	name: "contact",
	words: { de: ["kontakt"], en: ["contact"] },
	summary: {
		de: "Findet einen Kontakt: Thema, Region, Organisation oder Name, in beliebiger Reihenfolge",
		en: "Finds a contact: topic, region, organisation or name in any order",
	},
	example: { de: "kontakt Opferschutz Zwickau", en: "contact victim support Zwickau" },
	role: "guest",
	writes: false,
	finds: true,
	slack: { alias: "kontakt" },
	args: {
		text: arg.text(
			{
				de: ["text"],
				en: ["text"],
				position: "line",
				label: { de: "Suchworte", en: "search words" },
				ask: { de: "Wonach soll ich suchen?", en: "What shall I look for?" },
			},
			500,
		),
	},
	run: async (context, args) => findRecords(context, "contact", args.text),
});
