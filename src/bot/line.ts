/** The command line's grammar (chat.md, "The line"): words, quoted values, options. Knows no command. */

/** Opening quotes and what may close them. */
const QUOTES: Record<string, readonly string[]> = {
	'"': ['"'],
	"„": ["“", "”", '"'],
	"“": ["”", "“", '"'],
	"»": ["«"],
	"«": ["»"],
};

export interface Token {
	value: string;
	/** It stood in quotes: it is one value, whatever is in it. */
	quoted: boolean;
	/** Where it begins in the line, in UTF-16 units. */
	at: number;
}

export interface Option {
	name: string;
	/** Words up to the next option or quoted value; a single one where it was quoted or given with `=`. */
	tokens: readonly Token[];
	at: number;
}

export interface Line {
	/** What stands outside options. */
	words: readonly Token[];
	options: readonly Option[];
	/** Where a quote was opened that nothing closes; null = none. */
	unclosed: number | null;
}

const isSpace = (character: string | undefined) => character === undefined || /\s/u.test(character);

interface Scanned extends Token {
	/** `--name`, for an option's head. */
	option: string | null;
	/** Given as `--name=value`. */
	joined: boolean;
}

/** Reads a value that begins with a quote; the quote counts as closed only before a space, a `|` or the end. */
function readQuoted(line: string, start: number): { value: string; end: number } | null {
	const closers = QUOTES[line[start] ?? ""];
	if (!closers) return null;
	for (let index = start + 1; index < line.length; index++) {
		if (line[index] === "\\" && [...closers, "\\"].includes(line[index + 1] ?? "")) {
			index++;
			continue;
		}
		const after = line[index + 1];
		if (closers.includes(line[index] ?? "") && (isSpace(after) || after === "|")) {
			const value = line.slice(start + 1, index).replace(/\\([\\"“”«»])/gu, "$1");
			return { value, end: index + 1 };
		}
	}
	return null;
}

function scan(line: string): { tokens: Scanned[]; unclosed: number | null } {
	const tokens: Scanned[] = [];
	let index = 0;
	while (index < line.length) {
		if (isSpace(line[index])) {
			index++;
			continue;
		}
		const at = index;
		const head = /^(?:--|—|–)(\p{L}[\p{L}\p{N}_-]*)(=?)/u.exec(line.slice(index, index + 80));
		if (head && (head[2] === "=" || isSpace(line[index + head[0].length]))) {
			index += head[0].length;
			tokens.push({ value: "", quoted: false, at, option: head[1] ?? "", joined: head[2] === "=" });
			if (head[2] !== "=" || isSpace(line[index])) continue;
		}
		const pieces: string[] = [];
		let quoted = false;
		for (;;) {
			const opens = QUOTES[line[index] ?? ""] !== undefined;
			const piece = opens ? readQuoted(line, index) : null;
			if (opens && piece === null) return { tokens, unclosed: index };
			if (piece) {
				quoted = true;
				pieces.push(piece.value);
				index = piece.end;
			} else {
				const from = index;
				while (
					index < line.length &&
					!isSpace(line[index]) &&
					!(line[index] === "|" && QUOTES[line[index + 1] ?? ""])
				) {
					index++;
				}
				pieces.push(line.slice(from, index));
			}
			// `"a"|"b"` is one token of two quoted values.
			if (line[index] !== "|") break;
			pieces.push("|");
			index++;
			if (isSpace(line[index])) break;
		}
		tokens.push({ value: pieces.join(""), quoted, at, option: null, joined: false });
	}
	return { tokens, unclosed: null };
}

/** Splits a line. Never throws: an unclosed quote is said in the result. */
export function readLine(line: string): Line {
	const { tokens, unclosed } = scan(line);
	const words: Token[] = [];
	const options: { name: string; tokens: Token[]; at: number }[] = [];
	let open: { name: string; tokens: Token[]; at: number } | null = null;
	let joined = false;
	for (const token of tokens) {
		const plain = { value: token.value, quoted: token.quoted, at: token.at };
		if (token.option !== null) {
			open = { name: token.option, tokens: [], at: token.at };
			joined = token.joined;
			options.push(open);
		} else if (open === null || (token.quoted && open.tokens.length > 0)) {
			words.push(plain);
			open = null;
		} else {
			open.tokens.push(plain);
			if (token.quoted || joined) open = null;
		}
	}
	return { words, options, unclosed };
}

/** Puts a value into quotes so that {@link readLine} gives it back whole. */
export function quote(value: string): string {
	if (value !== "" && !/[\s"„“”»«|]|^(?:--|—|–)/u.test(value)) return value;
	return `"${value.replace(/[\\"“”«»]/gu, "\\$&")}"`;
}
