/** Input that breaks bots, and every argument kind that it can be put into. */

export const HOSTILE: [string, string][] = [
	["10,000 characters", "x".repeat(10_000)],
	["markup", "<b>*fett* _kursiv_</b> & `code` [x](https://example.org)"],
	["right to left and zero width", "\u202Eabc\u202C\u200B\u2066x\u2069"],
	["emoji", "👩‍🚒🚨🇩🇪"],
	["mentions", "<!channel> <@U0BOB> @room @everyone @alice:lab.test"],
	["quotes", '„“"«»'],
];

export const ARGUMENTS: [string, (value: string) => string][] = [
	["a decision's due date", (value) => `!beschluss "Eins." --bis ${quoted(value)}`],
	["a responsible organisation", (value) => `!beschluss "Eins." --zuständig ${quoted(value)}`],
	["votes", (value) => `!beschluss "Eins." --abstimmung ${quoted(value)}`],
	["a decision's number", (value) => `!beschluss zeigen ${quoted(value)}`],
	["a status", (value) => `!beschluss status B-2026-001 ${quoted(value)}`],
	["an event", (value) => `!termin zeigen ${quoted(value)}`],
	["a start", (value) => `!termin neu "Schulung X" --beginn ${quoted(value)}`],
	["a duration", (value) => `!termin neu "Schulung X" --beginn "1.2.2027 9:00" --dauer ${quoted(value)}`],
	["a rule", (value) => `!termin neu "Schulung X" --beginn "1.2.2027 9:00" --regel ${quoted(value)}`],
	["a link", (value) => `!termin neu "Schulung X" --beginn "1.2.2027 9:00" --link ${quoted(value)}`],
	["lead times", (value) => `!termin neu "Schulung X" --beginn "1.2.2027 9:00" --erinnern ${quoted(value)}`],
	["a kind", (value) => `!termin neu "X" --beginn "1.2.2027 9:00" --art ${quoted(value)}`],
	["a region", (value) => `!kanal verbinden X --region ${quoted(value)}`],
	["a topic", (value) => `!kanal verbinden X --thema ${quoted(value)}`],
	["a language", (value) => `!sprache ${quoted(value)}`],
	["a role", (value) => `!rolle geben Jana Berg ${quoted(value)}`],
	["a person", (value) => `!rolle geben ${quoted(value)} partner`],
	["search words", (value) => `!kontakt ${value}`],
	["a question", (value) => value],
];

const quoted = (value: string) => `"${value.replace(/["\\]/gu, "\\$&")}"`;
