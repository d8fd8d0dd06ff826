// A command's arguments as a Slack modal, and a filled modal as values. `block_id` and `action_id` are the argument names.
import type { types } from "@slack/bolt";
import { z } from "zod";
import type { FormValues, Place } from "../../bot/message.ts";
import type { CommandCard, FormField } from "../../bot/platform.ts";
import type { Language } from "../../lib/text.ts";
import { jsonIn } from "./incoming.ts";
import type { View } from "./payloads.ts";
import { cut, showable } from "./text.ts";

const PREFIX = "form:";
/** Name of the command whose form this is; null = no form of ours. */
export const commandOf = (callbackId: string) =>
	callbackId.startsWith(PREFIX) ? callbackId.slice(PREFIX.length) : null;

const plain = (text: string, max: number): types.PlainTextElement => ({
	type: "plain_text",
	text: cut(showable(text), max),
	emoji: false,
});
const option = (value: string, label: string): types.PlainTextOption => ({
	text: plain(showable(label).trim() || value, 75),
	value,
});

/** Options for a record field, best first: Slack takes 100, each value at most 150 characters. */
export const suggestions = (found: readonly { key: string; label: string }[]) =>
	found
		.filter((one) => one.key !== "" && one.key.length <= 150)
		.slice(0, 100)
		.map((one) => option(one.key, one.label));

export interface FormContext {
	language: Language;
	/** Zone of the person's date-time pickers. */
	timezone: string;
	/** Where the form was opened and its answer goes. */
	place: Place;
	/** Labels of prefilled records by key. */
	labels: ReadonlyMap<string, string>;
	/** The present values of what the form changes. */
	before?: FormValues | undefined;
}

export function viewOf(card: CommandCard, values: FormValues, context: FormContext): types.ModalView {
	const { language, place, timezone } = context;
	return {
		type: "modal",
		callback_id: `${PREFIX}${card.name}`,
		private_metadata: metadataOf(place, timezone, context.before),
		title: plain(card.title[language], 24),
		submit: plain(language === "de" ? "Speichern" : "Save", 24),
		close: plain(language === "de" ? "Abbrechen" : "Cancel", 24),
		blocks: card.fields.slice(0, 100).map((field) => ({
			type: "input",
			block_id: field.name,
			optional: !field.required,
			label: plain(field.label[language], 200),
			...(field.hint === null ? {} : { hint: plain(field.hint[language], 500) }),
			element: elementOf(field, values[field.name] ?? [], context),
		})),
	};
}

/** Slack keeps 3,000 characters beside a form; where the present values do not fit in, they are looked up again. */
function metadataOf({ address, thread, kind }: Place, timezone: string, before: FormValues | undefined): string {
	const all = JSON.stringify({ address, thread, kind, timezone, before });
	return all.length <= 3000 ? all : JSON.stringify({ address, thread, kind, timezone });
}

function elementOf(field: FormField, given: string[], context: FormContext): types.InputBlockElement {
	const { input, name: action_id } = field;
	const first = given[0] ?? "";
	switch (input.kind) {
		case "date":
			return {
				type: "datepicker",
				action_id,
				...(z.iso.date().safeParse(first).success ? { initial_date: first } : {}),
			};
		case "datetime": {
			const seconds = secondsOf(first, context.timezone);
			return { type: "datetimepicker", action_id, ...(seconds === null ? {} : { initial_date_time: seconds }) };
		}
		case "select": {
			const options = input.options.slice(0, 100).map((one) => option(one.value, one.label[context.language]));
			const initial = options.find((one) => one.value === first);
			return {
				type: "static_select",
				action_id,
				options,
				...(initial === undefined ? {} : { initial_option: initial }),
			};
		}
		case "record": {
			const keys = given.filter((key) => key !== "" && key.length <= 150).slice(0, 100);
			const chosen = keys.map((key) => option(key, context.labels.get(key) ?? key));
			const [initial] = chosen;
			return input.several
				? {
						type: "multi_external_select",
						action_id,
						min_query_length: 0,
						...(initial === undefined ? {} : { initial_options: chosen }),
					}
				: {
						type: "external_select",
						action_id,
						min_query_length: 0,
						...(initial === undefined ? {} : { initial_option: initial }),
					};
		}
		case "text": {
			const text = cut(showable(given.join(" | ")), 3000);
			return {
				type: "plain_text_input",
				action_id,
				multiline: input.multiline,
				...(text === "" ? {} : { initial_value: text }),
			};
		}
	}
}

function secondsOf(local: string, timezone: string): number | null {
	try {
		return Math.floor(Temporal.PlainDateTime.from(local).toZonedDateTime(timezone).epochMilliseconds / 1000);
	} catch {
		return null;
	}
}

const Opened = z.object({
	address: z.string().min(1),
	thread: z.string().nullable(),
	kind: z.enum(["channel", "direct"]),
	timezone: z.string(),
	before: z.record(z.string(), z.array(z.string())).optional(),
});

/** Where the form was opened, the zone its pickers were set in, and what stood in it where it changes something. */
export function openedAt(view: View): { place: Place; timezone: string; before?: FormValues } | null {
	const { data } = Opened.safeParse(jsonIn(view.private_metadata));
	if (data === undefined) return null;
	const { address, thread, kind, timezone, before } = data;
	return { place: { platform: "slack", address, thread, kind }, timezone, ...(before && { before }) };
}

/** What was filled in, by argument name: dates as `2027-03-31`, times as `2027-03-31T09:00` in that zone, records by key. */
export function valuesOf(view: View, timezone: string): FormValues {
	const values: FormValues = {};
	for (const block of Object.values(view.state.values)) {
		for (const [name, state] of Object.entries(block)) {
			const given = [
				state.value ?? state.selected_date ?? state.selected_option?.value ?? "",
				...(state.selected_options ?? []).map((one) => one.value),
				...(state.selected_date_time ? [localOf(state.selected_date_time, timezone)] : []),
			].filter((value) => value !== "");
			if (given.length > 0) values[name] = given;
		}
	}
	return values;
}

function localOf(seconds: number, timezone: string): string {
	const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timezone);
	return at.toPlainDateTime().toString({ smallestUnit: "minute" });
}

/** Slack shows a fault only under an input of this view: one that is about no input goes under the first. */
export function faultsFor(card: CommandCard, faults: Record<string, string>): Record<string, string> {
	const known = new Set(card.fields.map((field) => field.name));
	const shown: Record<string, string> = {};
	for (const [name, fault] of Object.entries(faults)) {
		const at = known.has(name) ? name : (card.fields[0]?.name ?? name);
		shown[at] = shown[at] === undefined ? fault : `${shown[at]} ${fault}`;
	}
	return shown;
}
