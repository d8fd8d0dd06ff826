/** Without an administrator nobody can bind a channel or give a role in chat. */
import type { Db } from "../database/client.ts";
import type { Config } from "../lib/config.ts";
import { type Check, few, mend, ok, warning } from "./check.ts";

const SLACK_ID = /^[UW][A-Z0-9-]{2,}$/u;
const MATRIX_ID = /^@[^:\s]+:\S+$/u;

/** Ids that no configured chat can ever bring in. */
function strange({ admins, slack, matrix }: Config): Check[] {
	const malformed = admins.filter((id) => !SLACK_ID.test(id) && !MATRIX_ID.test(id));
	const elsewhere = admins.filter((id) => (SLACK_ID.test(id) && !slack) || (MATRIX_ID.test(id) && !matrix));
	return [
		...(malformed.length === 0
			? []
			: [
					warning(
						"administrators",
						{
							de: `In LOTSE_ADMINS steht, was keine Kennung ist: ${few(malformed)}.`,
							en: `LOTSE_ADMINS names what is no id: ${few(malformed)}.`,
						},
						mend(
							"operator",
							"Slack: Profil → Mitglieds-ID kopieren (U012ABCDEF); Matrix: @name:server",
							"Slack: profile → copy member ID (U012ABCDEF); Matrix: @name:server",
						),
					),
				]),
		...(elsewhere.length === 0
			? []
			: [
					warning(
						"administrators",
						{
							de: `In LOTSE_ADMINS stehen Kennungen eines Chats, der nicht eingerichtet ist: ${few(elsewhere)}.`,
							en: `LOTSE_ADMINS names ids of a chat that is not configured: ${few(elsewhere)}.`,
						},
						mend(
							"operator",
							"die Zugangsdaten dieses Chats setzen (.env.example), oder die Kennungen streichen",
							"set this chat's credentials (.env.example), or remove the ids",
						),
					),
				]),
	];
}

export async function checkAdministrators(config: Config, db: Db): Promise<Check[]> {
	if (config.slack === null && config.matrix === null) return [];
	const granted = await db.grant.count({ where: { role: "admin" } });
	const count = config.admins.length + granted;
	if (count > 0)
		return [
			ok("administrators", {
				de: `${count} in LOTSE_ADMINS oder mit Rolle.`,
				en: `${count} in LOTSE_ADMINS or by role.`,
			}),
			...strange(config),
		];
	return [
		warning(
			"administrators",
			{
				de: "Niemand ist Administrator: im Chat kann niemand Kanäle verbinden oder Rollen geben.",
				en: "Nobody is an administrator: nobody can bind channels or give roles in chat.",
			},
			mend(
				"operator",
				'LOTSE_ADMINS setzen (Slack- oder Matrix-Kennung), oder: npx lotse run "rolle geben PERSON admin"',
				'set LOTSE_ADMINS (a Slack or Matrix id), or: npx lotse run "role give PERSON admin"',
			),
		),
	];
}

/** Ids of LOTSE_ADMINS that the chat itself does not know. */
export const unknownAdministrators = (platform: "slack" | "matrix", ids: readonly string[]): Check[] =>
	ids.length === 0
		? []
		: [
				warning(
					`${platform} administrators`,
					{
						de: `LOTSE_ADMINS nennt, wen es dort nicht (mehr) gibt: ${few(ids)}.`,
						en: `LOTSE_ADMINS names who does not exist there (any more): ${few(ids)}.`,
					},
					mend("operator", "die Kennungen in LOTSE_ADMINS berichtigen", "correct the ids in LOTSE_ADMINS"),
				),
			];

/** More than these are not asked for one by one. */
const MOST = 20;

export const slackAdmins = ({ admins }: Config) => admins.filter((id) => SLACK_ID.test(id)).slice(0, MOST);
export const matrixAdmins = ({ admins }: Config) => admins.filter((id) => MATRIX_ID.test(id)).slice(0, MOST);
