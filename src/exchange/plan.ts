/** What an import would do: the folder laid over the stored network, and everything that then would not fit together. */
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { fold } from "../lib/fold.ts";
import type { Key, Network, RecordOf, RecordType } from "../network/records.ts";
import { SCHEMAS } from "../network/schemas.ts";
import { type Defaults, FILES } from "./columns.ts";
import type { Fault } from "./fault.ts";
import type { Folder } from "./read.ts";
import { EMPTY, type Given, type GivenFile } from "./sheet.ts";

export interface KindPlan<T extends RecordType> {
	type: T;
	/** Name as faults give it. */
	file: string;
	/** All rows that could be read, with what they make of the record. */
	rows: { line: number; record: RecordOf[T]; state: "new" | "changed" | "same" }[];
	pruned: Key[];
	/** Decisions that are not in the folder: they stay. */
	kept: Key[];
}
export type Plan = { [T in RecordType]?: KindPlan<T> };

export interface PlanOptions extends Defaults {
	prune: boolean;
}

export function makePlan(folder: Folder, stored: Network, options: PlanOptions): Plan {
	let plan: Plan = {};
	const programmes = programmeKeys(folder, stored);
	for (const file of folder.files)
		plan = { ...plan, [file.type]: planKind(file.type, file, stored, programmes, options) };
	return plan;
}

function planKind<T extends RecordType>(
	type: T,
	{ file, rows }: GivenFile,
	stored: Network,
	programmes: ReadonlyMap<string, Key>,
	options: PlanOptions,
): KindPlan<T> {
	const former: ReadonlyMap<Key, RecordOf[T]> = stored[type];
	const given = new Set(rows.flatMap(({ key }) => key ?? []));
	const missing = options.prune ? [...former.keys()].filter((key) => !given.has(key)) : [];
	const empties: Record<string, unknown> = {};
	for (const column of FILES[type].columns) empties[column.field] = column.empty(options);
	return {
		type,
		file,
		rows: rows
			.filter(({ key, bad }) => key !== null && bad.size === 0)
			.map((row) => lay(type, row, former.get(row.key ?? ""), empties, programmes)),
		pruned: type === "decision" ? [] : missing,
		kept: type === "decision" ? missing : [],
	};
}

/** A missing column leaves what is stored, an empty cell clears it. */
function lay<T extends RecordType>(
	type: T,
	{ line, values }: Given,
	former: RecordOf[T] | undefined,
	empties: Record<string, unknown>,
	programmes: ReadonlyMap<string, Key>,
): KindPlan<T>["rows"][number] {
	const fields: Record<string, unknown> = { ...empties, ...former };
	for (const [field, value] of values) fields[field] = value === EMPTY ? empties[field] : value;
	if (type === "figure" && typeof fields.programme === "string")
		fields.programme = programmes.get(fold(fields.programme)) ?? fields.programme;
	const schema: z.ZodType<RecordOf[T]> = SCHEMAS[type];
	const record = schema.parse(fields);
	const state = former === undefined ? "new" : isDeepStrictEqual(former, record) ? "same" : "changed";
	return { line, record, state };
}

/** Programmes by key, name and alias in any case; the key wins over the name, the name over an alias. */
export function programmeKeys(folder: Folder, stored: Network): ReadonlyMap<string, Key> {
	const found = new Map<string, Key>();
	const add = (word: unknown, key: Key) => {
		if (typeof word === "string" && !found.has(fold(word))) found.set(fold(word), key);
	};
	const rows = folder.files.find(({ type }) => type === "programme")?.rows ?? [];
	const programmes = [
		...rows.map(({ key, values }) => ({ key, name: values.get("name"), aliases: values.get("aliases") })),
		...[...stored.programme.values()],
	];
	for (const { key } of programmes) if (key !== null) add(key, key);
	for (const { key, name } of programmes) if (key !== null) add(name, key);
	for (const { key, aliases } of programmes)
		if (key !== null && Array.isArray(aliases)) for (const alias of aliases) add(alias, key);
	return found;
}

/** In the order of the files, then by line and column. */
export function sortFaults({ files, faults }: Pick<Folder, "files" | "faults">): Fault[] {
	const order = new Map(files.map(({ file }, index) => [file, index]));
	const place = ({ file }: Fault) => order.get(file) ?? -1;
	return [...faults].sort(
		(a, b) => place(a) - place(b) || a.line - b.line || (a.column ?? "").localeCompare(b.column ?? ""),
	);
}
