/** All faults as a file to work through. */
import type { Part } from "../../src/bot/reply.ts";
import type { Fault } from "../../src/exchange/fault.ts";
import type { NamedBytes } from "../../src/exchange/source.ts";
import type { Language } from "../../src/lib/text.ts";

/** @param files what was sent */
export async function faultsAttached(
	_files: readonly NamedBytes[],
	faults: readonly Fault[],
	language: Language,
): Promise<Part[]> {
	const { csvLine } = await import("../../src/exchange/csv.ts");
	const { guard } = await import("../../src/exchange/guard.ts");
	const header = {
		de: ["Datei", "Zeile", "Spalte", "Was ist falsch", "Erwartet", "Gemeint"],
		en: ["file", "line", "column", "problem", "expected", "nearest"],
	};
	const rows = faults.map(({ file, line, column, problem, expected, nearest }) =>
		[file, String(line), column ?? "", problem[language], expected?.[language] ?? "", nearest ?? ""].map(guard),
	);
	const csv = [header[language], ...rows].map(csvLine).join("");
	return [
		{
			kind: "file",
			name: { de: "fehler.csv", en: "faults.csv" }[language],
			mediaType: "text/csv; charset=utf-8",
			base64: Buffer.from(`\uFEFF${csv}`).toString("base64"),
		},
	];
}
