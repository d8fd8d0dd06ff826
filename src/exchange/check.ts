/** What does not fit together: references, cycles, double addresses, rules and moves, and what a prune would tear. */
import { distance, fold } from "../lib/fold.ts";
import type { Text } from "../lib/text.ts";
import { isOccurrence } from "../network/occurrences.ts";
import { type Key, type Network, RECORD_TYPES, type RecordType } from "../network/records.ts";
import { validateRule } from "../network/rules.ts";
import { SCHEMAS } from "../network/schemas.ts";
import { type Defaults, FILES } from "./columns.ts";
import { type Fault, quoted } from "./fault.ts";
import { programmeKeys } from "./plan.ts";
import type { Folder } from "./read.ts";
import { EMPTY, type Given, type GivenFile } from "./sheet.ts";

/** Looking for the nearest of very many keys costs; after this many faults nobody reads them one by one. */
const MOST_NEAREST = 50;

interface Checked {
	folder: Folder;
	stored: Network;
	faults: Fault[];
	/** By kind: keys that will be there, those of rows with faults included. */
	known: ReadonlyMap<RecordType, ReadonlySet<Key>>;
	pruned: ReadonlyMap<RecordType, ReadonlySet<Key>>;
}

/** @returns all faults, those of reading not included. */
export function checkFolder(folder: Folder, stored: Network, options: Defaults & { prune: boolean }): Fault[] {
	const known = new Map<RecordType, Set<Key>>();
	const pruned = new Map<RecordType, Set<Key>>();
	for (const type of RECORD_TYPES) {
		const file = folder.files.find((one) => one.type === type);
		const given = new Set(file?.rows.flatMap(({ key }) => key ?? []) ?? []);
		const gone = new Set<Key>();
		if (options.prune && file !== undefined && type !== "decision")
			for (const key of stored[type].keys()) if (!given.has(key)) gone.add(key);
		for (const key of stored[type].keys()) if (!gone.has(key)) given.add(key);
		known.set(type, given);
		pruned.set(type, gone);
	}
	const checked: Checked = { folder, stored, faults: [], known, pruned };
	checkReferences(checked);
	checkPruned(checked);
	for (const [type, field] of [
		["region", "parent"],
		["organisation", "parent"],
		["agreement", "supersedes"],
		["decision", "supersedes"],
	] as const)
		checkCycles(checked, type, field);
	checkDeputies(checked);
	checkAddresses(checked);
	checkEvents(checked, options);
	return checked.faults;
}

function report(
	{ faults }: Checked,
	file: string,
	line: number,
	column: string,
	problem: Text,
	more: Partial<Fault> = {},
) {
	faults.push({ file, line, column, problem, expected: null, nearest: null, ...more });
}

/** A reference, a list of them, or of people who signed for an organisation. */
function keysIn(value: unknown): Key[] {
	if (typeof value === "string") return [value];
	if (Array.isArray(value)) return value.flatMap(keysIn);
	if (typeof value === "object" && value !== null && "organisation" in value) return keysIn(value.organisation);
	return [];
}

function checkReferences(checked: Checked): void {
	const programmes = programmeKeys(checked.folder, checked.stored);
	let looked = 0;
	for (const { type, file, rows } of checked.folder.files)
		for (const column of FILES[type].columns) {
			const { target, field, name } = column;
			if (target === null || checked.folder.incomplete.has(target)) continue;
			const known = checked.known.get(target) ?? new Set();
			for (const { line, values } of rows)
				for (const written of keysIn(values.get(field))) {
					const key = type === "figure" ? (programmes.get(fold(written)) ?? written) : written;
					if (known.has(key)) continue;
					report(
						checked,
						file,
						line,
						name,
						{ de: `„${quoted(key)}“ gibt es nicht`, en: `there is no "${quoted(key)}"` },
						{
							expected: { de: `ein Schlüssel aus ${FILES[target].name}`, en: `a key of ${FILES[target].name}` },
							nearest: looked++ < MOST_NEAREST ? nearestKey(key, known) : null,
						},
					);
				}
		}
}

function nearestKey(typed: string, keys: Iterable<Key>): string | null {
	let limit = Math.min(3, Math.floor(typed.length / 3));
	let nearest: string | null = null;
	for (const key of keys) {
		const far = distance(typed, key, limit);
		if (far > limit || (nearest !== null && far === limit)) continue;
		nearest = key;
		limit = far;
	}
	return nearest;
}

/** What stays must not refer to what goes. */
function checkPruned(checked: Checked): void {
	if ([...checked.pruned.values()].every((keys) => keys.size === 0)) return;
	for (const type of RECORD_TYPES) {
		const given = checked.folder.files.find((file) => file.type === type);
		const rows = new Map(given?.rows.map((row) => [row.key, row]));
		for (const { target, field, name } of FILES[type].columns) {
			const gone = target === null ? undefined : checked.pruned.get(target);
			if (target === null || gone === undefined || gone.size === 0) continue;
			const file = checked.folder.files.find((one) => one.type === target)?.file ?? FILES[target].name;
			for (const [key, record] of checked.stored[type]) {
				const row = rows.get(key);
				if (checked.pruned.get(type)?.has(key) || row?.values.has(field) || row?.bad.has(field)) continue;
				for (const torn of keysIn(Reflect.get(record, field)))
					if (gone.has(torn))
						report(
							checked,
							row === undefined ? file : (given?.file ?? file),
							row?.line ?? 1,
							row === undefined ? "key" : name,
							{
								de: `„${torn}“ fehlt und würde gelöscht, aber „${key}“ (${FILES[type].name}, ${name}) verweist darauf`,
								en: `"${torn}" is missing and would be deleted, but "${key}" (${FILES[type].name}, ${name}) refers to it`,
							},
						);
			}
		}
	}
}

