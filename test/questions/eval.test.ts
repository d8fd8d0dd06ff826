import { describe, expect, test } from "vitest";
import { evaluate, robustness } from "./eval.ts";
import { CHANGES, MOST_WRONG } from "./robustness.ts";

/** What is reached. It goes up only; a false answer or a leak is never allowed. */
const BARS = { dev: 150, paraphrases: 99, unknown: 64, hessen: 173 } as const;

for (const set of ["dev", "paraphrases", "unknown", "hessen"] as const) {
	test(`${set}: at least ${BARS[set]} answers are right, none is made up, nothing leaks`, async () => {
		const rows = await evaluate(set);
		const wrong = rows
			.filter((row) => !row.right)
			.map((row) => `${row.question.id} ${row.question.question}: ${row.why}`);
		expect(rows.filter((row) => row.falseAnswer).map((row) => row.question.question)).toEqual([]);
		expect(rows.flatMap((row) => row.leaks)).toEqual([]);
		expect(rows.length - wrong.length, wrong.join("\n")).toBeGreaterThanOrEqual(BARS[set]);
	});
}

describe.each(["dev", "hessen"] as const)("%s, as people really type", (set) => {
	test("few answers get lost by slips, umlauts, small letters and synonyms, and none is made up", async () => {
		const found = await robustness(set, 2027, 2);
		for (const change of CHANGES) {
			const { touched, wrong, false: made } = found[change];
			expect(made, change).toEqual([]);
			expect(touched, change).toBeGreaterThan(20);
			expect(wrong.length / touched, `${change}\n${wrong.join("\n")}`).toBeLessThanOrEqual(MOST_WRONG[change]);
		}
	});
});
