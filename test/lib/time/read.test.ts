import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDate, readDateTime, readDuration, readLeadTimes } from "../../../src/lib/time/read.ts";
import {
	showDate,
	showDateTime,
	showDuration,
	showLead,
	showLength,
	showRelative,
} from "../../../src/lib/time/show.ts";

/** A Sunday. */
const now = Temporal.ZonedDateTime.from("2026-11-22T10:00[Europe/Berlin]");

describe("dates", () => {
	test.each([
		["31.03.2027", "2027-03-31"],
		["31.3.27", "2027-03-31"],
		["2027-03-31", "2027-03-31"],
		["31.3.", "2027-03-31"],
		["22.11.", "2026-11-22"],
		["21.11.", "2027-11-21"],
		["29.2.", "2028-02-29"],
		["3. März", "2027-03-03"],
		["3 Maerz 2028", "2028-03-03"],
		["am 3. Dez.", "2026-12-03"],
		["3 November", "2027-11-03"],
		["November 3rd", "2027-11-03"],
		["3rd of November 2028", "2028-11-03"],
		["December 24, 2026", "2026-12-24"],
		["heute", "2026-11-22"],
		["MORGEN", "2026-11-23"],
		["übermorgen", "2026-11-24"],
		["tomorrow", "2026-11-23"],
		["in 2 Wochen", "2026-12-06"],
		["in einem Monat", "2026-12-22"],
		["in 10 days", "2026-12-02"],
		["heute in zwei Wochen", "2026-12-06"],
		["vor 3 Tagen", "2026-11-19"],
		["2 weeks ago", "2026-11-08"],
		["nächsten Dienstag", "2026-11-24"],
		["next tuesday", "2026-11-24"],
		["Dienstag", "2026-11-24"],
		["am Sonntag", "2026-11-29"],
		["diesen Sonntag", "2026-11-22"],
		["übernächsten Dienstag", "2026-12-01"],
		["letzten Freitag", "2026-11-20"],
		["Freitag in zwei Wochen", "2026-12-04"],
		["nächste Woche Mittwoch", "2026-11-25"],
		["Mittwoch nächster Woche", "2026-11-25"],
		["KW 49 Mittwoch", "2026-12-02"],
		["Mittwoch der KW 49", "2026-12-02"],
		["KW 2/2027, Mo", "2027-01-11"],
		["week 49 wednesday", "2026-12-02"],
		["KW 3 Montag", "2027-01-18"],
		["Ende März", "2027-03-31"],
		["end of February 2028", "2028-02-29"],
		["Ende des Monats", "2026-11-30"],
		["Jahresende", "2026-12-31"],
		["Dienstag, 19.01.2027", "2027-01-19"],
		["Di, den 19. Januar 2027", "2027-01-19"],
		["31/03/2027", "2027-03-31"],
		["  morgen​ ", "2026-11-23"],
	])("%s is %s", (words, date) => {
		expect(readDate(words, now)?.toString()).toBe(date);
	});

	test.each([
		"30.02.2027",
		"32.1.2027",
		"2027-13-01",
		"31.03.3027",
		"3/4/2027",
		"Mittwoch, 19.01.2027",
		"bald",
		"",
		"nächste Woche",
		"KW 49",
		"KW 54 Montag",
		"morgen 14:30",
		"Januar",
		"in 2 Stunden",
		"3. Quatsch",
		"heute Abend",
		"demnächst",
		"1.1.1",
		"__proto__",
		"constructor",
	])("%s is no date", (words) => {
		expect(readDate(words, now)).toBeNull();
	});
});

describe("dates with a time", () => {
	test.each([
		["3. März 9 Uhr", "2027-03-03T09:00"],
		["3. November 2026 9:00", "2026-11-03T09:00"],
		["31.03.2027 09:30", "2027-03-31T09:30"],
		["31.3. 9.30 Uhr", "2027-03-31T09:30"],
		["morgen 14:30", "2026-11-23T14:30"],
		["morgen um 9", "2026-11-23T09:00"],
		["tomorrow at 9", "2026-11-23T09:00"],
		["nächsten Dienstag 14 Uhr", "2026-11-24T14:00"],
		["next tuesday 2pm", "2026-11-24T14:00"],
		["tuesday at 2:15 p.m.", "2026-11-24T14:15"],
		["um 9 Uhr am 3. März", "2027-03-03T09:00"],
		["14:30 morgen", "2026-11-23T14:30"],
		["KW 49 Mittwoch, 10 Uhr", "2026-12-02T10:00"],
		["Dienstag, 19.01.2027, 09:00 Uhr", "2027-01-19T09:00"],
		["2027-01-19T09:00", "2027-01-19T09:00"],
		["2027-01-19 09:00", "2027-01-19T09:00"],
		["2027-01-19T09:00:00Z", "2027-01-19T10:00"],
		["19 January 2027, 09:00", "2027-01-19T09:00"],
		["heute Abend 19 Uhr", "2026-11-22T19:00"],
		["morgen Abend um 8", "2026-11-23T20:00"],
		["morgen 3 Uhr nachmittags", "2026-11-23T15:00"],
		["12am 3.3.2027", "2027-03-03T00:00"],
		["3.3.2027 12pm", "2027-03-03T12:00"],
		["in 2 Stunden", "2026-11-22T12:00"],
		["in 90 minutes", "2026-11-22T11:30"],
		["in 2 Wochen um 9 Uhr", "2026-12-06T09:00"],
		["9 Uhr 30 am 3.3.2027", "2027-03-03T09:30"],
	])("%s is %s", (words, time) => {
		expect(readDateTime(words, now)?.toString({ smallestUnit: "minute" })).toBe(time);
	});

	test.each([
		"morgen",
		"14:30",
		"heute Abend",
		"morgen 25:00",
		"morgen 9:60",
		"morgen 13pm",
		"30.2.2027 9:00",
		"3. November 9",
		"2027-02-30T09:00",
		"",
		"um 9",
	])("%s is none", (words) => {
		expect(readDateTime(words, now)).toBeNull();
	});
});

