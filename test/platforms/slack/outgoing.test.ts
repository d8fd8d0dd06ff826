import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Outgoing, SendError } from "../../../src/bot/platform.ts";
import { actions, heading, list, note, type Part, text } from "../../../src/bot/reply.ts";
import { CLEAN, owed, type Workspace, workspace } from "./workspace.ts";

let slack: Workspace;
/** A fresh channel for each test, so that none waits for another's turn. */
let room = "";
let rooms = 0;

beforeAll(async () => {
	slack = await workspace();
	await slack.platform.start();
});
beforeEach(async () => {
	room = `C0ROOM000${rooms++}`;
	await slack.act("/channels", { name: `room-${rooms}`, bot: true, members: ["alice", "bob"], id: room });
});
afterEach(async () => {
	expect(await slack.findings()).toEqual(CLEAN);
});
afterAll(async () => {
	await slack.platform.stop();
	await slack.run.close();
});

const here = (part: Part | Part[], more: Partial<Outgoing> = {}) => owed(part, { address: room, ...more });
const send = (part: Part | Part[], more: Partial<Outgoing> = {}) => slack.platform.send(here(part, more));
const said = (where: object) => slack.said({ channel: room, ...where });
const count = async (words: string) => (await said({ contains: words })).length;

/** Sends as the ledger does: what may have landed is looked for before it is sent again. */
async function deliver(outgoing: Outgoing) {
	const failures: SendError[] = [];
	for (;;) {
		try {
			const uncertain = failures.some((failure) => failure.outcome === "unknown");
			return { sent: await slack.platform.send({ ...outgoing, uncertain }), failures };
		} catch (error) {
			if (!(error instanceof SendError)) throw error;
			failures.push(error);
			if (failures.length > 3 || failures.at(-1)?.outcome === "never") return { sent: null, failures };
		}
	}
}

describe("once", () => {
	for (const kind of ["reset_after", "reset_before", "http_500", "malformed"]) {
		test(`an ambiguous post (${kind}) is not doubled`, async () => {
			await slack.fault("chat.postMessage", kind);
			const { sent, failures } = await deliver(here(text(`Einmal bei ${kind}`)));
			expect(failures.map((failure) => failure.outcome)).toEqual(["unknown"]);
			expect(sent?.address).toBe(room);
			expect(await count(`Einmal bei ${kind}`)).toBe(1);
		});
	}

	test("nor in a thread, nor in a direct message", async () => {
		const { ts } = await slack.say("alice", "Faden", { channel: room });
		await slack.fault("chat.postMessage", "reset_after");
		await deliver(here(text("Einmal im Faden"), { thread: ts }));
		expect(await count("Einmal im Faden")).toBe(1);
		await slack.fault("chat.postMessage", "reset_after");
		const { sent } = await deliver(here(text("Einmal direkt"), { address: "U0ALICE001" }));
		expect(sent?.address).toMatch(/^D/);
		expect(await slack.said({ dm: "alice", contains: "Einmal direkt" })).toHaveLength(1);
	});

	test("a reply in several messages goes on where it stopped, also in another process", async () => {
		const parts = list(Array.from({ length: 160 }, (_, index) => `Eintrag ${index} ${"x".repeat(80)}`));
		await slack.fault("chat.postMessage", "reset_after");
		const outgoing = here(parts);
		await deliver(outgoing);
		const posted = await said({});
		expect(posted).toHaveLength(2);

		await slack.act("/message/delete", { channel: room, ts: posted[1]?.ts });
		const restarted = slack.another();
		expect(await restarted.send({ ...outgoing, uncertain: true })).toEqual({ ref: posted[0]?.ts, address: room });
		expect((await said({})).map((message) => message.text)).toEqual(posted.map((message) => message.text));
	});

	test("an ephemeral of unknown fate is sent once more", async () => {
		await slack.fault("chat.postEphemeral", "reset_after");
		await deliver(here(text("Nur Alice"), { recipient: "U0ALICE001" }));
		expect(await said({ contains: "Nur Alice", user: "alice" })).toHaveLength(2);
		expect(await said({ contains: "Nur Alice", user: "bob" })).toHaveLength(0);
	});
});

