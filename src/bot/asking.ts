/** What is said while something is still open: a choice, a missing value, a confirmation, a form. Each leaves what is known so far. */

import { labelOf } from "../network/label.ts";
import type { Fault } from "./args.ts";
import { lineOf, type Raw } from "./bind.ts";
import type { Command, Outcome } from "./command.ts";
import { type Action, actions, actionsOf, type Reply } from "./reply.ts";
import { askFor, chooseReply, missingReply, outcome, say } from "./say.ts";
import { type House, type Talk, type Turn, wait, worldOf } from "./turn.ts";

export const copy = (raw: Raw): Record<string, string[]> =>
	Object.fromEntries(Object.entries(raw).map(([name, values]) => [name, [...values]]));

export function offerChoice(
	turn: Turn,
	talk: Talk,
	command: Command,
	raw: Raw,
	name: string,
	fault: Extract<Fault, { kind: "several" }>,
): Outcome {
	// Of several values only the ambiguous one is replaced.
	const pieces = command.args[name]?.several
		? (raw[name] ?? []).flatMap((value) => value.split("|")).map((value) => value.trim())
		: [fault.typed];
	const others = pieces.filter((piece) => piece !== fault.typed);
	const choices = fault.refs.slice(0, 9).map((ref) => ({
		label: labelOf(turn.network, ref),
		line: lineOf(command, { ...raw, [name]: [...others, ref.key] }, turn.language),
	}));
	if (turn.converses)
		wait(talk, { command: command.name, raw: { ...copy(raw), [name]: others }, asking: name, choices, confirm: false });
	return outcome(
		"choose",
		chooseReply(choices, turn.asker.userId, turn.language, fault.refs.length > choices.length),
		fault.refs,
	);
}

export function askForMissing(
	house: House,
	turn: Turn,
	talk: Talk,
	command: Command,
	raw: Raw,
	missing: readonly string[],
): Outcome {
	const first = missing[0] ?? "";
	if (turn.message.trigger && command.slack?.form) return { ...openForm(house, turn, command, raw), missing };
	if (!turn.converses) return { ...outcome("needs", missingReply(command, missing, turn.language)), missing };
	const input = command.args[first]?.input;
	const choices: Action[] =
		input?.kind === "select"
			? input.options.map((option) => ({
					label: option.label[turn.language],
					line: lineOf(command, { ...raw, [first]: [option.value] }, turn.language),
					only: turn.asker.userId,
				}))
			: [];
	wait(talk, {
		command: command.name,
		raw: copy(raw),
		asking: first,
		choices: choices.map(({ label, line }) => ({ label, line })),
		confirm: false,
	});
	const question = askFor(command, first, turn.language, choices);
	return { ...outcome("needs", withForm(turn, command, raw, question)), missing };
}

export function confirm(turn: Turn, talk: Talk, command: Command, raw: Raw): Outcome {
	const line = lineOf(command, raw, turn.language);
	wait(talk, { command: command.name, raw: copy(raw), asking: null, choices: [], confirm: true });
	const yes = {
		label: { de: "Ja", en: "Yes" }[turn.language],
		line,
		style: "primary" as const,
		only: turn.asker.userId,
	};
	const no = {
		label: { de: "Nein", en: "No" }[turn.language],
		line: { de: "abbrechen", en: "cancel" }[turn.language],
		only: turn.asker.userId,
	};
	return outcome(
		"needs",
		say({ de: `Soll ich das so eintragen? ${line}`, en: `Shall I store this? ${line}` }[turn.language], {
			kind: "actions",
			actions: [yes, no],
		}),
	);
}

/** What the reply offers to choose from can be answered by its number. */
export function keepChoices(turn: Turn, talk: Talk, command: Command, result: Outcome): void {
	const choices = actionsOf(result.reply.parts).map(({ label, line }) => ({ label, line }));
	if (result.status !== "choose" || choices.length === 0 || !turn.converses) return;
	wait(talk, { command: command.name, raw: {}, asking: null, choices, confirm: false });
}

/** Where nothing can be opened unasked, but a button may: whoever prefers a form to a dialogue presses it. */
function withForm(turn: Turn, command: Command, raw: Raw, question: Reply): Reply {
	if (!command.slack?.form || turn.message.place.platform !== "slack") return question;
	return { ...question, parts: [...question.parts, actions(formAction(command, raw, turn))] };
}

const formAction = (command: Command, raw: Raw, { asker, language }: Turn): Action => ({
	label: { de: "Formular öffnen", en: "Open form" }[language],
	line: lineOf(command, raw, language),
	only: asker.userId,
});

/** Asks the platform for the form; where it cannot be opened, it shows a button that opens it. */
export function openForm(house: House, turn: Turn, command: Command, values: Raw): Outcome {
	const before = command.prefill?.(turn.network, values, worldOf(house, turn));
	// The platform adds the button, which brings back the values.
	const { parts } = say({ de: "Hier öffnen Sie das Formular:", en: "Open the form here:" }[turn.language]);
	const filled = { ...before, ...copy(values) };
	return {
		...outcome("needs", {
			parts,
			visibility: "private",
			form: { command: command.name, values: filled, trigger: turn.message.trigger ?? "", ...(before && { before }) },
		}),
		missing: Object.entries(command.args)
			.filter(([name, arg]) => arg.required && !values[name]?.length)
			.map(([name]) => name),
	};
}
