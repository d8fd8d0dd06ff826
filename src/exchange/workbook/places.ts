/** Where a cell is: `B7` is column 2 of row 7. */

/** Excel's own: columns up to XFD. */
export const LAST_COLUMN = 16_384;
export const LAST_ROW = 1_048_576;

/** Asked for with each of a hundred thousand rows' cells. */
const known: string[] = [];

/** 1 → `A`, 27 → `AA` */
export function columnLetters(column: number): string {
	const before = known[column];
	if (before !== undefined) return before;
	let letters = "";
	for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
		letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
	if (column <= LAST_COLUMN) known[column] = letters;
	return letters;
}

/** `AA7` → column 27, row 7; null = no such place in any worksheet. */
export function findPlace(ref: string): { column: number; row: number } | null {
	const [, letters = "", digits = ""] = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/.exec(ref) ?? [];
	let column = 0;
	for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
	const row = Number(digits);
	return column < 1 || column > LAST_COLUMN || row < 1 || row > LAST_ROW ? null : { column, row };
}
