/** Text as XML holds it. What XML cannot hold, and a CR, which it would turn into a line feed, stands as `_x000D_`, as Excel writes it. */

const SPECIAL: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold.
const IMPOSSIBLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Cs}|_(?=x[0-9A-Fa-f]{4}_)/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a quick look whether there is any.
const NEEDS = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Cs}|_x/u;

const code = (char: string) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;

export const escapeText = (text: string): string =>
	NEEDS.test(text) ? text.replaceAll(IMPOSSIBLE, code).replaceAll(/[&<>"]/g, (char) => SPECIAL[char] ?? char) : text;

/** In an attribute, where a break in a line would become a blank. */
export const escapeAttribute = (text: string): string =>
	escapeText(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
