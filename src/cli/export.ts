import { resolve } from "node:path";
import { exportNetwork } from "../exchange/export.ts";
import { json, type Subcommand } from "./io.ts";
import { onlyOne, readOptions } from "./options.ts";

export const exportCommand: Subcommand = {
	name: "export",
	usage: "lotse export PATH [--json]",
	about: {
		de: "schreibt den Netzwerkordner, oder eine Arbeitsmappe, wenn PATH auf .xlsx endet",
		en: "writes the network folder, or a workbook where PATH ends in .xlsx",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, { json: { type: "boolean", default: false } });
		const path = resolve(io.cwd, onlyOne(positionals, "PATH"));
		const { database, config } = await lender.house();
		await exportNetwork(database.db, path);
		if (values.json) json(io, { status: "done", path });
		else io.out(config.language === "de" ? `Geschrieben: ${path}\n` : `Written: ${path}\n`);
		return 0;
	},
};
