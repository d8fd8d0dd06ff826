import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { personOfContact } from "../bot/people.ts";
import { plainText } from "../bot/reply.ts";
import { UserError } from "../lib/errors.ts";
import type { OpenHouse } from "../main.ts";
import { type Asker, GUEST } from "../network/access.ts";
import type { Network } from "../network/records.ts";
import { type Answer, answer, type Topic } from "../questions/index.ts";
import { lexiconOf } from "../questions/lexicon.ts";
import { json, type Subcommand, UsageError } from "./io.ts";
import { readInstant, readOptions } from "./options.ts";

const lineSchema = z.object({
	id: z.string().optional(),
	question: z.string(),
	lang: z.enum(["de", "en"]).nullish(),
	now: z.string().nullish(),
	as: z.string().nullish(),
	thread: z.string().nullish(),
});
type Line = z.infer<typeof lineSchema>;

/** @throws UserError naming what is nobody's contact key. */
async function askerOf({ database, door }: OpenHouse, network: Network, as: string | null | undefined): Promise<Asker> {
	if (!as) return GUEST;
	const contact = network.contact.get(as);
	if (!contact)
		throw new UserError({
			de: `--as: Den Kontakt „${as.slice(0, 80)}“ gibt es nicht.`,
			en: `--as: there is no contact "${as.slice(0, 80)}".`,
		});
	return personOfContact(database.db, network, door, contact);
}

/** The answer object of cli.md. */
function shown(id: string | undefined, result: Answer, ms: number) {
	return {
		...(id === undefined ? {} : { id }),
		status: result.status,
		intent: result.intent,
		records: result.records,
		...(result.value === undefined ? {} : { value: result.value }),
		text: plainText(result.parts),
		understood: result.understood,
		ms: Math.round(ms * 10) / 10,
	};
}

function readBatch(path: string): Line[] {
	return readFileSync(path, "utf8")
		.split(/\r?\n/u)
		.flatMap((line, index) => {
			if (line.trim() === "") return [];
			try {
				return [lineSchema.parse(JSON.parse(line))];
			} catch {
				throw new UserError({
					de: `${path}:${index + 1}: keine Frage im JSON-Format.`,
					en: `${path}:${index + 1}: not a question in JSON.`,
				});
			}
		});
}

export const askCommand: Subcommand = {
	name: "ask",
	usage: 'lotse ask "QUESTION" [--json] [--lang de|en] [--now INSTANT] [--as CONTACT] | lotse ask --batch FILE --json',
	about: { de: "beantwortet eine Frage, wie im Chat", en: "answers one question, as in chat" },
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			json: { type: "boolean", default: false },
			lang: { type: "string" },
			now: { type: "string" },
			as: { type: "string" },
			batch: { type: "string" },
		});
		if (values.lang !== undefined && values.lang !== "de" && values.lang !== "en")
			throw new UsageError("--lang: de, en");
		if ((values.batch === undefined) === (positionals.length === 0)) throw new UsageError("QUESTION, --batch FILE");
		const { timezone } = lender.environment.config;
		// Wrong usage is told before the database is opened.
		if (values.now !== undefined) readInstant(values.now, timezone, "now");
		const house = await lender.house();
		const network = await house.live.current();
		const lexicon = lexiconOf(network);
		const lines: Line[] =
			values.batch === undefined
				? [{ question: positionals.join(" "), lang: values.lang, now: values.now, as: values.as }]
				: readBatch(resolve(io.cwd, values.batch));
		const askers = new Map<string, Asker>();
		const times = lines.map((line) => (line.now ? readInstant(line.now, timezone, "now") : house.clock.now()));
		for (const { as } of lines) askers.set(as ?? "", await askerOf(house, network, as));
		const threads = new Map<string, { topic: Topic | null; at: Temporal.Instant }>();
		for (const [index, line] of lines.entries()) {
			const now = times[index] ?? house.clock.now();
			const before = line.thread ? threads.get(line.thread) : undefined;
			const fresh = before && Math.abs(before.at.until(now).total("minutes")) <= 15;
			const began = performance.now();
			const result = answer(lexicon, {
				text: line.question,
				language: line.lang ?? null,
				now,
				timezone,
				asker: askers.get(line.as ?? "") ?? GUEST,
				topic: fresh ? before.topic : null,
			});
			const ms = performance.now() - began;
			if (line.thread) threads.set(line.thread, { topic: result.topic, at: now });
			if (values.json) json(io, shown(line.id, result, ms));
			else io.out(`${plainText(result.parts)}\n`);
		}
		return 0;
	},
};
