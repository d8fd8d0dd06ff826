import { resolve } from "node:path";
import { faultJson, faultLine } from "../exchange/fault.ts";
import { importRead } from "../exchange/import.ts";
import { readSource } from "../exchange/read.ts";
import { sourceAt } from "../exchange/source.ts";
import type { Text } from "../lib/text.ts";
import { BY_OPERATOR } from "../network/audit.ts";
import { json, type Subcommand } from "./io.ts";
import { onlyOne, readOptions } from "./options.ts";

export const importCommand: Subcommand = {
	name: "import",
	usage: "lotse import PATH [--dry-run] [--prune] [--json]",
	about: {
		de: "liest einen Netzwerkordner oder eine Arbeitsmappe (.xlsx) ein: alles oder nichts",
		en: "reads a network folder or a workbook (.xlsx): all or nothing",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			"dry-run": { type: "boolean", default: false },
			prune: { type: "boolean", default: false },
			json: { type: "boolean", default: false },
		});
		const path = resolve(io.cwd, onlyOne(positionals, "PATH"));
		// Before the database is opened: a file that was made to fill the memory finds all of it free.
		const folder = await readSource(await sourceAt(path));
		const { database, config, clock } = await lender.house();
		const language = config.language;
		// Shown only where it takes longer than a second: a short import needs no line of its own.
		const began = performance.now();
		const progress = (doing: Text) => {
			if (performance.now() - began > 1000) io.err(`\r\u001b[K${doing[language]} …`);
		};
		const result = await importRead(database.db, folder, {
			dryRun: values["dry-run"],
			prune: values.prune,
			now: clock.now(),
			language: config.language,
			author: null,
			by: BY_OPERATOR,
			...(io.terminal ? { progress } : {}),
		});
		if (io.terminal && performance.now() - began > 1000) io.err("\r\u001b[K");
		if (values.json) {
			json(
				io,
				result.status === "done"
					? result
					: { status: result.status, faults: result.faults.map((fault) => faultJson(fault, language)) },
			);
			return result.status === "done" ? 0 : 1;
		}
		if (result.status === "invalid") {
			for (const fault of result.faults) io.err(`${faultLine(fault, config.language)}\n`);
			const count = result.faults.length;
			io.err(
				config.language === "de"
					? `${count} Fehler. Es wurde nichts eingelesen.\n`
					: `${count} ${count === 1 ? "fault" : "faults"}. Nothing was imported.\n`,
			);
			return 1;
		}
		const words = { de: ["neu", "geändert", "gleich", "gelöscht"], en: ["new", "changed", "same", "pruned"] }[
			config.language
		];
		for (const [file, { new: made, changed, same, pruned, kept }] of Object.entries(result.files)) {
			const counts = [made, changed, same, pruned].map((count, index) => `${count} ${words[index]}`).join(", ");
			const stay = {
				de: `${kept} bleiben, weil Beschlüsse nie gelöscht werden`,
				en: `${kept} stay, since decisions are never pruned`,
			};
			io.out(`${file}: ${counts}${kept ? `, ${stay[config.language]}` : ""}\n`);
		}
		if (values["dry-run"])
			io.out(config.language === "de" ? "Nur geprüft, nichts geschrieben.\n" : "Only checked, nothing written.\n");
		return 0;
	},
};
