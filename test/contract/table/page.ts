/** The expectations as a page that reads like a chat: written for a reviewer, and read back by the platforms' tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../../../src/bot/command.ts";
import type { Language } from "../../../src/lib/text.ts";
import type { Role } from "../../../src/network/enums.ts";
import { ROLE } from "../../../src/network/labels.ts";
import type { Scenario } from "./scenarios.ts";

export interface Answer {
	text: string;
	/** To the person alone, though it was asked in the channel. */
	alone: boolean;
}

const FOLDER = join(import.meta.dirname, "..", "expected");
export const pageOf = (command: string) => join(FOLDER, `${command.replaceAll(" ", "-")}.md`);

const ALONE = "*(nur für diese Person)*";

/**
 * Long fillers are shown by their length. How far the still clock of the tests is from the database's changes with every run, and how much
 * is in order with the machine.
 */
const shorten = (text: string) =>
	text
		.replace(/x{100,}/gu, (fill) => `xxx…(${fill.length})`)
		.replace(/\d+ s (auseinander|apart)/gu, "… s $1")
		.replace(/\d+ (in Ordnung|fine)\b/gu, "… $1");

/** What tells one scenario from another. */
export const idOf = ({ language, line, role }: { language: Language; line: string; role: Role }) =>
	`${language} ${ROLE[role].de}: ${shorten(line)}`;

export function page(command: Command, said: readonly { scenario: Scenario; answer: Answer }[]): string {
	const lines = [
		`# ${command.words.de[0]} · ${command.words.en[0]}`,
		"",
		"<!-- Made by the contract suite: vitest -u -->",
	];
	let title = "";
	for (const [index, { scenario, answer }] of said.entries()) {
		const same = (other: (typeof said)[number] | undefined) =>
			other !== undefined &&
			other.scenario.line === scenario.line &&
			other.scenario.language === scenario.language &&
			other.answer.text === answer.text &&
			other.answer.alone === answer.alone;
		if (same(said[index - 1])) continue;
		const heard = said.slice(index);
		const end = heard.findIndex((other) => !same(other));
		const roles = heard.slice(0, end === -1 ? heard.length : end).map((each) => ROLE[each.scenario.role].de);
		const heading = `${scenario.title} (${scenario.language})`;
		if (heading !== title) lines.push("", `## ${heading}`);
		title = heading;
		lines.push("", `**${roles.join(", ")}**: \`${shorten(scenario.line)}\``, "");
		lines.push(`**Lotse**${answer.alone ? ` ${ALONE}` : ""}:`, "");
		lines.push(
			...shorten(answer.text)
				.split("\n")
				.map((line) => `> ${line}`.trimEnd()),
		);
	}
	return `${lines.join("\n")}\n`;
}

/** The answers of a page, by {@link idOf}. */
export function readPage(command: string): Map<string, Answer> {
	const answers = new Map<string, Answer>();
	let language = "";
	let answer: Answer | null = null;
	for (const line of readFileSync(pageOf(command), "utf8").split("\n")) {
		language = /^## .* \((de|en)\)$/u.exec(line)?.[1] ?? language;
		const said = /^\*\*([^*]+)\*\*: `(.*)`$/u.exec(line);
		if (said) {
			answer = { text: "", alone: false };
			for (const role of said[1]?.split(", ") ?? []) answers.set(`${language} ${role}: ${said[2]}`, answer);
		}
		if (!answer) continue;
		if (line === `**Lotse** ${ALONE}:`) answer.alone = true;
		if (line.startsWith(">")) answer.text += `${line.slice(2)}\n`;
	}
	return answers;
}

/** What a person reads, without what only tells how it is drawn: line breaks, numbers of buttons, bullets, bars of tables. */
export const bare = (text: string) =>
	shorten(text)
		.replace(/→ [^\n]*/gu, "")
		.replace(/\[\d+\] /gu, "")
		.replace(/Formular öffnen|Open form/gu, "")
		.replace(/[•|*]/gu, " ")
		.replace(/\s+/gu, " ")
		.trim();
