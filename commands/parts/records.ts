/** Arguments that several commands take: search words, regions, organisations, a language. */
import * as arg from "../../src/bot/args.ts";
import type { Text } from "../../src/lib/text.ts";

const SEVERAL: Text = { de: "Mehrere trennen Sie mit |.", en: "Separate several by |." };

/** What is looked for, in the person's own words: the rest of the line as it was typed. */
export const searchWords = (ask: Text) =>
	arg.text({ de: ["text"], en: ["text"], position: "line", label: { de: "Suchworte", en: "search words" }, ask }, 500);

export const regions = arg.many(
	arg.record("region", {
		pick: "one",
		de: ["region"],
		en: ["region"],
		label: { de: "Region", en: "region" },
		ask: { de: "Für welche Region?", en: "For which region?" },
		hint: SEVERAL,
	}),
);

interface Named {
	de: readonly string[];
	en: readonly string[];
	label: Text;
	ask: Text;
	/** Picked from a list in a form; else typed in people's own words. */
	pick?: "several";
}

/** Organisations in a role that the names tell: responsible, host. */
export const organisations = (named: Named) => arg.many(arg.record("organisation", { ...named, hint: SEVERAL }));

export const language = (ask: Text, position?: "one") =>
	arg.choice(
		{
			de: ["sprache"],
			en: ["language"],
			...(position ? { position } : {}),
			label: { de: "Sprache", en: "language" },
			ask,
		},
		{ de: { de: "Deutsch", en: "German", also: ["deutsche"] }, en: { de: "Englisch", en: "English" } },
	);
