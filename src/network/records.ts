/**
 * The records of a network, as plain data: one type per file of the network folder, fields named as its columns
 * in camel case. Everything above the database (questions, reminders, commands, exchange) works on these.
 *
 * Shapes: `null` = nothing known; lists keep the file's order; references are keys; `PlainDate` strings are
 * `YYYY-MM-DD`, local times `YYYY-MM-DDTHH:MM`, durations ISO 8601, phone numbers E.164 or a short number as dialled.
 */

import type { PlatformName } from "../lib/platform.ts";
import type { Language } from "../lib/text.ts";
import type {
	AgreementKind,
	Audience,
	CommitmentKind,
	DecisionStatus,
	EventKind,
	EventStatus,
	Need,
	OrganisationKind,
	ProjectStatus,
	RegionKind,
	Stage,
	Topic,
	Visibility,
} from "./enums.ts";

export type Key = string;

export interface Region {
	key: Key;
	name: string;
	kind: RegionKind;
	parent: Key | null;
	aliases: string[];
	ags: string | null;
}

export interface Organisation {
	key: Key;
	name: string;
	kind: OrganisationKind;
	shortName: string | null;
	aliases: string[];
	region: Key | null;
	parent: Key | null;
	street: string | null;
	postcode: string | null;
	city: string | null;
	phone: string | null;
	email: string | null;
	website: string | null;
	description: string | null;
	languages: string[];
}

export interface Contact {
	key: Key;
	organisation: Key;
	name: string;
	function: string | null;
	topics: Topic[];
	regions: Key[];
	phone: string | null;
	mobile: string | null;
	email: string | null;
	/** OpenStreetMap `opening_hours`, in the bot's time zone. */
	hours: string | null;
	languages: string[];
	visibility: Visibility;
	deputy: Key | null;
	onCall: boolean;
	verifiedOn: string | null;
	slackUser: string | null;
	matrixUser: string | null;
}

export interface Service {
	key: Key;
	organisation: Key;
	name: string;
	needs: Need[];
	regions: Key[];
	phone: string | null;
	email: string | null;
	hours: string | null;
	onCall: boolean;
	capacity: number | null;
	languages: string[];
	audience: Audience[];
}

export interface Signatory {
	name: string;
	/** The organisation that this person signed for. */
	organisation: Key;
}

export interface Agreement {
	key: Key;
	title: string;
	kind: AgreementKind;
	parties: Key[];
	signatories: Signatory[];
	signedOn: string | null;
	signedAt: string | null;
	validFrom: string | null;
	validUntil: string | null;
	notice: string | null;
	supersedes: Key | null;
	region: Key | null;
	purpose: string | null;
	documentUrl: string | null;
}

export interface Commitment {
	key: Key;
	agreement: Key;
	kind: CommitmentKind;
	text: string;
	cadence: string | null;
	responsible: Key[];
}

export interface Move {
	/** The occurrence's local time by the rule. */
	from: string;
	/** The local time at which it really starts. */
	to: string;
}

/** Named so because `Event` is a global of the platform. */
export interface NetworkEvent {
	key: Key;
	title: string;
	kind: EventKind;
	/** Local time in `timezone`. */
	start: string;
	duration: string;
	timezone: string;
	/** RFC 5545 RECUR value without `RRULE:`. */
	rrule: string | null;
	exceptions: string[];
	cancelledOn: string[];
	moved: Move[];
	/** ISO 3166-2 code of a Land (`DE-SN`). */
	skipHolidays: string | null;
	place: string | null;
	link: string | null;
	host: Key[];
	agreement: Key | null;
	audience: Key[];
	regions: Key[];
	channels: Key[];
	remindBefore: string[];
	status: EventStatus;
}

export interface Channel {
	key: Key;
	platform: PlatformName;
	address: string;
	name: string | null;
	language: Language;
	regions: Key[];
	topics: Topic[];
	purpose: string | null;
}

export interface Decision {
	key: Key;
	event: Key | null;
	decidedOn: string;
	text: string;
	rationale: string | null;
	responsible: Key[];
	due: string | null;
	status: DecisionStatus;
	supersedes: Key | null;
	/** `yes/no/abstain` or `consensus`. */
	votes: string | null;
	tags: string[];
}

export interface Project {
	key: Key;
	title: string;
	lead: Key;
	region: Key | null;
	partners: Key[];
	topics: Topic[];
	status: ProjectStatus;
	startsOn: string | null;
	endsOn: string | null;
	budgetEur: number | null;
	description: string | null;
}

export interface Membership {
	key: Key;
	organisation: Key;
	/** A programme's key, or free text where none is described. */
	programme: string;
	stage: Stage;
	since: string | null;
}

export interface Material {
	key: Key;
	title: string;
	publisher: Key[];
	topics: Topic[];
	languages: string[];
	stock: number | null;
	url: string | null;
}

export interface Programme {
	key: Key;
	name: string;
	organisation: Key | null;
	aliases: string[];
	description: string | null;
	url: string | null;
}

export interface Figure {
	key: Key;
	programme: Key;
	label: string;
	/** As written, so that export gives back what was imported. */
	value: string;
	unit: string | null;
	asOf: string;
	source: string | null;
}

/** Record types by the singular of their file's name, as machine-readable output names them. */
export interface RecordOf {
	region: Region;
	organisation: Organisation;
	contact: Contact;
	service: Service;
	agreement: Agreement;
	commitment: Commitment;
	event: NetworkEvent;
	channel: Channel;
	decision: Decision;
	project: Project;
	membership: Membership;
	material: Material;
	programme: Programme;
	figure: Figure;
}
export type RecordType = keyof RecordOf;

/** In an order in which every reference points to an earlier kind or to its own. */
export const RECORD_TYPES = [
	"region",
	"organisation",
	"contact",
	"service",
	"agreement",
	"commitment",
	"channel",
	"event",
	"decision",
	"project",
	"programme",
	"membership",
	"material",
	"figure",
] as const satisfies readonly RecordType[];

export interface RecordRef {
	type: RecordType;
	key: Key;
}

/** Everything the network knows, by type and key, in key order. The one thing questions and name look-ups read. */
export type Network = { readonly [T in RecordType]: ReadonlyMap<Key, RecordOf[T]> };
