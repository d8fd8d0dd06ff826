// Socket Mode: each connection to Slack is a WebSocket of its own, and the next one stands before the last one is closed.
import type { App } from "@slack/bolt";
import { within } from "./api.ts";
import type { Loss } from "./connection.ts";
import type { Inbound } from "./inbound.ts";
import { type ClientOptions, socketReceiver } from "./receivers.ts";

type Receiver = ReturnType<typeof socketReceiver>;
type Socket = Receiver["client"];

const HELLO_MS = 15_000;
/** After Slack has said that it will close a socket, what came over it before can still be acknowledged. */
const LEAVING_MS = 12_000;

export function socketInbound(appToken: string, client: ClientOptions): Inbound {
	const open = new Set<Socket>();
	let app: App | null = null;

	async function close(socket: Socket): Promise<void> {
		if (open.delete(socket)) await within(2000, socket.disconnect(), undefined);
	}

	return {
		// Bolt's App belongs to one receiver; here each connection has one.
		receiver: {
			init(made) {
				app = made;
			},
			start: async () => {},
			stop: async () => {},
		},
		listener: null,
		lines: 2,
		async open() {
			const receiver = socketReceiver(appToken, client);
			if (app !== null) receiver.init(app);
			const socket = receiver.client;
			open.add(socket);
			const goodbye = heed(socket, client);
			const gone = new Promise<Loss>((resolve) => {
				socket.once("disconnected", () => {
					open.delete(socket);
					resolve("gone");
				});
			});
			const problem = await within<unknown, unknown>(HELLO_MS, hello(receiver), new Error("no_hello"));
			if (problem !== null) {
				await close(socket);
				throw problem;
			}
			void goodbye.then(() => setTimeout(() => void close(socket), LEAVING_MS).unref());
			return { lost: Promise.race([goodbye, gone]) };
		},
		async close() {
			await Promise.all([...open].map(close));
		},
	};
}

/** Null once Slack has greeted, else what went wrong. */
const hello = (receiver: Receiver): Promise<unknown> =>
	receiver.start().then(
		() => null,
		(error: unknown) => error ?? new Error("connection_lost"),
	);

/**
 * The SDK closes a socket as soon as Slack announces that it will, so that acknowledgements under way get lost and nobody hears until
 * the next one stands. Here the announcement is only told. Frames that are no objects would end the process there.
 */
function heed(socket: Socket, { log }: ClientOptions): Promise<Loss> {
	const handlers = socket.listeners("ws_message");
	socket.removeAllListeners("ws_message");
	return new Promise((resolve) => {
		socket.on("ws_message", (data: unknown, binary: unknown) => {
			const type = typeof data === "string" ? typeOf(data) : null;
			if (type === "disconnect") return resolve("leaving");
			if (type === null) return log.warn("Slack sent something that is no message of Socket Mode");
			for (const handle of handlers) {
				void Promise.resolve(handle(data, binary)).catch(() =>
					log.warn({ type }, "Slack sent a message of Socket Mode that cannot be read"),
				);
			}
		});
	});
}

function typeOf(frame: string): string | null {
	try {
		const parsed: unknown = JSON.parse(frame);
		const typed = typeof parsed === "object" && parsed !== null && "type" in parsed;
		return typed && typeof parsed.type === "string" ? parsed.type : null;
	} catch {
		return null;
	}
}
