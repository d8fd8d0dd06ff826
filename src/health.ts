/** What Lotse answers over HTTP: `GET /health`, `GET /metrics`, and whatever a platform listens to. */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import { BlockList, isIPv6 } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Platform } from "./bot/platform.ts";
import type { PlatformName } from "./lib/platform.ts";
import type { Metrics } from "./metrics.ts";

export interface Served {
	platforms: ReadonlyMap<PlatformName, Platform>;
	slack: RequestListener | null;
	metrics: Pick<Metrics, "text" | "contentType">;
	/** What a scraper has to show; null = this machine and private networks need nothing. */
	token: string | null;
}

/**
 * Health: 200 once every configured chat is heard (an instance that stands by counts), 503 with the same shape while one is not. It asks
 * no database, so that one that hangs cannot make it hang.
 */
export function health({ platforms, slack, metrics, token }: Served): RequestListener {
	const app = new Hono<{ Bindings: HttpBindings }>();
	app.get("/health", (context) => {
		const states = [...platforms]
			.filter(([name]) => name !== "console")
			.map(([name, platform]) => [name, platform.state()] as const);
		const well = states.every(([, state]) => state === "connected" || state === "standby");
		return context.json({ status: well ? "ok" : "down", platforms: Object.fromEntries(states) }, well ? 200 : 503, {
			"cache-control": "no-store",
		});
	});
	app.get("/metrics", async (context) => {
		if (!mayScrape(context.env.incoming, token)) return context.text("forbidden\n", 403);
		return context.body(await metrics.text(), 200, { "content-type": metrics.contentType });
	});
	const answer = getRequestListener(app.fetch);
	return (request, response) => {
		if (slack && request.url?.split("?")[0] === "/slack/events") slack(request, response);
		else answer(request, response);
	};
}

const OWN = new BlockList();
for (const [network, bits] of [
	["127.0.0.0", 8],
	["10.0.0.0", 8],
	["172.16.0.0", 12],
	["192.168.0.0", 16],
	["169.254.0.0", 16],
	["100.64.0.0", 10],
] as const)
	OWN.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
	["::1", 128],
	["fc00::", 7],
	["fe80::", 10],
] as const)
	OWN.addSubnet(network, bits, "ipv6");

/** A reverse proxy stands in a private network itself: what it passes on comes from anywhere. */
const PASSED_ON = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

function mayScrape(request: IncomingMessage, token: string | null): boolean {
	if (token !== null) {
		const shown = Buffer.from(request.headers.authorization ?? "");
		const wanted = Buffer.from(`Bearer ${token}`);
		return shown.length === wanted.length && timingSafeEqual(shown, wanted);
	}
	if (PASSED_ON.some((name) => request.headers[name] !== undefined)) return false;
	const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/u, "").replace(/%.*$/u, "");
	return address !== "" && OWN.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
