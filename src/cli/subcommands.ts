/** All subcommands of `lotse`, and how one is run: help, wrong usage, refusals. */
import { DatabaseInUse } from "../database/client.ts";
import { UserError } from "../lib/errors.ts";
import type { Language, Text } from "../lib/text.ts";
import { type Exit, type Io, type Lender, type Subcommand, UsageError } from "./io.ts";
import { languageOfEnvironment } from "./options.ts";

/** Loaded when asked for: the chat must not wait for what it does not use. */
export const SUBCOMMANDS: Record<string, () => Promise<Subcommand>> = {
	import: async () => (await import("./import.ts")).importCommand,
	export: async () => (await import("./export.ts")).exportCommand,
	template: async () => (await import("./template.ts")).templateCommand,
	ask: async () => (await import("./ask.ts")).askCommand,
	run: async () => (await import("./run.ts")).runCommand,
	preview: async () => (await import("./preview.ts")).previewCommand,
	backup: async () => (await import("./backup.ts")).backupCommand,
	restore: async () => (await import("./restore.ts")).restoreCommand,
	audit: async () => (await import("./audit.ts")).auditCommand,
	"slack-manifest": async () => (await import("./slack-manifest.ts")).slackManifestCommand,
	doctor: async () => (await import("./doctor.ts")).doctorCommand,
	migrate: async () => (await import("./migrate.ts")).migrateCommand,
};

export const START: { usage: string; about: Text } = {
	usage: "lotse start",
	about: {
		de: "startet den Bot; ohne Zugangsdaten den Chat im Terminal",
		en: "runs the bot; without credentials, the chat in the terminal",
	},
};

export async function usage(language: Language): Promise<string> {
	const all = [START, ...(await Promise.all(Object.values(SUBCOMMANDS).map((load) => load())))];
	const lines = all.map((each) => `  ${each.usage}\n      ${each.about[language]}`);
	return `${{ de: "Aufruf:", en: "Usage:" }[language]}\n${lines.join("\n")}\n`;
}

/** Known even where the environment cannot be read. */
export const language = languageOfEnvironment;

export function reasonOf(error: unknown): { text: string; exit: Exit } | null {
	if (error instanceof UserError) return { text: error.text[language()], exit: 1 };
	if (error instanceof UsageError) return { text: error.message, exit: 2 };
	return null;
}

/** What a running bot cannot do for others: it has the very database open that is to be replaced. */
const ALONE = new Set(["restore"]);

/** Runs one subcommand with the house that the lender opens or lends. */
export async function runSubcommand(name: string, args: readonly string[], io: Io, lender: Lender): Promise<Exit> {
	const load = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
	if (!load) {
		io.err(await usage(language()));
		return 2;
	}
	const subcommand = await load();
	if (args.includes("--help") || args.includes("-h")) {
		io.out(`${subcommand.usage}\n    ${subcommand.about[language()]}\n`);
		return 0;
	}
	try {
		return await subcommand.run(args, io, lender);
	} catch (error) {
		// Whoever holds the database is asked to do it.
		const reason = error instanceof DatabaseInUse && !ALONE.has(name) ? null : reasonOf(error);
		if (!reason) throw error;
		io.err(`${reason.text}\n${reason.exit === 2 ? `${subcommand.usage}\n` : ""}`);
		return reason.exit;
	}
}
