import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { ROLE } from "../src/network/labels.ts";
import { person, personRow } from "./parts/person.ts";
import { roleArg } from "./role-give.ts";

export const roleTake = command({
	name: "role take",
	words: { de: ["rolle nehmen"], en: ["role take"] },
	summary: { de: "Nimmt einer Person eine Rolle", en: "Takes a role from a person" },
	example: { de: "rolle nehmen Ramona Nestler organisator", en: "role take Ramona Nestler organiser" },
	role: "admin",
	writes: true,
	args: { person, role: roleArg },
	async run(context, args) {
		const holder = await personRow(context, args.person);
		const { count } = await context.tx.grant.deleteMany({ where: { personId: holder.id, role: args.role } });
		const role = ROLE[args.role];
		if (count === 0) {
			throw new UserError({
				de: `${holder.name} wurde die Rolle ${role.de} nicht gegeben. Rollen aus dem Kontakt (Thema Koordination) oder aus LOTSE_ADMINS werden dort geändert.`,
				en: `${holder.name} was not given the role ${role.en}. Roles that follow from the contact (topic coordination) or from LOTSE_ADMINS are changed there.`,
			});
		}
		const line = {
			de: `${holder.name} hat die Rolle ${role.de} nicht mehr.`,
			en: `${holder.name} no longer has the role ${role.en}.`,
		};
		const records = [`person/${holder.id}`, `role/${args.role}`];
		return { status: "done", records: [], audit: { records }, reply: reply(text(line[context.language])) };
	},
});
