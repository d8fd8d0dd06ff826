import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig, VARIABLES } from "../../src/lib/config.ts";

const example = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8");
const assigned = [...example.matchAll(/^([A-Z_]+)=(.*)$/gmu)].map(([, name = "", value = ""]) => ({ name, value }));

/** The environment that docs and tests of other programs rely on: the contract's list. */
const CONTRACT =
	`DATABASE_URL LOTSE_DATA_DIR LOTSE_LANGUAGE LOTSE_TIMEZONE LOTSE_NETWORK LOTSE_ADMINS PORT LOG_LEVEL METRICS_TOKEN
	SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET SLACK_API_URL
	MATRIX_HOMESERVER_URL MATRIX_ACCESS_TOKEN MATRIX_USER MATRIX_PASSWORD MATRIX_ENCRYPTION MATRIX_STORE_KEY`.split(
		/\s+/u,
	);

describe(".env.example", () => {
	test("holds exactly the variables that are read, in their order", () => {
		expect(assigned.map(({ name }) => name)).toEqual(Object.keys(VARIABLES));
	});

	test("holds every variable of the contract", () => {
		expect(assigned.map(({ name }) => name).sort()).toEqual([...CONTRACT].sort());
	});

	test("explains each one right above it, with its example", () => {
		for (const [name, { example: shown }] of Object.entries(VARIABLES)) {
			const [, comment = ""] = new RegExp(`((?:^# .+\\n)+)^${name}=$`, "mu").exec(example) ?? [];
			expect(comment, name).toContain(`: ${shown}\n`);
		}
	});

	test("copied as it is sets nothing", () => {
		expect(assigned.filter(({ value }) => value !== "")).toEqual([]);
		const copied = Object.fromEntries(assigned.map(({ name, value }) => [name, value]));
		expect(readConfig(copied)).toEqual(readConfig({}));
	});
});

test("what cannot be read is named, with an example and without its value", () => {
	expect(() => readConfig({ DATABASE_URL: "mysql://secret@host" })).toThrow(
		"DATABASE_URL cannot be read. Example: DATABASE_URL=postgresql://",
	);
	expect(() => readConfig({ PORT: "http" })).toThrow("PORT cannot be read. Example: PORT=3000");
	expect(() => readConfig({ SLACK_BOT_TOKEN: "xoxb-1" })).toThrow("SLACK_APP_TOKEN is missing");
});
