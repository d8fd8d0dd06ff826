/** `lotse restore`: puts a backup in the place of the embedded database. No bot may run meanwhile; the former one is kept aside. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { settleRestored } from "../bot/restored.ts";
import { unpackBackup } from "../database/backup.ts";
import { openCluster } from "../database/client.ts";
import { hold } from "../database/hold.ts";
import { migrate } from "../database/migrate.ts";
import { inTransaction } from "../database/transaction.ts";
import { systemClock } from "../lib/clock.ts";
import type { Config } from "../lib/config.ts";
import { UserError } from "../lib/errors.ts";
import { showDateTime } from "../lib/time/show.ts";
import { json, type Lender, type Subcommand, UsageError } from "./io.ts";
import { onlyOne, readOptions } from "./options.ts";

const onServer = new UserError({
	de: 'Die Datenbank liegt auf einem PostgreSQL-Server. Stellen Sie sie dort wieder her: pg_restore --no-owner --clean --if-exists --dbname="$DATABASE_URL" lotse.dump. Danach, vor dem Start: npx lotse restore --after-pg-restore',
	en: 'The database is on a PostgreSQL server. Restore it there: pg_restore --no-owner --clean --if-exists --dbname="$DATABASE_URL" lotse.dump. Then, before the start: npx lotse restore --after-pg-restore',
});

interface Restored {
	made: string;
	migrated: string[];
	/** Where the former database is kept; null = there was none. */
	aside: string | null;
}

async function restore({ dataDir }: Config, file: string, force: boolean): Promise<Restored> {
	if (!existsSync(file))
		throw new UserError({ de: `Die Datei ${file} gibt es nicht.`, en: `There is no file ${file}.` });
	const folder = resolve(dataDir);
	const place = join(folder, "database");
	const fresh = join(folder, "restore.tmp");
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const free = hold(join(folder, "database.lock"), dataDir);
	try {
		if (existsSync(place) && !force)
			throw new UserError({
				de: `In ${dataDir} ist schon eine Datenbank. Mit --force tritt die Sicherung an ihre Stelle; die jetzige wird daneben aufgehoben.`,
				en: `There is a database in ${dataDir} already. With --force the backup takes its place; the present one is kept beside it.`,
			});
		await rm(fresh, { recursive: true, force: true });
		const now = systemClock.now();
		const { made } = await unpackBackup(file, fresh);
		const database = await openCluster(fresh);
		let migrated: string[] = [];
		try {
			migrated = await migrate(database);
			await inTransaction(database.db, (tx) => settleRestored(tx, now, made));
		} finally {
			await database.close();
		}
		const aside = existsSync(place) ? `${place}.${now.toString({ smallestUnit: "second" }).replaceAll(":", "")}` : null;
		if (aside !== null) await rename(place, aside);
		await rename(fresh, place);
		return { made, migrated, aside };
	} finally {
		await rm(fresh, { recursive: true, force: true });
		free();
	}
}

async function afterServer({ house }: Lender): Promise<void> {
	const { database } = await house();
	if (database.kind === "embedded") throw new UsageError("--after-pg-restore: DATABASE_URL");
	await inTransaction(database.db, (tx) => settleRestored(tx, systemClock.now(), null));
}

export const restoreCommand: Subcommand = {
	name: "restore",
	usage: "lotse restore FILE [--force] [--json] | lotse restore --after-pg-restore [--json]",
	about: {
		de: "stellt die eingebettete Datenbank aus einer Sicherung wieder her; der Bot darf nicht laufen, --force legt eine vorhandene beiseite",
		en: "restores the embedded database from a backup; the bot must not run, --force puts a present one aside",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			json: { type: "boolean", default: false },
			force: { type: "boolean", default: false },
			"after-pg-restore": { type: "boolean", default: false },
		});
		const { config } = lender.environment;
		const say = (de: string, en: string) => io.out(`${{ de, en }[config.language]}\n`);
		if (values["after-pg-restore"]) {
			if (positionals.length > 0) throw new UsageError(positionals.join(" "));
			await afterServer(lender);
			if (values.json) json(io, { status: "done" });
			else say("Bereit zum Start.", "Ready to start.");
			return 0;
		}
		const file = resolve(io.cwd, onlyOne(positionals, "FILE"));
		if (config.databaseUrl !== null) throw onServer;
		const restored = await restore(config, file, values.force);
		if (values.json) json(io, { status: "done", ...restored });
		else {
			const made = Temporal.Instant.from(restored.made).toZonedDateTimeISO(config.timezone);
			const shown = showDateTime(made, config.language, config.timezone);
			say(`Wiederhergestellt: der Stand von ${shown}.`, `Restored: the state of ${shown}.`);
			if (restored.aside !== null)
				say(`Die vorige Datenbank liegt in ${restored.aside}.`, `The former database is in ${restored.aside}.`);
		}
		return 0;
	},
};
