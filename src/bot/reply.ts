/**
 * What goes out, as data. A command returns parts; each platform renders them (Block Kit, Matrix HTML and plain text,
 * terminal). Texts here are plain: no markup of any platform, nothing escaped. Renderers escape everything.
 */
import type { FormValues } from "./message.ts";

/** A run of text. `link`: `https:`, `http:`, `mailto:` or `tel:`; anything else is rendered as text only. */
export type Inline = string | { text: string; link?: string; strong?: boolean };
/** One line of text. */
export type Line = Inline | readonly Inline[];

export interface Action {
	label: string;
	/** The command line (without `!`) that pressing it runs, as if the presser had typed it here. */
	line: string;
	style?: "primary" | "danger";
	/** A choice belongs to the person asked: others' presses are ignored. A Sender id. */
	only?: string;
	/** It makes sense once: the button goes away when it was pressed and worked. */
	once?: boolean;
}

export type Part =
	| { kind: "text"; line: Line }
	| { kind: "heading"; text: string }
	| { kind: "fields"; fields: readonly { label: string; value: Line }[] }
	| { kind: "list"; ordered?: boolean; items: readonly Line[] }
	| { kind: "table"; columns: readonly string[]; rows: readonly (readonly Line[])[] }
	| { kind: "image"; name: string; mediaType: string; base64: string; alt: string }
	| { kind: "file"; name: string; mediaType: string; base64: string }
	/** Small print: freshness, source, hint. */
	| { kind: "note"; line: Line }
	| { kind: "actions"; actions: readonly Action[] };

export interface Reply {
	parts: readonly Part[];
	/** `private`: to the asker alone, wherever it was asked. */
	visibility: "open" | "private";
	/** Ask the platform to open this command's form; `parts` is what to show where it cannot (or no longer) be opened. `before`: the present values of what it changes. */
	form?: { command: string; values: FormValues; trigger: string; before?: FormValues };
}

export const reply = (...parts: Part[]): Reply => ({ parts, visibility: "open" });
export const text = (line: Line): Part => ({ kind: "text", line });
export const heading = (line: string): Part => ({ kind: "heading", text: line });
export const note = (line: Line): Part => ({ kind: "note", line });
export const list = (items: readonly Line[], ordered = false): Part => ({ kind: "list", items, ordered });
export const actions = (...all: Action[]): Part => ({ kind: "actions", actions: all });

/** Numbered from 1 over all parts: what a platform without buttons shows and what a typed number chooses. */
export function actionsOf(parts: readonly Part[]): Action[] {
	return parts.flatMap((part) => (part.kind === "actions" ? part.actions : []));
}

const inlineText = (inline: Inline) => (typeof inline === "string" ? inline : inline.text);

/** A line as its runs of text. */
export const inlinesOf = (line: Line): readonly Inline[] =>
	typeof line === "string" || "text" in line ? [line] : line;

/** A line as plain text. */
export const lineText = (line: Line): string => inlinesOf(line).map(inlineText).join("");

/** A whole reply as plain text: notifications, `lotse run`, screen readers, Matrix `body`. */
export function plainText(parts: readonly Part[]): string {
	let number = 0;
	const partText = (part: Part): string => {
		switch (part.kind) {
			case "text":
			case "note":
				return lineText(part.line);
			case "heading":
				return part.text;
			case "fields":
				return part.fields.map((field) => `${field.label}: ${lineText(field.value)}`).join("\n");
			case "list":
				return part.items.map((item, index) => `${part.ordered ? `${index + 1}.` : "•"} ${lineText(item)}`).join("\n");
			case "table":
				return [part.columns.join(" | "), ...part.rows.map((row) => row.map(lineText).join(" | "))].join("\n");
			case "image":
				return part.alt;
			case "file":
				return part.name;
			case "actions":
				return part.actions.map((action) => `[${++number}] ${action.label}`).join("\n");
		}
	};
	return parts
		.map((part) => partText(part))
		.filter((block) => block !== "")
		.join("\n");
}
