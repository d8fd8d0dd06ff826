import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { ROLE } from "../src/network/labels.ts";
import { ALL_SERIES } from "../src/network/series.ts";
import { person, personRow } from "./parts/person.ts";

export const roleArg = arg.choice(
	{
		de: ["rolle"],
		en: ["role"],
		position: "one",
		label: { de: "Rolle", en: "role" },
		ask: { de: "Welche Rolle?", en: "Which role?" },
	},
	ROLE,
);

export const roleGive = command({
	name: "role give",
	words: { de: ["rolle geben"], en: ["role give"] },
	summary: { de: "Gibt einer Person eine Rolle", en: "Gives a person a role" },
	example: {
		de: "rolle geben Ramona Nestler organisator --reihe RK",
		en: "role give Ramona Nestler organiser --series RK",
	},
	role: "admin",
	writes: true,
	args: {
		person,
		role: roleArg,
		series: arg.optional(
			arg.custom(
				{
					de: ["reihe"],
					en: ["series"],
					label: { de: "Reihe", en: "series" },
					ask: { de: "Für welche Beschlussreihe?", en: "For which series of decisions?" },
				},
				{ de: `Möglich: ${ALL_SERIES.join(", ")}.`, en: `Possible: ${ALL_SERIES.join(", ")}.` },
				(typed) => ALL_SERIES.find((each) => each === typed.toUpperCase()) ?? null,
			),
		),
	},
	async run(context, args) {
		if (args.series && args.role !== "organiser") {
			throw new UserError({
				de: "Eine Reihe gibt es nur für Organisatoren.",
				en: "A series only goes with the role organiser.",
			});
		}
		if (args.role === "guest")
			throw new UserError({ de: "Gast ist jeder ohnehin.", en: "Everybody is a guest anyway." });
		const holder = await personRow(context, args.person);
		await context.tx.grant.createMany({
			data: [
				{
					personId: holder.id,
					role: args.role,
					series: args.series ?? "",
					givenBy: await context.personId(),
					at: context.now.toString(),
				},
			],
			skipDuplicates: true,
		});
		const role = ROLE[args.role];
		const only = args.series
			? { de: ` für die Reihe ${args.series}`, en: ` for the series ${args.series}` }
			: { de: "", en: "" };
		const line = {
			de: `${holder.name} hat jetzt die Rolle ${role.de}${only.de}.`,
			en: `${holder.name} now has the role ${role.en}${only.en}.`,
		};
		const records = [`person/${holder.id}`, `role/${args.role}`, ...(args.series ? [`series/${args.series}`] : [])];
		return { status: "done", records: [], audit: { records }, reply: reply(text(line[context.language])) };
	},
});
