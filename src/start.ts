/** Runs the bot: platforms, inbox, ledger, reminders, health. Everything it starts it stops. */
import { createServer, type Server } from "node:http";
import cron from "node-cron";
import { makeDeliverer } from "./bot/deliver.ts";
import { checkForm, formOf } from "./bot/forms.ts";
import { homeOf } from "./bot/home.ts";
import { type Inbox, makeInbox } from "./bot/inbox.ts";
import { invitationOf } from "./bot/invited.ts";
import { whoIs } from "./bot/people.ts";
import type { Bot, Platform } from "./bot/platform.ts";
import { channelAt, languageFor } from "./bot/place.ts";
import { findFact, setFact } from "./database/facts.ts";
import { inTransaction } from "./database/transaction.ts";
import { openLocks } from "./database/locks.ts";
import { health } from "./health.ts";
import type { PlatformName } from "./lib/platform.ts";
import type { OpenHouse } from "./main.ts";
import { lexiconOf, suggest } from "./questions/lexicon.ts";
import { planTick } from "./reminders/schedule.ts";

export interface ConsoleSeat {
	/** Makes the console platform; null where the bot runs without one. */
	open(bot: Bot, settle: () => Promise<void>): Promise<Platform>;
}

export interface RunningBot {
	/** Resolves when everything received so far is handled and sent. */
	settle(): Promise<void>;
	/** Looks once for what is due: reminders, owed messages, waiting commands. */
	tick(): Promise<void>;
	platforms: ReadonlyMap<PlatformName, Platform>;
	stop(): Promise<void>;
}

/** Pause between looks for what other instances or crashes left over. */
const LOOK_EVERY_MS = 2_000;

export async function startBot(open: OpenHouse, seat: ConsoleSeat | null): Promise<RunningBot> {
	const { config, clock, log, database, live, house, door } = open;
	const { db } = database;
	const locks = openLocks(database);
	const platforms = new Map<PlatformName, Platform>();
	const deliverer = makeDeliverer({ database, platforms, lock: locks, clock, log, timezone: config.timezone, language: config.language });
	const startedAt = clock.now();
	const alive = await findFact(db, "bot", "alive");
	const sending = new Set<Promise<void>>();
	const sendNow = (keys: readonly string[]): Promise<void> => {
		const sent = deliverer.sendNow([...keys, ...open.takeOwed()]).finally(() => sending.delete(sent));
		sending.add(sent);
		return sent;
	};
	const inbox: Inbox = makeInbox({
		db,
		house,
		door,
		clock,
		log,
		network: (tx) => live.current(tx),
		sendNow,
		installation: open.installation,
		lastAlive: alive === null ? null : Temporal.Instant.from(alive),
		startedAt,
	});

	const settle = async () => {
		await inbox.work();
		await Promise.allSettled(sending);
	};

	function botFor(name: PlatformName): Bot {
		const turnOf = async (sender: Parameters<Bot["languageOf"]>[0], address: string) => {
			const network = await live.current();
			const asker = await whoIs(db, network, door, name, sender);
			const message = { place: { platform: name, address, thread: null, kind: "channel" as const }, sender };
			return { network, asker, language: languageFor(asker.language, message, channelAt(network, message)?.language ?? null, config.language) };
		};
		return {
			receive: (messages, position) => inbox.receive(messages, position && { name: `${name}/${position.name}`, value: position.value }),
			async check(message) {
				const command = message.form && house.grammar.byName(message.form.command);
				if (!command || !message.form) return null;
				const { network, asker, language } = await turnOf(message.sender, message.place.address);
				const world = {
					language,
					now: clock.now().toZonedDateTimeISO(asker.timezone),
					asker,
					mentions: [],
					resolve: (type: Parameters<typeof house.resolve>[1], typed: string) => house.resolve(network, type, typed, asker),
				};
				return checkForm(command, message.form.values, world, network);
			},
			suggest: async (type, typed) => suggest(lexiconOf(await live.current()), type, typed, 100).map((ref) => ({ key: ref.key, label: ref.label })),
			form(name) {
				const command = house.grammar.byName(name);
				return command ? formOf(command) : null;
			},
			languageOf: async (sender, address) => (await turnOf(sender, address)).language,
			async home(platform, sender) {
				const { network, asker, language } = await turnOf(sender, "");
				return homeOf({ network, asker, language, now: clock.now(), timezone: config.timezone, platform });
			},
			invited: (platform, sender, address) => invitationOf(open, platform, sender, address),
		};
	}

	const storeFor = (scope: PlatformName) => ({
		get: (name: string) => findFact(db, scope, name),
		set: (name: string, value: string) => setFact(db, scope, name, value),
	});

	let listener: import("node:http").RequestListener | null = null;
	if (config.slack) {
		const { slackPlatform } = await import("./platforms/slack/index.ts");
		const slack = slackPlatform({ ...config.slack, port: null, bot: botFor("slack"), clock, log, timezone: config.timezone, commands: house.grammar.commands });
		listener = slack.listener;
		platforms.set("slack", slack);
	}
	if (config.matrix) {
		const { matrixPlatform } = await import("./platforms/matrix/index.ts");
		platforms.set("matrix", matrixPlatform({
				homeserverUrl: config.matrix.homeserverUrl,
				...(config.matrix.accessToken === null ? {} : { accessToken: config.matrix.accessToken }),
				...(config.matrix.user === null ? {} : { user: config.matrix.user }),
				...(config.matrix.password === null ? {} : { password: config.matrix.password }),
				bot: botFor("matrix"), store: storeFor("matrix"), lock: locks, clock, log }));
	}
	if (seat) platforms.set("console", await seat.open(botFor("console"), settle));

	const server = createServer(health(platforms, listener));
	await listen(server, open);

	// Not on the way to the first answer: what an earlier run left over is taken up once the platforms are there.
	const tick = async () => {
		await inbox.work();
		open.takeOwed();
		await planTick({ db, live, clock, installation: open.installation });
		await deliverer.tick();
	};
	let looking: Promise<void> | null = null;
	const look = (work: () => Promise<void>) => {
		looking ??= work()
			.catch((error) => log.error({ err: error }, "looking for what is due failed, will be tried again"))
			.finally(() => {
				looking = null;
			});
	};
	const bell = cron.schedule("* * * * *", () =>
		look(async () => {
			await inTransaction(db, (tx) => setFact(tx, "bot", "alive", clock.now().toString()));
			await tick();
		}),
	);
	const leftovers = setInterval(
		() =>
			look(async () => {
				await inbox.work();
				await deliverer.tick();
			}),
		LOOK_EVERY_MS,
	);

	await Promise.all([...platforms.values()].map((platform) => platform.start()));
	setImmediate(() => look(tick));

	let stopping: Promise<void> | null = null;
	return {
		settle,
		tick,
		platforms,
		stop() {
			stopping ??= (async () => {
				await bell.destroy();
				clearInterval(leftovers);
				for (const platform of platforms.values()) await platform.stop();
				await inbox.stop();
				await Promise.allSettled(sending);
				await looking;
				await deliverer.stop();
				await inTransaction(db, (tx) => setFact(tx, "bot", "alive", clock.now().toString()));
				server.close();
				server.closeAllConnections();
				await locks.close();
			})();
			return stopping;
		},
	};
}

/** A port in use stops a bot that others talk to; with the console alone it is only a warning (cli.md). */
async function listen(server: Server, { config, log }: OpenHouse): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error) => {
			if (config.slack || config.matrix) return reject(error);
			log.warn({ port: config.port, err: error }, "the port for health is in use");
			resolve();
		});
		server.listen(config.port, () => resolve());
	});
}
