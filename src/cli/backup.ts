import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { backUp } from "../database/backup.ts";
import { UserError } from "../lib/errors.ts";
import { BY_OPERATOR, insertAudit } from "../network/audit.ts";
import { json, type Subcommand } from "./io.ts";
import { onlyOne, readOptions } from "./options.ts";

export const backupCommand: Subcommand = {
	name: "backup",
	usage: "lotse backup FILE [--force] [--json]",
	about: {
		de: "sichert die eingebettete Datenbank in eine Datei, auch während der Bot läuft; --force überschreibt. Die Datei enthält personenbezogene Daten",
		en: "backs the embedded database up into a file, also while the bot runs; --force overwrites. The file holds personal data",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			json: { type: "boolean", default: false },
			force: { type: "boolean", default: false },
		});
		const file = resolve(io.cwd, onlyOne(positionals, "FILE"));
		const { database, clock, config } = await lender.house();
		if (existsSync(file) && !values.force)
			throw new UserError({
				de: `${file} gibt es schon. Nehmen Sie einen anderen Namen oder --force.`,
				en: `${file} exists already. Take another name, or --force.`,
			});
		const made = clock.now();
		const bytes = await backUp(database, file, made);
		await insertAudit(database.db, [{ ...BY_OPERATOR, at: made, command: "backup" }]);
		const size = (bytes / 1e6).toLocaleString(config.language, { maximumFractionDigits: 1 });
		if (values.json) json(io, { status: "done", file, bytes, made: made.toString() });
		else
			io.out(
				{
					de: `Gesichert: ${file} (${size} MB). Die Datei enthält personenbezogene Daten: bewahren Sie sie verschlüsselt auf.\n`,
					en: `Backed up: ${file} (${size} MB). The file holds personal data: keep it encrypted.\n`,
				}[config.language],
			);
		return 0;
	},
};
