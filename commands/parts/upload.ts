/** What is said about files that an administrator sent: what is wrong in them, or what importing them would change. */
import * as arg from "../../src/bot/args.ts";
import type { Context, Outcome } from "../../src/bot/command.ts";
import { actions, heading, list, note, type Part, reply, text } from "../../src/bot/reply.ts";
import type { Change } from "../../src/exchange/changes.ts";
import type { Fault } from "../../src/exchange/fault.ts";
import type { Counts } from "../../src/exchange/import.ts";
import type { Upload } from "../../src/exchange/uploads.ts";
import type { Language, Text } from "../../src/lib/text.ts";

const FAULTS_SHOWN = 20;
const NAMES_SHOWN = 10;
const COLUMNS_SHOWN = 4;

const shortened = (words: string, most: number) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

/** What is wrong where; `more` says what can be done about it beside mending the file. */
export function faultsOutcome(faults: readonly Fault[], language: Language, more: readonly Part[]): Outcome {
	const count = faults.length;
	const title = {
		de: count === 1 ? "Ein Fehler. Es wurde nichts eingelesen." : `${count} Fehler. Es wurde nichts eingelesen.`,
		en: count === 1 ? "One fault. Nothing was imported." : `${count} faults. Nothing was imported.`,
	};
	const columns = {
		de: ["Stelle", "Was ist falsch", "Erwartet", "Gemeint?"],
		en: ["Where", "What is wrong", "Expected", "Meant?"],
	};
	const rows = faults
		.slice(0, FAULTS_SHOWN)
		.map(({ file, line, column, problem, expected, nearest }) => [
			`${file}:${line}${column === null ? "" : ` ${column}`}`,
			shortened(problem[language], 200),
			shortened(expected?.[language] ?? "", 120),
			nearest ?? "",
		]);
	const hidden = count - rows.length;
	const rest = {
		de: `Gezeigt sind die ersten ${FAULTS_SHOWN}, ${hidden} weitere stehen in der Datei.`,
		en: `These are the first ${FAULTS_SHOWN}, ${hidden} more are in the file.`,
	};
	return {
		status: "invalid",
		records: [],
		reply: reply(
			heading(title[language]),
			{ kind: "table", columns: columns[language], rows },
			...(hidden > 0 ? [note(rest[language])] : []),
			...more,
		),
	};
}

const STATES: Record<Change["state"], Text> = {
	new: { de: "Neu", en: "New" },
	changed: { de: "Geändert", en: "Changed" },
	pruned: { de: "Gelöscht", en: "Deleted" },
};

/** Counts by kind. */
export function countsTable(counts: Readonly<Record<string, Counts>>, language: Language): Part {
	const pruned = Object.values(counts).some((one) => one.pruned > 0);
	const words = {
		de: ["Tabelle", "neu", "geändert", "gleich", ...(pruned ? ["gelöscht"] : [])],
		en: ["Table", "new", "changed", "same", ...(pruned ? ["deleted"] : [])],
	};
	const rows = Object.entries(counts).map(([file, one]) =>
		[file, one.new, one.changed, one.same, ...(pruned ? [one.pruned] : [])].map(String),
	);
	return { kind: "table", columns: words[language], rows };
}

/** The first few by name; of each state some, so that a deletion is never hidden behind what is new. */
function namesOf(changes: Iterable<Change>, language: Language): Part[] {
	const shown: Record<Change["state"], string[]> = { pruned: [], changed: [], new: [] };
	const hidden: Record<Change["state"], number> = { pruned: 0, changed: 0, new: 0 };
	for (const { state, name, key, columns } of changes) {
		if (shown[state].length === NAMES_SHOWN) {
			hidden[state]++;
			continue;
		}
		const some = columns.slice(0, COLUMNS_SHOWN).join(", ");
		const what = columns.length > COLUMNS_SHOWN ? `${some} …` : some;
		shown[state].push(`${shortened(name, 80)} (${key})${what === "" ? "" : `: ${what}`}`);
	}
	return (["pruned", "changed", "new"] as const).flatMap((state) => {
		if (shown[state].length === 0) return [];
		const rest = { de: `… und ${hidden[state]} weitere`, en: `… and ${hidden[state]} more` };
		const items = hidden[state] > 0 ? [...shown[state], rest[language]] : shown[state];
		return [text([{ text: STATES[state][language], strong: true }]), list(items)];
	});
}

