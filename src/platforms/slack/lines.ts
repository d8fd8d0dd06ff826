// Lines of text as Slack's rich_text elements, whose text is taken literally. Pure.
import type { types } from "@slack/bolt";
import type { Inline, Line } from "../../bot/reply.ts";
import { pieces, showable } from "./text.ts";

export const inlinesOf = (line: Line): readonly Inline[] =>
	typeof line === "string" || "text" in line ? [line] : line;

/** The address, where it is one that may be a link; anything else is shown as text only. */
export function linkOf(inline: Inline): string | null {
	if (typeof inline === "string" || inline.link === undefined) return null;
	const link = inline.link.trim();
	if (!/^(https?:\/\/|mailto:|tel:)[^\s<>]+$/i.test(link) || link.length > 2000 || !URL.canParse(link)) return null;
	return link;
}

/** A line in pieces of at most `max` characters; an empty line has none. */
export function chunks(line: Line, max: number): Inline[][] {
	const found: Inline[][] = [];
	let current: Inline[] = [];
	let room = max;
	for (const inline of inlinesOf(line)) {
		const text = showable(typeof inline === "string" ? inline : inline.text);
		if (text === "") continue;
		if (text.length > room && current.length > 0) {
			found.push(current);
			current = [];
			room = max;
		}
		for (const piece of pieces(text, max)) {
			if (piece.length > room) {
				found.push(current);
				current = [];
				room = max;
			}
			current.push(typeof inline === "string" ? piece : { ...inline, text: piece });
			room -= piece.length;
		}
	}
	return current.length === 0 ? found : [...found, current];
}

export function richElements(inlines: readonly Inline[]): types.RichTextElement[] {
	return inlines.map((inline) => {
		const text = showable(typeof inline === "string" ? inline : inline.text);
		const style = typeof inline !== "string" && inline.strong === true ? { style: { bold: true } } : {};
		const url = linkOf(inline);
		return url === null ? { type: "text", text, ...style } : { type: "link", url, text, ...style };
	});
}
