/** Many people at once, and a Slack that asks for pauses: everybody is acknowledged in time and answered once. */
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { type SlackHouse, slackHouse } from "./house.ts";

let house: SlackHouse;
afterEach(() => house.close());

const PEOPLE = 50;
const CHANNELS = 10;
const EVENTS = 500;
const EVERY_MS = 100;

const Deliveries = z.object({
	deliveries: z.array(
		z.object({ acked: z.boolean(), attempts: z.array(z.object({ latencyMs: z.number().nullable(), n: z.number() })) }),
	),
});

test("500 events within a minute, from 50 people in 10 channels: acknowledged in time, each answered once", async () => {
	// Slack's own limits, a message a second and channel included.
	house = await slackHouse({ sim: { rateLimit: { enabled: true } }, postEveryMs: 1050, callMs: 10_000 });
	const people = Array.from({ length: PEOPLE }, (_, index) => `U0CROWD0${String(index).padStart(2, "0")}`);
	const channels = Array.from({ length: CHANNELS }, (_, index) => `C0CROWD0${String(index).padStart(2, "0")}`);
	for (const [index, id] of people.entries())
		await house.act("/users", { id, name: `person-${index}`, locale: "de-DE" });
	for (const [index, id] of channels.entries())
		await house.act("/channels", { id, name: `menge-${index}`, bot: true, members: people });
	const memory = process.memoryUsage().rss;
	const threads: { channel: string; ts: string }[] = [];
	const directs: string[] = [];
	const whispers: string[] = [];
	const acted: Promise<unknown>[] = [];
	const began = performance.now();
	for (let index = 0; index < EVENTS; index++) {
		const user = people[(index * 7) % PEOPLE] ?? "";
		const channel = channels[index % CHANNELS] ?? "";
		if (index % 5 < 2) threads.push({ channel, ts: (await house.say(user, `<@U0SIMBOT01> hilfe`, { channel })).ts });
		else if (index % 5 < 4) {
			directs.push(user);
			await house.say(user, "hilfe", { dm: true });
		} else {
			whispers.push(`${channel} ${user}`);
			acted.push(house.act("/command", { user, channel, command: "/lotse", text: "hilfe" }));
		}
		const ahead = began + (index + 1) * EVERY_MS - performance.now();
		if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
	}
	expect(performance.now() - began).toBeLessThan(60_000);
	await Promise.all(acted);
	await house.settled(120_000);
	await house.idle(500);

	const { deliveries } = await house.control("GET /deliveries", Deliveries);
	expect(deliveries.filter(({ acked, attempts }) => !acked || attempts.length !== 1)).toEqual([]);
	expect(Math.max(...deliveries.flatMap(({ attempts }) => attempts.map((one) => one.latencyMs ?? 0)))).toBeLessThan(
		3000,
	);
	for (const { channel, ts } of threads)
		expect((await house.said({ channel, thread_ts: ts, ephemeral: "false" })).length).toBe(1);
	for (const user of new Set(directs))
		expect((await house.said({ channel: "", dm: user })).length).toBe(directs.filter((one) => one === user).length);
	for (const place of new Set(whispers)) {
		const [channel, user] = place.split(" ");
		const heard = (await house.said({ channel, user })).filter((one) => one.subtype === "ephemeral");
		expect(heard.length).toBe(whispers.filter((one) => one === place).length);
	}
	const { errors } = await house.findings();
	expect(errors).toEqual([]);
	expect(await house.rows({ state: { not: "sent" } })).toEqual([]);
	expect(process.memoryUsage().rss - memory).toBeLessThan(300 * 1024 * 1024);
}, 240_000);

const Timed = z.object({
	calls: z.array(
		z.object({ method: z.string(), t: z.number(), status: z.number().nullable(), args: z.looseObject({}) }),
	),
});

test("two instances keep a pause that Slack asked one of them for, on every method", async () => {
	house = await slackHouse({ instances: process.env.TEST_DATABASE_URL === undefined ? 1 : 2 });
	const channels = Array.from({ length: 8 }, (_, index) => `C0PAUSE00${index}`);
	for (const [index, id] of channels.entries())
		await house.act("/channels", { id, name: `pause-${index}`, bot: true, members: ["alice", "bob", "carol"] });
	const PAUSE_S = 3;
	const methods = ["chat.postMessage", "chat.postEphemeral", "users.info", "conversations.info"];
	for (const method of methods) await house.fault(method, "ratelimited", { retryAfter: PAUSE_S });
	const talk = async (round: number) => {
		for (const channel of channels) {
			await house.say("bob", `<@U0SIMBOT01> hilfe ${round}`, { channel });
			await house.act("/command", { user: "carol", channel, command: "/lotse", text: `hilfe ${round}` });
		}
	};
	for (let round = 0; round < 4; round++) await talk(round);
	await house.settled(60_000);
	const { calls } = await house.control("GET /calls", Timed);
	for (const method of methods) {
		const own = calls.filter((call) => call.method === method).sort((a, b) => a.t - b.t);
		const at = own.find((call) => call.status === 429)?.t;
		expect([method, at]).toEqual([method, expect.any(Number)]);
		// What was under way when the answer came does not count.
		const early = own.filter(({ t }) => at !== undefined && t > at + 250 && t < at + PAUSE_S * 1000 - 50);
		expect([method, early.map(({ t }) => t - (at ?? 0))]).toEqual([method, []]);
	}
	const { errors } = await house.findings(["ack_late", "ack_missing"]);
	expect(errors).toEqual([]);
	expect((await house.said({ channel: channels[0], ephemeral: "false" })).length).toBe(4);
}, 120_000);
