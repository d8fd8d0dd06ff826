import type { Text } from "../lib/text.ts";

/** A file that is not read any further, with what is wrong at which line. Whoever opened the file makes a fault of it. */
export class Refusal extends Error {
	readonly problem: Text;
	readonly expected: Text | null;
	readonly line: number;

	constructor(problem: Text, expected: Text | null = null, line = 1) {
		super(problem.en);
		this.name = "Refusal";
		this.problem = problem;
		this.expected = expected;
		this.line = line;
	}
}

/** Refused for its size alone: a database is not even opened for it. */
export class Excess extends Refusal {}
