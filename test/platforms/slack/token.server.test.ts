/** The token is taken away from a running bot: it says so, waits without knocking all the time, and forgets nothing. */
import { afterEach, expect, test } from "vitest";
import { CLEAN } from "./actors.ts";
import { type SlackHouse, slackHouse } from "./house.ts";

let house: SlackHouse;
afterEach(() => house.close());

const BOT = "xoxb-sim-bot-token";

test.each([{ http: false }, { http: true }])(
	"revoked while it runs (%o): health 503, few calls, all sent later",
	async ({ http }) => {
		house = await slackHouse({ http });
		const health = async () => (await fetch(`${house.url}/health`)).status;
		expect(await health()).toBe(200);
		await house.control("POST /config", house.shapes.any, { tokens: { bot: "xoxb-another" } });
		await house.say("alice", "<@U0SIMBOT01> hilfe");
		await expect.poll(health, { timeout: 10_000 }).toBe(503);
		const since = performance.now();
		const before = (await house.calls("")).length;
		for (let index = 0; index < 20; index++) await house.say("alice", `<@U0SIMBOT01> hilfe ${index}`);
		await house.act("/command", { user: "alice", channel: "general", command: "/beschluss", text: '"Gilt."' });
		await expect.poll(() => house.database.db.inbox.count({ where: { doneAt: null } }), { timeout: 20_000 }).toBe(0);
		await expect.poll(() => performance.now() - since, { timeout: 10_000 }).toBeGreaterThan(5000);
		// Only the question whether it is taken again, after half a second, one, two and four.
		const calls = (await house.calls("")).length - before;
		expect(calls).toBeLessThan(8);
		expect(await house.rows({ state: "parked" })).toEqual([]);
		const refusals = house.logged().filter((line) => line.includes("Slack refuses SLACK_BOT_TOKEN"));
		expect(refusals).toHaveLength(1);
		expect(house.logged().join("")).not.toContain("xoxb");

		await house.control("POST /config", house.shapes.any, { tokens: { bot: BOT } });
		await expect.poll(health, { timeout: 30_000 }).toBe(200);
		await house.settled();
		expect((await house.said({ ephemeral: "false" })).length).toBe(22);
		expect(house.logged().filter((line) => line.includes("takes the bot token again"))).toHaveLength(1);
		expect((await house.findings(["ack_late", "ack_missing"])).duplicates).toEqual(CLEAN.duplicates);
	},
);

test("refused from the beginning: growing pauses, and it works by itself once the token does", async () => {
	house = await slackHouse({ sim: { tokens: { bot: "xoxb-another" } } });
	expect((await fetch(`${house.url}/health`)).status).toBe(503);
	await expect.poll(async () => (await house.calls("auth.test")).length, { timeout: 10_000 }).toBeGreaterThan(2);
	expect((await house.calls("auth.test")).length).toBeLessThan(6);
	await house.control("POST /config", house.shapes.any, { tokens: { bot: BOT } });
	await house.say("alice", "<@U0SIMBOT01> hilfe");
	await expect.poll(async () => (await house.said()).length, { timeout: 30_000 }).toBe(1);
	expect(house.logged().some((line) => line.includes("renew it in the app's settings"))).toBe(true);
});
