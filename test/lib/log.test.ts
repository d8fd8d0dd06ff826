import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { makeLog } from "../../src/lib/log.ts";
import { loggedError, scrub } from "../../src/lib/scrub.ts";

/** What was written to a log of this level, line by line. */
function recorded(level = "trace") {
	const lines: string[] = [];
	return { log: makeLog(level, { write: (line) => void lines.push(line) }), lines };
}

describe("a log line", () => {
	test("is one JSON object with time, level, words and fields", () => {
		const { log, lines } = recorded();
		log.warn({ platform: "slack", failures: 3 }, "Slack cannot be reached, trying again");
		expect(lines).toHaveLength(1);
		expect(JSON.parse(lines[0] ?? "")).toEqual({
			level: "warn",
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
			platform: "slack",
			failures: 3,
			msg: "Slack cannot be reached, trying again",
		});
	});

	test("below its level is not written", () => {
		const { log, lines } = recorded("warn");
		log.info("quiet");
		log.error("loud");
		expect(lines.map((line) => z.object({ msg: z.string() }).parse(JSON.parse(line)).msg)).toEqual(["loud"]);
	});

	test("of an error names kind, code and place, and nothing that hangs on it", () => {
		const { log, lines } = recorded();
		const cause = new Error("Key (name)=(Erika) already exists: 'Erika Muster'");
		const error = Object.assign(new TypeError('Unexpected token "H", "Hallo Erika, ruf 0375 1234567 an', { cause }), {
			code: "22P02",
			status: 500,
			config: { headers: { authorization: "Bearer geheim-geheim" } },
			original: "Hallo Erika",
			data: { text: "Hallo Erika" },
			response: { body: "Hallo Erika" },
			parameters: ["Hallo Erika"],
		});
		log.error({ err: error, token: "geheim-geheim", answer: { body: "Hallo Erika" } }, "handling a message failed");
		const line = lines[0] ?? "";
		expect(JSON.parse(line)).toMatchObject({ err: { type: "TypeError", code: "22P02", status: 500 }, answer: {} });
		expect(line).toContain("log.test.ts");
		for (const canary of ["Erika Muster", "Hallo", "1234567", "geheim"]) expect(line).not.toContain(canary);
	});
});

describe("texts of others", () => {
	test("lose tokens, addresses, accounts and numbers, and keep what helps", () => {
		expect(scrub("connect ECONNREFUSED 127.0.0.1:5432")).toBe("connect ECONNREFUSED 127.0.0.1:5432");
		expect(scrub("postgresql://lotse:geheim@db.example.org:5432/lotse is away")).toBe(
			"postgresql://db.example.org/… is away",
		);
		expect(scrub("GET https://matrix.example.org/_matrix/client/v3/sync?access_token=x failed")).toBe(
			"GET https://matrix.example.org/… failed",
		);
		expect(scrub("xoxb-12345-abcdef syt_YWxp_abcdef and xapp-1-A0-12-ff")).toBe("… … and …");
		expect(scrub("Authorization: Bearer abc.def.ghi, password=hunter22")).not.toMatch(/abc\.def|hunter22/u);
		expect(scrub("@alice:lab.test wrote to erika.muster@example.org, +49 351 56430400")).toBe("… wrote to …, …");
		expect(scrub("room !abc:lab.test, 2026-11-22T10:00:00Z, 12 of 60")).toBe(
			"room !abc:lab.test, 2026-11-22T10:00:00Z, 12 of 60",
		);
	});

	test("an error's message never holds what it quotes, whatever that is", () => {
		const quotes = fc.constantFrom('"', "'", "„", "»", "{", "[");
		fc.assert(
			fc.property(fc.string(), quotes, fc.string(), (inner, quote, more) => {
				expect(loggedError(new Error(`bad value ${quote}${inner}" here ${more}`)).message).toBe("bad value …");
			}),
		);
		expect(loggedError(new Error(`cannot post ${JSON.stringify({ text: 'er sagt "Hallo"' })}`)).message).toBe(
			"cannot post …",
		);
	});

	test("names of code and tables between backticks stay, and the database's own state", () => {
		const told = (message: string) => loggedError(new Error(message)).message;
		expect(told("Unique constraint failed on the fields: (`key`)")).toBe(
			"Unique constraint failed on the fields: (key)",
		);
		expect(told("Raw query failed. Code: `22P02`. Message: `invalid input: Erika`")).toBe(
			"Raw query failed. Code: 22P02. Message: …",
		);
		expect(told("Invalid `prisma.inbox.create()` invocation")).toBe("Invalid prisma.inbox.create() invocation");
		expect(told("unknown value `Erika`")).toBe("unknown value …");
	});

	test("what is no error says only that, and causes end somewhere", () => {
		expect(loggedError("Hallo Erika")).toEqual({ type: "string", message: "…" });
		const round = new Error("round");
		round.cause = round;
		expect(JSON.stringify(loggedError(round)).match(/"type"/gu)).toHaveLength(4);
		expect(loggedError(new AggregateError([new Error("a"), "b"], "both")).errors).toHaveLength(2);
	});
});
