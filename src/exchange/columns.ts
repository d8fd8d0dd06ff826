/** The network folder, version 1: its files and their columns, in the order in which export writes them. One table for CSV and workbooks. */
import { PLATFORMS } from "../lib/platform.ts";
import { LANGUAGES, type Language, type Text } from "../lib/text.ts";
import {
	AGREEMENT_KINDS,
	AUDIENCES,
	COMMITMENT_KINDS,
	DECISION_STATUSES,
	EVENT_KINDS,
	EVENT_STATUSES,
	NEEDS,
	ORGANISATION_KINDS,
	PROJECT_STATUSES,
	REGION_KINDS,
	STAGES,
	TOPICS,
	VISIBILITIES,
} from "../network/enums.ts";
import type { RecordOf, RecordType } from "../network/records.ts";
import type { Cell, Reading } from "./cells.ts";
import * as cells from "./cells.ts";
import type { Shape } from "./value.ts";

/** What an import may set: `LOTSE_LANGUAGE` stands for a channel's empty language. */
export interface Defaults {
	language: Language;
}

export interface Column<R> {
	/** As in the header. */
	name: string;
	field: keyof R & string;
	/** Marked with * in the contract: the column must be there and no cell may be empty. */
	required: boolean;
	expected: Text;
	/** @param text trimmed, not empty */
	read(text: string): Reading<unknown>;
	/** What an empty cell, and a missing column of a new record, stand for. */
	empty(defaults: Defaults): unknown;
	write(record: R): string;
	/** The kind of record whose keys it holds. */
	target: RecordType | null;
	unguarded: boolean;
	verbatim: boolean;
	shape: Shape;
	/** The only words there are; of a column of several values, those of each. */
	words: readonly string[] | null;
	/** Several values in a cell, separated by `|`. */
	several: boolean;
}

export interface FileSpec<R> {
	/** Without `.csv`; the name of a workbook's sheet. */
	name: string;
	columns: readonly Column<R>[];
}

const snake = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Options {
	required?: boolean;
	target?: RecordType;
	empty?: (defaults: Defaults) => unknown;
}

/** Builders for the columns of one record type. */
function columnsOf<R>() {
	function column<F extends keyof R & string>(field: F, cell: Cell<R[F]>, options: Options = {}): Column<R> {
		const { required = false, target = null, empty = () => undefined } = options;
		return {
			name: snake(field),
			field,
			required,
			expected: cell.expected,
			read: cell.read,
			empty,
			write: (record) => cell.write(record[field]),
			target,
			unguarded: cell.unguarded === true,
			verbatim: cell.verbatim === true,
			shape: cell.shape ?? "text",
			words: cell.words ?? null,
			several: cell.several === true,
		};
	}
	return {
		required: <F extends keyof R & string>(field: F, cell: Cell<R[F]>, target?: RecordType) =>
			column(field, cell, { required: true, target }),
		/** Empty = nothing known. */
		maybe: <F extends keyof R & string>(field: F, cell: Cell<NonNullable<R[F]>>, target?: RecordType) =>
			column(field, orNull<R[F]>(cell), { target, empty: () => null }),
		/** Empty = the default. */
		preset: <F extends keyof R & string>(field: F, cell: Cell<R[F]>, empty: (defaults: Defaults) => R[F]) =>
			column(field, cell, { empty }),
		column,
	};
}

/** Empty cells never come to be read, so only writing knows null. */
function orNull<V>(cell: Cell<NonNullable<V>>): Cell<V> {
	return {
		...cell,
		read: (text): Reading<V> => cell.read(text),
		write: (value) => (value === null || value === undefined ? "" : cell.write(value)),
	};
}

/** Several values in a cell, separated by `|`; one that is there twice counts once. */
function listOf<V>(cell: Cell<V>): Cell<V[]> {
	return {
		expected: cell.expected,
		read(text) {
			const found = new Map<string, V>();
			for (const part of text.split("|")) {
				const item = part.trim();
				if (item === "") continue;
				const reading = cell.read(item);
				if ("problem" in reading) return reading;
				found.set(cell.write(reading.value), reading.value);
			}
			return { value: [...found.values()] };
		},
		write: (values) => values.map(cell.write).join("|"),
		several: true,
		...(cell.words === undefined ? {} : { words: cell.words }),
	};
}

const none = { empty: () => [] };
const refs = listOf(cells.ref);
const dates = listOf(cells.date);
const words = listOf(cells.word);
const languages = listOf(cells.language);
const topics = listOf(cells.oneOf(TOPICS));

