import { command } from "../src/bot/command.ts";
import { note, reply, text } from "../src/bot/reply.ts";
import { ROLE } from "../src/network/labels.ts";

export const roleList = command({
	name: "role list",
	words: { de: ["rolle liste", "rollen"], en: ["role list", "roles"] },
	summary: { de: "Zeigt die gegebenen Rollen", en: "Shows the roles that were given" },
	example: { de: "rolle liste", en: "role list" },
	role: "admin",
	writes: false,
	args: {},
	async run(context) {
		const { language } = context;
		const grants = await context.tx.grant.findMany({
			orderBy: [{ role: "desc" }, { at: "asc" }, { id: "asc" }],
			take: 200,
			select: {
				role: true,
				series: true,
				person: { select: { name: true, identities: { select: { platform: true, userId: true } } } },
			},
		});
		const from = note(
			{
				de: "Dazu kommen: Partner durch ihren Kontakt, Organisatoren durch das Thema Koordination, Administratoren aus LOTSE_ADMINS.",
				en: "Besides: partners by their contact, organisers by the topic coordination, administrators from LOTSE_ADMINS.",
			}[language],
		);
		const rows = grants.map(({ role, series, person }) => [
			person.name,
			`${ROLE[role][language]}${series ? ` (${series})` : ""}`,
			person.identities.map((each) => each.userId).join(", "),
		]);
		const none = text({ de: "Es wurde noch keine Rolle gegeben.", en: "No role has been given yet." }[language]);
		const columns = { de: ["Person", "Rolle", "Konten"], en: ["Person", "Role", "Accounts"] }[language];
		return {
			status: "done",
			records: [],
			reply: { ...reply(rows.length > 0 ? { kind: "table", columns, rows } : none, from), visibility: "private" },
		};
	},
});
