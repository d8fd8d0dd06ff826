/** The register: decisions get gapless numbers, and every state that one ever had is kept. */
import { z } from "zod";
import type { Tx } from "../database/client.ts";
import { UserError } from "../lib/errors.ts";
import { loadRecords } from "./load.ts";
import type { Decision, Key } from "./records.ts";
import { type Stamp, saveRecords } from "./save.ts";
import { SCHEMAS } from "./schemas.ts";

export interface NewDecision extends Omit<Decision, "key"> {
	/** `RK`, `PR` …: see series.ts. The year is that of `decidedOn`. */
	series: string;
}

/** A state of a decision, as it was from `at` on. */
export interface DecisionVersion extends Decision {
	version: number;
	change: string;
	/** A person's id; null where it was imported or the operator wrote it. */
	author: string | null;
	at: Temporal.Instant;
}

/** @returns it with its number as key. `author` is a person's id; null = the operator. */
export async function insertDecision(
	tx: Tx,
	{ series, ...content }: NewDecision,
	stamp: { author: string | null; at: Temporal.Instant },
): Promise<Decision> {
	const year = Temporal.PlainDate.from(content.decidedOn).year;
	const number = String(await takeNumber(tx, series, year)).padStart(3, "0");
	const decision = { ...content, key: `${series.toLowerCase()}-${year}-${number}` };
	await saveRecords(tx, "decision", [decision], { ...stamp, change: "new" });
	return decision;
}

const taken = z.tuple([z.object({ last: z.number() })]);

/**
 * The row of the series stays locked to the end of the transaction: whoever comes next waits, and a number that is rolled back
 * is given again, so there are no gaps.
 */
async function takeNumber(tx: Tx, series: string, year: number): Promise<number> {
	await tx.$executeRaw`INSERT INTO decision_series (series, year, last) VALUES (${series}, ${year}, 0)
		ON CONFLICT (series, year) DO UPDATE SET last = decision_series.last`;
	// Imported numbers of the same form are continued.
	const prefix = `${series.toLowerCase()}-${year}-`;
	const [{ last }] = taken.parse(
		await tx.$queryRaw`UPDATE decision_series SET last = 1 + greatest(last, coalesce((
				SELECT max(substr(key, length(${prefix}::text) + 1)::integer) FROM decision
				WHERE starts_with(key, ${prefix}) AND substr(key, length(${prefix}::text) + 1) ~ '^[0-9]{3,8}$'), 0))
			WHERE series = ${series} AND year = ${year} RETURNING last`,
	);
	return last;
}

async function findDecision(tx: Tx, key: Key): Promise<Decision | null> {
	return (await loadRecords(tx, "decision", [key]))[0] ?? null;
}

/** @throws UserError when there is none. */
export async function getDecision(tx: Tx, key: Key): Promise<Decision> {
	const decision = await findDecision(tx, key);
	if (decision !== null) return decision;
	const number = key.toUpperCase();
	throw new UserError({ de: `Den Beschluss ${number} gibt es nicht.`, en: `There is no decision ${number}.` });
}

/** Keeps the earlier state as a version. @returns the number of the new version. @throws UserError when there is no such decision. */
export async function updateDecision(tx: Tx, decision: Decision, stamp: Stamp): Promise<number> {
	await getDecision(tx, decision.key);
	await saveRecords(tx, "decision", [decision], stamp);
	return await tx.decisionVersion.count({ where: { decisionKey: decision.key } });
}

/** Oldest first, the present state last. */
export async function listVersions(tx: Tx, key: Key): Promise<DecisionVersion[]> {
	const versions = await tx.decisionVersion.findMany({ where: { decisionKey: key }, orderBy: { version: "asc" } });
	return versions.map(({ version, content, change, authorId, at }) => ({
		...SCHEMAS.decision.parse(content),
		version,
		change,
		author: authorId,
		at: Temporal.Instant.fromEpochMilliseconds(at.getTime()),
	}));
}

/** Id of the person who logged it; null where it was imported, logged by the operator, or does not exist. */
export async function findAuthor(tx: Tx, key: Key): Promise<string | null> {
	return (await tx.decision.findUnique({ where: { key }, select: { authorId: true } }))?.authorId ?? null;
}

/** When it was logged or imported. */
export async function loggedAt(tx: Tx, key: Key): Promise<Temporal.Instant> {
	const decision = await tx.decision.findUniqueOrThrow({ where: { key }, select: { loggedAt: true } });
	return Temporal.Instant.fromEpochMilliseconds(decision.loggedAt.getTime());
}
