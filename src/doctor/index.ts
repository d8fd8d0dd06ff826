/** Looks at everything that can be wrong with a house, and changes nothing. For `lotse doctor` and `diagnose` in chat. */
import type { Command } from "../bot/command.ts";
import type { Database, Db } from "../database/client.ts";
import { findFact } from "../database/facts.ts";
import type { Clock } from "../lib/clock.ts";
import type { Config, ConfigFault } from "../lib/config.ts";
import type { Network } from "../network/records.ts";
import { checkAdministrators } from "./administrators.ts";
import { type Check, part } from "./check.ts";
import { checkDatabase, timezone } from "./database.ts";
import { checkChannels, checkDeliveries } from "./deliveries.ts";
import { checkDisk } from "./disk.ts";
import { checkEnvironment, checkVariables } from "./environment.ts";
import { checkMatrix } from "./matrix.ts";
import { checkRecords } from "./records.ts";
import { checkRights } from "./rights.ts";
import { checkSlack } from "./slack.ts";

export type { Check } from "./check.ts";
export { cannotOpen, notMade, unknownDatabase } from "./database.ts";

/** What is looked at. */
export interface Patient {
	config: Config;
	clock: Clock;
	commands: readonly Command[];
	/** Of the house, opened with its schema as it is; or the check that says why there is none. */
	open: { database: Database; live: { current(): Promise<Network> } } | Check;
}

type Known = { network: Network; db: Db } | null;

/** When something last came from Slack, as people read it. */
async function lastHeard(db: Db, { timezone: zone }: Config): Promise<string | null> {
	const row = await db.inbox.findFirst({
		where: { platform: "slack" },
		orderBy: { id: "desc" },
		select: { receivedAt: true },
	});
	if (row === null) return null;
	const at = Temporal.Instant.fromEpochMilliseconds(row.receivedAt.getTime()).toZonedDateTimeISO(zone);
	return at.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ");
}

/** Asks the chats themselves; without a database nothing is known of channels. */
async function chats({ config, clock, commands }: Patient, known: Known): Promise<Check[]> {
	const { slack, matrix } = config;
	const network = known?.network ?? null;
	const fact = (name: string) => (known === null || matrix === null ? null : findFact(known.db, "matrix", name));
	const heard = slack === null || known === null ? null : await lastHeard(known.db, config);
	const [token, device] = [await fact("access_token"), await fact("device_id")];
	const [one, other] = await Promise.all([
		slack === null ? [] : checkSlack(slack, { config, commands, network, clock, heard }),
		matrix === null ? [] : checkMatrix(matrix, { config, network, clock, token, device }),
	]);
	return [...one, ...other];
}

/** @param faults of the environment, where it could not be read in full */
export async function examine(patient: Patient, faults: readonly ConfigFault[] = []): Promise<Check[]> {
	const { config, clock, open } = patient;
	const outside = [
		...checkVariables(faults),
		...checkEnvironment(config),
		...(await part("disk", () => checkDisk(config.dataDir, config.databaseUrl))),
		timezone(config.timezone),
	];
	if ("status" in open) return [...outside, open, ...(await chats(patient, null))];
	const { database, live } = open;
	const { db } = database;
	const inside = await part("database", () => checkDatabase(database, clock, config.dataDir));
	// Without its tables the database can answer nothing more.
	if (!inside.some(({ name, status }) => name === "schema" && status === "ok"))
		return [...outside, ...inside, ...(await chats(patient, null))];
	const network = await live.current();
	const now = clock.now();
	const today = now.toZonedDateTimeISO(config.timezone).toPlainDate();
	return [
		...outside,
		...inside,
		...(await part("database rights", () => checkRights(database))),
		...(await part("administrators", () => checkAdministrators(config, db))),
		...(await chats(patient, { network, db })),
		...checkChannels(network, config),
		...(await part("deliveries", () => checkDeliveries(db, now))),
		...(await part("records", () => checkRecords(network, today))),
	];
}
