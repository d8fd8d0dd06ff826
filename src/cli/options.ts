import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Language } from "../lib/text.ts";
import { UsageError } from "./io.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads options strictly. @throws UsageError */
export function readOptions<const O extends Options>(args: readonly string[], options: O) {
	try {
		return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** Before the configuration is read, or where it is not needed. */
export const languageOfEnvironment = (): Language => (process.env.LOTSE_LANGUAGE?.trim() === "en" ? "en" : "de");

/** Exactly so many values. @throws UsageError */
export function onlyOne(values: readonly string[], what: string): string {
	const [first, ...more] = values;
	if (first === undefined || more.length > 0) throw new UsageError(`${what}: genau ein Wert / exactly one value`);
	return first;
}

/** `2027-01-05T08:00:00Z`, with any offset or zone; a date alone is midnight in the zone. @throws UsageError */
export function readInstant(typed: string, timezone: string, name: string): Temporal.Instant {
	try {
		return Temporal.Instant.from(typed.replace(/\[.*\]$/u, ""));
	} catch {
		try {
			return Temporal.PlainDateTime.from(typed).toZonedDateTime(timezone).toInstant();
		} catch {
			throw new UsageError(`--${name}: ${typed.slice(0, 40)}? Beispiel / example: 2027-01-05T08:00:00Z`);
		}
	}
}