/** A field's values as they will be, with the row that says so; null = stored and not in the folder. */
function valuesOf({ folder, stored, pruned }: Checked, type: RecordType, field: string) {
	const values = new Map<Key, { value: unknown; row: Given | null }>();
	for (const [key, record] of stored[type])
		if (!pruned.get(type)?.has(key)) values.set(key, { value: Reflect.get(record, field), row: null });
	const file = folder.files.find((one) => one.type === type);
	for (const row of file?.rows ?? []) {
		if (row.key === null) continue;
		const value = row.values.has(field) ? row.values.get(field) : values.get(row.key)?.value;
		values.set(row.key, { value: value === EMPTY ? null : value, row });
	}
	return { values, file: file?.file ?? "" };
}

function checkCycles(checked: Checked, type: RecordType, field: string): void {
	const { values, file } = valuesOf(checked, type, field);
	const done = new Set<Key>();
	for (const start of values.keys()) {
		const path: Key[] = [];
		let key: unknown = start;
		while (typeof key === "string" && !done.has(key) && values.has(key)) {
			done.add(key);
			path.push(key);
			key = values.get(key)?.value;
		}
		const from = typeof key === "string" ? path.indexOf(key) : -1;
		if (from === -1) continue;
		const circle = path.slice(from);
		// Some row of the folder must have closed it.
		const row = circle.map((one) => values.get(one)?.row ?? null).find((one) => one !== null);
		const chain = [...circle, circle[0]].join(" → ");
		report(checked, file, row?.line ?? 1, field, {
			de: `die Verweise drehen sich im Kreis: ${chain}`,
			en: `the references go round in a circle: ${chain}`,
		});
	}
}

function checkDeputies(checked: Checked): void {
	const { values, file } = valuesOf(checked, "contact", "deputy");
	for (const [key, { value, row }] of values)
		if (value === key)
			report(checked, file, row?.line ?? 1, "deputy", {
				de: `„${key}“ kann sich nicht selbst vertreten`,
				en: `"${key}" cannot be their own deputy`,
			});
}

function checkAddresses(checked: Checked): void {
	const platforms = valuesOf(checked, "channel", "platform").values;
	const { values, file } = valuesOf(checked, "channel", "address");
	const owners = new Map<string, Key>();
	for (const [key, { value, row }] of values) {
		const place = `${platforms.get(key)?.value} ${value}`;
		const owner = owners.get(place);
		if (value === undefined || owner === undefined) {
			owners.set(place, key);
			continue;
		}
		const line = row?.line ?? values.get(owner)?.row?.line ?? 1;
		report(checked, file, line, "address", {
			de: `diese Adresse hat schon der Kanal „${row === null ? key : owner}“`,
			en: `the channel "${row === null ? key : owner}" already has this address`,
		});
	}
}

/** Fields that a rule's dates do not hang on; one that is at fault must not keep the rule from being looked at. */
const STANDS_FOR = { title: "-", kind: "training" };
const TIMES = ["start", "timezone", "rrule", "moved"];

function checkEvents(checked: Checked, options: Defaults): void {
	const given: GivenFile | undefined = checked.folder.files.find(({ type }) => type === "event");
	for (const { key, line, values, bad } of given?.rows ?? []) {
		if (given === undefined || key === null || TIMES.some((field) => bad.has(field))) continue;
		const fields: Record<string, unknown> = { ...STANDS_FOR };
		for (const { field, empty } of FILES.event.columns) {
			const value = values.get(field);
			if (value !== undefined && value !== EMPTY) fields[field] = value;
			else if (value === EMPTY || !(field in STANDS_FOR)) fields[field] = empty(options);
		}
		const former = checked.stored.event.get(key);
		if (former !== undefined)
			for (const { field } of FILES.event.columns) if (!values.has(field)) fields[field] = former[field];
		const event = SCHEMAS.event.safeParse(fields).data;
		if (event === undefined) continue;
		const fault = event.rrule === null ? null : validateRule(event.rrule, event.start);
		if (fault !== null) {
			report(checked, given.file, line, values.has("rrule") ? "rrule" : "start", fault);
			continue;
		}
		for (const { from } of event.moved)
			if (!isOccurrence(event, from))
				report(
					checked,
					given.file,
					line,
					values.has("moved") ? "moved" : "start",
					{ de: `${from} ist kein Termin dieser Reihe`, en: `${from} is no occurrence of this series` },
					{ expected: { de: "eine Ortszeit, die die Regel ergibt", en: "a local time that the rule gives" } },
				);
	}
}
