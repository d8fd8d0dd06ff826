/** The whole bot on a simulated Slack workspace: real database, real time, what is left over is looked for five times a second. */
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import pino from "pino";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { type Owed, owe, replySchema } from "../../../src/bot/ledger.ts";
import { NotHere } from "../../../src/bot/outside.ts";
import { type Part, plainText, reply, text } from "../../../src/bot/reply.ts";
import { inTransaction } from "../../../src/database/transaction.ts";
import { health } from "../../../src/health.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { wire } from "../../../src/main.ts";
import { RECORD_TYPES, type RecordType } from "../../../src/network/records.ts";
import { saveRecords } from "../../../src/network/save.ts";
import { outsideOf } from "../../../src/outside.ts";
import { type SlackPlatform, slackPlatform } from "../../../src/platforms/slack/index.ts";
import { manifest } from "../../../src/platforms/slack/manifest.ts";
import { startBot } from "../../../src/start.ts";
import { CONFIG, type Records } from "../../support/chat.ts";
import { testDatabase } from "../../support/database.ts";
import { contact, LEIPZIG } from "../../support/network.ts";
import { start } from "../../support/slacksim/slacksim.mjs";
import { actorsOf, controlOf } from "./actors.ts";

export const ADMIN = "U0ALICE001";
const LOOK_MS = 200;

export interface HouseOptions {
	/** The simulator's configuration. */
	sim?: object;
	http?: boolean;
	/** Bots on the same database, as processes of their own would be. */
	instances?: number;
	callMs?: number;
	postEveryMs?: number;
}

export type SlackHouse = Awaited<ReturnType<typeof slackHouse>>;

export async function slackHouse(options: HouseOptions = {}) {
	const { sim = {}, http = false, instances = 1, callMs = 2500, postEveryMs } = options;
	const app = manifest({ commands, language: "de", requestUrl: null });
	const run = await start({
		config: {
			users: [
				{ name: "alice", locale: "de-DE", tz: "Europe/Berlin" },
				{ name: "bob", locale: "de-DE", tz: "Europe/Berlin" },
				{ name: "carol", locale: "en-GB", tz: "Europe/London" },
			],
			scopes: app.oauth_config.scopes.bot,
			botEvents: app.settings.event_subscriptions.bot_events,
			commands: app.features.slash_commands.map(({ command }) => command),
			rateLimit: { enabled: false },
			retryDelaysMs: [50, 1000, 4000],
			...sim,
		},
	});
	const database = await testDatabase();
	await inTransaction(database.db, async (tx) => {
		const records: Records = { ...LEIPZIG, contact: [...(LEIPZIG.contact ?? []), ORGANISER] };
		async function put<T extends RecordType>(type: T): Promise<void> {
			const rows = records[type];
			if (rows && rows.length > 0)
				await saveRecords(tx, type, rows, { at: systemClock.now(), author: null, change: "imported" });
		}
		for (const type of RECORD_TYPES) await put(type);
	});
	const lines: string[] = [];
	const log = pino({ level: "info", base: null }, { write: (line: string) => void lines.push(line) });
	const platforms: SlackPlatform[] = [];

	async function instance() {
		const open = await wire({ ...CONFIG, admins: [ADMIN] }, systemClock, log, database, "slack");
		const running = await startBot(
			open,
			[
				{
					name: "slack",
					async make({ bot, others }) {
						const platform = slackPlatform({
							botToken: "xoxb-sim-bot-token",
							appToken: http ? null : "xapp-sim-app-token",
							signingSecret: http ? "sim-signing-secret" : null,
							apiUrl: run.slackApiUrl,
							port: null,
							bot,
							others,
							clock: systemClock,
							log,
							timezone: "Europe/Berlin",
							commands,
							callMs,
							postEveryMs: postEveryMs ?? 1,
						});
						platforms.push(platform);
						return { platform, listener: platform.listener };
					},
				},
			],
			false,
		);
		return { open, running };
	}

	const made: Awaited<ReturnType<typeof instance>>[] = [];
	for (let count = 0; count < instances; count++) made.push(await instance());
	let stopped = false;
	const looking = made.map(async ({ running }) => {
		while (!stopped) {
			await running.tick();
			await pause(LOOK_MS);
		}
	});
	const [first] = made;
	if (!first) throw new Error("no instance");
	const server = createServer(
		health({
			platforms: first.running.platforms,
			slack: platforms[0]?.listener ?? null,
			metrics: await first.running.metrics(),
			token: null,
		}),
	);
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
	const control = controlOf(run);
	if (http) {
		const events = { delivery: "http", http: { url: `${url}/slack/events` } };
		await control("POST /config", z.looseObject({}), events);
	}

	let keys = 0;
	return {
		run,
		control,
		url,
		database,
		platforms,
		running: first.running,
		logged: () => lines,
		shapes: {
			any: z.looseObject({}),
			faults: z.object({ faults: z.array(z.looseObject({ method: z.string(), kind: z.string(), times: z.number() })) }),
			views: z.object({ views: z.array(z.looseObject({})) }),
			home: z.object({ view: z.looseObject({}).nullable() }),
		},
		...actorsOf(control),
		/** Owes a message as a command would, and does not wait until it is sent. */
		async owe(parts: string | Part[], more: Partial<Owed>): Promise<string> {
			const key = `test-${++keys}`;
			const owed: Owed = {
				key,
				kind: "announcement",
				platform: "slack",
				address: "C0GENERAL0",
				thread: null,
				recipient: null,
				repliesTo: null,
				edits: null,
				language: "de",
				reply: reply(...(typeof parts === "string" ? [text(parts)] : parts)),
				at: systemClock.now(),
				...more,
			};
			await owe(database.db, [owed]);
			return key;
		},
		rows: async (where: object = {}) =>
			(await database.db.delivery.findMany({ where, orderBy: { id: "asc" } })).map((row) => ({
				...row,
				text: plainText(replySchema.parse(row.body).parts),
			})),
		/** Resolves when nothing is waiting to be handled or sent. */
		async settled(withinMs = 30_000): Promise<void> {
			const until = performance.now() + withinMs;
			const now = () => systemClock.now().toString();
			for (;;) {
				const waiting =
					(await database.db.inbox.count({ where: { doneAt: null } })) +
					(await database.db.delivery.count({ where: { state: "owed", dueAt: { lte: now() } } }));
				if (waiting === 0) return;
				if (performance.now() > until) throw new Error(`${waiting} still wait`);
				await pause(50);
			}
		},
		async sent(key: string): Promise<void> {
			while ((await database.db.delivery.findUnique({ where: { key } }))?.state !== "sent") await pause(50);
		},
		/** As a command fetches it; while Slack is away it waits. */
		async download(ref: string): Promise<Uint8Array> {
			const outside = outsideOf(first.open, platforms[0] ?? null, AbortSignal.timeout(30_000));
			for (;;) {
				try {
					return await outside.download({ ref, name: "netz.csv", size: null, mediaType: null }, 1_000_000);
				} catch (error) {
					if (!(error instanceof NotHere)) throw error;
					await pause(100);
				}
			}
		},
		async close() {
			stopped = true;
			await Promise.all(looking);
			for (const { running } of made) await running.stop();
			server.close();
			server.closeAllConnections();
			await run.close();
			await database.close();
		},
	};
}

const ORGANISER = contact({
	key: "alice",
	organisation: "stadt-leipzig",
	name: "Alice Adam",
	topics: ["coordination"],
	regions: ["leipzig"],
	slackUser: ADMIN,
});
