/** What the bot's database role may do: enough to work, and better not enough to rewrite the audit log. */
import { z } from "zod";
import type { Database } from "../database/client.ts";
import { type Check, failed, few, mend, ok } from "./check.ts";

/** Tables that only grow: the bot never needs more than to read and to add. */
const GROWING = ["audit", "decision_version"];

const tables = z.array(z.object({ name: z.string() }));
const guards = z.array(z.object({ name: z.string(), owned: z.boolean(), always: z.boolean() }));
const queue = z.tuple([z.object({ usable: z.boolean() })]);

const GRANTS = mend(
	"database",
	"die Rechte vergeben mit prisma/bot-role.sql (docs/betrieb.md)",
	"grant the rights with prisma/bot-role.sql (docs/betrieb.md)",
);

async function tableRights(database: Database): Promise<Check> {
	const missing = tables.parse(
		await database.rows(
			`SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
				AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
					AND (c.relname = ANY($1) OR has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')))
			ORDER BY name`,
			[GROWING],
		),
	);
	// pg-boss makes its own schema with the first message that waits.
	const [{ usable }] = queue.parse(
		await database.rows(
			`SELECT CASE WHEN to_regnamespace('pgboss') IS NULL THEN has_database_privilege(current_database(), 'CREATE')
				ELSE has_schema_privilege('pgboss', 'USAGE') END AS usable`,
		),
	);
	const lacking = [...missing.map(({ name }) => name), ...(usable ? [] : ["pgboss"])];
	if (lacking.length === 0)
		return ok("database rights", {
			de: "Die Datenbankrolle darf, was Lotse braucht.",
			en: "The database role may do what Lotse needs.",
		});
	return failed(
		"database rights",
		{
			de: `Der Datenbankrolle fehlen Rechte an: ${few(lacking)}.`,
			en: `The database role lacks rights on: ${few(lacking)}.`,
		},
		GRANTS,
	);
}

async function auditLog(database: Database): Promise<Check> {
	const found = guards.parse(
		await database.rows(
			`SELECT c.relname AS name, pg_has_role(c.relowner, 'USAGE') AS owned,
				EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only' AND t.tgenabled = 'A') AS always
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = current_schema() AND c.relname = ANY($1)`,
			[GROWING],
		),
	);
	const open = found.filter(({ always }) => !always);
	if (open.length > 0 || found.length < GROWING.length)
		return failed(
			"audit log",
			{
				de: `Der Schutz vor Ändern und Löschen ist abgeschaltet: ${few(open.map(({ name }) => name))}.`,
				en: `The guard against changing and deleting is switched off: ${few(open.map(({ name }) => name))}.`,
			},
			mend(
				"database",
				'klären, wer das war, und wieder einschalten: ALTER TABLE audit ENABLE ALWAYS TRIGGER append_only (ebenso "decision_version")',
				'find out who did it, and switch it on again: ALTER TABLE audit ENABLE ALWAYS TRIGGER append_only (and "decision_version")',
			),
		);
	const text = {
		de: "Protokoll und Beschlussversionen lassen sich nur ergänzen.",
		en: "The audit log and the versions of decisions can only be added to.",
	};
	if (database.kind === "embedded" || !found.some(({ owned }) => owned)) return ok("audit log", text);
	return ok(
		"audit log",
		{
			de: `${text.de} Die Rolle des Bots besitzt die Tabellen und könnte den Schutz abschalten.`,
			en: `${text.en} The bot's role owns the tables and could switch the guard off.`,
		},
		mend(
			"database",
			"besser eine eigene Rolle für den Bot: prisma/bot-role.sql (docs/betrieb.md)",
			"better a role of its own for the bot: prisma/bot-role.sql (docs/betrieb.md)",
		),
	);
}

/** Only where the tables are up to date. */
export async function checkRights(database: Database): Promise<Check[]> {
	return [...(database.kind === "server" ? [await tableRights(database)] : []), await auditLog(database)];
}
