import { randomUUID } from "node:crypto";
import { writeAudit } from "../bot/audit.ts";
import type { Person } from "../bot/command.ts";
import { dispatch } from "../bot/dispatch.ts";
import { faultReply } from "../bot/inbox.ts";
import type { Message } from "../bot/message.ts";
import { type Gathered, gatherFor, LONG_MS, NeedsOutside } from "../bot/outside.ts";
import { OPERATOR, personOfContact, whoIs } from "../bot/people.ts";
import { languageFor } from "../bot/place.ts";
import { plainText } from "../bot/reply.ts";
import { outcome, say } from "../bot/say.ts";
import type { Handled } from "../bot/turn.ts";
import type { Tx } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import { UserError } from "../lib/errors.ts";
import type { OpenHouse } from "../main.ts";
import type { Network } from "../network/records.ts";
import { outsideOf } from "../outside.ts";
import { json, type Subcommand } from "./io.ts";
import { onlyOne, readInstant, readOptions } from "./options.ts";

async function personFor(tx: Tx, { door }: OpenHouse, network: Network, as: string | undefined): Promise<Person> {
	const sender = { id: as === "guest" ? "contact:guest" : OPERATOR, name: null, language: null, timezone: null };
	if (as === undefined || as === "guest") return whoIs(tx, network, door, "console", sender);
	const contact = network.contact.get(as);
	if (!contact)
		throw new UserError({
			de: `--as: Den Kontakt „${as.slice(0, 80)}“ gibt es nicht.`,
			en: `--as: there is no contact "${as.slice(0, 80)}".`,
		});
	return personOfContact(tx, network, door, contact);
}

export const runCommand: Subcommand = {
	name: "run",
	usage: 'lotse run "COMMAND LINE" [--json] [--as CONTACT] [--channel CHANNEL] [--now INSTANT]',
	about: { de: "führt eine Befehlszeile des Chats aus", en: "runs one chat command line" },
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			json: { type: "boolean", default: false },
			as: { type: "string" },
			channel: { type: "string" },
			now: { type: "string" },
		});
		const line = onlyOne(positionals, "COMMAND LINE");
		const typed = values.now ? readInstant(values.now, lender.environment.config.timezone, "now") : null;
		const house = await lender.house();
		const now = typed ?? house.clock.now();
		const handled = await handle(house, line, now, values.as, values.channel);
		await lender.settle();
		const result = handled.outcome ?? outcome("not_found", say(""));
		const text = plainText(result.reply.parts);
		if (values.json) {
			json(
				io,
				result.output ?? {
					status: result.status,
					command: handled.command,
					text,
					records: result.records,
					missing: result.missing ?? [],
				},
			);
		} else (result.status === "done" || result.output ? io.out : io.err)(`${text}\n`);
		return result.status === "done" || result.output ? 0 : 1;
	},
};

async function handle(
	house: OpenHouse,
	line: string,
	now: Temporal.Instant,
	as: string | undefined,
	address: string | undefined,
): Promise<Handled> {
	const { database, live, config } = house;
	const run = randomUUID();
	let said: (error: UserError) => string = (error) => error.text[config.language];
	const inOne = (gathered: Gathered | null) =>
		inTransaction(
			database.db,
			async (tx) => {
				const network = await live.current(tx);
				const asker = await personFor(tx, house, network, as);
				const channel = address === undefined ? null : findChannel(network, address);
				const message: Message = {
					id: `run-${run}`,
					twin: null,
					entry: "direct",
					place: channel
						? { platform: channel.platform, address: channel.address, thread: null, kind: "channel" }
						: { platform: "console", address: "run", thread: null, kind: "direct" },
					sender: { id: asker.userId, name: null, language: null, timezone: null },
					text: line,
					at: now.toString(),
					repliesTo: null,
					form: null,
					about: null,
					trigger: null,
					quiet: false,
				};
				const language = languageFor(asker.language, message, channel?.language ?? null, config.language);
				said = (error) => error.text[language];
				const turn = {
					tx,
					network,
					message,
					asker,
					language,
					channel,
					now,
					placed: channel !== null,
					converses: false,
					gathered,
					conversation: null,
					answerKey: null,
				};
				const handled = await dispatch(house.house, turn);
				const command = handled.command === null ? null : house.grammar.byName(handled.command);
				if (handled.outcome && command)
					await writeAudit({ turn, command, outcome: handled.outcome, fingerprint: handled.fingerprint, fault: null });
				return handled;
			},
			gathered === null ? {} : { timeoutMs: LONG_MS },
		);
	try {
		try {
			return await inOne(null);
		} catch (error) {
			if (!(error instanceof NeedsOutside)) throw error;
			return await inOne(await gatherFor(error, (signal) => outsideOf(house, null, signal)));
		}
	} catch (error) {
		if (error instanceof UserError)
			return {
				outcome: outcome("invalid", say(said(error))),
				command: house.grammar.find(line.replace(/^!/u, ""))?.command.name ?? null,
				fingerprint: null,
			};
		const reference = run.slice(0, 8).toUpperCase();
		house.log.error({ err: error, reference }, "a command failed");
		return { outcome: outcome("failed", faultReply(reference, config.language)), command: null, fingerprint: null };
	}
}

/** By key, name or address. @throws UserError */
function findChannel(network: Network, typed: string) {
	const channels = [...network.channel.values()];
	const found =
		network.channel.get(typed) ??
		channels.find((channel) => channel.address === typed) ??
		channels.find((channel) => channel.name === typed);
	if (found) return found;
	throw new UserError({
		de: `--channel: Den Kanal „${typed.slice(0, 80)}“ gibt es nicht.`,
		en: `--channel: there is no channel "${typed.slice(0, 80)}".`,
	});
}
