/** Any network there can be, for property tests: every field of every record, references that hold, texts that bite. */
import fc from "fast-check";
import { PLATFORMS } from "../../src/lib/platform.ts";
import { LANGUAGES } from "../../src/lib/text.ts";
import * as words from "../../src/network/enums.ts";
import type { RecordOf, RecordType } from "../../src/network/records.ts";

export type Records = { [T in RecordType]: RecordOf[T][] };

/** As import leaves it: not empty, no white space around, no null character. */
const text = fc
	.oneof(
		fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
		fc.constantFrom(
			"=1+1",
			"'=1",
			"''-x",
			"+49",
			"@all",
			"-",
			"\t1",
			"a,b;c",
			'sagt "nein"',
			"Zeile\nzwei",
			"a\r\nb",
			"'",
			"Straße 5",
		),
	)
	.map((value) => value.replaceAll("\0", ""))
	.map((value) => (/^'*\t/.test(value) ? value.trimEnd() : value.trim()))
	.filter((value) => value.trim() !== "");
/** In a list: no separator, and nothing that trimming would change. */
const word = text.map((value) => value.replaceAll("|", "/").trim()).filter((value) => value !== "");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const list = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(value, { maxLength: 3 });
const some = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
const enumOf = <const T extends readonly string[]>(values: T): fc.Arbitrary<T[number]> => fc.constantFrom(...values);
const key = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,11}$/);
const date = fc
	.date({ min: new Date("1990-01-01"), max: new Date("2060-12-31"), noInvalidDate: true })
	.map((value) => value.toISOString().slice(0, 10));
