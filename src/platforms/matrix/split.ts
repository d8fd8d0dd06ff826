// A Matrix event holds 65,536 bytes with everything the server adds, and the text counts twice with its HTML. Larger replies become several.
import { type Part, plainText } from "../../bot/reply.ts";
import { render } from "./render.ts";

/** Bytes of text and HTML in one event: leaves room for relations, action lines, the server's additions and encryption (a third more). */
const LIMIT = 40_000;
const ROWS = 20;
const CHARACTERS = 5_000;

/**
 * The parts, packed into as few messages as fit; the actions come with the last one.
 * One message is the rule: only a reply too large for it is taken apart.
 */
export function split(parts: readonly Part[]): Part[][] {
	if (fits(parts)) return [[...parts]];
	const actions = parts.filter((part) => part.kind === "actions");
	const pieces = parts
		.filter((part) => part.kind !== "actions")
		.flatMap(piecesOf)
		.flatMap(small);
	const messages: Part[][] = [];
	for (const piece of pieces) {
		const last = messages.at(-1);
		if (last && fits([...last, piece])) last.push(piece);
		else messages.push([piece]);
	}
	const last = messages.at(-1);
	if (last && fits([...last, ...actions])) last.push(...actions);
	else if (actions.length > 0) messages.push([...actions]);
	return messages;
}

function fits(parts: readonly Part[]): boolean {
	const { body, html } = render(parts);
	return Buffer.byteLength(JSON.stringify(body)) + Buffer.byteLength(JSON.stringify(html)) <= LIMIT;
}

function piecesOf(part: Part): Part[] {
	switch (part.kind) {
		case "list":
			// Numbers would begin again in the next piece: they become text.
			return part.ordered
				? [{ kind: "text", line: plainText([part]) }]
				: chunks(part.items).map((items) => ({ ...part, items }));
		case "table":
			return chunks(part.rows).map((rows) => ({ ...part, rows }));
		case "fields":
			return chunks(part.fields).map((fields) => ({ ...part, fields }));
		default:
			return [part];
	}
}

/** What is still too large is cut as plain text, at a line's or word's end where there is one. */
function small(part: Part): Part[] {
	if (part.kind === "image" || part.kind === "file" || fits([part])) return [part];
	const pieces: Part[] = [];
	let rest = plainText([part]);
	while (rest !== "") {
		const cut = rest.length <= CHARACTERS ? rest.length : cutAt(rest);
		pieces.push({ kind: "text", line: rest.slice(0, cut) });
		rest = rest.slice(cut).trimStart();
	}
	return pieces;
}

function cutAt(text: string): number {
	const head = text.slice(0, CHARACTERS);
	const end = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "));
	if (end > CHARACTERS / 2) return end;
	// Not between the two halves of a character.
	return /[\uD800-\uDBFF]$/.test(head) ? CHARACTERS - 1 : CHARACTERS;
}

function chunks<T>(all: readonly T[]): T[][] {
	return Array.from({ length: Math.ceil(all.length / ROWS) }, (_, index) =>
		all.slice(index * ROWS, (index + 1) * ROWS),
	);
}
