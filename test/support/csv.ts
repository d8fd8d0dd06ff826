/** A CSV text's rows, taken in pieces of any size. */
import { type Broken, csvReader, type Row, separatorOf } from "../../src/exchange/csv.ts";

export function csvRows(text: string, piece = text.length || 1): { rows: Row[]; broken: Broken | null } {
	const rows: Row[] = [];
	const reader = csvReader(separatorOf(text), (row) => rows.push(row));
	for (let at = 0; at < text.length; at += piece) reader.write(text.slice(at, at + piece));
	return { rows, broken: reader.end() };
}
