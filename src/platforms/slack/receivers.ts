// Bolt's two receivers (Socket Mode, signed HTTP) with an App whose processEvent is ours.
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { type Ack, faultOf } from "./delivery.ts";

type Options = NonNullable<ConstructorParameters<typeof App>[0]>;
type SdkLogger = NonNullable<Options["logger"]>;
type Take = (body: unknown, ack: Ack) => Promise<void>;

export interface ClientOptions {
	apiUrl: string | null;
	log: Logger;
	/** After so many milliseconds a call counts as lost. */
	callMs: number;
}

/** Options for a WebClient: a fresh object each time, because Bolt writes into it; retries are ours, since the SDK's own would post twice. */
function clientOptions({ apiUrl, log, callMs }: ClientOptions) {
	return {
		...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
		logger: sdkLogger(log),
		retryConfig: { retries: 0 },
		rejectRateLimitedCalls: true,
		timeout: callMs,
	};
}

/**
 * Bolt's own App acknowledges every event before any listener runs, so that an event would be lost in a crash.
 * Here what came in goes to `take`, which stores it and then acknowledges.
 */
export class StoreFirstApp extends App {
	readonly #take: Take;

	constructor(token: string, receiver: NonNullable<Options["receiver"]>, options: ClientOptions, take: Take) {
		super({
			token,
			receiver,
			clientOptions: clientOptions(options),
			logger: sdkLogger(options.log),
			convoStore: false,
			// The token is checked by our own connection loop, which survives a Slack that cannot be reached.
			deferInitialization: true,
		});
		this.#take = take;
	}

	override async processEvent({ body, ack }: Parameters<App["processEvent"]>[0]) {
		await this.#take(body, ack);
	}
}

export function socketReceiver(appToken: string, options: ClientOptions) {
	return new SocketModeReceiver({
		appToken,
		autoReconnectEnabled: false,
		logger: sdkLogger(options.log),
		installerOptions: { clientOptions: clientOptions(options) },
		processEventErrorHandler: async ({ error }) => {
			options.log.error(faultOf(error), "a delivery from Slack was not acknowledged and will come again");
			return false;
		},
	});
}

export function httpReceiver(signingSecret: string, { log }: ClientOptions) {
	return new HTTPReceiver({
		signingSecret,
		logger: sdkLogger(log),
		processEventErrorHandler: async ({ error, response }) => {
			log.error(faultOf(error), "a delivery from Slack was not acknowledged and will come again");
			if (!response.headersSent) response.writeHead(500).end();
			return false;
		},
	});
}

/** The SDK's debug and info lines carry what people wrote: they are dropped. */
function sdkLogger(log: Logger): SdkLogger {
	const line = (words: unknown[]) =>
		words.map((word) => (word instanceof Error ? word.message : String(word))).join(" ");
	return {
		debug() {},
		info() {},
		warn: (...words) => log.debug({ sdk: "slack" }, line(words)),
		error: (...words) => log.warn({ sdk: "slack" }, line(words)),
		setLevel() {},
		getLevel: () => LogLevel.WARN,
		setName() {},
	};
}
