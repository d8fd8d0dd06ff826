// The only place that loads matrix-bot-sdk: quietly, and with `request` replaced before anybody can call it.
import type { Logger } from "pino";
import { fetchRequest } from "./http.ts";

// One of its packages calls a deprecated function while loading; an administrator can do nothing about that warning.
const before = process.noDeprecation;
process.noDeprecation = true;
const sdk = await import("matrix-bot-sdk");
process.noDeprecation = before ?? false;

export const { MatrixClient, MatrixError } = sdk;
sdk.setRequestFn(fetchRequest);

/** The SDK logs whole requests and answers; only its module and nothing of them may reach our log. */
export function quieten(log: Logger | null): void {
	const say = (module: string) => log?.debug({ module }, "matrix-bot-sdk");
	sdk.LogService.setLevel(sdk.LogLevel.WARN);
	sdk.LogService.setLogger({ info: say, debug: say, trace: say, warn: say, error: say });
}
quieten(null);
