import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const organisation = command({
	name: "organisation",
	words: { de: ["organisation"], en: ["organisation"] },
	summary: { de: "Findet eine Organisation", en: "Finds an organisation" },
	example: { de: "organisation Polizeidirektion Leipzig", en: "organisation Leipzig police directorate" },
	role: "guest",
	writes: false,
	finds: true,
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
	run: async (context, args) => findRecords(context, "organisation", args.text),
});
