// A server that counts: a long queue of reminders, and commands that waited too long.
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { SendError } from "../../../src/bot/platform.ts";
import { reply, text } from "../../../src/bot/reply.ts";
import { matrixPlatform } from "../../../src/platforms/matrix/index.ts";
import { houseWith } from "../../contract/driver.ts";
import { memory } from "./lab.ts";
import { matrixSuite } from "./suite.ts";

const suite = matrixSuite({
	rateLimits: "default",
	synapseConfig: {
		rc_message: { per_second: 5, burst_count: 5 },
		rc_joins: { local: { per_second: 50, burst_count: 50 } },
	},
});

test("sixty reminders to six rooms: all arrive, each room's in order, few requests are refused, and an answer need not wait for them", async () => {
	const rooms: string[] = [];
	for (let nr = 0; nr < 6; nr++) rooms.push(await suite.lab.room(`erinnerungen ${nr}`));
	const fake = await suite.begin(memory());
	const began = performance.now();
	const lane = async (room: string) => {
		for (let nr = 0; nr < 10; nr++) {
			const owed = { key: `r-${rooms.indexOf(room)}-${nr}`, address: room, reply: reply(text(`Erinnerung ${nr}`)) };
			for (;;) {
				const error = await fake.send(owed).then(
					() => null,
					(failed: unknown) => failed,
				);
				if (error === null) break;
				expect(error).toMatchObject({ name: "SendError", outcome: "later" });
				await pause(error instanceof SendError ? (error.retryAfterMs ?? 200) : 200);
			}
		}
	};
	const queue = Promise.all(rooms.map(lane));
	await expect
		.poll(async () => (await suite.lab.calls({ op: "send", status: 429 })).length, { timeout: 20_000 })
		.toBeGreaterThan(0);
	const asked = performance.now();
	await suite.lab.say("alice", rooms[0] ?? "", "!frage");
	await suite.lab.heard({ room: rooms[0] ?? "", contains: "Gehört: frage", timeout: 20_000 });
	expect(performance.now() - asked).toBeLessThan(5000);
	await queue;
	expect(performance.now() - began).toBeLessThan(60_000);
	for (const room of rooms) {
		const said = (await suite.textsIn(room)).filter((each) => each.startsWith("Erinnerung"));
		expect(said).toEqual(Array.from({ length: 10 }, (_, nr) => `Erinnerung ${nr}`));
	}
	expect((await suite.lab.calls({ op: "send", status: 429 })).length).toBeLessThanOrEqual(12);
	await suite.clean();
}, 120_000);

test("commands older than an hour behind a lot of talk: none is run, and the room hears once from when to when the bot was away", async () => {
	const { lab } = suite;
	const room = await lab.room("lange weg");
	const now = Temporal.Now.instant();
	const start = (at: Temporal.Instant, kept?: Awaited<ReturnType<typeof houseWith>>["database"]) =>
		houseWith(
			{},
			{ admins: ["@alice:lab.test"] },
			(open) => [
				{
					name: "matrix",
					make: async ({ bot, store, lock }) => ({
						listener: null,
						platform: matrixPlatform({
							homeserverUrl: lab.base_url,
							accessToken: lab.bot.access_token,
							bot,
							store,
							lock,
							clock: open.clock,
							log: open.log,
						}),
					}),
				},
			],
			at.toString(),
			kept,
		);
	const first = await start(now);
	await lab.synced();
	await first.running.tick();
	await lab.say("alice", room, "!werbinich");
	await lab.heard({ room, timeout: 20_000 });
	await first.running.stop();

	await lab.say("alice", room, '!beschluss "Erster."');
	await lab.say("alice", room, '!beschluss "Zweiter."');
	await lab.call("POST", "/messages/many", { user: "bob", room, count: 130, text: "Gerede" });
	const second = await start(now.add({ hours: 3 }), first.database);
	try {
		const notice = await lab.heard({ room, contains: "nicht erreichbar", timeout: 30_000 });
		expect(notice.text).toMatch(/^Ich war von .+ bis .+ nicht erreichbar/);
		await second.running.settle();
		await lab.idle();
		const said = await suite.textsIn(room);
		expect(said.filter((each) => each.includes("nicht erreichbar")).length).toBe(1);
		expect(said.filter((each) => each.includes("eingetragen"))).toEqual([]);
		await suite.clean();
	} finally {
		await second.close();
	}
}, 120_000);
