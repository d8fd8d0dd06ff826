/** The contract that every platform keeps: the same scenarios through three drivers, one expectation. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Driver } from "./driver.ts";
import { BAD, SCENARIOS } from "./scenarios.ts";

export function contractSuite(name: string, open: () => Promise<Driver>): void {
	describe(name, () => {
		let driver: Driver;

		beforeAll(async () => {
			driver = await open();
		}, 400_000);

		afterAll(async () => {
			await driver.close();
		}, 60_000);

		const year = () => Temporal.Now.plainDateISO("Europe/Berlin").year;

		test.each(SCENARIOS)("$say", async ({ say, read }) => {
			const text = await driver.say(say);
			for (const part of read) {
				if (typeof part === "string")
					expect(text).toContain(part.replace("2026-0", `${name === "matrix" ? year() : 2026}-0`));
				else expect(text).toMatch(part);
			}
		});

		test("bad input in every argument kind gets an answer that helps, stores nothing and pings nobody", async () => {
			const { db } = driver.database;
			const counts = async () => [
				await db.decision.count(),
				await db.event.count(),
				await db.channel.count(),
				await db.grant.count(),
			];
			const before = await counts();
			for (const { name: what, say } of BAD) {
				const text = await driver.say(say);
				expect(text.length, what).toBeGreaterThan(10);
				expect(text, what).not.toContain("nicht geklappt");
			}
			expect(await counts()).toEqual(before);
			expect(await driver.findings()).toEqual([]);
		}, 180_000);
	});
}
