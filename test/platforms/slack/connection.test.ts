import { createServer } from "node:http";
import { pino } from "pino";
import { expect, test } from "vitest";
import { z } from "zod";
import { connection } from "../../../src/platforms/slack/connection.ts";
import { CLEAN, workspace } from "./workspace.ts";

const log = pino({ level: "silent" });

test("a dropped socket is opened again at once, and an event of the gap is heard", async () => {
	const slack = await workspace({ retryDelaysMs: [200, 1000, 2000] });
	await slack.platform.start();
	expect(slack.platform.state()).toBe("connected");
	await slack.act("/socket/drop", {});
	await slack.say("alice", "in der Lücke", { dm: true });
	expect((await slack.bot.heard(1))[0]?.text).toBe("in der Lücke");
	expect(slack.platform.state()).toBe("connected");
	await slack.control("POST /socket/disconnect", z.looseObject({}), {
		reason: "refresh_requested",
	});
	await slack.say("alice", "nach der Auffrischung", { dm: true });
	expect((await slack.bot.heard(2))[1]?.text).toBe("nach der Auffrischung");
	expect(await slack.findings()).toEqual(CLEAN);
	await slack.platform.stop();
	expect(slack.platform.state()).toBe("down");
	await slack.platform.stop();
	await slack.run.close();
});

test("a refused socket is tried again", async () => {
	const slack = await workspace();
	await slack.fault("socket.upgrade", "reset_before");
	await slack.platform.start();
	expect(slack.platform.state()).toBe("down");
	await slack.wait("socket");
	await slack.say("alice", "da", { dm: true });
	await slack.bot.heard(1);
	expect(slack.platform.state()).toBe("connected");
	await slack.platform.stop();
	await slack.run.close();
});

test("a refused token is no loop", async () => {
	const slack = await workspace({ tokens: { bot: "xoxb-another", app: "xapp-sim-app-token" } });
	await slack.platform.start();
	expect(slack.platform.state()).toBe("down");
	expect(await slack.calls("auth.test")).toHaveLength(1);
	await slack.platform.stop();
	await slack.run.close();
});

test("start ends after the first attempt, stop ends the pause between attempts", async () => {
	let attempts = 0;
	const link = connection(
		{
			async connect() {
				attempts++;
				throw new Error("away");
			},
			hopeless: () => true,
		},
		log,
	);
	await link.start();
	expect({ attempts, state: link.state() }).toEqual({ attempts: 1, state: "down" });
	link.stop();
});

test("over HTTP: signed requests are heard, forged and stale ones refused", async () => {
	const slack = await workspace({}, true);
	const server = createServer(slack.platform.listener ?? undefined);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = typeof address === "object" ? address?.port : 0;
	const Answer = z.looseObject({ status: z.number().optional() });
	const url = `http://127.0.0.1:${port}/slack/events`;
	await slack.control("POST /config", Answer, { delivery: "http", http: { url }, retryDelaysMs: [50, 1000, 1000] });
	await slack.platform.start();
	expect(slack.platform.state()).toBe("connected");

	expect(await slack.control("POST /http/verify-url", Answer, {})).toMatchObject({ ok: true });
	expect(await slack.control("POST /http/forged", Answer, {})).toMatchObject({ status: 401 });
	expect(await slack.control("POST /http/forged", Answer, { stale: true })).toMatchObject({ status: 401 });
	expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404);

	await slack.say("alice", "<@U0SIMBOT01> hilfe");
	expect((await slack.bot.heard(1))[0]).toMatchObject({ entry: "mention", text: "hilfe" });
	const command = { user: "alice", channel: "general", command: "/kontakt", text: "A & B" };
	expect(await slack.act("/command", command)).toMatchObject({ acked: true });
	expect((await slack.bot.heard(2))[1]).toMatchObject({ entry: "command", text: "kontakt A & B" });
	expect(await slack.findings()).toEqual(CLEAN);

	let failures = 1;
	slack.bot.store = async () => {
		if (failures-- > 0) throw new Error("database is away");
	};
	await slack.say("alice", "noch da?", { dm: true });
	expect((await slack.bot.heard(3))[2]?.text).toBe("noch da?");
	expect(await slack.findings(["ack_missing"])).toEqual(CLEAN);
	await slack.platform.stop();
	server.close();
	server.closeAllConnections();
	await slack.run.close();
});

test("nothing is acknowledged before it is stored", async () => {
	const slack = await workspace();
	await slack.platform.start();
	let stored = () => {};
	slack.bot.store = () =>
		new Promise((resolve) => {
			stored = resolve;
		});
	await slack.say("alice", "warte", { dm: true });
	const Deliveries = z.object({ deliveries: z.array(z.object({ acked: z.boolean() })) });
	const acked = async () => (await slack.control("GET /deliveries", Deliveries)).deliveries.map((one) => one.acked);
	while (slack.bot.deliveries === 0) await slack.control("GET /health", z.looseObject({}));
	expect(await acked()).toEqual([false]);
	stored();
	await slack.idle();
	expect(await acked()).toEqual([true]);
	await slack.platform.stop();
	await slack.run.close();
});
