/** Where each field of a record lives in the database. From this table come all statements that load and save records. */
import type { RecordOf, RecordType } from "./records.ts";

/** A column of the record's own table, with its PostgreSQL type. `self`: refers to a record of the same type. */
type Column = { in: "column"; name: string; type: string; self?: true };
/** A list of references in a table of its own: owner, reference, position. */
type Refs = { in: "refs"; table: string; owner: string; ref: string };
type Signatories = { in: "signatories" };
type Moves = { in: "moves" };
export type Place = Column | Refs | Signatories | Moves;

export interface Table<T extends RecordType> {
	name: string;
	fields: { readonly [F in keyof RecordOf[T]]: Place };
}

const column = (type: string) => (name: string) => ({ in: "column", name, type }) as const;
const text = column("text");
const texts = column("text[]");
const flag = column("boolean");
const count = column("integer");
const word = (name: string, type: string) => column(`"${type}"`)(name);
const words = (name: string, type: string) => column(`"${type}"[]`)(name);
const self = (name: string) => ({ in: "column", name, type: "text", self: true }) as const;
const refs = (table: string, owner: string, ref: string) => ({ in: "refs", table, owner, ref }) as const;

const key = text("key");
const organisation = text("organisation");

export const TABLES: { readonly [T in RecordType]: Table<T> } = {
	region: {
		name: "region",
		fields: {
			key,
			name: text("name"),
			kind: word("kind", "region_kind"),
			parent: self("parent"),
			aliases: texts("aliases"),
			ags: text("ags"),
		},
	},
	organisation: {
		name: "organisation",
		fields: {
			key,
			name: text("name"),
			kind: word("kind", "organisation_kind"),
			shortName: text("short_name"),
			aliases: texts("aliases"),
			region: text("region"),
			parent: self("parent"),
			street: text("street"),
			postcode: text("postcode"),
			city: text("city"),
			phone: text("phone"),
			email: text("email"),
			website: text("website"),
			description: text("description"),
			languages: texts("languages"),
		},
	},
	contact: {
		name: "contact",
		fields: {
			key,
			organisation,
			name: text("name"),
			function: text("function"),
			topics: words("topics", "topic"),
			regions: refs("contact_region", "contact", "region"),
			phone: text("phone"),
			mobile: text("mobile"),
			email: text("email"),
			hours: text("hours"),
			languages: texts("languages"),
			visibility: word("visibility", "visibility"),
			deputy: self("deputy"),
			onCall: flag("on_call"),
			verifiedOn: text("verified_on"),
			slackUser: text("slack_user"),
			matrixUser: text("matrix_user"),
		},
	},
	service: {
		name: "service",
		fields: {
			key,
			organisation,
			name: text("name"),
			needs: words("needs", "need"),
			regions: refs("service_region", "service", "region"),
			phone: text("phone"),
			email: text("email"),
			hours: text("hours"),
			onCall: flag("on_call"),
			capacity: count("capacity"),
			languages: texts("languages"),
			audience: words("audience", "audience"),
		},
	},
	agreement: {
		name: "agreement",
		fields: {
			key,
			title: text("title"),
			kind: word("kind", "agreement_kind"),
			parties: refs("agreement_party", "agreement", "organisation"),
			signatories: { in: "signatories" },
			signedOn: text("signed_on"),
			signedAt: text("signed_at"),
			validFrom: text("valid_from"),
			validUntil: text("valid_until"),
			notice: text("notice"),
			supersedes: self("supersedes"),
			region: text("region"),
			purpose: text("purpose"),
			documentUrl: text("document_url"),
		},
	},
	commitment: {
		name: "commitment",
		fields: {
			key,
			agreement: text("agreement"),
			kind: word("kind", "commitment_kind"),
			text: text("text"),
			cadence: text("cadence"),
			responsible: refs("commitment_responsible", "commitment", "organisation"),
		},
	},
	event: {
		name: "event",
		fields: {
			key,
			title: text("title"),
			kind: word("kind", "event_kind"),
			start: text("start"),
			duration: text("duration"),
			timezone: text("timezone"),
			rrule: text("rrule"),
			exceptions: texts("exceptions"),
			cancelledOn: texts("cancelled_on"),
			moved: { in: "moves" },
			skipHolidays: text("skip_holidays"),
			place: text("place"),
			link: text("link"),
			host: refs("event_host", "event", "organisation"),
			agreement: text("agreement"),
			audience: refs("event_audience", "event", "organisation"),
			regions: refs("event_region", "event", "region"),
			channels: refs("event_channel", "event", "channel"),
			remindBefore: texts("remind_before"),
			status: word("status", "event_status"),
		},
	},
	channel: {
		name: "channel",
		fields: {
			key,
			platform: word("platform", "platform_name"),
			address: text("address"),
			name: text("name"),
			language: word("language", "language"),
			regions: refs("channel_region", "channel", "region"),
			topics: words("topics", "topic"),
			purpose: text("purpose"),
		},
	},
	decision: {
		name: "decision",
		fields: {
			key,
			event: text("event"),
			decidedOn: text("decided_on"),
			text: text("text"),
			rationale: text("rationale"),
			responsible: refs("decision_responsible", "decision", "organisation"),
			due: text("due"),
			status: word("status", "decision_status"),
			supersedes: self("supersedes"),
			votes: text("votes"),
			tags: texts("tags"),
		},
	},
	project: {
		name: "project",
		fields: {
			key,
			title: text("title"),
			lead: text("lead"),
			region: text("region"),
			partners: refs("project_partner", "project", "organisation"),
			topics: words("topics", "topic"),
			status: word("status", "project_status"),
			startsOn: text("starts_on"),
			endsOn: text("ends_on"),
			budgetEur: column("double precision")("budget_eur"),
			description: text("description"),
		},
	},
	membership: {
		name: "membership",
		fields: { key, organisation, programme: text("programme"), stage: word("stage", "stage"), since: text("since") },
	},
	material: {
		name: "material",
		fields: {
			key,
			title: text("title"),
			publisher: refs("material_publisher", "material", "organisation"),
			topics: words("topics", "topic"),
			languages: texts("languages"),
			stock: count("stock"),
			url: text("url"),
		},
	},
	programme: {
		name: "programme",
		fields: {
			key,
			name: text("name"),
			organisation,
			aliases: texts("aliases"),
			description: text("description"),
			url: text("url"),
		},
	},
	figure: {
		name: "figure",
		fields: {
			key,
			programme: text("programme"),
			label: text("label"),
			value: text("value"),
			unit: text("unit"),
			asOf: text("as_of"),
			source: text("source"),
		},
	},
};

/** Fields with their places, in the order of the record. */
export const placesOf = (type: RecordType): [field: string, place: Place][] => Object.entries(TABLES[type].fields);
