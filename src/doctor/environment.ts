/** What stands in the environment. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config, ConfigFault } from "../lib/config.ts";
import { type Check, failed, mend, ok } from "./check.ts";

/** Variables that cannot be read: each is a line of its own, and the others are looked at as if these were not set. */
export const checkVariables = (faults: readonly ConfigFault[]): Check[] =>
	faults.map(({ variable, text }) =>
		failed(
			`config ${variable}`,
			text,
			mend(
				"operator",
				`${variable} in .env oder in der Umgebung berichtigen (Erklärung in .env.example)`,
				`correct ${variable} in .env or in the environment (explained in .env.example)`,
			),
		),
	);

function networkFolder({ network }: Config): Check[] {
	if (network === null) return [];
	const path = resolve(network);
	if (existsSync(path)) return [ok("network folder", { de: `LOTSE_NETWORK: ${path}`, en: `LOTSE_NETWORK: ${path}` })];
	return [
		failed(
			"network folder",
			{
				de: `Den Ordner aus LOTSE_NETWORK gibt es nicht: ${path}`,
				en: `The folder of LOTSE_NETWORK does not exist: ${path}`,
			},
			mend(
				"operator",
				"den Pfad berichtigen, oder LOTSE_NETWORK weglassen und einlesen: npx lotse import ORDNER",
				"correct the path, or leave LOTSE_NETWORK out and import: npx lotse import FOLDER",
			),
		),
	];
}

function platforms({ slack, matrix }: Config): Check {
	const names = [slack ? "Slack" : "", matrix ? "Matrix" : ""].filter((name) => name !== "");
	if (names.length > 0)
		return ok("platforms", { de: `Eingerichtet: ${names.join(", ")}.`, en: `Configured: ${names.join(", ")}.` });
	return ok(
		"platforms",
		{
			de: "Kein Chat eingerichtet: Lotse spricht nur im Terminal.",
			en: "No chat is configured: Lotse talks in the terminal only.",
		},
		mend("operator", "Slack: docs/slack.md, Matrix: docs/matrix.md", "Slack: docs/slack.md, Matrix: docs/matrix.md"),
	);
}

export const checkEnvironment = (config: Config): Check[] => [platforms(config), ...networkFolder(config)];
