import pino, { type Logger } from "pino";

export type { Logger } from "pino";

/** JSON on standard error. Never message text, never personal data, never a secret. */
export function makeLog(level: string): Logger {
	return pino(
		{
			level,
			base: null,
			redact: { paths: ["*.token", "*.password", "*.headers", "err.config", "err.original", "err.data"], remove: true },
		},
		pino.destination({ fd: 2, sync: true }),
	);
}
