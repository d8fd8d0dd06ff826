/** The statements that save the records of a kind, made from the table of where each field lives; no statement is made from data. */
import type { RecordType } from "./records.ts";
import { type Place, placesOf, TABLES } from "./tables.ts";

/** One statement with what each of its rows says. It takes chunks of them as one JSON value. */
export interface Step {
	sql: string;
	/** What a record puts into it: as many rows as it likes. */
	rows(record: object): unknown[];
	/** Is handed the stamp, too. */
	stamped?: true;
}

const MOVES = `ARRAY(SELECT (m->>'from') || '>' || (m->>'to') FROM jsonb_array_elements(r.moved) WITH ORDINALITY AS moves(m, n) ORDER BY n)`;

/** Columns that are set once, on insert. */
const STAMPS: Partial<Record<RecordType, [column: string, value: string][]>> = {
	event: [["entered_at", "$2::text::timestamptz"]],
	decision: [
		["logged_at", "$2::text::timestamptz"],
		["author", "$3::text::uuid"],
	],
};

/** Records go in by columns of their own; a list of references is a table of its own and is written anew. */
export function stepsOf(type: RecordType): Step[] {
	const places = placesOf(type);
	return [
		recordStep(type, places),
		...places.flatMap(([field, place]) => listSteps(field, place)),
		...places.flatMap(([field, place]) => selfSteps(type, field, place)),
	];
}

function recordStep(type: RecordType, places: readonly [string, Place][]): Step {
	const { name } = TABLES[type];
	const own = places.flatMap(([field, p]) =>
		p.in === "moves"
			? [{ field, column: "moved", value: MOVES, type: "jsonb" }]
			: p.in === "column" && !p.self
				? [{ field, column: p.name, value: `r."${field}"`, type: p.type }]
				: [],
	);
	const stamps = STAMPS[type] ?? [];
	const columns = [...own.map(({ column }) => `"${column}"`), ...stamps.map(([column]) => `"${column}"`)];
	const values = [...own.map(({ value }) => value), ...stamps.map(([, value]) => value)];
	const updates = own
		.filter(({ column }) => column !== "key")
		.map(({ column }) => `"${column}" = excluded."${column}"`);
	// References within the kind are set when all are there; what was there goes now.
	for (const [, p] of places) if (p.in === "column" && p.self) updates.push(`"${p.name}" = NULL`);
	// A reminder belongs to one revision of its event.
	if (type === "event") updates.push("revision = event.revision + 1");
	return {
		sql: `INSERT INTO "${name}" (${columns.join(", ")}) SELECT ${values.join(", ")}
			FROM jsonb_to_recordset($1::text::jsonb) AS r(${own.map(({ field, type: sqlType }) => `"${field}" ${sqlType}`).join(", ")})
			ON CONFLICT (key) DO UPDATE SET ${updates.join(", ")}`,
		// What is not given is NULL.
		rows: (record) => [
			Object.fromEntries(
				own.flatMap(({ field }) => {
					const value = fieldOf(record, field);
					return value === null ? [] : [[field, value]];
				}),
			),
		],
		stamped: true,
	};
}

const fieldOf = (record: object, field: string): unknown => Reflect.get(record, field);
const keyOf = (record: object) => [fieldOf(record, "key")];
function listOf(record: object, field: string): unknown[] {
	const value = fieldOf(record, field);
	return Array.isArray(value) ? value : [];
}

function listSteps(field: string, place: Place): Step[] {
	if (place.in === "refs")
		return [
			{
				sql: `DELETE FROM "${place.table}" WHERE "${place.owner}" IN (SELECT jsonb_array_elements_text($1::text::jsonb))`,
				rows: keyOf,
			},
			{
				sql: `INSERT INTO "${place.table}" ("${place.owner}", "${place.ref}", position)
					SELECT r->>0, r->>1, (r->>2)::integer FROM jsonb_array_elements($1::text::jsonb) AS r`,
				rows: (record) => listOf(record, field).map((ref, position) => [fieldOf(record, "key"), ref, position]),
			},
		];
	if (place.in === "signatories")
		return [
			{
				sql: "DELETE FROM agreement_signatory WHERE agreement IN (SELECT jsonb_array_elements_text($1::text::jsonb))",
				rows: keyOf,
			},
			{
				sql: `INSERT INTO agreement_signatory (agreement, position, name, organisation)
					SELECT r->>0, (r->>1)::integer, r->2->>'name', r->2->>'organisation' FROM jsonb_array_elements($1::text::jsonb) AS r`,
				rows: (record) =>
					listOf(record, field).map((signatory, position) => [fieldOf(record, "key"), position, signatory]),
			},
		];
	return [];
}

/** A record may refer to one of its own kind that comes later, so these references are set when all are there. */
function selfSteps(type: RecordType, field: string, place: Place): Step[] {
	if (place.in !== "column" || !place.self) return [];
	return [
		{
			sql: `UPDATE "${TABLES[type].name}" t SET "${place.name}" = r->>1
				FROM jsonb_array_elements($1::text::jsonb) AS r WHERE t.key = r->>0`,
			rows: (record) => {
				const other = fieldOf(record, field);
				return other === null ? [] : [[fieldOf(record, "key"), other]];
			},
		},
	];
}

/** How many of a stamp's values (time, author) a type keeps. */
export const stampsOf = (type: RecordType): number => STAMPS[type]?.length ?? 0;
