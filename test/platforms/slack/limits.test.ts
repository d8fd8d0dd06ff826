import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { caller } from "../../../src/platforms/slack/api.ts";
import { limits } from "../../../src/platforms/slack/pace.ts";
import { people } from "../../../src/platforms/slack/people.ts";
import { cut, pieces, readable } from "../../../src/platforms/slack/text.ts";
import { sendError, Trouble, troubleOf } from "../../../src/platforms/slack/trouble.ts";

/** Time that passes only when somebody waits. */
function turned() {
	const slept: number[] = [];
	const pace = {
		at: 0,
		now: () => pace.at,
		async sleep(ms: number) {
			slept.push(ms);
			pace.at += ms;
		},
	};
	return { pace, slept };
}

test("three at once, then one a second, each channel for itself", () => {
	const { pace } = turned();
	const all = limits(pace);
	expect([1, 2, 3, 4, 5].map(() => all.turn("a", 60_000))).toEqual([0, 0, 0, 1050, 2100]);
	expect(all.turn("b", 0)).toBe(0);
	expect(all.turn("a", 1000)).toBeNull();
	pace.at = 10_000;
	expect(all.turn("a", 0)).toBe(0);
});

test("no request before Slack's pause ends", async () => {
	const { pace, slept } = turned();
	const called: number[] = [];
	const client = {
		async apiCall() {
			called.push(pace.at);
			if (pace.at < 3000) throw Object.assign(new Error(), { code: "slack_webapi_rate_limited_error", retryAfter: 3 });
			return { ok: true };
		},
	};
	const told: string[] = [];
	const token = { refused: () => null, refuse() {}, stop() {} };
	const tell = (method: string, ms: number) => void told.push(`${method} ${ms}`);
	const call = caller({ client, limits: limits(pace), pace, token, tell });
	expect(await call("auth.test", {}, z.object({ ok: z.boolean() }), 5000)).toEqual({ ok: true });
	expect({ called, slept, told }).toEqual({ called: [0, 3000], slept: [3000], told: ["auth.test 3000"] });
	pace.at = 0;
	await expect(call("chat.update", {}, z.object({}), 1000)).rejects.toMatchObject({
		outcome: "later",
		retryAfterMs: 3000,
	});
});

test.each([
	[{ code: "slack_webapi_platform_error", data: { error: "is_archived" } }, "never", "is_archived"],
	[{ code: "slack_webapi_platform_error", data: { error: "fatal_error" } }, "unknown", "fatal_error"],
	[{ code: "slack_webapi_platform_error", data: { error: "<html>Bad gateway</html>" } }, "unknown", "malformed_answer"],
	[{ code: "slack_webapi_http_error", statusCode: 503 }, "unknown", "http_503"],
	[{ code: "slack_webapi_http_error", statusCode: 404 }, "later", "http_404"],
	[
		{ code: "slack_webapi_request_error", original: Object.assign(new Error(), { code: "ECONNREFUSED" }) },
		"later",
		"ECONNREFUSED",
	],
	[
		{
			code: "slack_webapi_request_error",
			original: new Error("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) }),
		},
		"unknown",
		"ECONNRESET",
	],
	[{ code: "slack_webapi_request_error", original: new DOMException("", "TimeoutError") }, "unknown", "timeout"],
])("%o is %s", (error, outcome, code) => {
	expect(troubleOf(Object.assign(new Error(), error))).toMatchObject({ outcome, code });
});

test("a fault of ours is no trouble of Slack's, and every trouble has a reason", () => {
	expect(() => troubleOf(new RangeError("ours"))).toThrow(RangeError);
	expect(sendError(new Trouble("never", "something_new")).reason.de).toContain("something_new");
});

test("people are asked for once, a failure is asked again", async () => {
	const { pace } = turned();
	let calls = 0;
	const known = people(async (_method, _args, shape) => {
		if (++calls === 1) throw new Trouble("later", "ratelimited");
		return shape.parse({
			user: { name: "bob", real_name: "Bob", locale: "de-AT", tz: "Europe/Vienna", profile: { display_name: "" } },
		});
	}, pace);
	expect(await known.sender("U1")).toMatchObject({ name: null, language: null });
	expect(await Promise.all([known.sender("U1"), known.displayName("U1")])).toEqual([
		{ id: "U1", name: "Bob", language: "de", timezone: "Europe/Vienna" },
		"Bob",
	]);
	expect(calls).toBe(2);
	pace.at += 3_600_001;
	await known.sender("U1");
	expect(calls).toBe(3);
});

test("cutting keeps whole characters and loses nothing", () => {
	fc.assert(
		fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.integer({ min: 2, max: 50 }), (text, max) => {
			expect(cut(text, max).length).toBeLessThanOrEqual(max);
			expect(cut(text, max).isWellFormed()).toBe(true);
			const all = pieces(text, max);
			expect(all.join("")).toBe(text);
			expect(all.every((piece) => piece.length <= max && piece.isWellFormed())).toBe(true);
		}),
	);
});

test("any text comes in", () => {
	fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof readable(text, new Map(), "U1") === "string"));
	expect(
		readable("<@U1> <!subteam^S1|@team> <!date^1^{date}|morgen> <#C2> <tel:+49|+49> <mailto:a@b.de>", new Map(), "U1"),
	).toBe("@team morgen #C2 +49 a@b.de");
	expect(readable("hallo <@U1>, wer ist <@U2|bob>?", new Map(), "U1")).toBe("hallo wer ist @bob?");
});
