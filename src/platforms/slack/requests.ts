// Requests from outside, before anybody knows whether Slack sent them: read whole, within bounds, and only if they are what Slack sends.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/** Slack's largest payloads are views of 250 kB, encoded once more as a form. */
const MOST_BYTES = 2_000_000;
const BODY_MS = 5000;

/** Hands on requests with their body in `rawBody`; answers 413, 408 and 400 itself. */
export function bounded(
	next: (request: IncomingMessage, response: ServerResponse) => void,
	limits: { bytes: number; ms: number } = { bytes: MOST_BYTES, ms: BODY_MS },
): RequestListener {
	return (request, response) => {
		read(request, limits).then(
			(rawBody) => {
				if (typeof rawBody === "number") return refuse(response, rawBody);
				if (!readable(request, rawBody)) return refuse(response, 400);
				next(Object.assign(request, { rawBody }), response);
			},
			() => response.destroy(),
		);
	};
}

/** The body, or the status that refuses it. Rejects where the sender has gone. */
function read(request: IncomingMessage, { bytes, ms }: { bytes: number; ms: number }): Promise<Buffer | number> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const timer = setTimeout(() => resolve(408), ms);
		const end = (result: Buffer | number) => {
			clearTimeout(timer);
			resolve(result);
		};
		request.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size <= bytes) chunks.push(chunk);
			else end(413);
		});
		request.once("end", () => end(Buffer.concat(chunks)));
		request.once("error", (error) => {
			clearTimeout(timer);
			reject(error);
		});
	});
}

/** Whatever of it is still to come is not waited for. */
function refuse(response: ServerResponse, status: number): void {
	response.writeHead(status, { connection: "close" }).end();
}

/** Bolt takes for granted that the JSON inside is an object: anything else would end the process. */
function readable(request: IncomingMessage, body: Buffer): boolean {
	const text = body.toString();
	if (request.method !== "POST") return true;
	if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return isObject(text);
	const payload = new URLSearchParams(text).get("payload");
	return payload === null || isObject(payload);
}

function isObject(json: string): boolean {
	try {
		const parsed: unknown = JSON.parse(json);
		return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
	} catch {
		return false;
	}
}
