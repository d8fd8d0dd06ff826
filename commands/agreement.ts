import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const agreement = command({
	name: "agreement",
	words: { de: ["vereinbarung"], en: ["agreement"] },
	summary: { de: "Findet eine Vereinbarung und was sie zusagt", en: "Finds an agreement and what it promises" },
	example: { de: "vereinbarung Polizei WEISSER RING", en: "agreement police WEISSER RING" },
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
	run: async (context, args) => findRecords(context, "agreement", args.text),
});
