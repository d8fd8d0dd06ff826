/** The log: one JSON object a line, on standard error. Never message text, never personal data, never a secret. */
import pino, { type DestinationStream, type Logger } from "pino";
import { loggedError, scrub } from "./scrub.ts";

export type { Logger } from "pino";

/** Field names under which libraries hand over what must not be logged, two levels deep. */
const SECRET = ["token", "password", "secret", "headers", "authorization", "body", "text", "content"];

const clean = (value: unknown): unknown =>
	typeof value === "string" ? scrub(value) : Array.isArray(value) ? value.map(clean) : value;

/** @param to where the lines go; standard error, written before the next step so that nothing is lost in a crash */
export function makeLog(level: string, to: DestinationStream = pino.destination({ fd: 2, sync: true })): Logger {
	return pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			serializers: { err: (error) => loggedError(error), error: (error) => loggedError(error) },
			redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), remove: true },
			formatters: {
				level: (label) => ({ level: label }),
				log: (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, clean(value)])),
			},
			hooks: {
				logMethod(args, method) {
					const [first, second, ...rest] = args;
					if (typeof first === "string") return method.apply(this, [scrub(first), second, ...rest]);
					return method.apply(this, [first, typeof second === "string" ? scrub(second) : second, ...rest]);
				},
			},
		},
		to,
	);
}