/** Buttons for the one who sent the file; typed, they say the same without an id. */
function decide(upload: string, { asker, language }: Context): Part {
	const german = language === "de";
	return actions(
		{
			label: german ? "Übernehmen" : "Import",
			line: german ? `import übernehmen --datei=${upload}` : `import confirm --file=${upload}`,
			style: "primary",
			only: asker.userId,
		},
		{
			label: german ? "Verwerfen" : "Discard",
			line: german ? `import verwerfen --datei=${upload}` : `import discard --file=${upload}`,
			only: asker.userId,
		},
	);
}

/** Why this one cannot be confirmed or discarded any more; null = it can. */
export function whyClosed(upload: Upload | null, context: Context): Text | null {
	const { asker, now, place } = context;
	if (upload === null || upload.expiresAt.getTime() <= now.epochMilliseconds)
		return {
			de: "Diese Datei liegt nicht mehr vor: Nach einer Stunde wird sie gelöscht. Bitte schicken Sie sie noch einmal.",
			en: "This file is no longer here: after an hour it is deleted. Please send it again.",
		};
	if (upload.platform !== place?.platform || upload.userId !== asker.userId)
		return {
			de: "Diese Datei hat jemand anderes geschickt. Nur wer sie geschickt hat, kann sie übernehmen oder verwerfen.",
			en: "Somebody else sent this file. Only they can import or discard it.",
		};
	switch (upload.state) {
		case "imported":
			return { de: "Diese Datei ist bereits übernommen.", en: "This file is already imported." };
		case "discarded":
			return { de: "Diese Datei ist verworfen.", en: "This file is discarded." };
		case "replaced":
			return {
				de: "Für diese Datei haben Sie inzwischen eine neuere geschickt: Es gilt die Prüfung darunter.",
				en: "You have since sent a newer file in its place: what counts is the check below.",
			};
		default:
			return null;
	}
}

const DONE: Text = {
	de: "Es wurde nichts geschrieben. Die Datei wird nach einer Stunde gelöscht, wenn Sie sie nicht vorher übernehmen.",
	en: "Nothing was written. The file is deleted after an hour unless you import it before.",
};

/** What importing would do, with the buttons. */
export function planOutcome(
	upload: string,
	{ counts, changes, lead }: { counts: Readonly<Record<string, Counts>>; changes: Iterable<Change>; lead: string },
	context: Context,
): Outcome {
	const { language } = context;
	const kept = Object.values(counts).reduce((sum, one) => sum + (one.kept ?? 0), 0);
	const stay = {
		de: `${kept} Beschlüsse stehen nicht in der Datei und bleiben: Beschlüsse werden nie gelöscht.`,
		en: `${kept} decisions are not in the file and stay: decisions are never deleted.`,
	};
	return {
		status: "choose",
		records: [],
		reply: reply(
			heading(lead),
			countsTable(counts, language),
			...namesOf(changes, language),
			...(kept > 0 ? [note(stay[language])] : []),
			decide(upload, context),
			note(DONE[language]),
		),
	};
}

/** Which upload a button means; typed without it, the one that waits. */
export const uploadArg = arg.optional(
	arg.custom(
		{
			de: ["datei"],
			en: ["file"],
			hidden: true,
			label: { de: "Datei", en: "file" },
			ask: { de: "Welche Datei?", en: "Which file?" },
		},
		{ de: "Erwartet wird die Kennung aus dem Knopf.", en: "Expected is the id of the button." },
		(typed) => (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(typed) ? typed : null),
	),
);
