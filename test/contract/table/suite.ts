/** The table on a real platform: what a person reads there is what the pages say. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../../commands/index.ts";
import type { Database } from "../../../src/database/client.ts";
import type { PlatformName } from "../../../src/lib/platform.ts";
import { CANNOT } from "./abilities.ts";
import { type Cast, FAKE, restore } from "./network.ts";
import { type Answer, bare, idOf, readPage } from "./page.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

export interface TableDriver {
	cast: Cast;
	database: Pick<Database, "db" | "rows">;
	say(scenario: Scenario): Promise<Answer>;
	findings(): Promise<unknown[]>;
	close(): Promise<void>;
}

/** Of each command: every role, what is missing, and one wrong value; the rest is the same code whatever the platform. */
function chosen(command: string, platform: PlatformName): Scenario[] {
	const able = SCENARIOS.filter((each) => each.command === command && CANNOT[platform].every((not) => !not.is(each)));
	const seen = new Set<string>();
	return able.filter(({ kind, language, role }) => {
		const what = kind === "example" ? `${kind} ${language} ${role}` : kind;
		if (seen.has(what) || (language === "en" && kind !== "example")) return false;
		seen.add(what);
		return true;
	});
}

/** The same words, whoever says them there under which account. */
const alike = (text: string, { people }: Cast) =>
	bare(Object.values(people).reduce((shown, id) => shown.replaceAll(id, "KONTO"), text)).replace(
		/(Plattform|Platform): (?:slack|matrix|console)/u,
		"$1: …",
	);

export function tableSuite(name: PlatformName, open: () => Promise<TableDriver>): void {
	describe(name, () => {
		let driver: TableDriver;

		beforeAll(async () => {
			driver = await open();
		}, 400_000);
		afterAll(() => driver.close(), 60_000);

		test.each(commands.map((command) => ({ command: command.name, writes: command.writes })))(
			"$command reads as its page says",
			async ({ command, writes }) => {
				const expected = readPage(command);
				for (const scenario of chosen(command, name)) {
					// Before each, so that one that fails spoils no other.
					if (writes) await restore(driver.database, driver.cast);
					const heard = await driver.say(scenario);
					const wanted = expected.get(idOf(scenario));
					const where = `${scenario.role}: ${scenario.line.slice(0, 200)}`;
					expect(alike(heard.text, driver.cast), where).toBe(alike(wanted?.text ?? "no page", FAKE));
					if (name !== "console") expect(heard.alone, where).toBe(wanted?.alone);
				}
				if (writes) await restore(driver.database, driver.cast);
			},
			120_000,
		);

		test("the platform found nothing wrong", async () => {
			expect(await driver.findings()).toEqual([]);
		}, 60_000);
	});
}
