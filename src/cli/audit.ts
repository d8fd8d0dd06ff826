/** `lotse audit`: who did what, when, through which chat. Newest first, read page by page: the log only ever grows. */
import type { Db, Prisma } from "../database/client.ts";
import { PLATFORMS } from "../lib/platform.ts";
import type { OpenHouse } from "../main.ts";
import { RECORD_TYPES } from "../network/records.ts";
import { type Io, type Subcommand, UsageError } from "./io.ts";
import { readInstant, readOptions } from "./options.ts";

const STATUSES = ["done", "refused", "failed"] as const;
const PAGE = 500;
/** Records on a line for people. */
const SHOWN = 5;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const SELECT = {
	id: true,
	at: true,
	personId: true,
	contactKey: true,
	role: true,
	platform: true,
	address: true,
	userId: true,
	command: true,
	status: true,
	records: true,
	details: true,
	count: true,
	fault: true,
	person: { select: { name: true } },
} as const;
type Row = Prisma.AuditGetPayload<{ select: typeof SELECT }>;

function oneOf<T extends string>(typed: string | undefined, allowed: readonly T[], name: string): T | undefined {
	const found = allowed.find((each) => each === typed);
	if (typed !== undefined && found === undefined) throw new UsageError(`--${name}: ${allowed.join(", ")}`);
	return found;
}

/** Someone by contact key, chat account, name or the id of the row. */
async function byPerson(db: Db, typed: string): Promise<Prisma.AuditWhereInput> {
	const people = await db.person.findMany({
		where: {
			OR: [
				{ contactKey: typed },
				{ name: { equals: typed, mode: "insensitive" } },
				{ identities: { some: { userId: typed } } },
				...(UUID.test(typed) ? [{ id: typed }] : []),
			],
		},
		select: { id: true },
	});
	return { OR: [{ personId: { in: people.map(({ id }) => id) } }, { contactKey: typed }, { userId: typed }] };
}

/** `beschluss`, `decision` or `decision new`: a name alone stands for all that begin with it. */
function byCommand({ grammar }: OpenHouse, typed: string): Prisma.AuditWhereInput {
	const meant = [typed, grammar.find(typed)?.command.name ?? typed];
	return { OR: [{ command: { in: meant } }, { command: { startsWith: `${typed} ` } }] };
}

/** `decision/rk-2027-014`, or the key alone. */
function byRecord(typed: string): Prisma.AuditWhereInput {
	const key = typed.toLowerCase();
	const written = typed.includes("/")
		? [typed, key]
		: [...RECORD_TYPES, "person", "role"].map((type) => `${type}/${key}`);
	return { records: { hasSome: written } };
}

const OPTIONS = {
	json: { type: "boolean", default: false },
	from: { type: "string" },
	to: { type: "string" },
	person: { type: "string" },
	command: { type: "string" },
	record: { type: "string" },
	platform: { type: "string" },
	status: { type: "string" },
	limit: { type: "string" },
} as const;

async function* rows(db: Db, where: Prisma.AuditWhereInput, limit: number): AsyncGenerator<Row> {
	let before: bigint | null = null;
	for (let left = limit; left > 0; ) {
		const page: Row[] = await db.audit.findMany({
			where: before === null ? where : { AND: [where, { id: { lt: before } }] },
			orderBy: { id: "desc" },
			take: Math.min(PAGE, left),
			select: SELECT,
		});
		yield* page;
		left -= page.length;
		before = page.at(-1)?.id ?? null;
		if (page.length < PAGE) return;
	}
}

function asJson({ id, at, personId, contactKey, address, userId, person, ...rest }: Row): object {
	return {
		id: String(id),
		at: at.toISOString(),
		person: person && { id: personId, name: person.name },
		contact: contactKey,
		user: userId,
		place: address,
		...rest,
	};
}

/** Without what says that nothing happened: an import counts every kind of record. */
function brief(details: unknown): string {
	const text = JSON.stringify(details, (_, value: unknown) =>
		isObject(value) ? Object.fromEntries(Object.entries(value).filter((entry) => !isIdle(entry))) : value,
	);
	return text === "{}" ? "" : text;
}