describe("limits and refusals", () => {
	test("a pause that Slack asks for is kept, and the message follows", async () => {
		await slack.fault("chat.postMessage", "ratelimited", { retryAfter: 1 });
		const { failures } = await deliver(here(text("Nach der Pause")));
		expect(failures).toEqual([]);
		expect(await count("Nach der Pause")).toBe(1);
	});

	test("a long pause is handed back, and no request is made before it ends", async () => {
		const other = await workspace();
		await other.platform.start();
		await other.fault("chat.postMessage", "ratelimited", { retryAfter: 60 });
		const error = await other.send(text("Später")).catch((failure: unknown) => failure);
		expect(error).toMatchObject({ outcome: "later" });
		expect(await other.send(text("Später")).catch((failure: SendError) => failure.retryAfterMs)).toBeGreaterThan(
			50_000,
		);
		expect(await other.calls("chat.postMessage")).toHaveLength(1);
		await other.platform.stop();
		await other.run.close();
	});

	test("eight at once into one channel: none is refused by Slack", async () => {
		const all = Array.from({ length: 8 }, (_, index) => send(text(`Nr. ${index}`)));
		await Promise.all(all);
		const calls = (await slack.calls("chat.postMessage")).filter((call) => call.args.channel === room);
		expect(calls.map((call) => call.ok)).toEqual(Array.from({ length: 8 }, () => true));
	});

	test("an archived channel is refused for good, with what to do", async () => {
		await slack.act("/channels/archive", { channel: room });
		const { failures } = await deliver(here(text("Umsonst")));
		expect(failures.map(({ outcome, reason }) => [outcome, reason.de])).toEqual([
			["never", "Der Kanal ist archiviert: Archivierung aufheben oder einen anderen Kanal verbinden."],
		]);
	});

	test("a channel without the bot, a fault inside Slack", async () => {
		const outcome = async (outgoing: Outgoing) => (await deliver(outgoing)).failures.at(-1)?.outcome;
		expect(await outcome(here(text("Umsonst"), { address: "C0RANDOM01" }))).toBe("never");
		await slack.fault("chat.postMessage", "error", { error: "internal_error" });
		expect(await outcome(here(text("Doch noch")))).toBe("unknown");
	});

	test("an ephemeral where the bot is no member goes to the direct message", async () => {
		await send(text("Hier statt dort"), { address: "C0RANDOM01", recipient: "U0CAROL003" });
		expect(await slack.said({ dm: "carol", contains: "Hier statt dort" })).toHaveLength(1);
	});
});

describe("data", () => {
	const BAD = "<!here> <!channel> @channel <@U0BOB00002> & <b>fett</b> *x* _y_ `z` \u0000\u202e\ud800 <https://x.de|y>";

	test("bad data pings nobody and breaks nothing", async () => {
		await send([
			heading(BAD),
			text(["Vorsicht: ", { text: BAD, strong: true }]),
			{ kind: "fields", fields: [{ label: BAD, value: { text: BAD, link: "javascript:alert(1)" } }] },
			list([BAD, { text: BAD, link: "mailto:a@b.de" }]),
			list([BAD], true),
			{ kind: "table", columns: [BAD, "B"], rows: [[BAD, { text: BAD, link: "https://x.de/?a=1&b=2|3" }]] },
			note([BAD, { text: BAD, link: "https://x.de/?a=1&b=2" }]),
			actions({ label: BAD, line: BAD }),
		]);
		const [shown] = await said({ contains: "Vorsicht" });
		expect(shown?.text).toContain("&lt;!here&gt; &lt;!channel&gt; @channel &lt;@U0BOB00002&gt; &amp; &lt;b&gt;fett");
	});

	test("ten thousand characters", async () => {
		await send(text(`Lang ${"ä".repeat(10_000)}`));
		await send([heading("h".repeat(400)), note("n".repeat(5000)), actions({ label: "l".repeat(200), line: "x" })]);
	});

	test("files go up by the new flow, once, after the words", async () => {
		const base64 = Buffer.from("BEGIN:VCALENDAR").toString("base64");
		const file = { kind: "file", name: "termine.ics", mediaType: "text/calendar", base64 } as const;
		await slack.fault("files.completeUploadExternal", "reset_after");
		const { failures } = await deliver(here([text("Ihr Kalender"), file]));
		expect(failures.map((failure) => failure.outcome)).toEqual(["unknown"]);
		expect((await said({})).filter((message) => JSON.stringify(message).includes("termine.ics"))).toHaveLength(1);
		expect(await count("Ihr Kalender")).toBe(1);
	});

	test("an own message is changed; one that is gone is not said anew: it only loses its buttons", async () => {
		const { ref } = await send([text("Alt"), actions({ label: "Los", line: "los" })]);
		expect((await send(text("Neu"), { edits: ref })).ref).toBe(ref);
		const [changed] = await said({ contains: "Neu" });
		expect(changed?.blocks).toHaveLength(1);
		await send(text("Trotzdem"), { edits: "1700000000.000100" });
		expect(await count("Trotzdem")).toBe(0);
	});
});

test("display names", async () => {
	expect(await slack.platform.displayName("U0BOB00002")).toBe("Bob B.");
	expect(await slack.platform.displayName("U0NOBODY00")).toBeNull();
});
