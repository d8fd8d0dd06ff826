import { describe, expect, test } from "vitest";
import { plainText } from "../../src/bot/reply.ts";
import type { NetworkEvent } from "../../src/network/records.ts";
import { plannedReminders } from "../../src/reminders/plan.ts";
import { previewMessages } from "../../src/reminders/preview.ts";
import { agreement, channel, LEIPZIG } from "../support/network.ts";
import { event, network } from "./events.ts";

const at = (instant: string) => Temporal.Instant.from(instant);
const JANUARY: [Temporal.Instant, Temporal.Instant] = [at("2027-01-01T00:00:00Z"), at("2027-02-01T00:00:00Z")];
const one = channel({ key: "c", platform: "slack", address: "C1" });
const times = (
	of: NetworkEvent,
	[from, to]: [Temporal.Instant, Temporal.Instant] = [at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")],
) =>
	plannedReminders(network({ event: [{ ...of, channels: ["c"] }], channel: [one] }), from, to).map((each) =>
		each.at.toString(),
	);
const channelsOf = (of: NetworkEvent, more = LEIPZIG) => [
	...new Set(
		plannedReminders(network({ ...more, event: [of] }), at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")).map(
			(each) => each.channel,
		),
	),
];

describe("lead times", () => {
	test("of days keep the wall-clock time over a clock change, hours and minutes are exact", () => {
		const of = event({ start: "2027-03-28T10:00", remindBefore: ["P1D", "PT24H", "PT90M"] });
		expect(times(of)).toEqual(["2027-03-27T08:00:00Z", "2027-03-27T09:00:00Z", "2027-03-28T06:30:00Z"]);
	});
	test("of months clamp to the month's last day", () => {
		expect(times(event({ start: "2027-03-31T09:00", remindBefore: ["P1M"] }))).toEqual(["2027-02-28T08:00:00Z"]);
	});
	test("of both kinds take the calendar part first", () => {
		expect(times(event({ start: "2027-03-29T01:00", remindBefore: ["P1DT2H"] }))).toEqual(["2027-03-27T22:00:00Z"]);
	});
	test("count from the time at which it really starts: 03:30 where the clock skips 02:30", () => {
		expect(times(event({ start: "2027-03-28T02:30", remindBefore: ["P1D", "PT1H"] }))).toEqual([
			"2027-03-27T02:30:00Z",
			"2027-03-28T00:30:00Z",
		]);
	});
	test("that fall into the gap are moved forward, into the doubled hour the first counts", () => {
		expect(times(event({ start: "2027-03-29T02:30", remindBefore: ["P1D"] }))).toEqual(["2027-03-28T01:30:00Z"]);
		expect(times(event({ start: "2027-11-01T02:30", remindBefore: ["P1D"] }))).toEqual(["2027-10-31T00:30:00Z"]);
	});
	test("count in the event's zone", () => {
		expect(times(event({ start: "2027-03-15T09:00", timezone: "America/New_York", remindBefore: ["P2D"] }))).toEqual([
			"2027-03-13T14:00:00Z",
		]);
	});
	test("a window takes its beginning and leaves its end", () => {
		const of = event({ rrule: "FREQ=DAILY", remindBefore: ["PT1H"] });
		expect(times(of, [at("2027-01-13T07:00:00Z"), at("2027-01-15T07:00:00Z")])).toEqual([
			"2027-01-13T07:00:00Z",
			"2027-01-14T07:00:00Z",
		]);
	});
});

describe("which dates", () => {
	const weekly = (more: Partial<NetworkEvent>) =>
		event({ rrule: "FREQ=WEEKLY;COUNT=3", remindBefore: ["PT1H"], ...more });
	test("cancelled ones, exceptions and cancelled events are not reminded of", () => {
		expect(times(weekly({}))).toHaveLength(3);
		expect(times(weekly({ exceptions: ["2027-01-19"] }))).toHaveLength(2);
		expect(times(weekly({ cancelledOn: ["2027-01-19"] }))).toHaveLength(2);
		expect(times(weekly({ status: "cancelled" }))).toEqual([]);
	});
	test("a moved one is reminded of for its new time", () => {
		expect(times(weekly({ moved: [{ from: "2027-01-19T09:00", to: "2027-01-20T11:00" }] }))).toContain(
			"2027-01-20T09:00:00Z",
		);
	});
	test("one moved onto another is reminded of once", () => {
		expect(times(weekly({ moved: [{ from: "2027-01-19T09:00", to: "2027-01-26T09:00" }] }))).toEqual([
			"2027-01-12T07:00:00Z",
			"2027-01-26T07:00:00Z",
		]);
	});
});

describe("which channels", () => {
	test("those of the event's regions and of what lies above, not below", () => {
		expect(channelsOf(event({ regions: ["leipzig"] }))).toEqual(["mx-leipzig", "mx-sachsen", "sl-leipzig"]);
		expect(channelsOf(event({ regions: ["pb-leipzig"] }))).toEqual(["mx-sachsen"]);
	});
	test("those of the host where the event has no region", () => {
		expect(channelsOf(event({ host: ["stadt-grimma"] }))).toEqual(["mx-sachsen", "sl-grimma"]);
		expect(channelsOf(event({ host: ["stadt-grimma"], regions: ["sachsen"] }))).toEqual(["mx-sachsen"]);
	});
	test("only those named, where it names some", () => {
		expect(channelsOf(event({ regions: ["leipzig"], channels: ["sl-grimma"] }))).toEqual(["sl-grimma"]);
	});
	test("none without region, and none by a channel without regions", () => {
		const bare = channel({ key: "bare", platform: "slack", address: "C9" });
		expect(channelsOf(event(), { ...LEIPZIG, channel: [...(LEIPZIG.channel ?? []), bare] })).toEqual([]);
	});
});

describe("the preview", () => {
	const records = {
		...LEIPZIG,
		agreement: [
			agreement({
				key: "sp-leipzig",
				title: "Sicherheitspartnerschaft Leipzig",
				kind: "security_partnership",
				parties: ["pd-leipzig"],
			}),
		],
		event: [
			event({
				regions: ["leipzig"],
				remindBefore: ["P1D"],
				agreement: "sp-leipzig",
				host: ["pd-leipzig"],
				place: "Dimitroffstraße 1",
				link: "https://meet.example.org/x",
			}),
			event({
				key: "ausland",
				title: "Austausch",
				start: "2027-01-13T09:00",
				timezone: "America/New_York",
				channels: ["sl-leipzig"],
				remindBefore: ["PT1H"],
			}),
		],
	};
	const messages = previewMessages(network(records), ...JANUARY, { timezone: "Europe/Berlin" });

	test("is in order, with the fields of the contract", () => {
		expect(messages.map(({ reply, ...rest }) => rest)).toEqual([
			...["mx-leipzig", "mx-sachsen", "sl-leipzig"].map((key) => ({
				at: "2027-01-11T08:00:00Z",
				kind: "reminder",
				channel: key,
				event: "schulung",
				start: "2027-01-12T09:00",
				timezone: "Europe/Berlin",
				lead: "P1D",
			})),
			{
				at: "2027-01-13T13:00:00Z",
				kind: "reminder",
				channel: "sl-leipzig",
				event: "ausland",
				start: "2027-01-13T09:00",
				timezone: "America/New_York",
				lead: "PT1H",
			},
		]);
	});
	test("says what a clerk needs, in the channel's language", () => {
		const texts = messages.map(({ reply }) => plainText(reply.parts));
		expect(texts[2]).toMatchInlineSnapshot(`
			"Erinnerung: Schulung Opferschutz
			Wann: Dienstag, 12.01.2027, 09:00 Uhr (morgen)
			Ort: Dimitroffstraße 1
			Link: https://meet.example.org/x
			Träger: Polizeidirektion Leipzig
			Vereinbarung: Sicherheitspartnerschaft Leipzig"
		`);
		expect(texts[0]).toContain("When: Tuesday, 12 January 2027, 09:00 (tomorrow)");
		expect(texts[3]).toContain("Mittwoch, 13.01.2027, 09:00 Uhr (Zeitzone America/New_York) (in einer Stunde)");
	});
});
