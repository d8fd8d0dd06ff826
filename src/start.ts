/** Runs the bot: platforms, inbox, ledger, reminders, health. Everything it starts it stops. */
import { createServer, type RequestListener, type Server } from "node:http";
import cron from "node-cron";
import { makeDeliverer } from "./bot/deliver.ts";
import { makeInbox } from "./bot/inbox.ts";
import type { AtHand } from "./bot/ledger.ts";
import { relay } from "./bot/observer.ts";
import type { Bot, Lock, Others, Platform, PlatformStore } from "./bot/platform.ts";
import { findFact, setFact } from "./database/facts.ts";
import { openLocks } from "./database/locks.ts";
import { openSignals } from "./database/signals.ts";
import { forgetUploads } from "./exchange/uploads.ts";
import type { PlatformName } from "./lib/platform.ts";
import type { OpenHouse } from "./main.ts";
import type { Metrics } from "./metrics.ts";
import { forgetNotes } from "./network/notes.ts";
import { outsideOf } from "./outside.ts";
import { portFor } from "./port.ts";
import { reminderComposer } from "./reminders/compose.ts";
import { planTick } from "./reminders/schedule.ts";

/** What a platform is made of. */
export interface PlatformPorts {
	bot: Bot;
	store: PlatformStore;
	lock: Lock;
	others: Others;
	/** Resolves when everything received so far is handled and sent. */
	settle(): Promise<void>;
}

export interface PlatformMaker {
	name: PlatformName;
	make(ports: PlatformPorts): Promise<{ platform: Platform; listener: RequestListener | null }>;
}

export interface RunningBot {
	settle(): Promise<void>;
	/** Looks once for what is due: waiting commands, reminders, owed messages. */
	tick(): Promise<void>;
	platforms: ReadonlyMap<PlatformName, Platform>;
	metrics(): Promise<Metrics>;
	stop(): Promise<void>;
}

/** Pause between looks for what other instances or crashes left over. */
const LOOK_EVERY_MS = 2_000;

/** In the terminal somebody has just typed or piped a question: planning reminders comes after its answer. */
const FIRST_LOOK_MS = 1_000;

