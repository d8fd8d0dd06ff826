/** What a platform's driver gives the contract suite: a person in one place, and what they read there. */
import pino from "pino";
import type { Database } from "../../src/database/client.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { fixedClock } from "../../src/lib/clock.ts";
import type { Config } from "../../src/lib/config.ts";
import { type OpenHouse, wire } from "../../src/main.ts";
import { RECORD_TYPES, type RecordType } from "../../src/network/records.ts";
import { saveRecords } from "../../src/network/save.ts";
import { type PlatformMaker, type RunningBot, startBot } from "../../src/start.ts";
import { CONFIG, type Records } from "../support/chat.ts";
import { testDatabase } from "../support/database.ts";
import { NOW } from "./scenarios.ts";

export interface Driver {
	/** Says it in the bound channel (or at the terminal) and resolves with what this person reads in answer. */
	say(line: string): Promise<string>;
	/** What the platform found wrong: rules broken, people pinged, messages doubled. */
	findings(): Promise<unknown[]>;
	database: Database;
	close(): Promise<void>;
}

export interface HouseUnderTest {
	open: OpenHouse;
	running: RunningBot;
	database: Database;
	clock: ReturnType<typeof fixedClock>;
	close(): Promise<void>;
}

/** A house on a fresh database with these platforms; time is the caller's. */
export async function houseWith(
	records: Records,
	config: Partial<Config>,
	makers: (open: OpenHouse) => PlatformMaker[],
	now = NOW,
	/** A database to go on with, as after a restart. */
	kept?: Database,
): Promise<HouseUnderTest> {
	const database = kept ?? (await testDatabase());
	const clock = fixedClock(Temporal.Instant.from(now).toString());
	await inTransaction(database.db, async (tx) => {
		async function put<T extends RecordType>(type: T): Promise<void> {
			const rows = records[type];
			if (rows && rows.length > 0)
				await saveRecords(tx, type, rows, { at: clock.now(), author: null, change: "imported" });
		}
		for (const type of RECORD_TYPES) await put(type);
	});
	const open = await wire({ ...CONFIG, ...config }, clock, pino({ level: "silent" }), database, "contract");
	const running = await startBot(open, makers(open), false);
	return {
		open,
		running,
		database,
		clock,
		async close() {
			await running.stop();
			await database.close();
		},
	};
}

/** As people read it: without line breaks, emphasis and the numbers of buttons. */
export const normalised = (text: string) => text.replace(/\s+/gu, " ").trim();
