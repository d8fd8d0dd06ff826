/** `GET /health`, and whatever a platform listens to over HTTP. */
import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Platform } from "./bot/platform.ts";
import type { PlatformName } from "./lib/platform.ts";

/** 200 once every configured chat is heard (an instance that stands by counts), 503 with the same shape while one is not. */
export function health(platforms: ReadonlyMap<PlatformName, Platform>, slack: RequestListener | null): RequestListener {
	const app = new Hono();
	app.get("/health", (context) => {
		const states = [...platforms]
			.filter(([name]) => name !== "console")
			.map(([name, platform]) => [name, platform.state()] as const);
		const well = states.every(([, state]) => state === "connected" || state === "standby");
		return context.json({ status: well ? "ok" : "down", platforms: Object.fromEntries(states) }, well ? 200 : 503);
	});
	const answer = getRequestListener(app.fetch);
	return (request, response) => {
		if (slack && request.url?.split("?")[0] === "/slack/events") slack(request, response);
		else answer(request, response);
	};
}