/** @param rings false: nothing happens by itself, tests call `tick` */
export async function startBot(open: OpenHouse, makers: readonly PlatformMaker[], rings = true): Promise<RunningBot> {
	const { config, clock, log, database, live } = open;
	const { db } = database;
	const locks = openLocks(database);
	const platforms = new Map<PlatformName, Platform>();
	const observer = relay();
	let counting: Promise<Metrics> | null = null;
	/** Loaded once somebody can ask: the first answer need not wait for it. */
	const metrics = () => {
		counting ??= import("./metrics.ts").then(({ makeMetrics }) => {
			const made = makeMetrics({ database, platforms, clock });
			observer.to(made.observer);
			return made;
		});
		return counting;
	};
	let hear = () => {};
	const listeners = new Map<string, (words: string) => void>();
	const signals = openSignals(
		database,
		(name) => {
			const [scope = "", ...words] = name.split(" ");
			const listener = listeners.get(scope);
			if (listener) listener(words.join(" "));
			else hear();
		},
		log,
	);
	const othersFor = (scope: PlatformName): Others => ({
		tell: (words) => signals.tell(`${scope} ${words}`),
		hear: (listener) => void listeners.set(scope, listener),
	});
	const deliverer = makeDeliverer({
		observer,
		hint: () => signals.tell("owed"),
		database,
		platforms,
		lock: locks,
		clock,
		log,
		compose: reminderComposer({ live, timezone: config.timezone }),
		admins: { ids: open.door.admins, language: config.language },
	});
	const sending = new Set<Promise<void>>();
	const sendNow = (keys: readonly string[], atHand: readonly AtHand[] = []): Promise<void> => {
		const all = [deliverer.sendAtHand(atHand), deliverer.sendNow([...keys, ...open.takeOwed()])];
		const sent: Promise<void> = Promise.all(all)
			.then(() => {})
			.finally(() => sending.delete(sent));
		sending.add(sent);
		return sent;
	};
	const alive = await findFact(db, "bot", "alive");
	const inbox = makeInbox({
		db,
		house: open.house,
		door: open.door,
		clock,
		log,
		observer,
		network: (tx) => live.current(tx),
		outside: (message, signal) => outsideOf(open, platforms.get(message.place.platform) ?? null, signal),
		tellOthers: () => void signals.tell("inbox"),
		maySpeak: (place) => deliverer.maySpeak(place),
		sendNow,
		installation: open.installation,
		lastAlive: alive === null ? null : Temporal.Instant.from(alive),
		startedAt: clock.now(),
	});
	const settle = async () => {
		await inbox.work();
		await inbox.settle();
		while (sending.size > 0) await Promise.allSettled(sending);
	};
	const storeFor = (scope: PlatformName): PlatformStore => ({
		get: (name) => findFact(db, scope, name),
		set: (name, value) => setFact(db, scope, name, value),
	});

	let listener: RequestListener | null = null;
	for (const { name, make } of makers) {
		const made = await make({
			bot: portFor(open, inbox, name),
			store: storeFor(name),
			lock: locks,
			others: othersFor(name),
			settle,
		});
		platforms.set(name, made.platform);
		listener ??= made.listener;
	}

	const takeUp = async () => {
		await inbox.work();
		await sendNow([]);
		await deliverer.tick();
	};
	const tick = async () => {
		await setFact(db, "bot", "alive", clock.now().toString());
		await inbox.forget();
		await forgetUploads(db, clock.now());
		await forgetNotes(db, clock.now());
		await planTick({ db, live, clock, installation: open.installation });
		await takeUp();
	};
	let wanted: "all" | "leftovers" | null = null;
	let looking: Promise<void> | null = null;
	async function lookWhileWanted(): Promise<void> {
		while (wanted !== null) {
			const work = wanted === "all" ? tick : takeUp;
			wanted = null;
			await work().catch((error) => log.error({ err: error }, "looking for what is due failed, will be tried again"));
		}
		looking = null;
	}
	/** One look at a time; what is asked for meanwhile comes after it. */
	const look = (what: "all" | "leftovers") => {
		if (what === "all" || wanted === null) wanted = what;
		looking ??= lookWhileWanted();
	};
	hear = () => look("leftovers");
	const bell = rings ? cron.schedule("* * * * *", () => look("all")) : null;
	const leftovers = rings ? setInterval(() => look("leftovers"), LOOK_EVERY_MS) : null;
	// With the console alone nobody asks for health before the first answer, and nobody need wait for it.
	const alone = platforms.has("console");
	let server: Server | null = rings && !alone ? await listen(platforms, listener, open, await metrics()) : null;

	await Promise.all([...platforms.values()].map((platform) => platform.start()));
	// Not on the way to the first answer: what an earlier run left over is taken up once the platforms are there.
	const first = rings ? setTimeout(() => look("all"), alone ? FIRST_LOOK_MS : 0) : null;
	const listening =
		rings && alone
			? metrics()
					.then((made) => listen(platforms, listener, open, made))
					.then((made) => {
						server = made;
					})
			: null;

	let stopping: Promise<void> | null = null;
	async function end(): Promise<void> {
		hear = () => {};
		wanted = null;
		if (first) clearTimeout(first);
		await bell?.destroy();
		if (leftovers) clearInterval(leftovers);
		for (const platform of platforms.values()) await platform.stop();
		await inbox.stop();
		await Promise.allSettled(sending);
		await looking;
		await deliverer.stop();
		await signals.close();
		await listening;
		server?.close();
		server?.closeAllConnections();
		(await counting)?.stop();
		await locks.close();
	}
	return {
		settle,
		tick,
		platforms,
		metrics,
		stop() {
			stopping ??= end();
			return stopping;
		},
	};
}

/** A port in use stops a bot that others talk to; with the console alone it is only a warning (cli.md). */
async function listen(
	platforms: ReadonlyMap<PlatformName, Platform>,
	slack: RequestListener | null,
	{ config, log }: OpenHouse,
	metrics: Metrics,
): Promise<Server> {
	const { health } = await import("./health.ts");
	const server = createServer(health({ platforms, slack, metrics, token: config.metricsToken }));
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error) => {
			if (config.slack || config.matrix) return reject(error);
			log.warn({ port: config.port }, "the port for health is in use");
			resolve();
		});
		server.listen(config.port, () => resolve());
	});
	return server;
}
