/**
 * A made-up network of the size of a federal state, the same for the same size: to 100 contacts belong 10 organisations, 5 agreements,
 * 20 events and 50 decisions. As records, or as a network folder: `node bench/network.ts FOLDER [contacts]`.
 */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FILES, type FileSpec } from "../src/exchange/columns.ts";
import { csvLine } from "../src/exchange/csv.ts";
import { guard } from "../src/exchange/guard.ts";
import { byKey } from "../src/network/load.ts";
import { type Network, RECORD_TYPES, type RecordOf, type RecordType } from "../src/network/records.ts";
import * as members from "./members.ts";
import * as papers from "./papers.ts";
import { type State, stateOf } from "./state.ts";

export const STATE = 100_000;

type Makers = { [T in RecordType]: (state: State) => Iterable<RecordOf[T]> };

const MAKERS: Makers = {
	region: ({ regions }) => regions,
	organisation: members.organisations,
	contact: members.contacts,
	service: members.services,
	agreement: papers.agreements,
	commitment: papers.commitments,
	event: papers.events,
	channel: papers.channels,
	decision: papers.decisions,
	project: members.projects,
	programme: members.programmes,
	membership: members.memberships,
	material: members.materials,
	figure: members.figures,
};

/** Records of one kind, made one after the other. */
export function recordsOf<T extends RecordType>(type: T, contacts: number): Iterable<RecordOf[T]> {
	const make: Makers[T] = MAKERS[type];
	return make(stateOf(contacts));
}

export function bigNetwork(contacts: number): Network {
	const all = <T extends RecordType>(type: T) => byKey(recordsOf(type, contacts));
	return {
		region: all("region"),
		organisation: all("organisation"),
		contact: all("contact"),
		service: all("service"),
		agreement: all("agreement"),
		commitment: all("commitment"),
		channel: all("channel"),
		event: all("event"),
		decision: all("decision"),
		project: all("project"),
		programme: all("programme"),
		membership: all("membership"),
		material: all("material"),
		figure: all("figure"),
	};
}

const LINES_AT_ONCE = 500;

function* fileOf<T extends RecordType>(type: T, contacts: number): Generator<string> {
	const { columns }: FileSpec<RecordOf[T]> = FILES[type];
	let lines = csvLine(columns.map((column) => column.name));
	let count = 0;
	for (const record of recordsOf(type, contacts)) {
		lines += csvLine(columns.map((column) => (column.unguarded ? column.write(record) : guard(column.write(record)))));
		if (++count % LINES_AT_ONCE !== 0) continue;
		yield lines;
		lines = "";
	}
	yield lines;
}

/** Writes the network as a folder, without ever holding it. */
export async function writeNetwork(folder: string, contacts: number): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const type of RECORD_TYPES)
		await pipeline(Readable.from(fileOf(type, contacts)), createWriteStream(join(folder, `${FILES[type].name}.csv`)));
}

if (import.meta.main) {
	const [, , folder, contacts = String(STATE)] = process.argv;
	if (folder === undefined) throw new Error("node bench/network.ts FOLDER [contacts]");
	await writeNetwork(folder, Number(contacts));
}
