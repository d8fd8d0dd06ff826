/** What must not reach a log, taken out of texts that others wrote: libraries, servers, the database. */

/** Each with what stands in its place. Order matters: an address is shortened before what is in it could look like something else. */
const PATTERNS: readonly [RegExp, string][] = [
	// Whole addresses carry tokens, people and rooms; where it went is enough.
	[/\b([a-z][a-z0-9+.-]{1,20}):\/\/(?:[^\s/@"'`]*@)?([^\s/"'`?#:]*)[^\s"'`)]*/giu, "$1://$2/…"],
	[/\b(?:xox[a-z]|xapp|syt|mat|lotse)[-_][\w-]{6,}/gu, "…"],
	[/\bbearer\s+\S+/giu, "…"],
	[/\b(token|password|secret|authorization)(["']?\s*[:=]\s*["']?)[\w.+/=~-]{6,}/giu, "$1$2…"],
	// E-mail addresses and Matrix accounts.
	[/@?[\w.+=/-]*[\w]@[\w-]+(?:\.[\w-]+)+/gu, "…"],
	[/@[\w.+=/-]+:[\w.-]+/gu, "…"],
	// Telephone numbers, however they are written.
	[/(?<![\w.:-])\+?\d[\d ()/-]{5,}\d(?![\w:-])/gu, "…"],
];

/** Takes secrets, addresses, accounts and telephone numbers out. */
export function scrub(text: string): string {
	let clean = text;
	for (const [pattern, instead] of PATTERNS) clean = clean.replace(pattern, instead);
	return clean;
}

/** Names of the code and of the database, and its states, which Prisma sets between backticks. */
const NAMED = /`([a-z_$]+(?:\.[a-zA-Z_$]+)*(?:\(\))?|[0-9A-Z]{5})`/gu;

/**
 * An error's message as far as nobody else's words can be in it. What is quoted, or is JSON, is what somebody wrote: a value, a name, the
 * beginning of a text. Where it ends cannot be told, since it may hold quotes itself; so all from there on goes.
 */
function unquoted(message: string): string {
	const named = message.replace(NAMED, "$1");
	const end = named.search(/["'`„“”»«{[]/u);
	return end === -1 ? named : `${named.slice(0, end)}…`;
}

const LONGEST = 500;

export interface LoggedError {
	type: string;
	message: string;
	code?: string | number;
	status?: number;
	stack?: string;
	cause?: LoggedError;
	errors?: LoggedError[];
}

const field = (error: object, name: string): unknown => Reflect.get(error, name);

/**
 * An error as it may be logged: its kind, code and place, and its message up to where it quotes somebody. Nothing else: libraries hang whole
 * requests, answers and rows on their errors.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
	if (!(error instanceof Error)) return { type: typeof error, message: "…" };
	const code = field(error, "code");
	const status = field(error, "status") ?? field(error, "statusCode");
	const message = scrub(unquoted(error.message)).slice(0, LONGEST);
	// Only the lines that name code; the first ones repeat the message.
	const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /u.test(line));
	return {
		type: error.name,
		message,
		...((typeof code === "number" || (typeof code === "string" && /^[\w.-]{1,60}$/u.test(code))) && { code }),
		...(typeof status === "number" && { status }),
		...(places.length > 0 && { stack: places.join("\n") }),
		...(error.cause !== undefined && depth < 3 && { cause: loggedError(error.cause, depth + 1) }),
		...(error instanceof AggregateError &&
			depth < 3 && { errors: error.errors.slice(0, 5).map((each) => loggedError(each, depth + 1)) }),
	};
}
