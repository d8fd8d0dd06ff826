/** The one fact that is asked for, by kind of record; null = the record as a whole. */
import type { Intent } from "./query.ts";
import type { Reading } from "./reading.ts";

type FieldOf = (reading: Reading) => string | null;

/** The first of these fields that the words name. */
function first(reading: Reading, ...fields: string[]): string | null {
	return fields.find((field) => reading.has("field", field)) ?? null;
}

const listed = (reading: Reading) =>
	reading.has("ask", "which", "list", "how_many") && !reading.has("ask", "when", "until", "since");

const agreement: FieldOf = (reading) => {
	const { has } = reading;
	const signed = has("field", "signed_on", "signatories", "signed_at");
	if (has("ask", "how_many") && has("field", "parties")) return "parties_count";
	if (has("field", "notice")) return "notice";
	if (signed && has("ask", "who")) return "signatories";
	if (signed && has("ask", "where")) return "signed_at";
	if (has("field", "signatories") && !has("field", "signed_on")) return "signatories";
	if (listed(reading)) return null;
	if (has("field", "valid_from") || (has("ask", "since") && has("mark", "in_force"))) return "valid_from";
	if (
		has("ask", "until") ||
		(has("field", "valid_until") && (has("ask", "when") || !has("ask"))) ||
		(has("ask", "when") && has("mark", "expiring"))
	) {
		return "valid_until";
	}
	if (signed && (has("ask", "when") || !has("ask"))) return "signed_on";
	if (has("ask", "when") && !has("mark", "expiring")) return "signed_on";
	return first(reading, "purpose", "document", "parties");
};

const event: FieldOf = (reading) => {
	const { has } = reading;
	if (has("ask", "time")) return "time";
	if (has("field", "link")) return "link";
	if (
		has("field", "duration") &&
		(has("ask", "until") || /dauer/.test(reading.tokens.map((token) => token.word).join(" ")))
	)
		return "duration";
	if (has("field", "host") && !has("ask", "when")) return "host";
	if ((has("field", "place") && !has("ask", "when")) || has("ask", "where")) return "place";
	if (has("ask", "when")) return "date";
	return null;
};

const decision: FieldOf = (reading) => {
	const { has } = reading;
	if (has("field", "votes")) return "votes";
	if (has("ask", "until") || (has("field", "due") && has("ask", "when"))) return "due";
	if (has("ask", "who")) return "responsible";
	if (has("field", "rationale")) return "rationale";
	if (has("ask", "when") && (has("field", "decided_on") || has("noun", "decision"))) return "decided_on";
	if (listed(reading)) return null;
	return first(reading, "status", "due", "responsible");
};

const FIELDS: Record<Intent, FieldOf> = {
	contact: (reading) => {
		if (reading.has("ask", "when") && (reading.has("noun", "contact") || reading.has("mark", "open_now")))
			return "hours";
		return first(reading, "mobile", "email", "phone", "address", "website", "hours", "function");
	},
	organisation: (reading) =>
		first(reading, "mobile", "email", "website", "phone", "address", "hours") ??
		(reading.has("field", "locate") ? "address" : null),
	service: (reading) => {
		if (reading.has("field", "capacity") && (reading.has("ask", "how_many") || !reading.has("ask"))) return "capacity";
		if (reading.has("ask", "when") && reading.has("mark", "open_now")) return "hours";
		return first(reading, "mobile", "email", "phone", "hours", "address");
	},
	agreement,
	commitment: (reading) =>
		reading.has("ask", "how_often") ? "cadence" : reading.has("ask", "who") ? "responsible" : null,
	event,
	decision,
	project: (reading) => {
		if (reading.has("field", "budget")) return "budget";
		if (listed(reading)) return null;
		if (reading.has("ask", "until") || (reading.has("field", "ends_on") && reading.has("ask", "when")))
			return "ends_on";
		if (reading.has("ask", "since") || (reading.has("field", "starts_on") && reading.has("ask", "when")))
			return "starts_on";
		if (reading.has("ask", "who")) return reading.has("field", "partners") ? "partners" : "lead";
		return first(reading, "ends_on", "starts_on", "status", "partners");
	},
	programme: (reading) => {
		if (reading.has("ask", "since") || (reading.has("ask", "when") && reading.has("noun", "programme"))) return "since";
		return reading.has("noun", "municipality") ? null : first(reading, "stage");
	},
	material: (reading) => {
		if (reading.has("ask", "how_many") || (reading.has("field", "stock") && !listed(reading))) return "stock";
		if (reading.has("ask", "who") && reading.has("field", "publisher")) return "publisher";
		return first(reading, "url");
	},
	statistic: () => null,
	help: () => null,
};

export const fieldOf = (intent: Intent, reading: Reading): string | null => FIELDS[intent](reading);
