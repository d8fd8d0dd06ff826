import type { Language, Text } from "../lib/text.ts";

/** What is wrong in one place of a network folder. */
export interface Fault {
	/** Name of the file, or of the sheet. */
	file: string;
	/** Line in the file, the header being 1; also where the file as a whole is at fault. */
	line: number;
	/** null = the line or the file as a whole. */
	column: string | null;
	problem: Text;
	expected: Text | null;
	/** The known word that may have been meant. */
	nearest: string | null;
}

/** What is wrong, what was expected, what may be meant. */
export function faultParts({ problem, expected, nearest }: Fault, language: Language): string[] {
	const meant = { de: `gemeint vielleicht „${nearest}“?`, en: `did you mean "${nearest}"?` };
	const parts = [problem[language]];
	if (expected !== null) parts.push(`${{ de: "erwartet", en: "expected" }[language]}: ${expected[language]}`);
	if (nearest !== null) parts.push(meant[language]);
	return parts;
}

/** `file:line column: what is wrong, what was expected` */
export function faultLine(fault: Fault, language: Language): string {
	const { file, line, column } = fault;
	return `${file}:${line}${column === null ? "" : ` ${column}`}: ${faultParts(fault, language).join(", ")}`;
}

/** As `--json` prints it (cli.md). */
export const faultJson = ({ problem, expected, ...fault }: Fault, language: Language) => ({
	...fault,
	problem: problem[language],
	expected: expected?.[language] ?? null,
});

/** A cell's text as a fault quotes it. */
export const quoted = (text: string): string =>
	(text.length > 60 ? `${text.slice(0, 59)}…` : text).replaceAll(/\s+/g, " ");
