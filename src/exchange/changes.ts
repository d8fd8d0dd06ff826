/** What a plan changes, record by record, for people to read; and a sum of it, to know it again. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Key, type Network, RECORD_TYPES, type RecordOf, type RecordType } from "../network/records.ts";
import { FILES, type FileSpec } from "./columns.ts";
import type { KindPlan, Plan } from "./plan.ts";

export interface Change {
	type: RecordType;
	key: Key;
	/** What it is called: after the change, where it stays. */
	name: string;
	state: "new" | "changed" | "pruned";
	/** Names of the columns whose values change. */
	columns: string[];
}

const called = z
	.object({ title: z.string(), name: z.string(), label: z.string(), text: z.string() })
	.partial()
	.catch({});

function nameOf(record: unknown, key: Key): string {
	const { title, name, label, text } = called.parse(record);
	return title ?? name ?? label ?? text ?? key;
}

/** In the order of kinds and rows. */
export function* changesOf(plan: Plan, stored: Network): Generator<Change> {
	for (const type of RECORD_TYPES) yield* kindChanges(type, plan, stored);
}

function* kindChanges<T extends RecordType>(type: T, plan: Plan, stored: Network): Generator<Change> {
	const kind: KindPlan<T> | undefined = plan[type];
	const former: ReadonlyMap<Key, RecordOf[T]> = stored[type];
	const { columns }: FileSpec<RecordOf[T]> = FILES[type];
	for (const { record, state } of kind?.rows ?? []) {
		if (state === "same") continue;
		const before = former.get(record.key);
		const changed = before
			? columns.filter(({ field }) => !isDeepStrictEqual(before[field], record[field])).map(({ name }) => name)
			: [];
		yield { type, key: record.key, name: nameOf(record, record.key), state, columns: changed };
	}
	for (const key of kind?.pruned ?? []) {
		yield { type, key, name: nameOf(former.get(key), key), state: "pruned", columns: [] };
	}
}

/** The same for the same changes of the same records: what was shown may be carried out. */
export function digestOf(plan: Plan, stored: Network): string {
	const sum = createHash("sha256");
	for (const type of RECORD_TYPES) addKind(type, plan, stored, (what) => sum.update(JSON.stringify(what)));
	return sum.digest("hex");
}

function addKind<T extends RecordType>(type: T, plan: Plan, stored: Network, add: (what: unknown) => void): void {
	const kind: KindPlan<T> | undefined = plan[type];
	if (kind === undefined) return;
	const former: ReadonlyMap<Key, RecordOf[T]> = stored[type];
	for (const { record, state } of kind.rows) {
		if (state !== "same") add([type, state, former.get(record.key) ?? null, record]);
	}
	for (const key of kind.pruned) add([type, "pruned", former.get(key) ?? null]);
}
