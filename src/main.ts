/** The only place where rooms meet: opens the database, wires the house, starts what is configured. */
import { createHash, randomBytes } from "node:crypto";
import { commands } from "../commands/index.ts";
import type { Announcement } from "./bot/command.ts";
import { type Grammar, grammarOf } from "./bot/grammar.ts";
import { owe } from "./bot/ledger.ts";
import type { Place } from "./bot/message.ts";
import type { Door } from "./bot/people.ts";
import type { House } from "./bot/turn.ts";
import type { Database, Tx } from "./database/client.ts";
import { findFact, setFact } from "./database/facts.ts";
import { migrate, pendingMigrations } from "./database/migrate.ts";
import { inTransaction } from "./database/transaction.ts";
import type { Clock } from "./lib/clock.ts";
import type { Config } from "./lib/config.ts";
import { UserError } from "./lib/errors.ts";
import type { Logger } from "./lib/log.ts";
import { type LiveNetwork, liveNetwork } from "./network/live.ts";
import { lexiconOf, resolve as resolveName } from "./questions/lexicon.ts";

/** Everything that a command line or a running bot works with. */
export interface OpenHouse {
	config: Config;
	clock: Clock;
	log: Logger;
	database: Database;
	live: LiveNetwork;
	grammar: Grammar;
	house: House;
	door: Door;
	/** Short id of this database, part of every ledger key. */
	installation: string;
	/** Keys that were owed by announcements since the last call; whoever runs the bot sends them at once. */
	takeOwed(): string[];
	close(): Promise<void>;
}

/**
 * Brings an embedded database up to date (a server's is only looked at) and wires the house around it. Closes it when that fails.
 * @throws UserError when a server's schema is outdated
 */
export async function openHouse(
	config: Config,
	clock: Clock,
	log: Logger,
	database: Database,
	schema: "current" | "as it is" = "current",
): Promise<OpenHouse> {
	try {
		if (schema === "current") await checkSchema(database);
		// A server's empty database has no table to keep the id in yet.
		return await wire(config, clock, log, database, schema === "current" ? await installationOf(database) : "");
	} catch (error) {
		await database.close();
		throw error;
	}
}

async function checkSchema(database: Database): Promise<void> {
	if (database.kind === "embedded") {
		await migrate(database);
		return;
	}
	const pending = await pendingMigrations(database);
	if (pending.length === 0) return;
	throw new UserError({
		de: `Die Datenbank ist nicht auf dem neuesten Stand (${pending.length} ausstehend). Bringen Sie sie auf den Stand mit: npx lotse migrate`,
		en: `The database is not up to date (${pending.length} pending). Bring it up to date with: npx lotse migrate`,
	});
}

/** Wires a house around a database that is open already. */
export async function wire(
	config: Config,
	clock: Clock,
	log: Logger,
	database: Database,
	installation: string,
): Promise<OpenHouse> {
	const live = liveNetwork(database.db);
	const grammar = grammarOf(commands);
	let owed: string[] = [];
	const house: House = {
		grammar,
		timezone: config.timezone,
		language: config.language,
		resolve: (network, type, typed, asker) => resolveName(lexiconOf(network), type, typed, asker),
		announce: async (tx, announcement, from, now) => {
			owed.push(...(await announce(tx, installation, announcement, from, now)));
		},
		admins: (tx, network) => listAdmins(tx, config, network),
	};
	return {
		config,
		clock,
		log,
		database,
		live,
		grammar,
		house,
		door: { admins: config.admins, timezone: config.timezone },
		installation,
		takeOwed() {
			const keys = owed;
			owed = [];
			return keys;
		},
		close: () => database.close(),
	};
}

async function installationOf(database: Database): Promise<string> {
	return inTransaction(database.db, async (tx) => {
		const known = await findFact(tx, "bot", "installation");
		if (known) return known;
		const made = randomBytes(4).toString("hex");
		await setFact(tx, "bot", "installation", made);
		return made;
	});
}

/** Owes an announcement to its channels, in each channel's language; not where it was said. @returns the ledger keys */
async function announce(
	tx: Tx,
	installation: string,
	{ key, channels, reply }: Announcement,
	from: Place | null,
	now: Temporal.Instant,
): Promise<string[]> {
	const heard = channels.filter(
		(channel) => !(from && channel.platform === from.platform && channel.address === from.address),
	);
	return owe(
		tx,
		heard.map((channel) => ({
			key: `n-${installation}-${createHash("sha256").update(`${key} ${channel.key}`).digest("hex").slice(0, 32)}`,
			kind: "announcement",
			platform: channel.platform,
			address: channel.address,
			thread: null,
			recipient: null,
			repliesTo: null,
			edits: null,
			language: channel.language,
			reply: reply(channel.language),
			channel: channel.key,
			at: now,
		})),
	);
}

/** Names of administrators: those given the role, and the contacts behind LOTSE_ADMINS. */
async function listAdmins(
	tx: Tx,
	config: Config,
	network: { contact: ReadonlyMap<string, { name: string; slackUser: string | null; matrixUser: string | null }> },
): Promise<string[]> {
	const granted = await tx.grant.findMany({
		where: { role: "admin" },
		orderBy: { at: "asc" },
		take: 5,
		select: { person: { select: { name: true } } },
	});
	const named = [...network.contact.values()].filter((contact) =>
		[contact.slackUser, contact.matrixUser].some((id) => id !== null && config.admins.includes(id)),
	);
	return [...new Set([...granted.map((grant) => grant.person.name), ...named.map((contact) => contact.name)])];
}