const time = fc
	.tuple(date, fc.nat(23), fc.nat(59))
	.map(([day, h, m]) => `${day}T${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
const duration = fc.constantFrom("P6M", "P14D", "PT1H", "PT90M", "P1Y2M", "P2W", "P1DT12H", "PT0S");
const phone = fc.constantFrom(
	"+4935156430400",
	"+493023125850",
	"110",
	"112",
	"115",
	"116117",
	"+4915228817386",
	"+431234567",
);
const hours = fc.constantFrom("Mo-Fr 08:00-16:00", "24/7", "Mo-Fr 08:00-16:00; Sa off; PH off");
const language = fc.constantFrom("de", "en", "ar", "uk", "pl");
const count = fc.nat(2_147_483_647);

/** Keys that a record of one kind may refer to. */
const refs = (keys: readonly string[]): fc.Arbitrary<string[]> =>
	keys.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 3 });
const someRefs = (keys: readonly string[]) => fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 });
const ref = (keys: readonly string[]) => fc.constantFrom(...keys);
const maybeRef = (keys: readonly string[]): fc.Arbitrary<string | null> =>
	keys.length === 0 ? fc.constant(null) : maybe(fc.constantFrom(...keys));

const keys = (min: number) => fc.uniqueArray(key, { minLength: min, maxLength: 4 });

/** Records of each key; `before` are the keys that a chain without circles may point to. */
function each<R>(
	all: readonly string[],
	make: (key: string, before: readonly string[]) => fc.Arbitrary<R>,
): fc.Arbitrary<R[]> {
	return fc.tuple(...all.map((one, index) => make(one, all.slice(0, index))));
}

const KEYS = fc.record({
	region: keys(1),
	organisation: keys(1),
	contact: keys(0),
	service: keys(0),
	agreement: keys(1),
	commitment: keys(0),
	channel: keys(0),
	event: keys(0),
	decision: keys(0),
	project: keys(0),
	programme: keys(1),
	membership: keys(0),
	material: keys(0),
	figure: keys(0),
});

/** An event whose moves are of dates that its rule gives. */
const event = (k: string, to: { region: string[]; organisation: string[]; agreement: string[]; channel: string[] }) =>
	fc
		.record({
			key: fc.constant(k),
			title: text,
			kind: enumOf(words.EVENT_KINDS),
			start: time,
			duration,
			timezone: fc.constantFrom("Europe/Berlin", "UTC", "America/New_York"),
			rrule: fc.constantFrom(null, "FREQ=DAILY", "FREQ=DAILY;COUNT=5"),
			exceptions: list(date),
			cancelledOn: list(date),
			moved: fc.array(time, { maxLength: 1 }),
			skipHolidays: fc.constantFrom(null, "DE-SN", "DE-BY"),
			place: maybe(text),
			link: maybe(text),
			host: refs(to.organisation),
			agreement: maybeRef(to.agreement),
			audience: refs(to.organisation),
			regions: refs(to.region),
			channels: refs(to.channel),
			remindBefore: some(duration),
			status: enumOf(words.EVENT_STATUSES),
		})
		.map((one) => ({ ...one, moved: one.moved.map((to) => ({ from: one.start, to })) }));

export const networks: fc.Arbitrary<Records> = KEYS.chain((all) =>
	fc.record({
		region: each(all.region, (k, before) =>
			fc.record({
				key: fc.constant(k),
				name: text,
				kind: enumOf(words.REGION_KINDS),
				parent: maybeRef(before),
				aliases: list(word),
				ags: fc.constantFrom(null, "14", "14713", "14713000"),
			}),
		),
		organisation: each(all.organisation, (k, before) =>
			fc.record({
				key: fc.constant(k),
				name: text,
				kind: enumOf(words.ORGANISATION_KINDS),
				shortName: maybe(text),
				aliases: list(word),
				region: maybeRef(all.region),
				parent: maybeRef(before),
				street: maybe(text),
				postcode: maybe(text),
				city: maybe(text),
				phone: maybe(phone),
				email: maybe(text),
				website: maybe(text),
				description: maybe(text),
				languages: list(language),
			}),
		),
		contact: each(all.contact, (k) =>
			fc.record({
				key: fc.constant(k),
				organisation: ref(all.organisation),
				name: text,
				function: maybe(text),
				topics: list(enumOf(words.TOPICS)),
				regions: refs(all.region),
				phone: maybe(phone),
				mobile: maybe(phone),
				email: maybe(text),
				hours: maybe(hours),
				languages: list(language),
				visibility: enumOf(words.VISIBILITIES),
				deputy: maybeRef(all.contact.filter((other) => other !== k)),
				onCall: fc.boolean(),
				verifiedOn: maybe(date),
				slackUser: maybe(text),
				matrixUser: fc.constantFrom(null, "@a:example.org"),
			}),
		),
		service: each(all.service, (k) =>
			fc.record({
				key: fc.constant(k),
				organisation: ref(all.organisation),
				name: text,
				needs: some(enumOf(words.NEEDS)),
				regions: refs(all.region),
				phone: maybe(phone),
				email: maybe(text),
				hours: maybe(hours),
				onCall: fc.boolean(),
				capacity: maybe(count),
				languages: list(language),
				audience: list(enumOf(words.AUDIENCES)),
			}),
		),
		agreement: each(all.agreement, (k, before) =>
			fc.record({
				key: fc.constant(k),
				title: text,
				kind: enumOf(words.AGREEMENT_KINDS),
				parties: someRefs(all.organisation),
				signatories: fc.uniqueArray(fc.record({ name: word, organisation: ref(all.organisation) }), {
					maxLength: 3,
					selector: ({ name, organisation }) => `${name} ${organisation}`,
				}),
				signedOn: maybe(date),
				signedAt: maybe(text),
				validFrom: maybe(date),
				validUntil: maybe(date),
				notice: maybe(duration),
				supersedes: maybeRef(before),
				region: maybeRef(all.region),
				purpose: maybe(text),
				documentUrl: maybe(text),
			}),
		),
		commitment: each(all.commitment, (k) =>
			fc.record({
				key: fc.constant(k),
				agreement: ref(all.agreement),
				kind: enumOf(words.COMMITMENT_KINDS),
				text,
				cadence: maybe(duration),
				responsible: refs(all.organisation),
			}),
		),
		channel: each(all.channel, (k) =>
			fc.record({
				key: fc.constant(k),
				platform: enumOf(PLATFORMS),
				address: fc.constant(`C-${k}`),
				name: maybe(text),
				language: enumOf(LANGUAGES),
				regions: refs(all.region),
				topics: list(enumOf(words.TOPICS)),
				purpose: maybe(text),
			}),
		),
		event: each(all.event, (k) => event(k, all)),
		decision: each(all.decision, (k, before) =>
			fc.record({
				key: fc.constant(k),
				event: maybeRef(all.event),
				decidedOn: date,
				text,
				rationale: maybe(text),
				responsible: refs(all.organisation),
				due: maybe(date),
				status: enumOf(words.DECISION_STATUSES),
				supersedes: maybeRef(before),
				votes: fc.constantFrom(null, "consensus", "12/0/3"),
				tags: list(word),
			}),
		),
		project: each(all.project, (k) =>
			fc.record({
				key: fc.constant(k),
				title: text,
				lead: ref(all.organisation),
				region: maybeRef(all.region),
				partners: refs(all.organisation),
				topics: list(enumOf(words.TOPICS)),
				status: enumOf(words.PROJECT_STATUSES),
				startsOn: maybe(date),
				endsOn: maybe(date),
				budgetEur: maybe(fc.nat(100_000_000).map((cents) => cents / 100)),
				description: maybe(text),
			}),
		),
		programme: each(all.programme, (k) =>
			fc.record({
				key: fc.constant(k),
				name: text,
				organisation: maybeRef(all.organisation),
				aliases: list(word),
				description: maybe(text),
				url: maybe(text),
			}),
		),
		membership: each(all.membership, (k) =>
			fc.record({
				key: fc.constant(k),
				organisation: ref(all.organisation),
				programme: text,
				stage: enumOf(words.STAGES),
				since: maybe(date),
			}),
		),
		material: each(all.material, (k) =>
			fc.record({
				key: fc.constant(k),
				title: text,
				publisher: someRefs(all.organisation),
				topics: list(enumOf(words.TOPICS)),
				languages: list(language),
				stock: maybe(count),
				url: maybe(text),
			}),
		),
		figure: each(all.figure, (k) =>
			fc.record({
				key: fc.constant(k),
				programme: ref(all.programme),
				label: text,
				value: text,
				unit: maybe(text),
				asOf: date,
				source: maybe(text),
			}),
		),
	}),
);
