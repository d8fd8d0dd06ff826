/** Spreadsheets run what looks like a formula; what we write never does, and a formula that comes in is refused. */

const GUARDED = /^'+[=+\-@\t]/;

/** One `'` in front of what would begin with `= + - @` or a tab, also after such quotes, so that import can take exactly one off. */
export const guard = (cell: string): string => (/^'*[=+\-@\t]/.test(cell) ? `'${cell}` : cell);

export const isGuarded = (cell: string): boolean => GUARDED.test(cell);

export const unguard = (cell: string): string => (isGuarded(cell) ? cell.slice(1) : cell);

export const isFormula = (cell: string): boolean => cell.startsWith("=");
