/** The table on a chat that only remembers: its answers are the expectations, kept as pages that read like a chat. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commands } from "../../commands/index.ts";
import { type TestBot, testBot } from "../support/chat.ts";
import { platformsPage } from "./table/abilities.ts";
import { FAKE, recordsFor, restore } from "./table/network.ts";
import { page, pageOf } from "./table/page.ts";
import { SCENARIOS } from "./table/scenarios.ts";

// Read before any page is written: a command without its page is one that nobody has reviewed.
const present = readdirSync(join(import.meta.dirname, "expected"));
let bot: TestBot;

beforeAll(async () => {
	bot = await testBot({ records: recordsFor(FAKE) });
}, 60_000);
afterAll(() => bot.close());

test("every command has its page of expectations, and no other is there", () => {
	expect(present.sort()).toEqual(commands.map(({ name }) => basename(pageOf(name))).sort());
});

test("docs/platforms.md says what a platform cannot do", async () => {
	await expect(platformsPage()).toMatchFileSnapshot(join(import.meta.dirname, "../../docs/platforms.md"));
});

test.each(commands.map((command) => ({ name: command.name, command })))(
	"$name: examples, missing and wrong values, every role",
	async ({ command }) => {
		const said = [];
		for (const scenario of SCENARIOS.filter((each) => each.command === command.name)) {
			const address = FAKE.channels[scenario.language];
			const posted = await bot.say(FAKE.people[scenario.role], scenario.line, { in: address, thread: scenario.title });
			const own = posted.filter((each) => each.address === address && each.thread !== null && each.edits === null);
			expect(own.length, scenario.line).toBe(1);
			said.push({ scenario, answer: { text: own[0]?.text ?? "", alone: own[0]?.recipient !== null } });
			if (command.writes) await restore(bot.database, FAKE);
		}
		await expect(page(command, said)).toMatchFileSnapshot(pageOf(command.name));
	},
	30_000,
);
