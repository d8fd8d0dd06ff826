/** What one look of the doctor found. Plain data; texts never hold a secret. */
import type { Text } from "../../lib/text.ts";

export interface Check {
	/** Machine-readable: `slack scopes`. */
	name: string;
	status: "ok" | "warning" | "failed";
	text: Text;
	/** Who must do what, with the command; null = nothing to do. */
	mend: Text | null;
}

export const ok = (name: string, text: Text, mend: Text | null = null): Check => ({ name, status: "ok", text, mend });
export const warning = (name: string, text: Text, mend: Text | null): Check => ({
	name,
	status: "warning",
	text,
	mend,
});
export const failed = (name: string, text: Text, mend: Text | null): Check => ({ name, status: "failed", text, mend });

/** The first few of many, and how many more there are. */
export function few(items: readonly string[], shown = 5): string {
	return items.length <= shown ? items.join(", ") : `${items.slice(0, shown).join(", ")} … (${items.length})`;
}

/** Why a request failed, in a word and without its address, which may hold a secret. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return "unknown";
	const { cause } = error;
	for (const each of [error, cause]) {
		if (typeof each === "object" && each !== null && "code" in each && typeof each.code === "string") return each.code;
	}
	return error.name === "TimeoutError" ? "timeout" : error.name;
}

export interface Answer {
	status: number;
	headers: Headers;
	body: unknown;
}

const PATIENCE_MS = 10_000;

/** One request that waits ten seconds at most. @throws what fetch throws */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
	const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
	const text = await response.text();
	let body: unknown = null;
	try {
		body = JSON.parse(text);
	} catch {
		// A proxy's page, as a rule: the status says enough.
	}
	return { status: response.status, headers: response.headers, body };
}
