import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";
import { searchWords } from "./parts/records.ts";

export const eventList = command({
	name: "event list",
	words: { de: ["termin", "termin liste", "termine"], en: ["event", "event list", "events"] },
	summary: { de: "Zeigt, was als Nächstes stattfindet", en: "Shows what comes next" },
	example: { de: "termin liste Schulung Leipzig", en: "event list training Leipzig" },
	role: "guest",
	writes: false,
	finds: true,
	slack: { alias: "termin", emptyOpens: "event new" },
	args: {
		text: arg.optional(searchWords({ de: "Welche Termine?", en: "Which events?" })),
	},
	run: async (context, args) => findRecords(context, "event", args.text ?? ""),
});
