/** One process per data folder. A file lock of the operating system, taken through SQLite, ends with its process, however that ends. */
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../lib/errors.ts";

/** Another process (as a rule the running bot) works on the embedded database of this folder. */
export class DatabaseInUse extends UserError {
	constructor(dataDir: string) {
		super({
			de: `Die Datenbank in „${dataDir}“ wird gerade von einem anderen Lotse benutzt. Beenden Sie ihn, oder setzen Sie DATABASE_URL auf einen PostgreSQL-Server.`,
			en: `The database in "${dataDir}" is in use by another Lotse. Stop it, or set DATABASE_URL to a PostgreSQL server.`,
		});
		this.name = "DatabaseInUse";
	}
}

/** @returns what gives the lock back. @throws DatabaseInUse */
export function hold(path: string, dataDir: string): () => void {
	const file = new DatabaseSync(path, { timeout: 0 });
	try {
		// Nothing is ever written into it: the open transaction is the lock.
		file.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
	} catch (error) {
		file.close();
		if (error instanceof Error && /locked|busy/i.test(error.message)) throw new DatabaseInUse(dataDir);
		throw error;
	}
	return () => file.close();
}
