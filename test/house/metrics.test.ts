import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Platform, PlatformState } from "../../src/bot/platform.ts";
import { SendError } from "../../src/bot/platform.ts";
import { health } from "../../src/health.ts";
import { fixedClock } from "../../src/lib/clock.ts";
import { makeMetrics } from "../../src/metrics.ts";
import { testBot } from "../support/chat.ts";
import { testDatabase } from "../support/database.ts";
import { LEIPZIG } from "../support/network.ts";

/** The samples of a scrape: `name{a="b"} 1` by name and labels. */
function samples(text: string): Map<string, number> {
	const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
	return new Map(
		lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
	);
}

const open: Server[] = [];
afterEach(() => {
	for (const server of open.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	open.push(server);
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const { port } = server.address() as AddressInfo;
	return `http://127.0.0.1:${port}`;
}

const chat = (name: Platform["name"], state: () => PlatformState): Platform => ({
	name,
	start: async () => {},
	stop: async () => {},
	state,
	send: async () => ({ ref: "1", address: "C1" }),
	displayName: async () => null,
});

const silent = { text: async () => "lotse 1\n", contentType: "text/plain; version=0.0.4; charset=utf-8" };

describe("a conversation counted", () => {
	test("commands by outcome, questions by intent and language, deliveries by what became of them", async () => {
		let refuses = false;
		await using bot = await testBot({
			records: LEIPZIG,
			async sending() {
				if (refuses) throw new SendError("never", { de: "archiviert", en: "archived" });
			},
		});
		// What happened before somebody asks for the first time is counted too.
		await bot.ask("U-ORG", "wer ist in Leipzig für Opferschutz zuständig?");
		await bot.ask("U-ORG", "who is responsible for victim support in Leipzig?");
		await bot.ask("U-GUEST", '!beschluss "Geheimes Vorhaben" --bis 31.03.2027');
		await bot.ask("U-ORG", '!beschluss "Geheimes Vorhaben" --bis 31.03.2027');
		const metrics = await bot.metrics();
		refuses = true;
		await bot.ask("U-ORG", "!werbinich");
		const text = await metrics.text();
		const seen = samples(text);
		expect(seen.get('lotse_questions_total{intent="contact",outcome="answered",language="de"}')).toBe(1);
		expect(seen.get('lotse_questions_total{intent="contact",outcome="answered",language="en"}')).toBe(1);
		expect(seen.get('lotse_commands_total{platform="slack",command="decision new",outcome="refused"}')).toBe(1);
		expect(seen.get('lotse_commands_total{platform="slack",command="decision new",outcome="done"}')).toBe(1);
		expect(seen.get('lotse_commands_total{platform="slack",command="whoami",outcome="done"}')).toBe(1);
		expect(seen.get('lotse_deliveries_total{platform="slack",kind="answer",result="sent"}')).toBe(4);
		expect(seen.get('lotse_deliveries_total{platform="slack",kind="answer",result="parked"}')).toBe(1);
		expect(seen.get('lotse_delivery_late_seconds_count{platform="slack",kind="answer"}')).toBe(4);
		expect(seen.get('lotse_handling_seconds_count{platform="slack"}')).toBe(5);
		expect(seen.get('lotse_queue_deliveries{platform="slack",kind="answer",state="parked"}')).toBe(1);
		expect(seen.get("lotse_queue_inbox_messages")).toBe(0);
		expect(seen.get('lotse_platform_state{platform="slack",state="connected"}')).toBe(1);
		expect(seen.get('lotse_platform_state{platform="slack",state="down"}')).toBe(0);
		expect(seen.get("lotse_database_up")).toBe(1);
		expect(text).toMatch(/^lotse_build_info\{version="\d+\.\d+\.\d+",node="v26[^"]*",database="\w+"\} 1$/mu);
		expect(seen.get("process_resident_memory_bytes")).toBeGreaterThan(1e6);
		expect(seen.has("nodejs_eventloop_lag_p99_seconds")).toBe(true);
		// Nobody's name, account, room or word.
		expect(text).not.toMatch(/Geheim|U-ORG|U-GUEST|C-LEIPZIG|leipzig|lab\.test|@/iu);
	});

	test("a reminder that comes late is seen in the histogram, and until then as overdue", async () => {
		const clock = fixedClock("2027-01-05T08:00:00Z");
		await using bot = await testBot({ records: LEIPZIG, now: "2027-01-05T09:00:00+01:00" });
		const metrics = makeMetrics({ database: bot.database, platforms: new Map(), clock });
		await bot.db.delivery.create({
			data: {
				key: "r-1",
				kind: "reminder",
				platform: "slack",
				address: "C1",
				language: "de",
				body: {},
				createdAt: "2027-01-01T00:00:00Z",
				dueAt: "2027-01-05T07:50:00Z",
				nextAttemptAt: "2027-01-05T07:50:00Z",
			},
		});
		const overdue = 'lotse_queue_delivery_overdue_seconds{platform="slack",kind="reminder",state="due"}';
		expect(samples(await metrics.text()).get(overdue)).toBe(600);
		// Asked again at once, the database is left alone.
		clock.set("2027-01-05T08:00:04Z");
		expect(samples(await metrics.text()).get(overdue)).toBe(600);
		clock.set("2027-01-05T08:00:06Z");
		expect(samples(await metrics.text()).get(overdue)).toBe(606);
		metrics.observer.delivered({ platform: "slack", kind: "reminder", result: "sent", secondsLate: 606 });
		expect(
			samples(await metrics.text()).get(
				'lotse_delivery_late_seconds_bucket{le="900",platform="slack",kind="reminder"}',
			),
		).toBe(1);
		metrics.stop();
	});

	test("what an import wrote or refused is told from the audit trail", async () => {
		await using database = await testDatabase();
		await database.db.audit.createMany({
			data: ["done", "done", "refused"].map((status, index) => ({
				at: `2027-01-0${index + 1}T00:00:00Z`,
				// On the command line, and by button in a chat.
				command: index === 0 ? "import" : "import confirm",
				status,
				records: [],
			})),
		});
		const metrics = makeMetrics({ database, platforms: new Map(), clock: fixedClock("2027-01-05T08:00:00Z") });
		const seen = samples(await metrics.text());
		expect(seen.get('lotse_imports{outcome="done"}')).toBe(2);
		expect(seen.get('lotse_imports{outcome="refused"}')).toBe(1);
		expect(seen.get('lotse_imports_last_timestamp_seconds{outcome="done"}')).toBe(Date.parse("2027-01-02") / 1000);
		metrics.stop();
	});
});

describe("a database that hangs", () => {
	test("stops neither metrics nor health", async () => {
		await using database = await testDatabase();
		const db = Object.create(database.db, { $queryRaw: { value: () => new Promise(() => {}) } });
		const metrics = makeMetrics({
			database: { db, kind: "embedded" },
			platforms: new Map([["slack", chat("slack", () => "connected")]]),
			clock: fixedClock("2027-01-05T08:00:00Z"),
			patienceMs: 20,
		});
		const seen = samples(await metrics.text());
		expect(seen.get("lotse_database_up")).toBe(0);
		expect(seen.get('lotse_platform_state{platform="slack",state="connected"}')).toBe(1);
		expect(seen.has('lotse_queue_deliveries{platform="slack",kind="answer",state="due"}')).toBe(false);
		metrics.stop();
	});
});

describe("GET /health", () => {
	test("200 once every chat is heard, standing by counts, 503 while one is not; HEAD says the same", async () => {
		let matrix: PlatformState = "standby";
		const platforms = new Map([
			["slack", chat("slack", () => "connected")],
			["matrix", chat("matrix", () => matrix)],
			["console", chat("console", () => "connected")],
		] as const);
		const url = await serve(health({ platforms, slack: null, metrics: silent, token: null }));
		const well = await fetch(`${url}/health`);
		expect(well.status).toBe(200);
		expect(await well.json()).toEqual({ status: "ok", platforms: { slack: "connected", matrix: "standby" } });
		for (const state of ["down", "connecting"] as const) {
			matrix = state;
			const ill = await fetch(`${url}/health`);
			expect(ill.status).toBe(503);
			expect(await ill.json()).toEqual({ status: "down", platforms: { slack: "connected", matrix: state } });
			const head = await fetch(`${url}/health`, { method: "HEAD" });
			expect([head.status, await head.text()]).toEqual([503, ""]);
		}
		expect((await fetch(`${url}/health`, { method: "POST" })).status).toBe(404);
	});
});

describe("GET /metrics", () => {
	const scrape = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers });

	test("without a token: this machine may, what a proxy passes on may not", async () => {
		const url = await serve(health({ platforms: new Map(), slack: null, metrics: silent, token: null }));
		const own = await scrape(url);
		expect(own.status).toBe(200);
		expect(own.headers.get("content-type")).toContain("version=0.0.4");
		expect(await own.text()).toBe("lotse 1\n");
		for (const header of ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
			expect((await scrape(url, { [header]: "203.0.113.9" })).status, header).toBe(403);
	});

	test("with a token: who shows it may, also through a proxy, nobody else", async () => {
		const url = await serve(
			health({ platforms: new Map(), slack: null, metrics: silent, token: "0123456789abcdef0123" }),
		);
		expect((await scrape(url)).status).toBe(403);
		expect((await scrape(url, { authorization: "Bearer 0123456789abcdef0124" })).status).toBe(403);
		expect((await scrape(url, { authorization: "Bearer 0123456789abcdef0123" })).status).toBe(200);
		expect(
			(await scrape(url, { authorization: "Bearer 0123456789abcdef0123", "x-forwarded-for": "203.0.113.9" })).status,
		).toBe(200);
	});

	test("only private networks count as near", async () => {
		const listener = health({ platforms: new Map(), slack: null, metrics: silent, token: null });
		const from = async (remoteAddress: string) => {
			const url = await serve((request, response) => {
				Object.defineProperty(request.socket, "remoteAddress", { value: remoteAddress, configurable: true });
				listener(request, response);
			});
			return (await fetch(`${url}/metrics`, { headers: { connection: "close" } })).status;
		};
		for (const near of ["127.0.0.1", "::1", "::ffff:10.1.2.3", "172.20.0.5", "192.168.1.9", "fd00::1", "fe80::1%eth0"])
			expect(await from(near), near).toBe(200);
		for (const far of ["203.0.113.9", "::ffff:8.8.8.8", "2001:db8::1", "172.32.0.1", ""])
			expect(await from(far), far).toBe(403);
	});
});
