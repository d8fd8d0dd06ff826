/** What every platform must answer alike. One person (organiser and administrator) in a bound channel of Leipzig, in German. */

import type { Records } from "../support/chat.ts";
import { ARGUMENTS, HOSTILE } from "../support/hostile.ts";
import { agreement, event, LEIPZIG } from "../support/network.ts";

export const NOW = "2026-11-22T09:00:00+01:00";

export const RECORDS: Records = {
	...LEIPZIG,
	agreement: [
		agreement({
			key: "sp-leipzig",
			title: "Sicherheitspartnerschaft Leipzig",
			kind: "security_partnership",
			parties: ["stadt-leipzig", "pd-leipzig"],
			signedOn: "2020-02-20",
			region: "leipzig",
		}),
	],
	event: [
		event({
			key: "kurs",
			title: "Grundkurs Opferhilfe",
			kind: "training",
			start: "2027-01-19T09:00",
			rrule: "FREQ=MONTHLY;BYDAY=3TU",
			place: "Leipzig, Rathaus",
			host: ["weisser-ring"],
			regions: ["leipzig"],
		}),
	],
};

export interface Scenario {
	/** What the person types, as on the console; where needed the platform adds its mention or `!`. */
	say: string;
	/** What they read must contain all of these. */
	read: readonly (string | RegExp)[];
	/** The answer may be to them alone. */
	alone?: boolean;
}

/** In this order: later ones build on earlier ones. */
export const SCENARIOS: readonly Scenario[] = [
	{ say: "hilfe", read: ["Fragen Sie einfach", "beschluss", "termin neu"] },
	{ say: "hilfe beschluss", read: ["--bis", "Organisator"] },
	{
		say: "kontakt Opferschutz Leipzig",
		read: [
			"Jana Berg",
			"Opferschutzbeauftragte",
			"Polizeidirektion Leipzig",
			"+49 341 9661234",
			"jana.berg@example.org",
		],
	},
	{ say: "Wer ist für Opferschutz in Leipzig zuständig?", read: ["Jana Berg"] },
	{ say: "und wie ist die E-Mail?", read: ["jana.berg@example.org"] },
	{ say: "Who is responsible for victim support in Leipzig?", read: ["Jana Berg", "Phone"] },
	{
		say: "vereinbarung Sicherheitspartnerschaft Leipzig",
		read: ["Sicherheitspartnerschaft Leipzig", "Stadt Leipzig", "Polizeidirektion Leipzig", "20.02.2020"],
	},
	{ say: "organisation PD Leipzig", read: ["Polizeidirektion Leipzig", "+49 341 9660"] },
	{ say: "Wann ist der nächste Grundkurs Opferhilfe?", read: ["Grundkurs Opferhilfe", "19.01.2027"] },
	{ say: "termin liste", read: ["Grundkurs Opferhilfe"] },
	{ say: "termin zeigen kurs", read: ["Grundkurs Opferhilfe", "19.01.2027", "Erinnerungen"] },
	{ say: "Wie wird das Wetter morgen?", read: [/./u] },
	{
		say: 'termin neu "Schulung Umgang mit Opfern" --beginn "02.02.2027 9:00" --regel "jeden ersten Dienstag im Monat" --region Leipzig --ort Rathaus',
		read: [
			"Termin eingetragen",
			"Schulung Umgang mit Opfern",
			"Dienstag, 02.02.2027, 09:00 Uhr",
			"Dienstag, 02.03.2027",
			"Erinnert wird in",
		],
	},
	{ say: 'termin absagen "Schulung Umgang mit Opfern" --am 02.03.2027', read: ["02.03.2027", "fällt aus"] },
	{
		say: 'beschluss "Mehr Licht am Bahnhof." --zuständig "Stadt Leipzig" --bis 31.03.2027',
		read: ["B-2026-001", "Mehr Licht am Bahnhof.", "Stadt Leipzig", "31.03.2027"],
	},
	{
		say: 'beschluss "Mehr Licht am Bahnhof." --zuständig "Stadt Leipzig" --bis 31.03.2027',
		read: ["Bereits eingetragen: B-2026-001"],
	},
	{ say: "beschluss status B-2026-001 in-arbeit", read: ["B-2026-001", "in Arbeit"] },
	{ say: 'beschluss ändern B-2026-001 "Viel mehr Licht am Bahnhof."', read: ["Fassung 3", "Viel mehr Licht"] },
	{ say: "beschluss zeigen B-2026-001", read: ["Viel mehr Licht", "Fassung 1"] },
	{ say: "beschluss liste", read: ["B-2026-001"] },
	{ say: 'beschluss "Zwei." --zuständig Stadt', read: ["Stadt Leipzig", "Stadt Grimma"] },
	{ say: "abbrechen", read: ["Abgebrochen"] },
	{ say: 'beschluss "Zwei." --zuständig "Stadt Leibzig"', read: ["Stadt Leipzig"] },
	{ say: "abbrechen", read: ["Abgebrochen"] },
	{ say: "erinnerungen", read: [/Erinnerungen|Geplant/u] },
	{ say: "rolle geben Jana Berg organisator", read: ["Jana Berg", "Organisator"] },
	{ say: "rolle liste", read: ["Jana Berg"], alone: true },
	{ say: "werbinich", read: ["Administrator"], alone: true },
	{ say: "sprache de", read: ["Deutsch"] },
];

/** Bad input in every argument kind: an answer that helps, nothing stored, nobody pinged. */
export const BAD: readonly { name: string; say: string }[] = HOSTILE.flatMap(([value, text]) =>
	ARGUMENTS.map(([argument, line]) => ({ name: `${value} in ${argument}`, say: line(text).replace(/^!/u, "") })),
);
