/** Which command a line means: the longest words that invoke one win (`termin neu` before `termin`). */
import { distance, fold } from "../lib/fold.ts";
import type { Language } from "../lib/text.ts";
import type { Command } from "./command.ts";

export interface Invocation {
	command: Command;
	/** What follows the command's words, as typed. */
	rest: string;
	/** Language of the words that were used; both where they are the same. */
	languages: readonly Language[];
}

interface Entry {
	words: readonly string[];
	command: Command;
	language: Language;
}

/** The commands of the house, prepared for look-up. */
export interface Grammar {
	commands: readonly Command[];
	byName(name: string): Command | null;
	/** The command that this line invokes; null = none. */
	find(line: string): Invocation | null;
	/** The invoking words nearest to what was typed, in one language, best first. */
	nearest(line: string, language: Language): string[];
}

/** Edits beyond which nobody meant that command. */
const FAR = 4;

export function grammarOf(commands: readonly Command[]): Grammar {
	const entries: Entry[] = commands
		.flatMap((command) =>
			(["de", "en"] as const).flatMap((language) =>
				command.words[language].map((words) => ({ words: fold(words).split(/\s+/u), command, language })),
			),
		)
		.sort((a, b) => b.words.length - a.words.length);

	function find(line: string): Invocation | null {
		const words = [...line.matchAll(/\S+/gu)].slice(0, 4);
		const folded = words.map((word) => fold(word[0]));
		const hits = entries.filter((entry) => entry.words.every((word, index) => folded[index] === word));
		const best = hits[0];
		if (!best) return null;
		const last = words[best.words.length - 1];
		return {
			command: best.command,
			rest: last ? line.slice(last.index + last[0].length).trim() : "",
			languages: hits
				.filter((hit) => hit.command === best.command && hit.words.length === best.words.length)
				.map((hit) => hit.language),
		};
	}

	return {
		commands,
		byName: (name) => commands.find((command) => command.name === name) ?? null,
		find,
		nearest(line, language) {
			const typed = fold(line).split(/\s+/u);
			const ranked = entries
				.filter((entry) => entry.language === language)
				.map((entry) => {
					const head = typed.slice(0, entry.words.length).join(" ").slice(0, 60);
					const words = entry.words.join(" ");
					const far = distance(head, words, FAR);
					return {
						words: shown(entry),
						far: words.startsWith(head) && head.length >= 3 ? Math.min(far, 1) : far,
						length: words.length,
					};
				})
				.filter(({ far, length }) => far <= Math.min(FAR, Math.max(1, Math.floor(length / 3))))
				.sort((a, b) => a.far - b.far || a.length - b.length);
			return [...new Set(ranked.map(({ words }) => words))].slice(0, 3);
		},
	};

	function shown(entry: Entry): string {
		return (
			entry.command.words[entry.language].find((words) => fold(words) === entry.words.join(" ")) ??
			entry.words.join(" ")
		);
	}
}

const QUESTION_WORDS = new Set(
	`wer wen wem wessen was wann wo woher wohin wie wieviel wieviele warum wieso weshalb welche welcher welches welchen welchem ist sind gibt hat haben kann
	who whom whose what when where how why which is are does do did has have can could`.split(/\s+/u),
);

/** A sentence rather than a command's values: a question mark at its end, or a question word in it. */
export function isSentence(rest: string): boolean {
	if (/\?\s*$/u.test(rest)) return true;
	return fold(rest)
		.split(/[^\p{L}\p{N}]+/u)
		.some((word) => QUESTION_WORDS.has(word));
}
