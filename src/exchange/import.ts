/** A network folder into the database: everything is looked at first, then all of it is written, in one transaction, or nothing. */
import type { Db, Tx } from "../database/client.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Language, Text } from "../lib/text.ts";
import { type Audited, insertAudit } from "../network/audit.ts";
import { loadNetwork } from "../network/load.ts";
import { type Network, RECORD_TYPES, type RecordOf, type RecordType } from "../network/records.ts";
import { deleteRecords, freeAddresses, type Stamp, saveRecords } from "../network/save.ts";
import { checkFolder } from "./check.ts";
import { FILES } from "./columns.ts";
import type { Fault } from "./fault.ts";
import { type KindPlan, makePlan, type Plan, sortFaults } from "./plan.ts";
import { type Folder, readSource } from "./read.ts";
import { sourceAt } from "./source.ts";

export interface ImportOptions {
	/** Only report. */
	dryRun: boolean;
	/** Delete what a present file no longer has; decisions stay. */
	prune: boolean;
	/** When events are taken to be entered and decisions to be changed. */
	now: Temporal.Instant;
	/** For channels that name none. */
	language: Language;
	/** A person's id, for the versions of decisions; null = nobody known. */
	author: string | null;
	/** For the audit log; left out where the command that imports is audited itself. */
	by?: Omit<Audited, "at" | "command">;
	/** Told what is being done now; a caller shows it where it takes long. */
	progress?: (doing: Text) => void;
}

export interface Counts {
	new: number;
	changed: number;
	same: number;
	pruned: number;
	/** Decisions that are not in the folder and stay; only with `prune`. */
	kept?: number;
}

export type ImportResult =
	| { status: "done"; files: Record<string, Counts> }
	/** Nothing was written. In the order of files, lines and columns. */
	| { status: "invalid"; faults: Fault[] };

const TEN_MINUTES_MS = 600_000;

/**
 * @param path a folder of CSV files, one such file, or a workbook
 * @throws UserError when there is none
 */
export async function importFolder(db: Db, path: string, options: ImportOptions): Promise<ImportResult> {
	const folder = await readSource(await sourceAt(path), (file) =>
		options.progress?.({ de: `liest ${file}`, en: `reading ${file}` }),
	);
	return await importRead(db, folder, options);
}

/** Without a look into the database. */
export const refused = (folder: Folder): { status: "invalid"; faults: Fault[] } => ({
	status: "invalid",
	faults: sortFaults(folder),
});

/** What was read before, in one transaction. */
export async function importRead(db: Db, folder: Folder, options: ImportOptions): Promise<ImportResult> {
	return await inTransaction(db, (tx) => importInto(tx, folder, options), { timeoutMs: TEN_MINUTES_MS });
}

async function importInto(tx: Tx, folder: Folder, options: ImportOptions): Promise<ImportResult> {
	const tell = (de: string, en: string) => options.progress?.({ de, en });
	tell("prüft", "checking");
	const looked = await planInto(tx, folder, options);
	if (looked.status === "invalid") return looked;
	const { plan } = looked;
	if (!options.dryRun) {
		await carryOut(tx, plan, options, tell);
		if (options.by) await insertAudit(tx, [{ ...options.by, ...auditOf(plan), at: options.now, command: "import" }]);
	}
	return { status: "done", files: countsOf(plan) };
}

export type Planned =
	| { status: "invalid"; faults: Fault[] }
	/** `stored` is the network as it is before. */
	| { status: "planned"; plan: Plan; stored: Network };

/**
 * What an import would do now. Until the transaction ends no other import runs, so that `carryOut` does exactly this, in a
 * command's transaction together with what it announces.
 */
export async function planInto(
	tx: Tx,
	folder: Folder,
	options: Pick<ImportOptions, "prune" | "language">,
): Promise<Planned> {
	if (folder.excess) return refused(folder);
	// One import at a time; and no decision gets a number while one may bring numbers in.
	await tx.$executeRaw`LOCK TABLE decision_series IN EXCLUSIVE MODE`;
	const stored = await loadNetwork(tx);
	const faults = [...folder.faults, ...checkFolder(folder, stored, options)];
	if (faults.length > 0) return { status: "invalid", faults: sortFaults({ ...folder, faults }) };
	return { status: "planned", plan: makePlan(folder, stored, options), stored };
}

type Tell = (de: string, en: string) => void;

/** Writes a plan, in the transaction that made it. */
export async function carryOut(
	tx: Tx,
	plan: Plan,
	{ now, author }: Pick<ImportOptions, "now" | "author">,
	tell: Tell = () => {},
): Promise<void> {
	const stamp: Stamp = { at: now, author, change: "imported" };
	if (plan.channel !== undefined) {
		const changed = plan.channel.rows.flatMap(({ state, record }) => (state === "changed" ? record.key : []));
		await freeAddresses(tx, [...changed, ...plan.channel.pruned]);
	}
	// References point to earlier kinds, so what is new is there before it is referred to …
	for (const type of RECORD_TYPES) await saveKind(tx, type, plan, stamp, tell);
	// … and what goes is no longer referred to.
	for (const type of RECORD_TYPES.toReversed())
		if (type !== "decision") await deleteRecords(tx, type, plan[type]?.pruned ?? []);
}

async function saveKind<T extends RecordType>(tx: Tx, type: T, plan: Plan, stamp: Stamp, tell: Tell): Promise<void> {
	const kind: KindPlan<T> | undefined = plan[type];
	const records: RecordOf[T][] = (kind?.rows ?? []).flatMap(({ record, state }) => (state === "same" ? [] : [record]));
	if (records.length === 0) return;
	tell(`schreibt ${FILES[type].name}: ${records.length}`, `writing ${FILES[type].name}: ${records.length}`);
	await saveRecords(tx, type, records, stamp);
}

/** More keys than these are not listed one by one in the audit log. */
const MOST_KEYS = 1000;

/** What the audit log keeps of an import: counts of each file, and the keys of what was written, unless they are too many. */
export function auditOf(plan: Plan): { records: string[]; details: object } {
	const records = RECORD_TYPES.flatMap((type) => {
		const kind = plan[type];
		const written = kind?.rows.flatMap(({ record, state }) => (state === "same" ? [] : [record.key])) ?? [];
		return [...written, ...(kind?.pruned ?? [])].map((key) => `${type}/${key}`);
	});
	return { records: records.length > MOST_KEYS ? [] : records, details: { files: countsOf(plan) } };
}

export function countsOf(plan: Plan): Record<string, Counts> {
	const files: Record<string, Counts> = {};
	for (const type of RECORD_TYPES) {
		const kind = plan[type];
		if (kind === undefined) continue;
		const counts: Counts = { new: 0, changed: 0, same: 0, pruned: kind.pruned.length };
		for (const { state } of kind.rows) counts[state]++;
		if (kind.kept.length > 0) counts.kept = kind.kept.length;
		files[FILES[type].name] = counts;
	}
	return files;
}
