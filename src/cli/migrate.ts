import { migrate } from "../database/migrate.ts";
import { json, type Subcommand, UsageError } from "./io.ts";
import { readOptions } from "./options.ts";

export const migrateCommand: Subcommand = {
	name: "migrate",
	usage: "lotse migrate [--json]",
	about: { de: "bringt die Datenbank auf den neuesten Stand", en: "brings the database schema up to date" },
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, { json: { type: "boolean", default: false } });
		if (positionals.length > 0) throw new UsageError(positionals.join(" "));
		const { database, config } = await lender.house("as it is");
		const applied = await migrate(database);
		if (values.json) json(io, { status: "done", applied });
		else if (applied.length === 0)
			io.out(
				config.language === "de" ? "Die Datenbank ist auf dem neuesten Stand.\n" : "The database is up to date.\n",
			);
		else io.out(applied.map((name) => `${name}\n`).join(""));
		return 0;
	},
};
