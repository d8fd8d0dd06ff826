// A homeserver that answers what a test tells it, true or not.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface Liar {
	url: string;
	/** The answer to the next sync; text is sent as it is. */
	sync(answer: unknown): void;
	/** Answers to other requests, by a piece of their path; text is sent as it is. */
	answers: Map<string, (path: string) => unknown>;
	/** `METHOD path`, without syncs. */
	asked: string[];
	/** Positions that were asked from. */
	positions: (string | null)[];
	close(): Promise<void>;
}

const refused = (errcode: string) => ({ status: 404, body: { errcode, error: errcode } });
type Refused = ReturnType<typeof refused>;
const isRefused = (answer: unknown): answer is Refused =>
	typeof answer === "object" && answer !== null && "status" in answer && "body" in answer;

export async function openLiar(): Promise<Liar> {
	const waiting: unknown[] = [];
	const polls: ((answer: unknown) => void)[] = [];
	const liar: Omit<Liar, "url" | "close"> = {
		sync(answer) {
			const poll = polls.shift();
			if (poll) poll(answer);
			else waiting.push(answer);
		},
		answers: new Map<string, (path: string) => unknown>([
			["/account/whoami", () => ({ user_id: "@bot:lab.test", device_id: "D" })],
			["/members", () => ({ chunk: [] })],
			["/send/", () => ({ event_id: "$sent" })],
		]),
		asked: [],
		positions: [],
	};
	async function answerTo(url: URL, method: string): Promise<unknown> {
		if (url.pathname.endsWith("/sync")) {
			liar.positions.push(url.searchParams.get("since"));
			if (waiting.length > 0) return waiting.shift();
			return new Promise((resolve) => polls.push(resolve));
		}
		liar.asked.push(`${method} ${url.pathname}`);
		for (const [piece, answer] of liar.answers) if (url.pathname.includes(piece)) return answer(url.pathname);
		return refused("M_NOT_FOUND");
	}
	const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
		request.resume();
		const answer = await answerTo(new URL(request.url ?? "/", "http://liar"), request.method ?? "");
		const { status, body } = isRefused(answer) ? answer : { status: 200, body: answer };
		response.writeHead(status, { "content-type": "application/json" });
		response.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		...liar,
		url: `http://127.0.0.1:${port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
