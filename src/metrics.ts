/**
 * What `GET /metrics` shows, for Prometheus. Counters are this process's own and are summed over instances; what is read from the rows
 * (`lotse_queue_…`, `lotse_imports…`) is the same on every instance. Labels are fixed words, never people, places or texts.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type Depth, readDepth } from "./bot/depth.ts";
import type { Observer } from "./bot/observer.ts";
import type { Platform, PlatformState } from "./bot/platform.ts";
import type { Database } from "./database/client.ts";
import type { Clock } from "./lib/clock.ts";
import type { PlatformName } from "./lib/platform.ts";
import { VERSION } from "./lib/version.ts";

export interface Metrics {
	observer: Observer;
	contentType: string;
	/** In Prometheus' text format. Never waits for the database longer than a moment: without it the rest is shown. */
	text(): Promise<string>;
	stop(): void;
}

interface Ports {
	database: Pick<Database, "db" | "kind">;
	platforms: ReadonlyMap<PlatformName, Platform>;
	clock: Clock;
	/** How long a scrape waits for the database. */
	patienceMs?: number;
}

const STATES: readonly PlatformState[] = ["connected", "connecting", "down", "standby"];
/** However often it is scraped, the database is asked this seldom. */
const FRESH_SECONDS = 5;
const PATIENCE_MS = 2_000;

/** From an answer sent at once to a reminder that waited for a homeserver over night, in seconds. */
const LATE = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400];
const QUICK = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function makeMetrics({ database, platforms, clock, patienceMs = PATIENCE_MS }: Ports): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });

	const count = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
		new Counter({ name, help, labelNames, registers });
	const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[], collect?: () => void) =>
		new Gauge({ name, help, labelNames, registers, ...(collect && { collect }) });

	gauge("lotse_build_info", "Always 1; the version is in the labels.", ["version", "node", "database"]).set(
		{ version: VERSION, node: process.version, database: database.kind },
		1,
	);
	const state = gauge("lotse_platform_state", "1 for the state a chat is in.", ["platform", "state"], () => {
		for (const [name, platform] of platforms) {
			const current = platform.state();
			for (const each of STATES) state.set({ platform: name, state: each }, each === current ? 1 : 0);
		}
	});
	const commands = count("lotse_commands_total", "Messages handled, by the command that came of them.", [
		"platform",
		"command",
		"outcome",
	]);
	const questions = count("lotse_questions_total", "Questions answered.", ["intent", "outcome", "language"]);
	const handling = new Histogram({
		name: "lotse_handling_seconds",
		help: "From taking a message up to the commit of its answer.",
		labelNames: ["platform"],
		buckets: QUICK,
		registers,
	});
	const deliveries = count("lotse_deliveries_total", "Attempts to send, by what became of them.", [
		"platform",
		"kind",
		"result",
	]);
	const late = new Histogram({
		name: "lotse_delivery_late_seconds",
		help: "How long after it was due a message was sent.",
		labelNames: ["platform", "kind"],
		buckets: LATE,
		registers,
	});

	const up = gauge("lotse_database_up", "1 if the database answered this scrape in time.", []);
	const inboxWaiting = gauge("lotse_queue_inbox_messages", "Messages taken in and not handled yet.", []);
	const inboxOldest = gauge("lotse_queue_inbox_oldest_seconds", "How long the oldest of them waits.", []);
	const owed = gauge("lotse_queue_deliveries", "Messages owed (planned, due, failing) or refused for good (parked).", [
		"platform",
		"kind",
		"state",
	]);
	const owedOldest = gauge("lotse_queue_delivery_overdue_seconds", "How long the oldest of them is overdue.", [
		"platform",
		"kind",
		"state",
	]);
	const jobs = gauge("lotse_queue_jobs", "Jobs of the queue that shares out what was not sent at once.", ["state"]);
	const imports = gauge("lotse_imports", "Imports in the audit trail.", ["outcome"]);
	const imported = gauge("lotse_imports_last_timestamp_seconds", "When the last of them was.", ["outcome"]);
	const shared = [inboxWaiting, inboxOldest, owed, owedOldest, jobs, imports, imported];

	function show(depth: Depth): void {
		for (const each of shared) each.reset();
		inboxWaiting.set(depth.inbox.waiting);
		inboxOldest.set(depth.inbox.oldestSeconds);
		for (const { platform, kind, state: waits, count: number, oldestSeconds } of depth.deliveries) {
			owed.set({ platform, kind, state: waits }, number);
			owedOldest.set({ platform, kind, state: waits }, oldestSeconds);
		}
		for (const job of depth.jobs) jobs.set({ state: job.state }, job.count);
		for (const { outcome, count: number, last } of depth.imports) {
			imports.set({ outcome }, number);
			imported.set({ outcome }, last);
		}
	}

	let asked: Temporal.Instant | null = null;
	let asking: Promise<boolean> | null = null;
	/** One question to the database at a time, and none while the last answer is fresh. */
	function refresh(): Promise<boolean> {
		const now = clock.now();
		if (asking && (asked === null || now.since(asked).total("seconds") < FRESH_SECONDS)) return asking;
		asked = null;
		asking = readDepth(database.db, now).then(
			(depth) => {
				asked = now;
				show(depth);
				return true;
			},
			() => {
				asked = now;
				return false;
			},
		);
		return asking;
	}

	return {
		observer: {
			handled({ platform, command, outcome, question, seconds }) {
				commands.inc({ platform, command: command ?? "none", outcome });
				handling.observe({ platform }, seconds);
				if (question) questions.inc({ intent: question.intent, outcome: question.status, language: question.language });
			},
			delivered({ platform, kind, result, secondsLate }) {
				deliveries.inc({ platform, kind, result });
				if (secondsLate !== null) late.observe({ platform, kind }, secondsLate);
			},
		},
		contentType: registry.contentType,
		async text() {
			let timer: NodeJS.Timeout | undefined;
			const patience = new Promise<boolean>((resolve) => {
				timer = setTimeout(() => resolve(false), patienceMs);
			});
			const answered = await Promise.race([refresh(), patience]).finally(() => clearTimeout(timer));
			up.set(answered ? 1 : 0);
			// Numbers of before the database went away would look like those of now.
			if (!answered) for (const each of shared) each.reset();
			return registry.metrics();
		},
		stop: () => registry.clear(),
	};
}
