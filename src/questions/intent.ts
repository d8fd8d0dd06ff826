/** What kind of record a sentence asks for. The first rule that holds decides; the surest signs stand first. */
import type { RecordType } from "../network/records.ts";
import type { Mention } from "./names.ts";
import type { Intent } from "./query.ts";
import type { Reading } from "./reading.ts";

/** A title that was said in full and is more than one ordinary word. */
export function titled(reading: Reading, type: RecordType): Mention | null {
	const [best] = reading.titles.get(type) ?? [];
	if (!best?.full) return null;
	// A party's name that is longer than the title is meant instead.
	const party = reading.parties.find(
		(mention) => mention.full && best.units.every((unit) => mention.units.includes(unit)),
	);
	if (party && party.units.length >= best.units.length) return null;
	return best;
}

/** Promises that nobody's topic is: who is asked for them, an agreement says. */
const ONLY_PROMISED = [
	"security_analysis",
	"coaching",
	"referral",
	"review",
	"feedback",
	"joint_event",
	"crisis_contact",
];
/** Needs that are no topic of a contact: for these, help is meant even where "who" is asked. */
const ONLY_NEEDS = [
	"psychosocial_care",
	"trauma_therapy",
	"legal_advice",
	"financial_aid",
	"shelter",
	"interpreting",
	"medical",
	"pastoral_care",
	"victim_advocacy",
];

/** What only an event has. */
const OF_EVENTS = ["duration", "host", "link"];

export function intentOf(reading: Reading): Intent | null {
	const { has } = reading;
	const noun = (...concepts: string[]) => has("noun", ...concepts);
	const mark = (...concepts: string[]) => has("mark", ...concepts);
	const who = has("ask", "who");
	const person = noun("contact") || who;
	const party = reading.parties.some((mention) => mention.full || !mention.generic);
	const anyParty = party || has("organisationKind");
	const place = reading.places.length > 0;
	const topic = has("topic");
	/** Not just part of what somebody is called. */
	const ownTopic = reading.outside("topic").length > 0;
	const asked = has("field", "phone", "mobile", "email", "hours", "website", "address");
	const agreement = noun("agreement") || has("agreementKind") || titled(reading, "agreement") !== null;
	const promised = noun("commitment") || has("ask", "how_often");
	const programme = titled(reading, "programme") !== null;
	const soon = mark("next", "cancelled", "moved", "after_that") || has("ask", "when", "time");
	const event = titled(reading, "event");
	const duty = noun("contact") || has("field", "responsible");
	const need = has("need");
	const help = noun("service");

	if (reading.number || noun("decision") || mark("overdue")) return "decision";
	if (reading.people || mark("principal")) return "contact";
	if (titled(reading, "material") && !event) return "material";
	if (has("ask", "how_many") && has("field", "stock") && !has("field", "capacity")) return "material";
	if (noun("material") && !duty && !who && !promised) return "material";
	if (noun("project") && !(agreement && promised)) return "project";
	if (agreement && (promised || mark("by_agreement"))) return "commitment";
	if (agreement && who && duty && has("topic") && !has("field", "signatories")) return "contact";
	if (agreement && noun("contact") && has("topic") && !place) return "contact";
	if (agreement && !(event && soon) && !(asked && party)) {
		if (has("commitmentKind", ...ONLY_PROMISED) && who && duty) return "commitment";
		if (!(has("eventKind") && soon)) return "agreement";
	}
	if (promised && !soon) return "commitment";
	if (person && duty && has("commitmentKind", ...ONLY_PROMISED) && !topic && !need) return "commitment";
	if (programme && !noun("contact") && !asked && !soon && !event) return "programme";
	if (has("stage") || (noun("municipality") && has("organisationKind", "prevention_council"))) return "programme";
	if (noun("programme") && noun("municipality")) return "programme";
	if ((has("ask", "until") || who) && mark("must") && !noun("contact") && !asked) return "decision";
	if (mark("deputy") && !(help && need)) return "contact";
	if (isEvent()) return "event";
	if (mark("on_call")) return has("need", ...ONLY_NEEDS) && !topic ? "service" : "contact";
	if (has("need", ...ONLY_NEEDS) && !(topic && noun("contact"))) {
		return party && asked && !place && !help ? "organisation" : "service";
	}
	if (titled(reading, "service") && !(person && topic)) return "service";
	if (has("field", "capacity") && (anyParty || need)) return "service";
	if (need && help && !noun("contact") && !(who && topic && !help)) return "service";
	if (need && !topic && !party) return "service";
	if (ownTopic || (topic && !(party && asked && !person && !mark("leads")))) return "contact";
	if (mark("leads") && anyParty) return "contact";
	if (mark("speaks") && has("language")) return person || !help ? "contact" : "service";
	if (titled(reading, "project")) return "project";
	if (reading.does.length > 0 && !event) return "contact";
	if (mark("reach") && party && !who) return "organisation";
	if (noun("contact") && !asked) return "contact";
	if (anyParty && (has("field") || has("ask", "list", "which", "where") || !who)) return "organisation";
	if (noun("organisation")) return "organisation";
	if (who) return "contact";
	for (const type of ["event", "agreement"] as const) if (titled(reading, type)) return type;
	if (reading.scheduled && has("ask", "when", "time", "where")) return "event";
	if (need || help) return "service";
	if (noun("programme")) return "programme";
	if (has("field", "phone", "mobile", "email", "address", "website", "hours")) return "contact";
	return null;

	function isEvent(): boolean {
		if (person && duty && topic && !soon && !noun("event")) return false;
		if (event && (event.units.length > 1 || soon || has("field", "place"))) return true;
		if (
			has("eventKind") &&
			(soon ||
				reading.time ||
				has("ask", "list", "which", "where", "how_many") ||
				place ||
				noun("event") ||
				reading.past ||
				mark("last"))
		) {
			return !(person && duty && topic && !soon);
		}
		if (has("eventKind") && has("field", ...OF_EVENTS)) return true;
		if (has("eventKind") && !topic && !person) return true;
		if (noun("event") && !duty) return true;
		return has("ask", "when") && mark("next") && anyParty;
	}
}
