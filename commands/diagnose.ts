import { command } from "../src/bot/command.ts";
import type { Finding } from "../src/bot/outside.ts";
import { type Line, list, note, type Part, text } from "../src/bot/reply.ts";
import type { Language } from "../src/lib/text.ts";

/** As many as are read on a telephone; the command line shows all. */
const MOST = 12;

const WORDS = {
	failed: { de: "Fehler", en: "Failed" },
	warning: { de: "Warnung", en: "Warning" },
	ok: { de: "In Ordnung", en: "Fine" },
} as const;

export const diagnose = command({
	name: "diagnose",
	words: { de: ["diagnose"], en: ["diagnose", "doctor"] },
	summary: {
		de: "Sagt, was an Lotse nicht stimmt und wer es behebt",
		en: "Says what is wrong with Lotse and who mends it",
	},
	example: { de: "diagnose", en: "diagnose" },
	role: "admin",
	writes: false,
	args: {},
	gather: (outside) => outside.diagnose(),
	async run({ language }, _args, findings) {
		return {
			status: "done",
			records: [],
			// It names channels, people's keys and accounts, which are nobody else's business.
			reply: { parts: shown(findings, language), visibility: "private" },
		};
	},
});

function shown(findings: readonly Finding[], language: Language): Part[] {
	const failed = findings.filter(({ status }) => status === "failed");
	const warnings = findings.filter(({ status }) => status === "warning");
	const fine = findings.length - failed.length - warnings.length;
	const worst = [...failed, ...warnings];
	const sum = {
		de: `${failed.length} Fehler, ${warnings.length} Warnungen, ${fine} in Ordnung.`,
		en: `${failed.length} failed, ${warnings.length} warnings, ${fine} fine.`,
	};
	if (worst.length === 0)
		return [text({ de: `Alles in Ordnung: ${fine} Prüfungen.`, en: `All is well: ${fine} checks.` }[language])];
	const all = {
		de: worst.length > MOST ? `Die ersten ${MOST}. Alles zeigt: npx lotse doctor` : "Alles zeigt: npx lotse doctor",
		en: worst.length > MOST ? `The first ${MOST}. All of it: npx lotse doctor` : "All of it: npx lotse doctor",
	};
	return [text(sum[language]), list(worst.slice(0, MOST).map((each) => line(each, language))), note(all[language])];
}

const line = ({ status, text: what, mend }: Finding, language: Language): Line => [
	{ text: `${WORDS[status][language]}: `, strong: true },
	what[language],
	...(mend === null ? [] : [` → ${mend[language]}`]),
];
