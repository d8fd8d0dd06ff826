/** A small made-up network of a Land, and somebody to ask about it: tests read like the chat. */
import { plainText } from "../../src/bot/reply.ts";
import { type Asker, GUEST, roleOfContact } from "../../src/network/access.ts";
import { byKey, EMPTY_NETWORK } from "../../src/network/load.ts";
import type { Network } from "../../src/network/records.ts";
import { type Answer, answer, buildLexicon, type Lexicon, type Topic } from "../../src/questions/index.ts";
import { agreement, contact, decision, event, organisation, region, service } from "../support/network.ts";

const HOURS = "Mo-Fr 08:00-16:00";

/** Thuringia has its own holiday on 20 September, which in 2027 is a Monday. */
export const NETWORK: Network = {
	...EMPTY_NETWORK,
	region: byKey([
		region({ key: "thueringen", name: "Thüringen", kind: "land", aliases: ["TH"], ags: "16" }),
		region({ key: "lpi-nord", name: "Bereich Nordhausen", kind: "police_district", parent: "thueringen" }),
		region({ key: "lpi-sued", name: "Bereich Suhl", kind: "police_district", parent: "thueringen" }),
		region({ key: "kyffhaeuserkreis", name: "Kyffhäuserkreis", kind: "district", parent: "lpi-nord" }),
		region({ key: "nordhausen", name: "Nordhausen", kind: "municipality", parent: "lpi-nord" }),
		region({ key: "sondershausen", name: "Sondershausen", kind: "municipality", parent: "kyffhaeuserkreis" }),
		region({ key: "artern", name: "Artern", kind: "municipality", parent: "kyffhaeuserkreis" }),
		region({ key: "suhl", name: "Suhl", kind: "municipality", parent: "lpi-sued" }),
		region({ key: "altenburg-n", name: "Altenfeld am Nordhang", kind: "municipality", parent: "kyffhaeuserkreis" }),
		region({ key: "altenburg-s", name: "Altenfeld im Süden", kind: "municipality", parent: "lpi-sued" }),
	]),
	organisation: byKey([
		organisation({
			key: "lpi-n",
			name: "Landespolizeiinspektion Nordhausen",
			kind: "police",
			shortName: "LPI Nordhausen",
			region: "lpi-nord",
			phone: "+493023125201",
			street: "Darrweg 42",
			postcode: "99734",
			city: "Nordhausen",
		}),
		organisation({
			key: "lpi-s",
			name: "Landespolizeiinspektion Suhl",
			kind: "police",
			shortName: "LPI Suhl",
			region: "lpi-sued",
			phone: "+493023125202",
		}),
		organisation({ key: "stadt-n", name: "Stadt Nordhausen", kind: "municipality", region: "nordhausen" }),
		organisation({ key: "rat-n", name: "Präventionsrat Nordhausen", kind: "prevention_council", region: "nordhausen" }),
		organisation({
			key: "haus-n",
			name: "Frauenhaus Nordhausen",
			kind: "counselling",
			region: "nordhausen",
			phone: "+493023125203",
		}),
		organisation({
			key: "haus-s",
			name: "Frauenhaus Suhl",
			kind: "counselling",
			region: "suhl",
			phone: "+493023125204",
		}),
	]),
	contact: byKey([
		contact({
			key: "opfer-n",
			organisation: "lpi-n",
			name: "Jördis Bähr",
			function: "Opferschutzbeauftragte",
			topics: ["victim_support"],
			regions: ["lpi-nord"],
			phone: "+494066969201",
			email: "baehr@lpi.example.org",
			hours: HOURS,
			visibility: "public",
			deputy: "opfer-n2",
			verifiedOn: "2026-09-01",
		}),
		contact({
			key: "opfer-n2",
			organisation: "lpi-n",
			name: "Arno Tilch",
			function: "Stellvertretender Opferschutzbeauftragter",
			topics: ["victim_support"],
			regions: ["lpi-nord"],
			phone: "+494066969202",
			hours: HOURS,
		}),
		contact({
			key: "opfer-s",
			organisation: "lpi-s",
			name: "Kim Bahr",
			function: "Opferschutzbeauftragter",
			topics: ["victim_support"],
			regions: ["lpi-sued"],
			phone: "+494066969203",
			hours: HOURS,
			visibility: "public",
		}),
		contact({
			key: "praev-n",
			organisation: "stadt-n",
			name: "Edda Lorz",
			function: "Präventionsbeauftragte",
			topics: ["prevention", "coordination"],
			regions: ["nordhausen"],
			phone: "+494066969204",
			mobile: "+491713920204",
			hours: HOURS,
		}),
		contact({
			key: "lage-n",
			organisation: "lpi-n",
			name: "Lagezentrum LPI Nordhausen",
			function: "Lagezentrum",
			topics: ["crisis"],
			regions: ["lpi-nord"],
			phone: "+494066969205",
			hours: "24/7",
			visibility: "organisers",
			onCall: true,
		}),
		contact({
			key: "jugend-n",
			organisation: "stadt-n",
			name: "Jugendnotruf Nordhausen",
			function: "Jugendnotruf",
			topics: ["youth"],
			regions: ["nordhausen"],
			phone: "+494066969206",
			hours: "Mo-Fr 16:00-08:00; Sa-Su 00:00-24:00; PH 00:00-24:00",
			visibility: "public",
			onCall: true,
		}),
		contact({
			key: "jugend-k",
			organisation: "lpi-n",
			name: "Ole Quandt",
			function: "Jugendkoordinator",
			topics: ["youth"],
			regions: ["lpi-nord"],
			phone: "+494066969207",
			hours: "24/7",
			visibility: "public",
			onCall: true,
		}),
	]),
	service: byKey([
		service({
			key: "platz-n",
			organisation: "haus-n",
			name: "Schutzplätze Nordhausen",
			needs: ["shelter"],
			capacity: 14,
			onCall: true,
			hours: "24/7",
			languages: ["de", "ar"],
		}),
	]),
	agreement: byKey([
		agreement({
			key: "sp-2020",
			title: "Sicherheitspartnerschaft Nordhausen 2020",
			kind: "security_partnership",
			parties: ["stadt-n", "lpi-n"],
			signedOn: "2020-02-01",
			validUntil: "2027-12-31",
			region: "nordhausen",
		}),
		agreement({
			key: "sp-2025",
			title: "Sicherheitspartnerschaft Nordhausen 2025",
			kind: "security_partnership",
			parties: ["stadt-n", "lpi-n"],
			signedOn: "2025-02-01",
			validUntil: "2026-12-31",
			supersedes: "sp-2020",
			region: "nordhausen",
			notice: "P3M",
		}),
	]),
	event: byKey([
		event({
			key: "sitzung",
			title: "Sitzung des Präventionsrats Nordhausen",
			kind: "council_session",
			start: "2026-01-13T17:00",
			rrule: "FREQ=MONTHLY;BYDAY=2TU",
			host: ["rat-n"],
			regions: ["nordhausen"],
			place: "Rathaus",
		}),
	]),
	decision: byKey([
		decision({
			key: "pr-2026-001",
			event: "sitzung",
			decidedOn: "2026-10-13",
			text: "Die Unterführung wird beleuchtet.",
			responsible: ["stadt-n"],
			due: "2026-11-01",
		}),
		decision({
			key: "pr-2026-002",
			event: "sitzung",
			decidedOn: "2026-10-13",
			text: "Ein Stadtplan der Hilfen erscheint.",
			responsible: ["rat-n"],
			status: "revoked",
		}),
	]),
};

