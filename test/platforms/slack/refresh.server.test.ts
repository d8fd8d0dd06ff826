/** Slack renews and breaks connections all day: nobody's command may fail because of it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { CLEAN, type Workspace, workspace } from "./workspace.ts";

let slack: Workspace;

async function open(config: object = {}) {
	slack = await workspace({ rateLimit: { enabled: false }, retryDelaysMs: [100, 1000, 4000], ...config });
	await slack.platform.start();
	await slack.wait("socket?count=2");
}

afterEach(async () => {
	await slack.platform.stop();
	await slack.run.close();
});

const ask = (text: string) => slack.act("/command", { user: "alice", channel: "general", command: "/kontakt", text });

test("each line is renewed four times, with a command every 30 milliseconds: none fails", async () => {
	await open({ socketRefreshMs: 2900 });
	const asked: ReturnType<typeof ask>[] = [];
	for (const until = performance.now() + 12_000; performance.now() < until; ) {
		asked.push(ask(`${asked.length}`));
		await slack.idle(30);
	}
	expect((await Promise.all(asked)).filter((one) => one.user_error !== undefined)).toEqual([]);
	expect(slack.bot.received.map((message) => message.text)).toEqual(asked.map((_, index) => `kontakt ${index}`));
	expect(asked.length).toBeGreaterThan(100);
	expect(await slack.findings()).toEqual(CLEAN);
});

describe("in the middle of a command", () => {
	let stored = () => {};
	beforeEach(async () => {
		await open();
		slack.bot.store = () =>
			new Promise((resolve) => {
				stored = resolve;
			});
	});

	test.each(["refresh_requested", "warning"])("%s: it is still acknowledged over the old line", async (reason) => {
		const asked = ask("mittendrin");
		while (slack.bot.deliveries === 0) await slack.idle(10);
		await slack.act("/socket/disconnect", { reason, graceMs: 2000 });
		stored();
		expect(await asked).toMatchObject({ acked: true });
		slack.bot.store = async () => {};
		await slack.wait("socket?count=2");
		expect(await ask("danach")).toMatchObject({ acked: true });
		expect(await slack.findings()).toEqual(CLEAN);
	});

	test.each(["terminate", "close"])("a line that breaks (%s): the event comes again and is kept once", async (mode) => {
		await slack.say("alice", "über den Abbruch hinweg", { dm: true });
		while (slack.bot.deliveries === 0) await slack.idle(10);
		await slack.act("/socket/drop", { mode });
		slack.bot.store = async () => {};
		stored();
		await slack.wait("socket?count=2");
		while (slack.bot.deliveries < 2) await slack.idle(50);
		expect(slack.bot.received.map((message) => message.text)).toEqual(["über den Abbruch hinweg"]);
		expect(await slack.findings(["ack_missing"])).toEqual(CLEAN);
	});
});

test("one broken line is not noticed", async () => {
	await open();
	const { sockets } = await slack.control("GET /state", z.object({ sockets: z.array(z.looseObject({})) }));
	expect(sockets).toHaveLength(2);
	const one = [...slack.run.sim.sockets.values()][0];
	one?.ws.terminate();
	expect(slack.platform.state()).toBe("connected");
	await Promise.all(Array.from({ length: 20 }, (_, index) => ask(`${index}`)));
	await slack.wait("socket?count=2");
	expect(await slack.findings()).toEqual(CLEAN);
});

test("an upgrade refused for a while: down, growing pauses, and back by itself", async () => {
	await open();
	const before = (await slack.calls("apps.connections.open")).length;
	await slack.fault("socket.upgrade", "reset_before", { times: 4 });
	await slack.act("/socket/disconnect", { reason: "link_disabled", graceMs: 100 });
	while (slack.platform.state() === "connected") await slack.idle(20);
	await slack.say("alice", "vor verschlossener Tür", { dm: true });
	await slack.wait("socket?timeout=15000");
	while (slack.platform.state() !== "connected") await slack.idle(20);
	await slack.wait("socket?count=2");
	await slack.bot.heard(1);
	expect((await slack.calls("apps.connections.open")).length - before).toBeLessThan(10);
	expect(await slack.findings()).toEqual(CLEAN);
});

test("Socket Mode switched off: the log says so, few requests, and back when it is on again", async () => {
	await open();
	await slack.fault("apps.connections.open", "error", { error: "socket_mode_disabled", times: 3 });
	await slack.act("/socket/disconnect", { reason: "link_disabled", graceMs: 50 });
	while (slack.platform.state() === "connected") await slack.idle(20);
	await slack.wait("socket?timeout=15000");
	while (slack.platform.state() !== "connected") await slack.idle(20);
	expect(slack.logged().filter((line) => line.includes("socket_mode_disabled")).length).toBeGreaterThan(0);
});
