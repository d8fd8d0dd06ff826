// Parts → plain text and HTML. Pure. Every text is data: it is escaped, and nothing in it may call anybody or look like something else.
import { actionsOf, type Inline, type Line, type Part, plainText } from "../../bot/reply.ts";

export interface Rendered {
	body: string;
	html: string;
}

/** Text, with the numbered actions at the end. Images and files are events of their own. */
export function render(parts: readonly Part[]): Rendered {
	const shown = parts.filter((part) => part.kind !== "actions" && part.kind !== "image" && part.kind !== "file");
	const actions = actionsOf(parts);
	const ordered: Part[] = actions.length > 0 ? [...shown, { kind: "actions", actions }] : shown;
	return { body: clean(plainText(ordered.map(withAddresses))), html: ordered.map(partHtml).join("") };
}

function partHtml(part: Part): string {
	switch (part.kind) {
		case "text":
			return `<p>${lineHtml(part.line)}</p>`;
		case "heading":
			return `<h4>${escaped(part.text)}</h4>`;
		case "fields":
			return `<p>${part.fields.map(({ label, value }) => `<strong>${escaped(label)}:</strong> ${lineHtml(value)}`).join("<br>")}</p>`;
		case "list": {
			const items = part.items.map((item) => `<li>${lineHtml(item)}</li>`).join("");
			return part.ordered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
		}
		case "table":
			return table(part.columns, part.rows);
		case "note":
			return `<p><em>${lineHtml(part.line)}</em></p>`;
		case "actions":
			return `<p>${part.actions.map(({ label }, index) => `${numberSign(index + 1)} ${escaped(label)}`).join("<br>")}</p>`;
		case "image":
		case "file":
			return "";
	}
}

function table(columns: readonly string[], rows: readonly (readonly Line[])[]): string {
	const head = columns.map((column) => `<th>${escaped(column)}</th>`).join("");
	const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${lineHtml(cell)}</td>`).join("")}</tr>`).join("");
	return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** `1️⃣`; above ten there is no such sign. */
export const numberSign = (number: number): string =>
	number === 10 ? "🔟" : number < 10 ? `${number}\uFE0F\u20E3` : `${number}.`;

const inlines = (line: Line): readonly Inline[] => (typeof line === "string" || "text" in line ? [line] : line);

function lineHtml(line: Line): string {
	return inlines(line).map(inlineHtml).join("");
}

function inlineHtml(inline: Inline): string {
	if (typeof inline === "string") return escaped(inline);
	const text = inline.strong ? `<strong>${escaped(inline.text)}</strong>` : escaped(inline.text);
	const link = linkOf(inline);
	return link === null ? text : `<a href="${escaped(link)}">${text}</a>`;
}

/** Only addresses that a reader expects; a link to a chat account would look like a mention. */
function linkOf(inline: Exclude<Inline, string>): string | null {
	const link = inline.link?.trim() ?? "";
	if (!/^(?:https?:|mailto:|tel:)/i.test(link) || /^https?:\/\/matrix\.to\//i.test(link)) return null;
	return link;
}

/** Plain text has no links: the address of a page stands behind its name. */
function withAddresses(part: Part): Part {
	const spell = (line: Line): Line =>
		inlines(line).map((inline) => {
			if (typeof inline === "string") return inline;
			const link = linkOf(inline);
			return link !== null && /^https?:/i.test(link) && link !== inline.text ? `${inline.text} (${link})` : inline.text;
		});
	switch (part.kind) {
		case "text":
		case "note":
			return { ...part, line: spell(part.line) };
		case "fields":
			return { ...part, fields: part.fields.map(({ label, value }) => ({ label, value: spell(value) })) };
		case "list":
			return { ...part, items: part.items.map(spell) };
		case "table":
			return { ...part, rows: part.rows.map((row) => row.map(spell)) };
		default:
			return part;
	}
}

/**
 * Without what no reader can see: control signs, marks that turn the direction of writing, halves of characters. `@room` gets an invisible joint,
 * or old clients would call everybody in the room.
 */
export function clean(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\u202A-\u202E\u2066-\u2069]/gu, "")
		.replace(/[^\P{Cc}\n\t]/gu, "")
		.replace(/(?<![\p{L}\p{N}_])@room(?![\p{L}\p{N}_])/giu, "@\u2060room");
}

const SIGNS: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
	"\n": "<br>",
};
const escaped = (text: string) => clean(text).replace(/[&<>"'\n]/g, (sign) => SIGNS[sign] ?? sign);
