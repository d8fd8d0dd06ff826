import { resolve } from "node:path";
import { writeFileWhole } from "../exchange/export.ts";
import { faultJson, faultLine } from "../exchange/fault.ts";
import { writeFaultWorkbook } from "../exchange/fault-book.ts";
import { importRead, refused } from "../exchange/import.ts";
import { readSource } from "../exchange/read.ts";
import { sourceAt } from "../exchange/source.ts";
import type { Text } from "../lib/text.ts";
import { BY_OPERATOR } from "../network/audit.ts";
import { json, type Subcommand, UsageError } from "./io.ts";
import { languageOfEnvironment, onlyOne, readOptions } from "./options.ts";

export const importCommand: Subcommand = {
	name: "import",
	usage: "lotse import PATH [--dry-run] [--prune] [--faults FILE.xlsx] [--json]",
	about: {
		de: "liest einen Netzwerkordner oder eine Arbeitsmappe (.xlsx) ein: alles oder nichts",
		en: "reads a network folder or a workbook (.xlsx): all or nothing",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			"dry-run": { type: "boolean", default: false },
			prune: { type: "boolean", default: false },
			faults: { type: "string" },
			json: { type: "boolean", default: false },
		});
		const path = resolve(io.cwd, onlyOne(positionals, "PATH"));
		const report = values.faults === undefined ? null : resolve(io.cwd, values.faults);
		if (report !== null && !/\.xlsx$/i.test(report))
			throw new UsageError("--faults: ein Name, der auf .xlsx endet / a name that ends in .xlsx");
		// Before the database is opened: a file that was made to fill the memory finds all of it free.
		// Shown only where it takes longer than a second: a short import needs no line of its own.
		const began = performance.now();
		const progress = (doing: Text) => {
			if (io.terminal && performance.now() - began > 1000) io.err(`\r\u001b[K${doing[languageOfEnvironment()]} …`);
		};
		const source = await sourceAt(path);
		const folder = await readSource(source, (file) => progress({ de: `liest ${file}`, en: `reading ${file}` }));
		const lent = folder.excess ? null : await lender.house();
		const language = lent?.config.language ?? languageOfEnvironment();
		const result =
			lent === null
				? refused(folder)
				: await importRead(lent.database.db, folder, {
						dryRun: values["dry-run"],
						prune: values.prune,
						now: lent.clock.now(),
						language,
						author: null,
						by: BY_OPERATOR,
						progress,
					});
		if (io.terminal && performance.now() - began > 1000) io.err("\r\u001b[K");
		if (report !== null && result.status === "invalid") {
			const { faults } = result;
			await writeFileWhole(report, (sink) => writeFaultWorkbook(sink, source, faults));
		}
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
			for (const fault of result.faults) io.err(`${faultLine(fault, language)}\n`);
			const count = result.faults.length;
			io.err(
				language === "de"
					? `${count} Fehler. Es wurde nichts eingelesen.\n`
					: `${count} ${count === 1 ? "fault" : "faults"}. Nothing was imported.\n`,
			);
			if (report !== null) io.err(language === "de" ? `Zum Abarbeiten: ${report}\n` : `To work through: ${report}\n`);
			return 1;
		}
		const words = { de: ["neu", "geändert", "gleich", "gelöscht"], en: ["new", "changed", "same", "pruned"] }[language];
		for (const [file, { new: made, changed, same, pruned, kept }] of Object.entries(result.files)) {
			const counts = [made, changed, same, pruned].map((count, index) => `${count} ${words[index]}`).join(", ");
			const stay = {
				de: `${kept} bleiben, weil Beschlüsse nie gelöscht werden`,
				en: `${kept} stay, since decisions are never pruned`,
			};
			io.out(`${file}: ${counts}${kept ? `, ${stay[language]}` : ""}\n`);
		}
		if (values["dry-run"])
			io.out(language === "de" ? "Nur geprüft, nichts geschrieben.\n" : "Only checked, nothing written.\n");
		return 0;
	},
};
