/** `lotse doctor`: one line for each thing that can be wrong, with who must do what about it. */
import { commands } from "../../commands/index.ts";
import { DatabaseInUse } from "../database/client.ts";
import { type Check, cannotOpen, examine, notMade, unknownDatabase } from "../doctor/index.ts";
import { systemClock } from "../lib/clock.ts";
import type { Language, Text } from "../lib/text.ts";
import type { OpenHouse } from "../main.ts";
import { type Io, json, type Lender, NotMade, type Subcommand, UsageError } from "./io.ts";
import { readOptions } from "./options.ts";

const WORDS: Record<Check["status"], Text> = {
	ok: { de: "ok", en: "ok" },
	warning: { de: "Warnung", en: "warning" },
	failed: { de: "Fehler", en: "failed" },
};

/** What can be looked at of the database, without making one and without ending where there is none. */
async function openFor({ environment, house }: Lender): Promise<OpenHouse | Check> {
	const { config, faults } = environment;
	if (faults.some(({ variable }) => variable === "DATABASE_URL")) return unknownDatabase;
	try {
		return await house("only look");
	} catch (error) {
		// The running bot holds it: it is asked through its socket. It knows nothing of the faults in this environment.
		if (error instanceof DatabaseInUse && faults.length === 0) throw error;
		return error instanceof NotMade ? notMade(config.dataDir) : cannotOpen(error);
	}
}

function print(io: Io, checks: readonly Check[], language: Language): void {
	for (const { name, status, text, mend } of checks) {
		io.out(`${WORDS[status][language].padEnd(8)} ${name}: ${text[language]}\n`);
		if (mend) io.out(`${" ".repeat(9)}→ ${mend[language]}\n`);
	}
	const count = (wanted: Check["status"]) => checks.filter(({ status }) => status === wanted).length;
	io.out(
		{
			de: `${count("failed")} Fehler, ${count("warning")} Warnungen, ${count("ok")} in Ordnung.\n`,
			en: `${count("failed")} failed, ${count("warning")} warnings, ${count("ok")} ok.\n`,
		}[language],
	);
}

export const doctorCommand: Subcommand = {
	name: "doctor",
	usage: "lotse doctor [--json]",
	about: {
		de: "prüft Umgebung, Datenbank, Uhr, Platte, Slack, Matrix und Daten; je Zeile, was fehlt und wer es behebt. Endet mit 1 bei Fehlern; Warnungen allein enden mit 0",
		en: "checks environment, database, clock, disk, Slack, Matrix and records; a line each, with who mends it. Exit 1 where something failed; warnings alone are 0",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, { json: { type: "boolean", default: false } });
		if (positionals.length > 0) throw new UsageError(positionals.join(" "));
		const { config, faults } = lender.environment;
		const { language } = config;
		const open = await openFor(lender);
		const checks = await examine({ config, clock: "clock" in open ? open.clock : systemClock, commands, open }, faults);
		const bad = checks.some(({ status }) => status === "failed");
		const warned = checks.some(({ status }) => status === "warning");
		if (values.json) {
			json(io, {
				status: bad ? "failed" : warned ? "warning" : "ok",
				checks: checks.map(({ text, mend, ...rest }) => ({
					...rest,
					text: text[language],
					mend: mend?.[language] ?? null,
				})),
			});
		} else print(io, checks, language);
		return bad ? 1 : 0;
	},
};
