/** What stands in the environment. Unreadable values end every command before this is asked. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Db } from "../../database/client.ts";
import type { Config } from "../../lib/config.ts";
import { type Check, failed, ok, warning } from "./check.ts";

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
			{
				de: "Pfad berichtigen, oder LOTSE_NETWORK weglassen und einlesen mit: npx lotse import ORDNER",
				en: "Correct the path, or leave LOTSE_NETWORK out and import with: npx lotse import FOLDER",
			},
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
		{ de: "Slack: docs/slack.md, Matrix: docs/matrix.md", en: "Slack: docs/slack.md, Matrix: docs/matrix.md" },
	);
}

/** Without an administrator nobody can bind a channel or give a role in chat. */
export async function administrators(config: Config, db: Db): Promise<Check[]> {
	if (config.slack === null && config.matrix === null) return [];
	const granted = await db.grant.count({ where: { role: "admin" } });
	const count = config.admins.length + granted;
	if (count > 0)
		return [
			ok("administrators", {
				de: `${count} in LOTSE_ADMINS oder mit Rolle.`,
				en: `${count} in LOTSE_ADMINS or by role.`,
			}),
		];
	return [
		warning(
			"administrators",
			{
				de: "Niemand ist Administrator: im Chat kann niemand Kanäle verbinden oder Rollen geben.",
				en: "Nobody is an administrator: nobody can bind channels or give roles in chat.",
			},
			{
				de: 'LOTSE_ADMINS setzen (Slack- oder Matrix-Kennung), oder: npx lotse run "rolle geben PERSON admin"',
				en: 'Set LOTSE_ADMINS (a Slack or Matrix id), or: npx lotse run "role give PERSON admin"',
			},
		),
	];
}

export const checkEnvironment = (config: Config): Check[] => [platforms(config), ...networkFolder(config)];
