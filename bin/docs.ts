/** The reference of all commands, made from the commands themselves: what `docs/commands.md` holds. */
import type { Arg } from "../src/bot/args.ts";
import type { Command } from "../src/bot/command.ts";
import type { Language, Text } from "../src/lib/text.ts";
import { ROLE } from "../src/network/labels.ts";

const LANGUAGES: readonly Language[] = ["de", "en"];

/** In a table a bar would end the cell. */
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text: string) => (text === "" ? "" : `\`${text}\``);
const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly string[]) => [
	row(...head),
	row(...head.map(() => "---")),
	...rows,
];

const anchor = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s-]/gu, "")
		.replaceAll(" ", "-");

const shown = (command: Command, language: Language) => command.words[language][0] ?? command.name;
const headingOf = (command: Command) => `${shown(command, "de")} · ${shown(command, "en")}`;

/** How the argument is written on a line: `TEXT`, `--bis` or `[--bis]`. */
function written(arg: Arg, language: Language): string {
	if (arg.position !== undefined) return arg.label[language].toUpperCase();
	return arg[language].map((name) => `--${name}`).join(", ");
}

const KINDS: Record<Arg["input"]["kind"], Text> = {
	text: { de: "", en: "" },
	date: { de: "ein Datum", en: "a date" },
	datetime: { de: "Datum und Uhrzeit", en: "date and time" },
	select: { de: "", en: "" },
	record: { de: "Name, Kurzname oder Schlüssel", en: "name, short name or key" },
};

function explained(arg: Arg, language: Language): string {
	const { input } = arg;
	const options = input.kind === "select" ? input.options.map(({ label }) => label[language]).join(", ") : "";
	const several = arg.several
		? { de: "mehrere mit | oder durch Wiederholen", en: "several by | or by repeating" }
		: null;
	const kind = [options, KINDS[input.kind][language], several?.[language] ?? ""].filter((each) => each !== "");
	const about = arg.position === undefined ? arg.label[language] : arg.ask[language];
	const hint = arg.hint?.[language];
	return `${about}${kind.length > 0 ? ` (${kind.join("; ")})` : ""}${hint === undefined ? "" : `. ${hint}`}`;
}

function argumentsOf(command: Command): string[] {
	const args = Object.values(command.args).filter((arg) => !arg.hidden);
	if (args.length === 0) return [];
	const rows = args.map((arg) =>
		row(
			code(written(arg, "de")),
			code(written(arg, "en")),
			arg.required ? "ja / yes" : "",
			cell(explained(arg, "de")),
			cell(explained(arg, "en")),
		),
	);
	return ["", ...table(["Angabe", "Argument", "nötig / required", "Bedeutung", "Meaning"], rows)];
}

function slackOf({ slack }: Command): string {
	const ways = [
		slack?.alias === undefined ? "" : code(`/${slack.alias}`),
		slack?.form ? "Formular / form" : "",
		slack?.shortcut === undefined ? "" : "Aktion an einer Nachricht / message shortcut",
	];
	return ways.filter((way) => way !== "").join(", ");
}

const roleOf = ({ role, leastRole }: Command) => {
	const name = (each: typeof role) => `${ROLE[each].de} / ${ROLE[each].en}`;
	return leastRole === undefined || leastRole === role
		? name(role)
		: `${name(role)} (${name(leastRole)}: eigene / one's own)`;
};

function describe(command: Command): string[] {
	const slack = slackOf(command);
	const words = LANGUAGES.map((language) => command.words[language].map(code).join(", ")).join(" · ");
	return [
		"",
		`## ${headingOf(command)}`,
		"",
		`${command.summary.de}. / ${command.summary.en}.`,
		"",
		`- Wörter / words: ${words}`,
		`- Rolle / role: ${roleOf(command)}`,
		`- Beispiel / example: ${code(command.example.de)} · ${code(command.example.en)}`,
		...(slack === "" ? [] : [`- Slack: ${slack}`]),
		`- Name in JSON: ${code(command.name)}`,
		...argumentsOf(command),
	];
}

export function commandReference(commands: readonly Command[]): string {
	const overview = commands.map((command) =>
		row(
			`[${cell(shown(command, "de"))}](#${anchor(headingOf(command))})`,
			cell(shown(command, "en")),
			cell(`${command.summary.de} / ${command.summary.en}`),
			ROLE[command.leastRole ?? command.role].de,
			slackOf(command) === "" ? "" : cell(slackOf(command)),
		),
	);
	const lines = [
		"# Befehle / Commands",
		"",
		"<!-- Made from commands/index.ts by `npm run generate`. Do not edit. -->",
		"",
		"In einer Direktnachricht und im Terminal schreibt man den Befehl, wie er hier steht. In einem Raum beginnt er mit `!` (Matrix) oder mit einer Erwähnung (`@lotse …`), in Slack auch mit `/lotse …`. Werte mit Leerzeichen stehen in Anführungszeichen. Groß und klein, Umlaut oder `ae` sind gleich. Was fehlt, fragt Lotse nach.",
		"",
		"In a direct message and in the terminal a command is typed as it stands here. In a room it begins with `!` (Matrix) or a mention (`@lotse …`), on Slack also with `/lotse …`. Values with spaces are quoted. Case does not matter. Lotse asks for what is missing.",
		"",
		...table(["Deutsch", "English", "", "ab Rolle", "Slack"], overview),
		...commands.flatMap(describe),
	];
	return `${lines.join("\n")}\n`;
}
