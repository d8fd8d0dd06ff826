import { command } from "../src/bot/command.ts";
import { list, note } from "../src/bot/reply.ts";
import { showDate } from "../src/lib/time/show.ts";
import { getDecision, listVersions } from "../src/network/decisions.ts";
import { cardOf, number } from "./parts/decision.ts";

export const decisionShow = command({
	name: "decision show",
	words: { de: ["beschluss zeigen"], en: ["decision show"] },
	summary: {
		de: "Zeigt einen Beschluss mit seinen früheren Fassungen",
		en: "Shows a decision with its earlier versions",
	},
	example: { de: "beschluss zeigen RK-2027-014", en: "decision show RK-2027-014" },
	role: "guest",
	writes: false,
	args: { number: { ...number, position: "words" } },
	async run(context, args) {
		const decision = await getDecision(context.tx, args.number);
		const versions = await listVersions(context.tx, decision.key);
		const { language } = context;
		const earlier = versions.slice(0, -1).map(({ version, at, text }) => {
			const on = showDate(at.toZonedDateTimeISO(context.timezone).toPlainDate(), language);
			return { de: `Fassung ${version} vom ${on}: ${text}`, en: `Version ${version} of ${on}: ${text}` }[language];
		});
		return {
			status: "done",
			records: [{ type: "decision", key: decision.key }],
			reply: {
				parts: [
					...cardOf(context, decision, language),
					...(earlier.length > 0
						? [note({ de: "Frühere Fassungen:", en: "Earlier versions:" }[language]), list(earlier)]
						: []),
				],
				visibility: "open",
			},
		};
	},
});
