import { resolve } from "node:path";
import { writeFileWhole } from "../exchange/export.ts";
import { writeTemplate } from "../exchange/network-book.ts";
import { json, type Subcommand, UsageError } from "./io.ts";
import { readOptions } from "./options.ts";

const NAME = "lotse-vorlage.xlsx";

export const templateCommand: Subcommand = {
	name: "template",
	usage: "lotse template [PATH] [--json]",
	about: {
		de: `schreibt eine leere Arbeitsmappe zum Ausfüllen (${NAME})`,
		en: `writes an empty workbook to fill in, in German (${NAME})`,
	},
	// Needs no database.
	async run(args, io) {
		const { values, positionals } = readOptions(args, { json: { type: "boolean", default: false } });
		const [name = NAME, ...more] = positionals;
		if (more.length > 0 || !/\.xlsx$/i.test(name))
			throw new UsageError("PATH: ein Name, der auf .xlsx endet / a name that ends in .xlsx");
		const path = resolve(io.cwd, name);
		await writeFileWhole(path, writeTemplate);
		if (values.json) json(io, { status: "done", path });
		else io.out(`Geschrieben / written: ${path}\n`);
		return 0;
	},
};
