/** What the dispatcher itself says: faults, questions for what is missing, refusals. */
import type { Language } from "../lib/text.ts";
import type { Role } from "../network/enums.ts";
import { labelOf } from "../network/label.ts";
import { RECORD_TYPE, ROLE } from "../network/labels.ts";
import type { Network, RecordRef } from "../network/records.ts";
import type { Fault } from "./args.ts";
import type { Command, Outcome, Status } from "./command.ts";
import { type Action, actions, note, type Part, type Reply, text } from "./reply.ts";

export const say = (line: string, ...more: Part[]): Reply => ({ parts: [text(line), ...more], visibility: "open" });

export const outcome = (status: Status, reply: Reply, records: readonly RecordRef[] = []): Outcome => ({
	status,
	reply,
	records,
});

/** An unknown record with the nearest known ones. */
export function unknownRecord(
	network: Network,
	fault: Extract<Fault, { kind: "unknown" }>,
	language: Language,
): Outcome {
	const near = fault.nearest.slice(0, 3).map((ref) => labelOf(network, ref));
	const line = {
		de: `„${fault.typed}“ kenne ich nicht (${RECORD_TYPE[fault.type].de}).${near.length > 0 ? ` Am ähnlichsten: ${near.join("; ")}.` : ""}`,
		en: `I do not know "${fault.typed}" (${RECORD_TYPE[fault.type].en}).${near.length > 0 ? ` Most similar: ${near.join("; ")}.` : ""}`,
	};
	return { ...outcome("not_found", say(line[language])), shown: fault.nearest };
}

/** "Which of these?" with one button a choice. `lines` stand in the order of the labels. */
export function chooseReply(
	choices: readonly { label: string; line: string }[],
	only: string,
	language: Language,
	more: boolean,
): Reply {
	const question = {
		de: "Das trifft auf mehrere zu. Was meinen Sie? Wählen Sie oder antworten Sie mit der Nummer.",
		en: "Several fit. Which one do you mean? Choose, or answer with the number.",
	};
	const shown: Action[] = choices.map(({ label, line }) => ({ label, line, only }));
	const rest = {
		de: "Es gibt noch weitere. Nennen Sie den Namen genauer.",
		en: "There are more. Please give more of the name.",
	};
	return {
		parts: [text(question[language]), actions(...shown), ...(more ? [note(rest[language])] : [])],
		visibility: "open",
	};
}

/** Which role is missing and who can grant it (chat.md); the same words whatever was asked. */
export function refusal(needed: Role, admins: readonly string[], language: Language): Reply {
	const who = admins.slice(0, 3).join(", ");
	return say(
		{
			de: `Dafür fehlt Ihnen die Rolle „${ROLE[needed].de}“. Vergeben kann sie ein Administrator${who ? ` (${who})` : ""} mit: rolle geben PERSON ${ROLE[needed].de.toLowerCase()}`,
			en: `You need the role "${ROLE[needed].en}" for this. An administrator${who ? ` (${who})` : ""} can give it with: role give PERSON ${ROLE[needed].en}`,
		}[language],
	);
}

/** Asks for one missing value; a closed list comes as choices. */
export function askFor(command: Command, name: string, language: Language, choices: readonly Action[]): Reply {
	const arg = command.args[name];
	const hint = {
		de: `Antworten Sie hier. „abbrechen“ beendet die Eingabe.`,
		en: `Answer here. "cancel" ends this.`,
	};
	return {
		parts: [
			text(arg?.ask[language] ?? name),
			...(choices.length > 0 ? [actions(...choices)] : []),
			note(arg?.hint ? `${arg.hint[language]} ${hint[language]}` : hint[language]),
		],
		visibility: "open",
	};
}

/** What is missing, where nobody waits for an answer (`lotse run`). */
export function missingReply(command: Command, missing: readonly string[], language: Language): Reply {
	const names = missing.map((name) => command.args[name]?.label[language] ?? name).join(", ");
	return say(
		{
			de: `Es fehlt: ${names}. Beispiel: ${command.example.de}`,
			en: `Missing: ${names}. Example: ${command.example.en}`,
		}[language],
	);
}

/** Neither a command nor something to answer from. */
export function notUnderstood(near: readonly string[], language: Language): Reply {
	const nearest = near.map((words) => `!${words}`).join(", ");
	return say(
		{
			de: `Diesen Befehl kenne ich nicht.${nearest ? ` Meinten Sie: ${nearest}?` : ""} Alle Befehle zeigt: hilfe`,
			en: `I do not know this command.${nearest ? ` Did you mean: ${nearest}?` : ""} All commands: help`,
		}[language],
	);
}
