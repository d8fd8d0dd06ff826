/** Records with what a test leaves out, and a small network of one Land made up for tests. */
import type {
	Agreement,
	Channel,
	Contact,
	Decision,
	NetworkEvent,
	Organisation,
	Region,
	Service,
} from "../../src/network/records.ts";
import type { Records } from "./chat.ts";

type Needs<T, K extends keyof T> = Pick<T, K> & Partial<T>;

export const region = (given: Needs<Region, "key" | "name" | "kind">): Region => ({
	parent: null,
	aliases: [],
	ags: null,
	...given,
});

export const organisation = (given: Needs<Organisation, "key" | "name" | "kind">): Organisation => ({
	shortName: null,
	aliases: [],
	region: null,
	parent: null,
	street: null,
	postcode: null,
	city: null,
	phone: null,
	email: null,
	website: null,
	description: null,
	languages: [],
	...given,
});

export const contact = (given: Needs<Contact, "key" | "name" | "organisation">): Contact => ({
	function: null,
	topics: [],
	regions: [],
	phone: null,
	mobile: null,
	email: null,
	hours: null,
	languages: [],
	visibility: "partners",
	deputy: null,
	onCall: false,
	verifiedOn: null,
	slackUser: null,
	matrixUser: null,
	...given,
});

export const service = (given: Needs<Service, "key" | "name" | "organisation">): Service => ({
	needs: [],
	regions: [],
	phone: null,
	email: null,
	hours: null,
	onCall: false,
	capacity: null,
	languages: [],
	audience: [],
	...given,
});

export const agreement = (given: Needs<Agreement, "key" | "title" | "kind" | "parties">): Agreement => ({
	signatories: [],
	signedOn: null,
	signedAt: null,
	validFrom: null,
	validUntil: null,
	notice: null,
	supersedes: null,
	region: null,
	purpose: null,
	documentUrl: null,
	...given,
});

export const event = (given: Needs<NetworkEvent, "key" | "title" | "kind" | "start">): NetworkEvent => ({
	duration: "PT2H",
	timezone: "Europe/Berlin",
	rrule: null,
	exceptions: [],
	cancelledOn: [],
	moved: [],
	skipHolidays: null,
	place: null,
	link: null,
	host: [],
	agreement: null,
	audience: [],
	regions: [],
	channels: [],
	remindBefore: ["P14D", "P1D", "PT1H"],
	status: "planned",
	...given,
});

export const channel = (given: Needs<Channel, "key" | "platform" | "address">): Channel => ({
	name: null,
	language: "de",
	regions: [],
	topics: [],
	purpose: null,
	...given,
});

export const decision = (given: Needs<Decision, "key" | "decidedOn" | "text">): Decision => ({
	event: null,
	rationale: null,
	responsible: [],
	due: null,
	status: "open",
	supersedes: null,
	votes: null,
	tags: [],
	...given,
});

/** Leipzig in Saxony: a Slack channel (German), a Matrix room (English), one above both, and people of every role. */
export const LEIPZIG: Records = {
	region: [
		region({ key: "sachsen", name: "Sachsen", kind: "land", aliases: ["SN"] }),
		region({ key: "pb-leipzig", name: "Direktionsbezirk Leipzig", kind: "police_district", parent: "sachsen" }),
		region({ key: "leipzig", name: "Leipzig", kind: "municipality", parent: "pb-leipzig" }),
		region({ key: "grimma", name: "Grimma", kind: "municipality", parent: "pb-leipzig" }),
	],
	organisation: [
		organisation({
			key: "pd-leipzig",
			name: "Polizeidirektion Leipzig",
			shortName: "PD Leipzig",
			kind: "police",
			region: "pb-leipzig",
			phone: "+493419660",
		}),
		organisation({ key: "stadt-leipzig", name: "Stadt Leipzig", kind: "municipality", region: "leipzig" }),
		organisation({ key: "stadt-grimma", name: "Stadt Grimma", kind: "municipality", region: "grimma" }),
		organisation({
			key: "weisser-ring",
			name: "WEISSER RING Sachsen",
			aliases: ["Weißer Ring"],
			kind: "victim_support",
			region: "sachsen",
		}),
	],
	contact: [
		contact({
			key: "pd-leipzig-opferschutz",
			organisation: "pd-leipzig",
			name: "Jana Berg",
			function: "Opferschutzbeauftragte",
			topics: ["victim_support"],
			regions: ["pb-leipzig"],
			phone: "+493419661234",
			email: "jana.berg@example.org",
			visibility: "public",
			slackUser: "U-BERG",
			matrixUser: "@berg:lab.test",
		}),
		contact({
			key: "stadt-leipzig-koordination",
			organisation: "stadt-leipzig",
			name: "Omar Yilmaz",
			function: "Koordinator",
			topics: ["coordination"],
			regions: ["leipzig"],
			slackUser: "U-ORG",
			matrixUser: "@org:lab.test",
		}),
		contact({
			key: "stadt-grimma-krise",
			organisation: "stadt-grimma",
			name: "Ute Geheim",
			function: "Krisenstab",
			topics: ["crisis"],
			regions: ["grimma"],
			phone: "+493437111",
			visibility: "organisers",
		}),
		contact({
			key: "stadt-grimma-praevention",
			organisation: "stadt-grimma",
			name: "Paul Partner",
			function: "Prävention",
			topics: ["prevention"],
			regions: ["grimma"],
			phone: "+493437222",
			visibility: "partners",
		}),
	],
	channel: [
		channel({ key: "sl-leipzig", platform: "slack", address: "C-LEIPZIG", name: "#leipzig", regions: ["leipzig"] }),
		channel({
			key: "mx-leipzig",
			platform: "matrix",
			address: "!leipzig:lab.test",
			name: "Leipzig",
			language: "en",
			regions: ["leipzig"],
		}),
		channel({
			key: "mx-sachsen",
			platform: "matrix",
			address: "!sachsen:lab.test",
			name: "Sachsen",
			regions: ["sachsen"],
		}),
		channel({ key: "sl-grimma", platform: "slack", address: "C-GRIMMA", name: "#grimma", regions: ["grimma"] }),
	],
};