const isObject = (value: unknown): value is object =>
	typeof value === "object" && value !== null && !Array.isArray(value);

const isIdle = ([key, value]: [string, unknown]): boolean =>
	value === 0 || key === "same" || (isObject(value) && Object.entries(value).every(isIdle));

function asLine(row: Row, timezone: string): string {
	const at = Temporal.Instant.fromEpochMilliseconds(row.at.getTime()).toZonedDateTimeISO(timezone);
	const time = at.toPlainDateTime().toString({ smallestUnit: "second" }).replace("T", " ");
	const who = [row.person?.name ?? row.contactKey, row.userId, row.role].filter((each) => each !== null).join(", ");
	const times = row.count > 1 ? ` ×${row.count}` : "";
	// An import writes a thousand; --json has them all.
	const more = row.records.length > SHOWN ? [`… (${row.records.length})`] : [];
	const what = [
		...row.records.slice(0, SHOWN),
		...more,
		row.details === null ? "" : brief(row.details),
		row.fault ?? "",
	];
	return [
		time,
		row.platform ?? "-",
		row.address ?? "-",
		who || "-",
		row.command,
		`${row.status}${times}`,
		what.join(" ").trim(),
	]
		.join("  ")
		.trimEnd();
}

async function print(io: Io, found: AsyncIterable<Row>, timezone: string): Promise<number> {
	let count = 0;
	for await (const row of found) {
		io.out(`${asLine(row, timezone)}\n`);
		if (++count % PAGE === 0) await io.drained();
	}
	return count;
}

/** One document, written as it is read. */
async function printJson(io: Io, found: AsyncIterable<Row>): Promise<void> {
	let count = 0;
	for await (const row of found) {
		io.out(`${count === 0 ? "[" : ",\n"}${JSON.stringify(asJson(row))}`);
		if (++count % PAGE === 0) await io.drained();
	}
	io.out(count === 0 ? "[]\n" : "]\n");
}

export const auditCommand: Subcommand = {
	name: "audit",
	usage:
		"lotse audit [--from INSTANT] [--to INSTANT] [--person CONTACT|ACCOUNT|NAME] [--command COMMAND] [--record KEY] [--platform slack|matrix|console] [--status done|refused|failed] [--limit N] [--json]",
	about: {
		de: "zeigt, wer wann über welchen Chat was eingetragen hat oder nicht durfte; das Neueste zuerst",
		en: "shows who entered what when through which chat, or was refused; newest first",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, OPTIONS);
		if (positionals.length > 0) throw new UsageError(positionals.join(" "));
		const limit = values.limit === undefined ? Number.MAX_SAFE_INTEGER : Number(values.limit);
		if (!Number.isSafeInteger(limit) || limit < 1) throw new UsageError("--limit: 1, 2, 3 …");
		const platform = oneOf(values.platform, PLATFORMS, "platform");
		const status = oneOf(values.status, STATUSES, "status");
		const { timezone, language } = lender.environment.config;
		const from = values.from === undefined ? null : readInstant(values.from, timezone, "from");
		const to = values.to === undefined ? null : readInstant(values.to, timezone, "to");
		const house = await lender.house();
		const { db } = house.database;
		const where: Prisma.AuditWhereInput = {
			AND: [
				...(from === null ? [] : [{ at: { gte: from.toString() } }]),
				...(to === null ? [] : [{ at: { lt: to.toString() } }]),
				...(platform === undefined ? [] : [{ platform }]),
				...(status === undefined ? [] : [{ status }]),
				...(values.person === undefined ? [] : [await byPerson(db, values.person)]),
				...(values.command === undefined ? [] : [byCommand(house, values.command)]),
				...(values.record === undefined ? [] : [byRecord(values.record)]),
			],
		};
		if (values.json) await printJson(io, rows(db, where, limit));
		else if ((await print(io, rows(db, where, limit), timezone)) === 0)
			io.err({ de: "Dazu steht nichts im Protokoll.\n", en: "The log holds nothing of that.\n" }[language]);
		return 0;
	},
};
