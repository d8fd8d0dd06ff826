// One part of a reply as Block Kit blocks, each with what it says. Pure.
//
// Lines become rich_text blocks: their text is taken literally, so that no `*`, `_`, `@channel`, `<!here>` or `<@U…>` in
// data can format, link or ping. Only notes with links are Slack's markup, and those are escaped.
import type { types } from "@slack/bolt";
import { type Action, type Inline, type Line, lineText, type Part } from "../../bot/reply.ts";
import { actionId } from "./incoming.ts";
import { chunks, inlinesOf, linkOf, richElements } from "./lines.ts";
import { cut, escapeText, showable } from "./text.ts";

/** One block with what it says. `size` counts towards Slack's limit for all text of a message. */
export interface Piece {
	block: types.KnownBlock;
	text: string;
	size: number;
}

/** Slack refuses messages from about 13,200 characters on, sooner with many blocks; one was refused at 11,341. */
export const MESSAGE_CHARS = 9000;
const BLOCK_CHARS = 2900;
const TABLE_ROWS = 99;
const TABLE_COLUMNS = 20;

const plain = (text: string, max: number): types.PlainTextElement => ({
	type: "plain_text",
	text: cut(showable(text), max),
	emoji: false,
});

/** Images and files become uploads, buttons come after: see render. */
export function piecesOf(
	part: Exclude<Part, { kind: "image" | "file" | "actions" }>,
	surface: "message" | "home",
): Piece[] {
	switch (part.kind) {
		case "text":
			return paragraph(part.line);
		case "heading":
			return heading(part.text);
		case "note":
			return note(part.line);
		case "fields":
			return paragraph(
				part.fields.flatMap((field, index) => [
					{ text: `${index === 0 ? "" : "\n"}${field.label}: `, strong: true },
					...inlinesOf(field.value),
				]),
			);
		case "list":
			return part.ordered === true
				? paragraph(
						part.items.flatMap((item, index) => [`${index === 0 ? "" : "\n"}${index + 1}. `, ...inlinesOf(item)]),
					)
				: bullets(part.items);
		case "table":
			return surface === "home" || part.columns.length > TABLE_COLUMNS
				? bullets([part.columns.join(" | "), ...part.rows.map((row) => row.map(lineText).join(" | "))])
				: tables(part.columns, part.rows);
	}
}

const rich = (elements: types.RichTextBlockElement[], text: string): Piece => ({
	block: { type: "rich_text", elements },
	text,
	size: text.length,
});

export function paragraph(line: Line): Piece[] {
	return chunks(line, BLOCK_CHARS).map((chunk) =>
		rich([{ type: "rich_text_section", elements: richElements(chunk) }], showable(lineText(chunk))),
	);
}

function heading(text: string): Piece[] {
	const shown = showable(text).replace(/\s+/g, " ").trim();
	if (shown === "") return [];
	if (shown.length > 150) return paragraph({ text: shown, strong: true });
	return [{ block: { type: "header", text: plain(shown, 150) }, text: shown, size: shown.length }];
}

export function note(line: Line): Piece[] {
	const inlines = inlinesOf(line);
	const shown = cut(showable(lineText(line)), 2000);
	if (shown.trim() === "") return [];
	const linked = inlines.some((inline) => linkOf(inline) !== null);
	const markup = inlines.map(marked).join("");
	// Where the markup would be too long for the block, the words matter more than the links.
	const text: types.PlainTextElement | types.MrkdwnElement =
		linked && markup.length <= 3000 ? { type: "mrkdwn", text: markup, verbatim: true } : plain(shown, 2000);
	return [{ block: { type: "context", elements: [text] }, text: shown, size: text.text.length }];
}

function marked(inline: Inline): string {
	const link = linkOf(inline);
	const text = escapeText(showable(typeof inline === "string" ? inline : inline.text));
	// A bar would end the address, and a line break the link.
	return link === null ? text : `<${escapeText(link).replaceAll("|", "%7C")}|${text.replace(/[|\n]/g, " ")}>`;
}

function bullets(items: readonly Line[]): Piece[] {
	const pieces: Piece[] = [];
	let sections: types.RichTextSection[] = [];
	let texts: string[] = [];
	const end = () => {
		const text = texts.join("\n");
		if (sections.length > 0) pieces.push(rich([{ type: "rich_text_list", style: "bullet", elements: sections }], text));
		sections = [];
		texts = [];
	};
	for (const chunk of items.flatMap((item) => chunks(item, BLOCK_CHARS))) {
		const text = `• ${showable(lineText(chunk))}`;
		if (texts.join("\n").length + text.length > BLOCK_CHARS) end();
		sections.push({ type: "rich_text_section", elements: richElements(chunk) });
		texts.push(text);
	}
	end();
	return pieces;
}

function tables(columns: readonly string[], rows: readonly (readonly Line[])[]): Piece[] {
	const raw = (text: string): types.RawTextElement => ({
		type: "raw_text",
		text: cut(showable(text), 500).trim() || "–",
	});
	const cell = (line: Line): types.RawTextElement | types.RichTextBlock =>
		inlinesOf(line).some((inline) => linkOf(inline) !== null)
			? {
					type: "rich_text",
					elements: [{ type: "rich_text_section", elements: richElements(chunks(line, 500)[0] ?? ["–"]) }],
				}
			: raw(lineText(line));
	const head = columns.map(raw);
	const headText = columns.join(" | ");
	const pieces: Piece[] = [];
	let lines: (types.RawTextElement | types.RichTextBlock)[][] = [];
	let texts: string[] = [];
	const end = () => {
		const text = showable([headText, ...texts].join("\n"));
		pieces.push({ block: { type: "table", rows: [head, ...lines] }, text, size: text.length });
		lines = [];
		texts = [];
	};
	for (const row of rows) {
		// Every row has to have the same width as the head.
		const cells = columns.map((_, index) => row[index] ?? "");
		const text = cells.map((line) => cut(lineText(line), 500)).join(" | ");
		const full = texts.join("\n").length + headText.length + text.length > MESSAGE_CHARS - 1000;
		if (lines.length > 0 && (lines.length === TABLE_ROWS || full)) end();
		lines.push(cells.map(cell));
		texts.push(text);
	}
	end();
	return pieces;
}

export function actionRows(actions: readonly Action[], from: number): Piece[] {
	const pieces: Piece[] = [];
	const buttons = actions.map(
		(action, index): types.Button => ({
			type: "button",
			action_id: actionId(from + index, action.only),
			text: plain(showable(action.label).trim() || showable(action.line) || "–", 75),
			value: action.line,
			...(action.style === undefined ? {} : { style: action.style }),
		}),
	);
	// A line that does not fit into a button could only run cut off, which may be another command.
	const fitting = buttons.filter((button) => (button.value ?? "").length <= 2000);
	for (let at = 0; at < fitting.length; at += 25) {
		const elements = fitting.slice(at, at + 25);
		pieces.push({ block: { type: "actions", elements }, text: "", size: elements.reduce(buttonSize, 0) });
	}
	return pieces;
}

const buttonSize = (sum: number, button: types.Button) => sum + button.text.text.length;
