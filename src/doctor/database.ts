/** Database, clock and time zone. */
import { z } from "zod";
import { type Database, DatabaseInUse } from "../database/client.ts";
import { pendingMigrations } from "../database/migrate.ts";
import type { Clock } from "../lib/clock.ts";
import { UserError } from "../lib/errors.ts";
import { type Check, failed, few, mend, ok, reasonOf, warning } from "./check.ts";

/** The oldest PostgreSQL that the migrations are tested on. */
const OLDEST = 150_000;

const versionRow = z.object({ server_version: z.string(), number: z.coerce.number(), encoding: z.string() });
const clockRow = z.object({ ms: z.coerce.number() });

export function cannotOpen(error: unknown): Check {
	if (error instanceof DatabaseInUse)
		return failed(
			"database",
			error.text,
			mend(
				"operator",
				"die Umgebung berichtigen; dann fragt npx lotse doctor den laufenden Bot",
				"correct the environment; npx lotse doctor then asks the running bot",
			),
		);
	const reason = reasonOf(error);
	return failed(
		"database",
		error instanceof UserError
			? error.text
			: { de: `Die Datenbank ist nicht erreichbar (${reason}).`, en: `The database cannot be reached (${reason}).` },
		mend(
			"operator",
			"Läuft der Server, und stimmen Adresse, Name und Kennwort in DATABASE_URL? Ohne DATABASE_URL nimmt Lotse die eingebettete Datenbank in LOTSE_DATA_DIR, die ihm gehören muss.",
			"Does the server run, and are address, name and password in DATABASE_URL right? Without DATABASE_URL Lotse uses the embedded database in LOTSE_DATA_DIR, which must belong to it.",
		),
	);
}

/** The embedded database is made by the first start; only looking makes none. */
export const notMade = (dataDir: string): Check =>
	ok(
		"database",
		{
			de: `In ${dataDir} ist noch keine Datenbank: Sie entsteht beim ersten Start.`,
			en: `There is no database in ${dataDir} yet: the first start makes it.`,
		},
		mend("operator", "starten: npm start", "start: npm start"),
	);

/** Without knowing which database is meant none is opened. */
export const unknownDatabase: Check = failed(
	"database",
	{
		de: "Welche Datenbank gemeint ist, ist nicht zu erkennen; sie wurde nicht geöffnet.",
		en: "It cannot be told which database is meant; none was opened.",
	},
	mend("operator", "DATABASE_URL berichtigen", "correct DATABASE_URL"),
);

async function version(database: Database, dataDir: string): Promise<Check> {
	const [row] = await database.rows(
		`SELECT current_setting('server_version') AS server_version, current_setting('server_version_num') AS number,
			current_setting('server_encoding') AS encoding`,
	);
	const { server_version: name, number, encoding } = versionRow.parse(row);
	const where = {
		de: database.kind === "embedded" ? `eingebettet in ${dataDir}` : "auf einem Server",
		en: database.kind === "embedded" ? `embedded in ${dataDir}` : "on a server",
	};
	if (number < OLDEST)
		return failed(
			"database",
			{ de: `PostgreSQL ${name} ist zu alt.`, en: `PostgreSQL ${name} is too old.` },
			mend("database", "auf PostgreSQL 15 oder neuer umziehen", "move to PostgreSQL 15 or newer"),
		);
	if (encoding !== "UTF8")
		return failed(
			"database",
			{
				de: `Die Datenbank ist in ${encoding} kodiert: Umlaute und fremde Schriften gehen verloren.`,
				en: `The database is encoded in ${encoding}: umlauts and foreign scripts get lost.`,
			},
			mend(
				"database",
				"eine neue anlegen: CREATE DATABASE lotse ENCODING 'UTF8' TEMPLATE template0",
				"make a new one: CREATE DATABASE lotse ENCODING 'UTF8' TEMPLATE template0",
			),
		);
	return ok("database", { de: `PostgreSQL ${name}, ${where.de}.`, en: `PostgreSQL ${name}, ${where.en}.` });
}

async function schema(database: Database): Promise<Check> {
	try {
		const pending = await pendingMigrations(database);
		if (pending.length === 0)
			return ok("schema", { de: "Die Tabellen sind auf dem neuesten Stand.", en: "The tables are up to date." });
		return failed(
			"schema",
			{
				de: `Es fehlen ${pending.length} Änderungen: ${few(pending)}.`,
				en: `${pending.length} changes are missing: ${few(pending)}.`,
			},
			mend(
				"operator",
				"die Tabellen auf den Stand bringen: npx lotse migrate",
				"bring the tables up to date: npx lotse migrate",
			),
		);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return failed(
			"schema",
			error.text,
			mend("operator", "die passende Version von Lotse einsetzen", "use the version of Lotse that fits"),
		);
	}
}

/** Reminders are due by this machine's clock, delivery by the database's: they must agree. */
async function clocks(database: Database, clock: Clock): Promise<Check> {
	const before = clock.now().epochMilliseconds;
	const [row] = await database.rows("SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms");
	const after = clock.now().epochMilliseconds;
	const apart = Math.abs(clockRow.parse(row).ms - (before + after) / 2);
	const seconds = Math.max(0, apart - (after - before)) / 1000;
	if (seconds < 2)
		return ok("clock", {
			de: "Diese Maschine und die Datenbank haben dieselbe Zeit.",
			en: "This machine and the database have the same time.",
		});
	const text = {
		de: `Diese Maschine und die Datenbank liegen ${seconds.toFixed(0)} s auseinander.`,
		en: `This machine and the database are ${seconds.toFixed(0)} s apart.`,
	};
	const remedy = mend(
		"operator",
		"auf beiden Maschinen die Zeit aus dem Netz beziehen: timedatectl set-ntp true",
		"take the time from the network on both machines: timedatectl set-ntp true",
	);
	return seconds < 60 ? warning("clock", text, remedy) : failed("clock", text, remedy);
}

/** A Node built without full time zone data would shift every reminder by an hour or more. */
export function timezone(zone: string): Check {
	const noon = (month: number) =>
		Temporal.PlainDateTime.from({ year: 2027, month, day: 1, hour: 12 }).toZonedDateTime("Europe/Berlin").offset;
	if (noon(1) === "+01:00" && noon(7) === "+02:00") {
		const data = process.versions.tz ?? "?";
		return ok("timezone", { de: `${zone}, Zeitzonendaten ${data}.`, en: `${zone}, time zone data ${data}.` });
	}
	return failed(
		"timezone",
		{
			de: "Die Zeitzonendaten sind unbrauchbar: Europe/Berlin kennt keine Sommerzeit.",
			en: "The time zone data is unusable: Europe/Berlin has no summer time.",
		},
		mend(
			"operator",
			"Lotse neu installieren (npm ci), damit sein eigenes Node benutzt wird",
			"install Lotse anew (npm ci), so that its own Node is used",
		),
	);
}

export async function checkDatabase(database: Database, clock: Clock, dataDir: string): Promise<Check[]> {
	return [await version(database, dataDir), await schema(database), await clocks(database, clock)];
}
