// How Slack reaches us: WebSockets that we open, or signed HTTP requests.
import { createServer, type RequestListener, type Server } from "node:http";
import type { Loss } from "./connection.ts";
import { type ClientOptions, httpReceiver, type StoreFirstApp } from "./receivers.ts";
import { bounded } from "./requests.ts";
import { socketInbound } from "./sockets.ts";

export interface Inbound {
	receiver: ConstructorParameters<typeof StoreFirstApp>[1];
	listener: RequestListener | null;
	/** How many connections are kept at a time. */
	lines: 1 | 2;
	/** Resolves when Slack delivers; `lost` when it no longer does. */
	open(): Promise<{ lost: Promise<Loss> }>;
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

function httpInbound(signingSecret: string, port: number | null, client: ClientOptions): Inbound {
	const receiver = httpReceiver(signingSecret, client);
	const listener = bounded((request, response) => {
		try {
			receiver.requestListener(request, response);
		} catch {
			// Bolt throws for addresses and methods that are not its own.
			response.writeHead(404).end();
		}
	});
	let server: Server | null = null;
	return {
		receiver,
		listener,
		lines: 1,
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
