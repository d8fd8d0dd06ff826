/** The tables that were sent, with the faulty cells marked and explained: a file to work through. */
import { note, type Part } from "../../src/bot/reply.ts";
import type { Fault } from "../../src/exchange/fault.ts";
import type { NamedBytes } from "../../src/exchange/source.ts";
import type { Language } from "../../src/lib/text.ts";
import { LARGEST, WORKBOOK } from "./fetch.ts";

/** @param files what was sent */
export async function faultsAttached(
	files: readonly NamedBytes[],
	faults: readonly Fault[],
	language: Language,
): Promise<Part[]> {
	const { faultWorkbook } = await import("../../src/exchange/fault-book.ts");
	const { sourceOf } = await import("../../src/exchange/source.ts");
	const book = await faultWorkbook(sourceOf(files), faults);
	if (book.length > LARGEST) {
		const line = {
			de: "Die Datei mit allen Fehlern ist zu groß für den Chat. Auf der Kommandozeile: npx lotse import PFAD --dry-run --faults fehler.xlsx",
			en: "The file with all faults is too large for the chat. On the command line: npx lotse import PATH --dry-run --faults faults.xlsx",
		};
		return [note(line[language])];
	}
	return [
		{
			kind: "file",
			name: { de: "fehler.xlsx", en: "faults.xlsx" }[language],
			mediaType: WORKBOOK,
			base64: Buffer.from(book).toString("base64"),
		},
	];
}
