/** `lotse doctor`: one line for each thing that can be wrong, with who must do what about it. Changes nothing. */
import { DatabaseInUse } from "../database/client.ts";
import { findFact } from "../database/facts.ts";
import { readConfig } from "../lib/config.ts";
import type { Language, Text } from "../lib/text.ts";
import type { OpenHouse } from "../main.ts";
import type { Network } from "../network/records.ts";
import type { Check } from "./doctor/check.ts";
import { cannotOpen, checkDatabase, timezone } from "./doctor/database.ts";
import { administrators, checkEnvironment } from "./doctor/environment.ts";
import { checkMatrix } from "./doctor/matrix.ts";
import { checkRecords } from "./doctor/records.ts";
import { checkSlack } from "./doctor/slack.ts";
import { type Io, json, type Lender, type Subcommand, UsageError } from "./io.ts";
import { readOptions } from "./options.ts";

const WORDS: Record<Check["status"], Text> = {
	ok: { de: "ok", en: "ok" },
	warning: { de: "Warnung", en: "warning" },
	failed: { de: "Fehler", en: "failed" },
};

/** @returns findings in the order in which they were looked for */
export async function examine({
	config,
	clock,
	database,
	live,
	grammar,
}: Pick<OpenHouse, "config" | "clock" | "database" | "live" | "grammar">): Promise<Check[]> {
	const checks = [
		...checkEnvironment(config),
		...(await checkDatabase(database, clock, config.dataDir)),
		timezone(config.timezone),
	];
	// Without its tables the database can answer nothing more.
	const usable = checks.every(({ name, status }) => !(name === "schema" && status === "failed"));
	const network: Network | null = usable ? await live.current() : null;
	if (usable) checks.push(...(await administrators(config, database.db)));
	if (config.slack) checks.push(...(await checkSlack(config.slack, grammar.commands, network)));
	if (config.matrix) {
		const stored = usable ? await findFact(database.db, "matrix", "access_token") : null;
		checks.push(...(await checkMatrix(config.matrix, stored, network)));
	}
	if (network) {
		const today = clock.now().toZonedDateTimeISO(config.timezone).toPlainDate().toString();
		checks.push(...(await checkRecords(network, database.db, config, today)));
	}
	return checks;
}

async function checksOf(lender: Lender): Promise<{ checks: Check[]; language: Language }> {
	let house: OpenHouse;
	try {
		house = await lender.house("as it is");
	} catch (error) {
		// The running bot holds it: it is asked through its socket.
		if (error instanceof DatabaseInUse) throw error;
		return { checks: [cannotOpen(error)], language: readConfig(process.env).language };
	}
	return { checks: await examine(house), language: house.config.language };
}

function print(io: Io, checks: readonly Check[], language: Language): void {
	for (const { name, status, text, mend } of checks) {
		io.out(`${WORDS[status][language].padEnd(8)} ${name}: ${text[language]}\n`);
		if (mend) io.out(`${" ".repeat(9)}→ ${mend[language]}\n`);
	}
}

export const doctorCommand: Subcommand = {
	name: "doctor",
	usage: "lotse doctor [--json]",
	about: {
		de: "prüft Umgebung, Datenbank, Uhr, Slack, Matrix und Daten; je Zeile, was fehlt und wer es behebt",
		en: "checks environment, database, clock, Slack, Matrix and records; a line each, with the mend",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, { json: { type: "boolean", default: false } });
		if (positionals.length > 0) throw new UsageError(positionals.join(" "));
		const { checks, language } = await checksOf(lender);
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