let lexicon: Lexicon | null = null;
export const LEXICON = () => {
	lexicon ??= buildLexicon(NETWORK);
	return lexicon;
};

export function asContact(key: string): Asker {
	const found = NETWORK.contact.get(key);
	if (!found) throw new Error(`no contact ${key}`);
	return { role: roleOfContact(found), contact: key };
}

export interface Chat {
	ask(text: string, options?: Partial<Parameters<typeof answer>[1]>): Answer;
	/** Records of the last answer, `type:key`. */
	records(text: string): string;
	text(text: string): string;
}

/** One person's conversation; `at` is an instant. */
export function chat(asker: Asker = GUEST, at = "2026-11-23T10:00:00+01:00"): Chat {
	let topic: Topic | null = null;
	const ask: Chat["ask"] = (text, options = {}) => {
		const given = answer(LEXICON(), {
			text,
			language: null,
			now: Temporal.Instant.from(at),
			timezone: "Europe/Berlin",
			asker,
			topic,
			...options,
		});
		topic = given.topic;
		return given;
	};
	const line = (given: Answer) => [given.status, ...given.records.map(({ type, key }) => `${type}:${key}`)].join(" ");
	return { ask, records: (text) => line(ask(text)), text: (text) => plainText(ask(text).parts) };
}