describe("durations", () => {
	test.each([
		["90 Minuten", "PT90M"],
		["2 Std.", "PT2H"],
		["2h", "PT2H"],
		["1,5 Stunden", "PT1H30M"],
		["1.5 hours", "PT1H30M"],
		["1 Std. 30 Min.", "PT1H30M"],
		["1 Stunde und 30 Minuten", "PT1H30M"],
		["2h30min", "PT2H30M"],
		["1:30 h", "PT1H30M"],
		["eine Stunde", "PT1H"],
		["eine halbe Stunde", "PT30M"],
		["anderthalb Stunden", "PT1H30M"],
		["PT2H", "PT2H"],
		["p14d", "P14D"],
		["14 Tage", "P14D"],
		["2 Wochen", "P2W"],
		["1 day", "P1D"],
		["1,5 Tage", "P1DT12H"],
	])("%s is %s", (words, duration) => {
		expect(readDuration(words)?.toString()).toBe(duration);
	});

	test.each([
		"",
		"lang",
		"0 Minuten",
		"-PT2H",
		"PT0S",
		"2",
		"zwei",
		"1,333 Stunden",
		"2 Stunden 3 Stunden",
		"halber Tag",
		"P",
	])("%s is none", (words) => {
		expect(readDuration(words)).toBeNull();
	});

	test("lead times", () => {
		expect(readLeadTimes("14 Tage|1 Tag|1 Stunde")).toEqual(["P14D", "P1D", "PT1H"]);
		expect(readLeadTimes("1 Woche vorher und 2 Stunden vorher")).toEqual(["P1W", "PT2H"]);
		expect(readLeadTimes("P14D|P1D")).toEqual(["P14D", "P1D"]);
		expect(readLeadTimes("1 day, 1 day")).toEqual(["P1D"]);
		expect(readLeadTimes("14 Tage|bald")).toBeNull();
		expect(readLeadTimes("")).toBeNull();
	});
});

describe("what is shown", () => {
	test("reads well", () => {
		const start = Temporal.ZonedDateTime.from("2027-01-19T09:00[Europe/Berlin]");
		expect(showDateTime(start, "de", "Europe/Berlin")).toBe("Dienstag, 19.01.2027, 09:00 Uhr");
		expect(showDateTime(start, "en", "Europe/Berlin")).toBe("Tuesday, 19 January 2027, 09:00");
		expect(showDateTime(start, "de", "Asia/Kathmandu")).toBe(
			"Dienstag, 19.01.2027, 09:00 Uhr (Zeitzone Europe/Berlin)",
		);
		expect(["P14D", "P1D", "PT1H", "PT90M", "P1DT2H", "P2W"].map((lead) => showLead(lead, "de"))).toEqual([
			"in 14 Tagen",
			"morgen",
			"in einer Stunde",
			"in 90 Minuten",
			"in 1 Tag 2 Stunden",
			"in 2 Wochen",
		]);
		expect(showLead("P14D", "en")).toBe("in 14 days");
		expect([40, 130, 3 * 1440].map((minutes) => showLength(minutes, "de"))).toEqual([
			"40 Minuten",
			"2 Stunden 10 Minuten",
			"3 Tage",
		]);
		const at = now.toInstant();
		expect(showRelative(at.subtract({ minutes: 40 }), at, "de")).toBe("vor 40 Minuten");
		expect(showRelative(at.add({ hours: 72 }), at, "en")).toBe("in 3 days");
	});

	const languages = fc.constantFrom<"de" | "en">("de", "en");
	const moments = fc
		.integer({ min: 0, max: 250 * 366 * 1440 })
		.map((minutes) => Temporal.PlainDateTime.from("1900-01-01T00:00").add({ minutes }));

	test("reads back", () => {
		fc.assert(
			fc.property(moments, languages, fc.boolean(), (moment, language, weekday) => {
				const date = moment.toPlainDate();
				expect(readDate(showDate(date, language, { weekday }), now)?.toString()).toBe(date.toString());
				const at = moment.toZonedDateTime("UTC");
				expect(readDateTime(showDateTime(at, language, "UTC"), now)?.toString()).toBe(moment.toString());
			}),
		);
		fc.assert(
			fc.property(
				fc
					.record({ days: fc.nat(400), hours: fc.nat(23), minutes: fc.nat(90) })
					.filter(({ days, hours, minutes }) => days + hours + minutes > 0),
				languages,
				(fields, language) => {
					const duration = Temporal.Duration.from(fields);
					expect(readDuration(showDuration(duration, language))?.toString()).toBe(duration.toString());
				},
			),
		);
	});

	test("reading never throws, whatever is typed", () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: "grapheme" }),
					fc.string({ unit: fc.constantFrom(..."0123456789.:- uhrtagmorgen/kw".split("")) }),
				),
				(words) => {
					for (const read of [readDate, readDateTime]) read(words, now);
					readDuration(words);
					readLeadTimes(words);
				},
			),
			{ numRuns: 1000 },
		);
	});
});
