import * as arg from "../src/bot/args.ts";
import { type Command, type Context, command } from "../src/bot/command.ts";
import { grammarOf } from "../src/bot/grammar.ts";
import { heading, type Line, list, note, type Part, reply, text } from "../src/bot/reply.ts";
import { atLeast } from "../src/network/access.ts";
import { ROLE } from "../src/network/labels.ts";

export const help = command({
	name: "help",
	words: { de: ["hilfe"], en: ["help"] },
	summary: { de: "Zeigt, was Sie hier tun können", en: "Shows what you can do here" },
	example: { de: "hilfe beschluss", en: "help decision" },
	role: "guest",
	writes: false,
	args: {
		command: arg.optional(
			arg.text(
				{
					de: ["befehl"],
					en: ["command"],
					position: "words",
					label: { de: "Befehl", en: "command" },
					ask: { de: "Hilfe wozu?", en: "Help with what?" },
				},
				100,
			),
		),
	},
	async run(context, args) {
		if (args.command === undefined)
			return { status: "done", records: [], reply: { parts: overview(context), visibility: "open" } };
		const grammar = grammarOf(context.commands);
		const found = grammar.find(args.command.replace(/^!\s*/u, ""));
		if (found)
			return { status: "done", records: [], reply: { parts: describe(found.command, context), visibility: "open" } };
		const near = grammar.nearest(args.command, context.language).join(", ");
		const line = {
			de: `Den Befehl „${args.command}“ gibt es nicht.${near ? ` Meinten Sie: ${near}?` : ""}`,
			en: `There is no command "${args.command}".${near ? ` Did you mean: ${near}?` : ""}`,
		};
		return { status: "not_found", records: [], reply: reply(text(line[context.language])) };
	},
});

function overview(context: Context): Part[] {
	const { language } = context;
	const allowed = context.commands.filter((each) => atLeast(context.asker.role, each.role));
	const line = (each: Command): Line => [
		{ text: each.words[language][0] ?? each.name, strong: true },
		` – ${each.summary[language]}. ${{ de: "Beispiel", en: "Example" }[language]}: ${each.example[language]}`,
	];
	const reads = allowed.filter((each) => !each.writes);
	const writes = allowed.filter((each) => each.writes);
	return [
		text(
			{
				de: "Fragen Sie einfach, zum Beispiel: Wer ist für Opferschutz in Zwickau zuständig? Oder nutzen Sie einen Befehl:",
				en: "Just ask, for example: Who handles victim support in Zwickau? Or use a command:",
			}[language],
		),
		heading({ de: "Nachsehen", en: "Look up" }[language]),
		list(reads.map(line)),
		...(writes.length > 0 ? [heading({ de: "Eintragen", en: "Enter" }[language]), list(writes.map(line))] : []),
		note(
			{
				de: "Mehr zu einem Befehl: hilfe BEFEHL. In Räumen beginnt ein Befehl mit ! oder einer Erwähnung.",
				en: "More about a command: help COMMAND. In rooms a command begins with ! or a mention.",
			}[language],
		),
	];
}

function describe(each: Command, context: Context): Part[] {
	const { language } = context;
	const options = Object.values(each.args)
		.filter((one) => !one.hidden)
		.map((one): Line => {
			const name = one[language][0] ?? "";
			const words = one.position ? one.label[language] : `--${name}`;
			const must = one.required ? { de: " (nötig)", en: " (required)" }[language] : "";
			return [
				{ text: words, strong: true },
				`${must} – ${one.ask[language]}${one.hint ? ` ${one.hint[language]}` : ""}`,
			];
		});
	return [
		heading(each.words[language].join(" · ")),
		text(each.summary[language]),
		text(`${{ de: "Beispiel", en: "Example" }[language]}: ${each.example[language]}`),
		...(options.length > 0 ? [list(options)] : []),
		note({ de: `Rolle: ${ROLE[each.role].de}`, en: `Role: ${ROLE[each.role].en}` }[language]),
	];
}
