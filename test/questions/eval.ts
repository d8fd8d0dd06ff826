/** Asks all questions of a set and prints how many were answered right: `node test/questions/eval.ts [--write]`. */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { GUEST, roleOfContact } from "../../src/network/access.ts";
import type { Network } from "../../src/network/records.ts";
import { answer, buildLexicon, type Lexicon, type Topic } from "../../src/questions/index.ts";
import { networkOf } from "./folder.ts";
import { CHANGES, type Change, changed, dice, MOST_WRONG } from "./robustness.ts";
import { judge, questionSchema, type TestQuestion, type Verdict } from "./score.ts";

export interface Row extends Verdict {
	question: TestQuestion;
	intent: string;
	ms: number;
}

export const SETS = {
	dev: { network: "sample/network", questions: "test/questions/dev/questions.jsonl" },
	paraphrases: { network: "sample/network", questions: "test/questions/dev/paraphrases.jsonl" },
	unknown: { network: "sample/network", questions: "test/questions/dev/unknown.jsonl" },
	hessen: { network: "test/questions/hessen/network", questions: "test/questions/hessen/questions.jsonl" },
};

const readQuestions = (path: string): TestQuestion[] =>
	readFileSync(path, "utf8")
		.split("\n")
		.filter((line) => line.trim() !== "")
		.map((line) => questionSchema.parse(JSON.parse(line)));

interface Asked {
	network: Network;
	lexicon: Lexicon;
	questions: readonly TestQuestion[];
}

async function setOf(set: keyof typeof SETS): Promise<Asked> {
	const network = await networkOf(SETS[set].network);
	return { network, lexicon: buildLexicon(network), questions: readQuestions(SETS[set].questions) };
}

function ask({ network, lexicon }: Asked, question: TestQuestion, text: string, topic: Topic | null) {
	const contact = question.as === null ? undefined : network.contact.get(question.as);
	const asker = contact ? { role: roleOfContact(contact), contact: contact.key } : GUEST;
	const now = Temporal.Instant.from(question.now);
	const begun = performance.now();
	const given = answer(lexicon, { text, language: question.lang, now, timezone: "Europe/Berlin", asker, topic });
	const ms = performance.now() - begun;
	return { topic: given.topic, row: { ...judge(network, question, given, asker), question, intent: given.intent, ms } };
}

/** Questions of one thread are one conversation, in the order of the file. @param then what else to do at that point of it */
function converse(asked: Asked, then: (row: Row, question: TestQuestion, topic: Topic | null) => void): void {
	const topics = new Map<string, Topic | null>();
	for (const question of asked.questions) {
		const before = question.thread === null ? null : (topics.get(question.thread) ?? null);
		const { topic, row } = ask(asked, question, question.question, before);
		if (question.thread !== null) topics.set(question.thread, topic);
		then(row, question, before);
	}
}

export async function evaluate(set: keyof typeof SETS): Promise<Row[]> {
	const rows: Row[] = [];
	converse(await setOf(set), (row) => rows.push(row));
	return rows;
}

export interface Robust {
	/** Of questions that are right as they stand. */
	touched: number;
	wrong: string[];
	/** Answers where none was to be given, and what may not be shown: of all questions. */
	false: string[];
}

/** @param rounds how often each question gets another slip or synonym */
export async function robustness(
	set: keyof typeof SETS,
	seed: number,
	rounds: number,
): Promise<Record<Change, Robust>> {
	const out = Object.fromEntries(CHANGES.map((change) => [change, { touched: 0, wrong: [], false: [] }]));
	const result = z.record(z.enum(CHANGES), z.custom<Robust>()).parse(out);
	const asked = await setOf(set);
	const random = dice(seed);
	converse(asked, (plain, question, topic) => {
		for (const change of CHANGES) {
			for (let round = 0; round < (change === "slip" || change === "synonym" ? rounds : 1); round++) {
				const text = changed(question.question, change, random);
				if (text === question.question) continue;
				const { row } = ask(asked, question, text, topic);
				const tally = result[change];
				if (row.falseAnswer || row.leaks.length > 0) tally.false.push(`${text} [${question.question}]: ${row.why}`);
				if (!plain.right || question.expect.status !== "answered") continue;
				tally.touched++;
				if (!row.right) tally.wrong.push(`${text} [${question.question}]: ${row.why}`);
			}
		}
	});
	return result;
}