const region = columnsOf<RecordOf["region"]>();
const organisation = columnsOf<RecordOf["organisation"]>();
const contact = columnsOf<RecordOf["contact"]>();
const service = columnsOf<RecordOf["service"]>();
const agreement = columnsOf<RecordOf["agreement"]>();
const commitment = columnsOf<RecordOf["commitment"]>();
const event = columnsOf<RecordOf["event"]>();
const channel = columnsOf<RecordOf["channel"]>();
const decision = columnsOf<RecordOf["decision"]>();
const project = columnsOf<RecordOf["project"]>();
const membership = columnsOf<RecordOf["membership"]>();
const material = columnsOf<RecordOf["material"]>();
const programme = columnsOf<RecordOf["programme"]>();
const figure = columnsOf<RecordOf["figure"]>();

export const FILES: { readonly [T in RecordType]: FileSpec<RecordOf[T]> } = {
	region: {
		name: "regions",
		columns: [
			region.required("key", cells.slug),
			region.required("name", cells.text),
			region.required("kind", cells.oneOf(REGION_KINDS)),
			region.maybe("parent", cells.ref, "region"),
			region.column("aliases", words, none),
			region.maybe("ags", cells.ags),
		],
	},
	organisation: {
		name: "organisations",
		columns: [
			organisation.required("key", cells.slug),
			organisation.required("name", cells.text),
			organisation.required("kind", cells.oneOf(ORGANISATION_KINDS)),
			organisation.maybe("shortName", cells.text),
			organisation.column("aliases", words, none),
			organisation.maybe("region", cells.ref, "region"),
			organisation.maybe("parent", cells.ref, "organisation"),
			organisation.maybe("street", cells.text),
			organisation.maybe("postcode", cells.text),
			organisation.maybe("city", cells.text),
			organisation.maybe("phone", cells.phone),
			organisation.maybe("email", cells.text),
			organisation.maybe("website", cells.text),
			organisation.maybe("description", cells.text),
			organisation.column("languages", languages, none),
		],
	},
	contact: {
		name: "contacts",
		columns: [
			contact.required("key", cells.slug),
			contact.required("organisation", cells.ref, "organisation"),
			contact.required("name", cells.text),
			contact.maybe("function", cells.text),
			contact.column("topics", topics, none),
			contact.column("regions", refs, { ...none, target: "region" }),
			contact.maybe("phone", cells.phone),
			contact.maybe("mobile", cells.phone),
			contact.maybe("email", cells.text),
			contact.maybe("hours", cells.hours),
			contact.column("languages", languages, none),
			contact.preset("visibility", cells.oneOf(VISIBILITIES), () => "partners"),
			contact.maybe("deputy", cells.ref, "contact"),
			contact.preset("onCall", cells.yesNo, () => false),
			contact.maybe("verifiedOn", cells.date),
			contact.maybe("slackUser", cells.text),
			contact.maybe("matrixUser", cells.matrixUser),
		],
	},
	service: {
		name: "services",
		columns: [
			service.required("key", cells.slug),
			service.required("organisation", cells.ref, "organisation"),
			service.required("name", cells.text),
			service.required("needs", listOf(cells.oneOf(NEEDS))),
			service.column("regions", refs, { ...none, target: "region" }),
			service.maybe("phone", cells.phone),
			service.maybe("email", cells.text),
			service.maybe("hours", cells.hours),
			service.preset("onCall", cells.yesNo, () => false),
			service.maybe("capacity", cells.count),
			service.column("languages", languages, none),
			service.column("audience", listOf(cells.oneOf(AUDIENCES)), none),
		],
	},
	agreement: {
		name: "agreements",
		columns: [
			agreement.required("key", cells.slug),
			agreement.required("title", cells.text),
			agreement.required("kind", cells.oneOf(AGREEMENT_KINDS)),
			agreement.required("parties", refs, "organisation"),
			agreement.column("signatories", listOf(cells.signatory), { ...none, target: "organisation" }),
			agreement.maybe("signedOn", cells.date),
			agreement.maybe("signedAt", cells.text),
			agreement.maybe("validFrom", cells.date),
			agreement.maybe("validUntil", cells.date),
			agreement.maybe("notice", cells.duration),
			agreement.maybe("supersedes", cells.ref, "agreement"),
			agreement.maybe("region", cells.ref, "region"),
			agreement.maybe("purpose", cells.text),
			agreement.maybe("documentUrl", cells.text),
		],
	},
	commitment: {
		name: "commitments",
		columns: [
			commitment.required("key", cells.slug),
			commitment.required("agreement", cells.ref, "agreement"),
			commitment.required("kind", cells.oneOf(COMMITMENT_KINDS)),
			commitment.required("text", cells.text),
			commitment.maybe("cadence", cells.duration),
			commitment.column("responsible", refs, { ...none, target: "organisation" }),
		],
	},
	event: {
		name: "events",
		columns: [
			event.required("key", cells.slug),
			event.required("title", cells.text),
			event.required("kind", cells.oneOf(EVENT_KINDS)),
			event.required("start", cells.localTime),
			event.preset("duration", cells.duration, () => "PT2H"),
			event.preset("timezone", cells.timezone, () => "Europe/Berlin"),
			event.maybe("rrule", cells.rrule),
			event.column("exceptions", dates, none),
			event.column("cancelledOn", dates, none),
			event.column("moved", listOf(cells.moves), none),
			event.maybe("skipHolidays", cells.land),
			event.maybe("place", cells.text),
			event.maybe("link", cells.text),
			event.column("host", refs, { ...none, target: "organisation" }),
			event.maybe("agreement", cells.ref, "agreement"),
			event.column("audience", refs, { ...none, target: "organisation" }),
			event.column("regions", refs, { ...none, target: "region" }),
			event.column("channels", refs, { ...none, target: "channel" }),
			event.preset("remindBefore", listOf(cells.duration), () => ["P14D", "P1D", "PT1H"]),
			event.preset("status", cells.oneOf(EVENT_STATUSES), () => "planned"),
		],
	},
	channel: {
		name: "channels",
		columns: [
			channel.required("key", cells.slug),
			channel.required("platform", cells.oneOf(PLATFORMS)),
			channel.required("address", cells.text),
			channel.maybe("name", cells.text),
			channel.preset("language", cells.oneOf(LANGUAGES), ({ language }) => language),
			channel.column("regions", refs, { ...none, target: "region" }),
			channel.column("topics", topics, none),
			channel.maybe("purpose", cells.text),
		],
	},
	decision: {
		name: "decisions",
		columns: [
			decision.required("key", cells.slug),
			decision.maybe("event", cells.ref, "event"),
			decision.required("decidedOn", cells.date),
			decision.required("text", cells.text),
			decision.maybe("rationale", cells.text),
			decision.column("responsible", refs, { ...none, target: "organisation" }),
			decision.maybe("due", cells.date),
			decision.preset("status", cells.oneOf(DECISION_STATUSES), () => "open"),
			decision.maybe("supersedes", cells.ref, "decision"),
			decision.maybe("votes", cells.votes),
			decision.column("tags", words, none),
		],
	},
	project: {
		name: "projects",
		columns: [
			project.required("key", cells.slug),
			project.required("title", cells.text),
			project.required("lead", cells.ref, "organisation"),
			project.maybe("region", cells.ref, "region"),
			project.column("partners", refs, { ...none, target: "organisation" }),
			project.column("topics", topics, none),
			project.preset("status", cells.oneOf(PROJECT_STATUSES), () => "planned"),
			project.maybe("startsOn", cells.date),
			project.maybe("endsOn", cells.date),
			project.maybe("budgetEur", cells.amount),
			project.maybe("description", cells.text),
		],
	},
	membership: {
		name: "memberships",
		columns: [
			membership.required("key", cells.slug),
			membership.required("organisation", cells.ref, "organisation"),
			membership.required("programme", cells.text),
			membership.required("stage", cells.oneOf(STAGES)),
			membership.maybe("since", cells.date),
		],
	},
	material: {
		name: "materials",
		columns: [
			material.required("key", cells.slug),
			material.required("title", cells.text),
			material.required("publisher", refs, "organisation"),
			material.column("topics", topics, none),
			material.column("languages", languages, none),
			material.maybe("stock", cells.count),
			material.maybe("url", cells.text),
		],
	},
	programme: {
		name: "programmes",
		columns: [
			programme.required("key", cells.slug),
			programme.required("name", cells.text),
			programme.maybe("organisation", cells.ref, "organisation"),
			programme.column("aliases", words, none),
			programme.maybe("description", cells.text),
			programme.maybe("url", cells.text),
		],
	},
	figure: {
		name: "figures",
		columns: [
			figure.required("key", cells.slug),
			// A key, or a name or alias that import turns into one.
			figure.required("programme", cells.text, "programme"),
			figure.required("label", cells.text),
			figure.required("value", cells.text),
			figure.maybe("unit", cells.text),
			figure.required("asOf", cells.date),
			figure.maybe("source", cells.text),
		],
	},
};
