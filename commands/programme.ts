import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const programme = command({
	name: "programme",
	words: { de: ["programm"], en: ["programme"] },
	summary: { de: "Findet ein Programm und seine Mitglieder", en: "Finds a programme and its members" },
	example: { de: "programm ASSKomm", en: "programme ASSKomm" },
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
	run: async (context, args) => findRecords(context, "programme", args.text),
});
