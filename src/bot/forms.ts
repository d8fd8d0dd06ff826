/** A command's form, made from its arguments, and the check of what was filled in. */

import { labelOf } from "../network/label.ts";
import type { Network } from "../network/records.ts";
import type { World } from "./args.ts";
import { bind } from "./bind.ts";
import type { Command } from "./command.ts";
import type { FormValues } from "./message.ts";
import type { CommandCard, FormField } from "./platform.ts";

/** Fields in the order of the arguments; null where the command has no form. */
export function formOf(command: Command): CommandCard | null {
	if (!command.slack?.form) return null;
	const fields = Object.entries(command.args).flatMap(([name, arg]): FormField[] => {
		if (arg.hidden) return [];
		return [{ name, label: arg.label, hint: arg.hint ?? null, required: arg.required, input: arg.input }];
	});
	return { name: command.name, title: command.summary, fields };
}

/** The first fault or everything missing, by argument name; null = it can be run. */
export function checkForm(
	command: Command,
	values: FormValues,
	world: World,
	network: Network,
): Record<string, string> | null {
	const bound = bind(command, values, world);
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