function group(rows: readonly Row[], of: (row: Row) => readonly string[]): [string, number, number][] {
	const counts = new Map<string, [number, number]>();
	for (const row of rows) {
		for (const name of of(row)) {
			const [right, all] = counts.get(name) ?? [0, 0];
			counts.set(name, [right + Number(row.right), all + 1]);
		}
	}
	return [...counts]
		.map(([name, [right, all]]): [string, number, number] => [name, right, all])
		.sort((a, b) => b[2] - a[2]);
}

const share = (right: number, all: number) => `${right}/${all} (${((100 * right) / all).toFixed(1)} %)`;

function table(name: string, rows: readonly Row[]): string {
	const right = rows.filter((row) => row.right).length;
	const parts: [string, (row: Row) => readonly string[]][] = [
		["intent", (row) => [row.question.expect.intent ?? row.intent]],
		["status", (row) => [row.question.expect.status]],
		["language", (row) => [row.question.lang ?? "?"]],
		["tag", (row) => row.question.tags],
	];
	const groups = parts.flatMap(([title, of]) =>
		group(rows, of).map(([value, ok, all]) => `| ${title} | ${value} | ${share(ok, all)} |`),
	);
	return [
		`## ${name}`,
		"",
		`Right: **${share(right, rows.length)}**, false answers: **${rows.filter((row) => row.falseAnswer).length}**, leaks: **${rows.filter((row) => row.leaks.length > 0).length}**.`,
		"",
		"| by | | right |",
		"| --- | --- | --- |",
		...groups,
		"",
	].join("\n");
}

/** Each question gets so many slips: one alone says little. */
const ROUNDS = 5;
const SEED = 2026;

function robustTable(set: string, found: Record<Change, Robust>): string {
	const rows = CHANGES.map((change) => {
		const { touched, wrong, false: made } = found[change];
		const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
		return `| ${change} | ${touched} | ${wrong.length} (${percent(wrong.length / Math.max(1, touched))}) | ${percent(MOST_WRONG[change])} | ${made.length} |`;
	});
	return [
		`## ${set}, mistyped (seed ${SEED}, ${ROUNDS} rounds)`,
		"",
		"| change | touched | wrong | at most | false answers and leaks |",
		"| --- | --- | --- | --- | --- |",
		...rows,
		"",
	].join("\n");
}

const START = "<!-- eval -->";

if (import.meta.main) {
	const tables: string[] = [];
	for (const set of ["dev", "paraphrases", "unknown", "hessen"] as const) {
		const rows = await evaluate(set);
		const times = rows.map((row) => row.ms).sort((a, b) => a - b);
		tables.push(table(set, rows));
		console.log(tables.at(-1));
		console.log(
			`ms a question: median ${times[Math.floor(times.length / 2)]?.toFixed(1)}, slowest ${times.at(-1)?.toFixed(1)}`,
		);
		for (const row of rows)
			if (!row.right || row.leaks.length > 0)
				console.log(`${row.question.id} ${row.question.question}\n   ${row.why} ${row.leaks.join(", ")}`);
	}
	for (const set of ["dev", "hessen"] as const) {
		const found = await robustness(set, SEED, ROUNDS);
		tables.push(robustTable(set, found));
		console.log(tables.at(-1));
		for (const change of CHANGES) {
			for (const line of found[change].false) console.log(`FALSE ${change}: ${line}`);
			for (const line of found[change].wrong) console.log(`${change}: ${line}`);
		}
	}
	if (process.argv.includes("--write")) {
		const path = "docs/answers.md";
		const [head = ""] = readFileSync(path, "utf8").split(START);
		writeFileSync(path, `${head}${START}\n\n${tables.join("\n")}`);
	}
}
