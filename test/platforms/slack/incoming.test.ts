import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { text } from "../../../src/bot/reply.ts";
import { back, CLEAN, type Workspace, workspace } from "./workspace.ts";

let slack: Workspace;

beforeAll(async () => {
	slack = await workspace();
	await slack.platform.start();
});
afterEach(async () => {
	expect(slack.bot.faults).toEqual([]);
	expect(await slack.findings()).toEqual(CLEAN);
});
afterAll(async () => {
	await slack.platform.stop();
	await slack.run.close();
});

/** The next message that the bot stores. */
async function heard(act: () => Promise<unknown>) {
	const before = slack.bot.received.length;
	await act();
	return (await slack.bot.heard(before + 1))[before];
}

describe("what people say", () => {
	test("a mention in the channel opens a thread under it", async () => {
		slack.bot.handle = async (message) => {
			await slack.send(text("Frau Beispiel, 0375 123"), back(message));
		};
		let ts = "";
		const message = await heard(async () => {
			ts = (await slack.say("alice", "<@U0SIMBOT01> wer ist für Opferschutz in Zwickau zuständig?")).ts;
		});
		expect(message).toMatchObject({
			id: `C0GENERAL0:${ts}`,
			entry: "mention",
			text: "wer ist für Opferschutz in Zwickau zuständig?",
			place: { platform: "slack", address: "C0GENERAL0", thread: ts, kind: "channel" },
			sender: { id: "U0ALICE001", name: "alice", language: "de", timezone: "Europe/Berlin" },
			quiet: false,
		});
		expect(await slack.waitSaid({ thread_ts: ts })).toMatchObject({ text: "Frau Beispiel, 0375 123", thread_ts: ts });
		slack.bot.handle = async () => {};
	});

	test("a mention in a thread stays in that thread", async () => {
		const { ts } = await slack.say("bob", "Wer weiß das?");
		const message = await heard(() => slack.say("bob", "<@U0SIMBOT01>: !hilfe", { thread_ts: ts }));
		expect(message).toMatchObject({ entry: "answer", text: "Wer weiß das?" });
		const mention = (await slack.bot.heard(slack.bot.received.length)).at(-1);
		expect(mention).toMatchObject({
			entry: "command",
			text: "hilfe",
			place: { thread: ts },
			sender: { language: "en" },
		});
	});

	test("a direct message, with and without !", async () => {
		const plain = await heard(() => slack.say("alice", "kontakt Zwickau", { dm: true }));
		expect(plain).toMatchObject({ entry: "direct", text: "kontakt Zwickau", place: { kind: "direct", thread: null } });
		const marked = await heard(() => slack.say("alice", "!kontakt Zwickau", { dm: true }));
		expect(marked).toMatchObject({ entry: "command", text: "kontakt Zwickau" });
	});

	test("names instead of ids, bare addresses instead of links, no escaping", async () => {
		const raw =
			"<@U0SIMBOT01> frag <@U0BOB00002> &amp; <#C0RANDOM01|random> in <https://ex.de/a?b=1&amp;c=2> <http://polizei.de|polizei.de> <mailto:a@b.de|a@b.de> <https://x.de|hier> &lt;!channel&gt; <!here>";
		const message = await heard(() => slack.say("alice", raw, { raw: true }));
		expect(message?.text).toBe(
			"frag @Bob B. & #random in https://ex.de/a?b=1&c=2 polizei.de a@b.de hier (https://x.de) <!channel> @here",
		);
		expect(message?.mentions).toEqual([{ id: "U0BOB00002", name: "Bob B." }]);
	});

	test("without a mention it is an answer, if anything, and keeps its !", async () => {
		const message = await heard(() => slack.say("alice", "!beschluss x"));
		expect(message).toMatchObject({ entry: "answer", text: "!beschluss x", place: { thread: null } });
	});

	test("an edit names what it edits; unfurled links and own updates are no edits", async () => {
		const { ts } = await slack.say("alice", "@simbot beschluss eins");
		const { ref } = await slack.send(text("vorher"));
		await slack.send(text("nachher"), { edits: ref });
		await slack.idle();
		const count = slack.bot.received.length;
		const edit = await heard(() =>
			slack.act("/message/edit", { channel: "general", ts, text: "@simbot beschluss zwei" }),
		);
		expect(slack.bot.received.length).toBe(count + 1);
		expect(edit).toMatchObject({
			entry: "edit",
			about: `C0GENERAL0:${ts}`,
			text: "beschluss zwei",
			place: { thread: ts },
		});
	});

	test("somebody whom Slack is slow to tell about stays nameless, and the acknowledgement is in time", async () => {
		await slack.act("/users", { name: "dora" });
		await slack.act("/channels/invite", { channel: "general", user: "dora" });
		await slack.fault("users.info", "delay", { delayMs: 4000 });
		const message = await heard(() => slack.say("dora", "hallo", { dm: true }));
		expect(message).toMatchObject({ sender: { name: null, language: null, timezone: null } });
	});

	test("joins, bots and deletions are not heard", async () => {
		const count = slack.bot.deliveries;
		await slack.act("/message", { user: "alice", channel: "general", text: "weg" });
		const { ts } = await slack.say("alice", "Thema geändert", { subtype: "channel_topic" });
		await slack.act("/message/delete", { channel: "general", ts });
		await slack.send(text("Ich bin der Bot"));
		await slack.idle();
		expect(slack.bot.deliveries).toBe(count + 1);
	});
});

describe("delivered again", () => {
	test("message and app_mention of one mention, and a repeated event, are handled once", async () => {
		const before = slack.bot.received.length;
		const deliveries = slack.bot.deliveries;
		await slack.say("carol", "@simbot whoami");
		await slack.idle();
		await slack.act("/redeliver", { type: "app_mention" });
		await slack.act("/redeliver", { type: "message" });
		await slack.idle();
		expect(slack.bot.deliveries).toBe(deliveries + 4);
		expect(slack.bot.received.length).toBe(before + 1);
	});

	test("a failed store is not acknowledged, and the event comes again", async () => {
		let failures = 1;
		slack.bot.store = async () => {
			if (failures-- > 0) throw new Error("database is away");
		};
		const message = await heard(() => slack.say("alice", "noch da?", { dm: true }));
		slack.bot.store = async () => {};
		expect(message?.text).toBe("noch da?");
		expect(await slack.findings(["ack_missing"])).toEqual(CLEAN);
		await slack.forgive();
	});
});
