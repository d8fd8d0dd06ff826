import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { findRecords } from "./parts/find.ts";
import { searchWords } from "./parts/records.ts";

export const decisionList = command({
	name: "decision list",
	words: { de: ["beschluss liste", "beschlüsse"], en: ["decision list", "decisions"] },
	summary: {
		de: "Listet Beschlüsse: nach Thema, Ort, Organisation oder Stand",
		en: "Lists decisions: by subject, place, organisation or status",
	},
	example: { de: "beschluss liste offen Leipzig", en: "decision list open Leipzig" },
	role: "guest",
	writes: false,
	finds: true,
	args: {
		text: arg.optional(searchWords({ de: "Welche Beschlüsse?", en: "Which decisions?" })),
	},
	run: async (context, args) =>
		findRecords(context, "decision", args.text ?? { de: "alle Beschlüsse", en: "all decisions" }[context.language]),
});
