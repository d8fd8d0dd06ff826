/** What a platform cannot do, and what it does instead: the one table of it, from which docs/platforms.md is made. */
import type { PlatformName } from "../../../src/lib/platform.ts";
import type { Scenario } from "./scenarios.ts";

interface Not {
	what: string;
	instead: string;
	/** The scenarios that the platform therefore cannot play. */
	is(scenario: Scenario): boolean;
}

const none = () => false;

export const CANNOT: Record<PlatformName, readonly Not[]> = {
	console: [
		{
			what: "Rollen unterscheiden / tell roles apart",
			instead:
				"Wer im Terminal sitzt, ist der Operator und darf alles. / Whoever is at the terminal is the operator and may do everything.",
			is: ({ role }) => role !== "admin",
		},
		{
			what: "Kanäle verbinden / bind channels",
			instead: "`kanal …` gilt Räumen in Slack und Matrix. / `channel …` is about rooms on Slack and Matrix.",
			is: ({ command }) => command.startsWith("channel "),
		},
		{
			what: "Sprache eines Kanals / a channel's language",
			instead: "Die Sprache ist die von `LOTSE_LANGUAGE`. / The language is that of `LOTSE_LANGUAGE`.",
			is: ({ language }) => language === "en",
		},
		{
			what: "Konto, Organisation und Sprache einer Person / a person's account, organisation and language",
			instead:
				"Der Operator hat keine: Was er einträgt, hat keine Person als Urheber. / The operator has none: what they enter has no person as its author.",
			is: ({ command, kind }) => kind === "example" && ["whoami", "event new", "decision undo"].includes(command),
		},
		{
			what: "Formulare, Knöpfe / forms, buttons",
			instead: "Fragen nacheinander, Auswahl durch eine Nummer. / Questions one by one, choice by a number.",
			is: none,
		},
		{
			what: "Antworten nur an eine Person / answers to one person alone",
			instead: "Im Terminal liest nur eine Person mit. / Only one person reads at a terminal.",
			is: none,
		},
		{
			what: "Eigene Nachrichten ändern / change own messages",
			instead: "Was gedruckt ist, bleibt stehen. / What was printed stays.",
			is: none,
		},
		{
			what: "Dateien und Bilder zeigen, schicken und empfangen / show, send and receive files and images",
			instead:
				"Ihr Name steht da; ein- und ausgelesen wird mit `npx lotse import` und `npx lotse export`. / Their name is shown; import and export are `npx lotse import` and `npx lotse export`.",
			is: ({ command, kind }) => kind === "example" && ["import", "export"].includes(command),
		},
		{
			what: "Lose Worte vor dem Eintragen bestätigen / confirm loose words before storing",
			instead: "Eine ganze Befehlszeile wird gleich eingetragen. / A whole command line is stored at once.",
			is: none,
		},
	],
	slack: [
		{
			what: "Eine Datei im Kanal nur einer Person zeigen / show a file in a channel to one person alone",
			instead: "Sie kommt in die Direktnachricht. / It comes in the direct message.",
			is: ({ command, kind, role }) => kind === "example" && command === "export" && role === "admin",
		},
		{
			what: "Befehl als Antwort auf eine Nachricht / a command as a reply to a message",
			instead: "Die Aktion „Beschluss“ an der Nachricht füllt das Formular. / The message action fills the form.",
			is: none,
		},
		{
			what: "Auswahl durch Reaktion / choice by reaction",
			instead: "Knöpfe. / Buttons.",
			is: none,
		},
		{
			what: "Nur einer Person gezeigte Nachrichten ändern / change messages shown to one person alone",
			instead:
				"Die Knöpfe bleiben stehen, bis Slack die Nachricht verwirft. / The buttons stay until Slack drops the message.",
			is: none,
		},
	],
	matrix: [
		{
			what: "Formulare / forms",
			instead: "Fragen nacheinander; `abbrechen` beendet sie. / Questions one by one; `cancel` ends them.",
			is: none,
		},
		{
			what: "Knöpfe / buttons",
			instead: "Reaktionen 1️⃣ 2️⃣ … oder eine getippte Nummer. / Reactions 1️⃣ 2️⃣ … or a typed number.",
			is: none,
		},
		{
			what: "Auswahl mitten in einer Nachricht / choices in the middle of a message",
			instead: "Sie steht nummeriert am Ende. / They stand at its end, numbered.",
			is: ({ command, kind }) => command === "language" && kind === "nothing",
		},
		{
			what: "Im Raum nur einer Person antworten / answer one person alone in the room",
			instead: "Direktnachricht, im Raum ein Hinweis darauf. / Direct message, with a word in the room.",
			is: none,
		},
		{
			what: "Startseite, Aktionen an Nachrichten / home page, message actions",
			instead:
				"`werbinich`, `termin`, `beschluss liste`; `!beschluss` als Antwort auf die Nachricht. / `whoami`, `event`, `decision list`; `!decision` as a reply.",
			is: none,
		},
		{
			what: "Verschlüsselte Räume / encrypted rooms",
			instead: "Der Bot sagt es dort einmal. / The bot says so once.",
			is: none,
		},
	],
};

const NAMES: Record<PlatformName, string> = { slack: "Slack", matrix: "Matrix", console: "Terminal" };

export function platformsPage(): string {
	const lines = [
		"# Was eine Plattform nicht kann / What a platform cannot do",
		"",
		"<!-- Made by the contract suite from test/contract/table/abilities.ts: npx vitest run test/contract/table.test.ts -u -->",
		"",
		"Alle Befehle gehen auf allen Plattformen und antworten mit denselben Worten; `test/contract/expected` zeigt sie. Die Ausnahmen stehen hier.",
		"",
		"All commands work on all platforms and answer in the same words, which `test/contract/expected` shows. The exceptions are these.",
	];
	for (const [platform, name] of Object.entries(NAMES)) {
		const [, all = []] = Object.entries(CANNOT).find(([each]) => each === platform) ?? [];
		lines.push("", `## ${name}`, "", "| Was / What | Stattdessen / Instead |", "| --- | --- |");
		lines.push(...all.map(({ what, instead }) => `| ${what} | ${instead.replaceAll("|", "\\|")} |`));
	}
	return `${lines.join("\n")}\n`;
}
