/** A command's form, made from its arguments, and the check of what was filled in. */

import type { Language } from "../lib/text.ts";
import { labelOf } from "../network/label.ts";
import type { Network } from "../network/records.ts";
import { CLEARED, type World } from "./args.ts";
import { bind } from "./bind.ts";
import type { Command } from "./command.ts";
import type { FormValues, Message } from "./message.ts";
import type { CommandCard, FormField } from "./platform.ts";

/** Characters that a form's title shows. */
const TITLE = 24;

/** Fields in the order of the arguments; null where the command has no form. */
export function formOf(command: Command): CommandCard | null {
	if (!command.slack?.form) return null;
	const fields = Object.entries(command.args).flatMap(([name, arg]): FormField[] => {
		if (arg.hidden) return [];
		return [{ name, label: arg.label, hint: arg.hint ?? null, required: arg.required, input: arg.input }];
	});
	return { name: command.name, title: { de: titleOf(command, "de"), en: titleOf(command, "en") }, fields };
}

const piecesOf = (given: readonly string[]) =>
	given.flatMap((value) => value.split("|")).flatMap((value) => (value.trim() === "" ? [] : [value.trim()]));

/** What a filled form gives its command: of one that was opened with present values only what was changed, `-` for what was emptied. */
export function filledIn(
	command: Command,
	form: NonNullable<Message["form"]>,
	network: Network,
	world: World,
): FormValues {
	if (!command.prefill) return form.values;
	const before = form.before ?? command.prefill(network, form.values, world);
	const changed: FormValues = {};
	for (const [name, { clears = false, input, required }] of Object.entries(command.args)) {
		const given = form.values[name] ?? [];
		const is = piecesOf(given);
		const was = piecesOf(before[name] ?? []);
		// A picker for one shows the first of several.
		const shown = input.kind === "record" && !input.several ? was.slice(0, 1) : was;
		if (!required && is.join("|") === shown.join("|")) continue;
		if (is.length > 0) changed[name] = given;
		else if (clears) changed[name] = [CLEARED];
	}
	return changed;
}

/** A form's title has little room: the summary, else the command's own words. */
function titleOf(command: Command, language: Language): string {
	const words = command.words[language][0] ?? command.name;
	const { [language]: summary } = command.summary;
	return summary.length <= TITLE ? summary : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** The first fault or everything missing, by argument name; null = it can be run. */
export function checkForm(
	command: Command,
	form: NonNullable<Message["form"]>,
	world: World,
	network: Network,
): Record<string, string> | null {
	const bound = bind(command, filledIn(command, form, network, world), world);
	const { language } = world;
	switch (bound.kind) {
		case "ok":
			return null;
		case "missing":
			return Object.fromEntries(
				bound.missing.map((name) => [name, { de: "Bitte ausfüllen.", en: "Please fill in." }[language]]),
			);
		case "fault": {
			const name = bound.arg ?? Object.keys(command.args)[0] ?? "";
			const { fault } = bound;
			if (fault.kind === "invalid") return { [name]: fault.text[language] };
			const refs = fault.kind === "several" ? fault.refs : fault.nearest;
			const near = refs
				.slice(0, 3)
				.map((ref) => labelOf(network, ref))
				.join("; ");
			const several = { de: `Das trifft auf mehrere zu: ${near}`, en: `Several fit: ${near}` };
			const unknown = {
				de: `Kenne ich nicht.${near ? ` Am ähnlichsten: ${near}` : ""}`,
				en: `Unknown.${near ? ` Most similar: ${near}` : ""}`,
			};
			return { [name]: (fault.kind === "several" ? several : unknown)[language] };
		}
	}
}
