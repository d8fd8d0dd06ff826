/** Asks all questions of a set and prints how many were answered right: `node test/questions/eval.ts [--write]`. */
import { readFileSync, writeFileSync } from "node:fs";
import { GUEST, roleOfContact } from "../../src/network/access.ts";
import { answer, buildLexicon, type Topic } from "../../src/questions/index.ts";
import { networkOf } from "./folder.ts";
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

/** Questions of one thread are one conversation, in the order of the file. */
export async function evaluate(set: keyof typeof SETS): Promise<Row[]> {
	const network = await networkOf(SETS[set].network);
	const lexicon = buildLexicon(network);
	const topics = new Map<string, Topic | null>();
	return readQuestions(SETS[set].questions).map((question) => {
		const contact = question.as === null ? undefined : network.contact.get(question.as);
		const asker = contact ? { role: roleOfContact(contact), contact: contact.key } : GUEST;
		const begun = performance.now();
		const given = answer(lexicon, {
			text: question.question,
			language: question.lang,
			now: Temporal.Instant.from(question.now),
			timezone: "Europe/Berlin",
			asker,
			topic: question.thread === null ? null : (topics.get(question.thread) ?? null),
		});
		const ms = performance.now() - begun;
		if (question.thread !== null) topics.set(question.thread, given.topic);
		return { ...judge(network, question, given, asker), question, intent: given.intent, ms };
	});
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
	if (process.argv.includes("--write")) {
		const path = "docs/answers.md";
		const [head = ""] = readFileSync(path, "utf8").split(START);
		writeFileSync(path, `${head}${START}\n\n${tables.join("\n")}`);
	}
}
