import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";

export const material = command({
	name: "material",
	words: { de: ["material"], en: ["material"] },
	summary: { de: "Findet Broschüren und Informationsmaterial", en: "Finds brochures and information material" },
	example: { de: "material Faltblatt", en: "material leaflet" },
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
	run: async (context, args) => findRecords(context, "material", args.text),
});
