import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const project = command({
	name: "project",
	words: { de: ["projekt"], en: ["project"] },
	summary: { de: "Findet ein Projekt", en: "Finds a project" },
	example: { de: "projekt Bahnhof Zwickau", en: "project station Zwickau" },
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
	run: async (context, args) => findRecords(context, "project", args.text),
});
