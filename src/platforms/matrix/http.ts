// The HTTP function for matrix-bot-sdk, in the form of the deprecated `request` but on fetch.
import { AsyncLocalStorage } from "node:async_hooks";

interface Params {
	uri: string;
	method: string;
	qs?: Record<string, unknown> | null;
	headers: Record<string, string>;
	body?: string | Buffer;
	/** Milliseconds; null = as long as it takes (downloads). */
	timeout?: number | null;
	/** null = the answer as a Buffer, else as text. */
	encoding?: null;
}

interface Answer {
	statusCode: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** No answer came, or more than one can be: not reached, cut, timed out, ended by us. The cause says which. */
export class Unreached extends Error {
	readonly tooLarge: boolean;

	constructor(cause: unknown, tooLarge = false) {
		super("no answer", { cause });
		this.name = "Unreached";
		this.tooLarge = tooLarge;
	}
}

/** Bytes of an answer that is read as text. A sync above it is asked for in smaller pieces. */
const MOST = 32 * 1024 * 1024;

type Done = (error: unknown, answer?: Answer, body?: string | Buffer) => void;

const cancelled = new AsyncLocalStorage<AbortSignal>();

/** Requests that `run` makes end with the signal: the SDK itself has no way to cancel its long poll. */
export function withSignal<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
	return cancelled.run(signal, run);
}

export function fetchRequest(params: Params, done: Done): void {
	request(params).then(
		(answer) => done(null, answer, answer.body),
		(error: unknown) => done(error instanceof Unreached ? error : new Unreached(error)),
	);
}

async function request(params: Params): Promise<Answer> {
	const url = new URL(params.uri);
	for (const [name, value] of Object.entries(params.qs ?? {})) {
		for (const each of Array.isArray(value) ? value : [value]) {
			if (each !== undefined && each !== null) url.searchParams.append(name, String(each));
		}
	}
	const signals = [cancelled.getStore(), params.timeout ? AbortSignal.timeout(params.timeout) : undefined];
	const response = await fetch(url, {
		method: params.method,
		headers: params.headers,
		body: typeof params.body === "string" || params.body === undefined ? params.body : new Uint8Array(params.body),
		signal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
	});
	const bytes = await bytesOf(response, params.encoding === null ? Number.POSITIVE_INFINITY : MOST);
	const headers = Object.fromEntries(response.headers);
	const wait = response.status === 429 ? headers["retry-after"] : undefined;
	const raw = params.encoding === null && response.ok;
	return { statusCode: response.status, headers, body: raw ? bytes : withWait(bytes.toString("utf8"), wait) };
}

/** Counted while they come, after unpacking: a few kilobytes can stand for gigabytes. */
async function bytesOf(response: Response, most: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of response.body ?? []) {
		length += chunk.length;
		if (length > most) throw new Unreached(new Error("the answer is too large"), true);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, length);
}

/** The SDK's error carries only the body: a wait that stands in the header alone is written into it. */
function withWait(body: string, retryAfter: string | undefined): string {
	const seconds = Number(retryAfter);
	if (retryAfter === undefined || !(seconds >= 0 && seconds < 1e6)) return body;
	try {
		const parsed: unknown = JSON.parse(body);
		if (typeof parsed !== "object" || parsed === null || "retry_after_ms" in parsed) return body;
		return JSON.stringify({ ...parsed, retry_after_ms: seconds * 1000 });
	} catch {
		return body;
	}
}
