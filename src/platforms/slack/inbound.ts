// How Slack reaches us: a WebSocket that we open, or signed HTTP requests.
import { createServer, type RequestListener, type Server } from "node:http";
import { within } from "./api.ts";
import { type ClientOptions, httpReceiver, type StoreFirstApp, socketReceiver } from "./receivers.ts";

const HELLO_MS = 15_000;

export interface Inbound {
	receiver: ConstructorParameters<typeof StoreFirstApp>[1];
	listener: RequestListener | null;
	/** Resolves when Slack delivers; `lost` when it no longer does. */
	open(): Promise<{ lost: Promise<void> }>;
	close(): Promise<void>;
}

export interface Ways {
	appToken: string | null;
	signingSecret: string | null;
	port: number | null;
}

export function inboundOf(options: Ways, client: ClientOptions): Inbound {
	if (options.appToken !== null) return socketInbound(options.appToken, client);
	if (options.signingSecret !== null) return httpInbound(options.signingSecret, options.port, client);
	throw new Error("Slack needs an app token (Socket Mode) or a signing secret (HTTP)");
}

function socketInbound(appToken: string, client: ClientOptions): Inbound {
	const receiver = socketReceiver(appToken, client);
	const end = () => within(2000, receiver.client.disconnect(), undefined);
	return {
		receiver,
		listener: null,
		async open() {
			const failure = (error: unknown) => error ?? new Error("connection_lost");
			const started = receiver.start().then(
				() => null,
				(error: unknown) => failure(error),
			);
			const problem = await within(HELLO_MS, started, new Error("no_hello"));
			if (problem !== null) {
				await end();
				throw problem;
			}
			return { lost: new Promise((resolve) => receiver.client.once("disconnected", () => resolve())) };
		},
		async close() {
			await end();
		},
	};
}

function httpInbound(signingSecret: string, port: number | null, client: ClientOptions): Inbound {
	const receiver = httpReceiver(signingSecret, client);
	const listener: RequestListener = (request, response) => {
		try {
			receiver.requestListener(request, response);
		} catch {
			// Bolt throws for addresses that are not its own.
			response.writeHead(404).end();
		}
	};
	let server: Server | null = null;
	return {
		receiver,
		listener,
		async open() {
			if (port !== null && server === null) {
				const starting = createServer(listener);
				await new Promise<void>((resolve, reject) => {
					starting.once("error", reject);
					starting.listen(port, resolve);
				});
				server = starting;
			}
			return { lost: new Promise(() => {}) };
		},
		async close() {
			server?.close();
			server?.closeAllConnections();
			server = null;
		},
	};
}
