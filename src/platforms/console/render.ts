/** Reply parts as terminal text: colour and aligned tables on a terminal, plain when piped. Pure. */
import { type Inline, inlinesOf, type Line, lineText, type Part } from "../../bot/reply.ts";

export interface Terminal {
	colour: boolean;
	/** Characters in a line. */
	width: number;
}

const CODES = { bold: [1, 22], dim: [2, 22], link: [36, 39] } as const;

/** Control characters in data would steer the terminal; direction marks would disguise what is written. */
const harmless = (text: string) =>
	text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) =>
		character === "\n" || character === "\t" ? character : "",
	);

function paint(text: string, style: keyof typeof CODES, terminal: Terminal): string {
	if (!terminal.colour || text === "") return text;
	const [on, off] = CODES[style];
	return `\u001b[${on}m${text}\u001b[${off}m`;
}

function inline(part: Inline, terminal: Terminal): string {
	if (typeof part === "string") return harmless(part);
	const text = harmless(part.text);
	if (part.link) {
		const address = part.link.replace(/^(?:mailto|tel):/u, "");
		const known = text.includes(address) || part.link.startsWith("tel:");
		return paint(known ? text : `${text} <${harmless(address)}>`, "link", terminal);
	}
	return part.strong ? paint(text, "bold", terminal) : text;
}

const renderLine = (line: Line, terminal: Terminal): string =>
	inlinesOf(line)
		.map((part) => inline(part, terminal))
		.join("");

/** Width as a terminal counts it; wide characters are two. */
const widthOf = (text: string) =>
	[...text].reduce((sum, character) => sum + (/\p{Emoji_Presentation}|\p{Script=Han}/u.test(character) ? 2 : 1), 0);

function table(columns: readonly string[], rows: readonly (readonly Line[])[], terminal: Terminal): string {
	const plain = [columns, ...rows.map((row) => row.map((cell) => harmless(lineText(cell))))];
	const widths = columns.map((_, index) => Math.max(...plain.map((row) => widthOf(row[index] ?? ""))));
	const line = (cells: readonly string[], shown: (cell: string) => string) =>
		cells
			.map((cell, index) => shown(cell) + " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))))
			.join("  ")
			.trimEnd();
	const [head = [], ...body] = plain;
	return [
		line(head, (cell) => paint(cell, "bold", terminal)),
		...body.map((cells) => line(cells, (cell) => cell)),
	].join("\n");
}

/** All parts; numbers of actions run on over the parts, as a typed number chooses them. */
export function render(parts: readonly Part[], terminal: Terminal): string {
	let number = 0;
	const block = (part: Part): string => {
		switch (part.kind) {
			case "text":
				return renderLine(part.line, terminal);
			case "heading":
				return paint(harmless(part.text), "bold", terminal);
			case "fields": {
				const width = Math.max(...part.fields.map((field) => widthOf(field.label)));
				return part.fields
					.map(
						(field) =>
							`  ${paint(`${harmless(field.label)}:`.padEnd(width + 2), "dim", terminal)}${renderLine(field.value, terminal)}`,
					)
					.join("\n");
			}
			case "list":
				return part.items
					.map((item, index) => `  ${part.ordered ? `${index + 1}.` : "•"} ${renderLine(item, terminal)}`)
					.join("\n");
			case "table":
				return table(part.columns, part.rows, terminal);
			case "image":
				return `[${harmless(part.alt)}]`;
			case "file":
				return `[${harmless(part.name)}]`;
			case "note":
				return paint(harmless(lineText(part.line)), "dim", terminal);
			case "actions":
				// A choice is made by its number; what else a button would run is shown, to be typed.
				return part.actions
					.map(({ label, line, only }) => {
						const typed = only === undefined ? paint(`  → ${harmless(line)}`, "dim", terminal) : "";
						return `  [${++number}] ${harmless(label)}${typed}`;
					})
					.join("\n");
		}
	};
	return parts
		.map((part, index) => (part.kind === "heading" && index > 0 ? `\n${block(part)}` : block(part)))
		.filter((each) => each !== "")
		.join("\n");
}
