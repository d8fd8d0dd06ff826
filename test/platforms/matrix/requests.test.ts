import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { LotseClient } from "../../../src/platforms/matrix/client.ts";
import { faultOf, sendErrorOf } from "../../../src/platforms/matrix/faults.ts";
import { fetchRequest, withSignal } from "../../../src/platforms/matrix/http.ts";
import { paceOf } from "../../../src/platforms/matrix/pace.ts";
import { backoff, pause } from "../../../src/platforms/matrix/pause.ts";
import { sentShape } from "../../../src/platforms/matrix/shapes.ts";

let server: Server | null = null;
afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	server = null;
});
async function homeserver(listener: RequestListener): Promise<string> {
	server = createServer(listener);
	await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
	const address: AddressInfo | string | null = server.address();
	return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
}
const clientFor = (homeserverUrl: string) =>
	new LotseClient({
		homeserverUrl,
		accessToken: "token",
		userId: "@bot:lab.test",
		signal: new AbortController().signal,
		pace: paceOf(pause),
	});
async function failing(status: number, body: string, headers: Record<string, string> = {}): Promise<unknown> {
	const url = await homeserver((_request, response) => response.writeHead(status, headers).end(body));
	const client = clientFor(url);
	return client.ask(sentShape, "PUT", "/rooms/x/send/m.room.message/1", { body: {} }).catch((error: unknown) => error);
}

test.each([
	[429, '{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":3568}', {}, "limited", 3568, "later"],
	[429, '{"errcode":"M_LIMIT_EXCEEDED"}', { "Retry-After": "4" }, "limited", 4000, "later"],
	[429, "<html>slow down</html>", { "Retry-After": "2" }, "limited", 2000, "later"],
	[401, '{"errcode":"M_UNKNOWN_TOKEN"}', {}, "token", null, "later"],
	[403, '{"errcode":"M_FORBIDDEN","error":"User @b not in room"}', {}, "refused", null, "never"],
	[403, "<html>portal</html>", {}, "away", null, "later"],
	[413, '{"errcode":"M_TOO_LARGE"}', {}, "refused", null, "never"],
	[500, '{"errcode":"M_UNKNOWN"}', {}, "away", null, "later"],
	[502, "<html>Bad Gateway</html>", {}, "away", null, "later"],
	[200, "<html>Please sign in</html>", {}, "away", null, "later"],
	[200, '{"event_id":"old"}', {}, "away", null, "later"],
])("status %d with %s", async (status, body, headers, kind, wait, outcome) => {
	const error = await failing(status, body, headers);
	expect(faultOf(error)).toMatchObject({ kind, retryAfterMs: wait });
	expect(sendErrorOf(error).outcome).toBe(outcome);
});

test("a cut answer and a dead port are outages", async () => {
	const url = await homeserver((request) => request.socket.destroy());
	const client = clientFor(url);
	expect(faultOf(await client.ask(sentShape, "PUT", "/x", { body: {} }).catch((error: unknown) => error)).kind).toBe(
		"away",
	);
});

test("a request ends with its signal and with its time; a download comes as bytes and has no limit", async () => {
	const url = await homeserver((request, response) => {
		if (request.url?.startsWith("/file")) response.end(Buffer.from([0, 255]));
	});
	const asked = (params: { timeout?: number | null; encoding?: null; path?: string }) =>
		new Promise<unknown>((done) =>
			fetchRequest(
				{ uri: `${url}${params.path ?? "/"}`, method: "GET", headers: {}, ...params },
				(error, _answer, body) => done(error ?? body),
			),
		);
	expect(await asked({ timeout: 20 })).toMatchObject({ name: "Unreached", cause: { name: "TimeoutError" } });
	const stop = new AbortController();
	const waiting = withSignal(stop.signal, () => asked({ timeout: 60_000 }));
	stop.abort();
	expect(await waiting).toMatchObject({ name: "Unreached", cause: { name: "AbortError" } });
	expect(await asked({ path: "/file", timeout: null, encoding: null })).toEqual(Buffer.from([0, 255]));
});

test("pauses grow, are scattered, and never shorter than the server asks", () => {
	for (let failures = 1; failures < 40; failures++) {
		expect(backoff(failures)).toBeGreaterThanOrEqual(125);
		expect(backoff(failures)).toBeLessThanOrEqual(5000);
		expect(backoff(failures, 7000)).toBeGreaterThanOrEqual(7000);
	}
});
