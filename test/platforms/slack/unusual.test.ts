/** What Slack sends besides: other people, other places, other words. Nothing of it breaks the bot, and only people are heard. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { saidIn } from "../../../src/platforms/slack/incoming.ts";
import { EventCallback } from "../../../src/platforms/slack/payloads.ts";
import { CLEAN, type Workspace, workspace } from "./workspace.ts";

let slack: Workspace;

beforeAll(async () => {
	slack = await workspace();
	await slack.platform.start();
});
afterAll(async () => {
	expect(slack.bot.faults).toEqual([]);
	expect(await slack.findings()).toEqual(CLEAN);
	await slack.platform.stop();
	await slack.run.close();
});

/** What an event says to the bot, read as it comes. */
function heard(event: object) {
	const read = EventCallback.safeParse({ type: "event_callback", event_id: "Ev1", event });
	return read.success ? saidIn(read.data.event, "U0SIMBOT01") : null;
}

const base = { type: "message", channel: "C1", channel_type: "channel", ts: "1700000000.000100" };

test.each([
	["a bot's message", { ...base, subtype: "bot_message", bot_id: "B1", text: "<@U0SIMBOT01> hilfe" }],
	["an app that writes as a person", { ...base, user: "U1", bot_id: "B1", text: "<@U0SIMBOT01> hilfe" }],
	["the bot itself", { ...base, user: "U0SIMBOT01", text: "<@U0SIMBOT01> hilfe" }],
	[
		"the bot's own edit",
		{ ...base, subtype: "message_changed", message: { user: "U0SIMBOT01", text: "neu", ts: "1.1" } },
	],
	["a channel renamed", { type: "channel_rename", channel: { id: "C1", name: "neu", created: 1 } }],
	["a channel archived", { type: "channel_archive", channel: "C1", user: "U1" }],
	["somebody joined", { ...base, subtype: "channel_join", user: "U1", text: "<@U1> has joined" }],
	["a person changed", { type: "user_change", user: { id: "U1", deleted: true } }],
	["a type nobody knows", { type: "something_new", text: 7, channel: null }],
	["a deleted message", { ...base, subtype: "message_deleted", deleted_ts: "1.1", hidden: true }],
])("%s is not heard", (_what, event) => {
	expect(heard(event)).toBeNull();
});

test.each([
	[
		"somebody of another organisation",
		{ ...base, user: "W0OTHER", user_team: "T0OTHER", source_team: "T0OTHER", text: "<@U0SIMBOT01> hilfe" },
		"mention",
	],
	["a message without words", { ...base, user: "U1", text: null, files: [] }, "answer"],
	[
		"a group of several people",
		{ ...base, channel: "G1", channel_type: "mpim", user: "U1", text: "<@U0SIMBOT01> hilfe" },
		"mention",
	],
	[
		"a thread's answer shown in the channel too",
		{ ...base, subtype: "thread_broadcast", thread_ts: "1.1", user: "U1", text: "<@U0SIMBOT01> hilfe" },
		"mention",
	],
	[
		"a mention without the kind of its channel",
		{ ...base, type: "app_mention", channel_type: undefined, user: "U1", text: "<@U0SIMBOT01> hilfe" },
		"mention",
	],
	["a direct message", { ...base, channel: "D1", channel_type: "im", user: "U1", text: "hilfe" }, "direct"],
])("%s is heard", (_what, event, entry) => {
	expect(heard(event)).toMatchObject({ entry });
});

test.each([
	["only emoji", ":tada: 🎉👩‍🚒"],
	["40,000 characters", "x".repeat(40_000)],
	["escaped markup", "&lt;!channel&gt; &amp;amp; &lt;@U0BOB00002&gt;"],
	["everybody called", "<!here> <!channel> <!subteam^S1|@team>"],
	["people nobody knows", "<@U0NOBODY00> und <@W0ELSEWHER|fremd>"],
	["nothing", ""],
])("%s arrives", async (_what, words) => {
	const before = slack.bot.received.length;
	await slack.say("alice", `<@U0SIMBOT01> ${words}`, { raw: true });
	const message = (await slack.bot.heard(before + 1))[before];
	expect(message).toMatchObject({ entry: "mention", place: { address: "C0GENERAL0" } });
	expect(message?.text).not.toContain("<@U0SIMBOT01>");
	if (words.startsWith("&lt;")) expect(message?.text).toBe("<!channel> &amp; <@U0BOB00002>");
});

test("removed from a channel and invited again", async () => {
	await slack.act("/channels/kick", { channel: "general", user: "U0SIMBOT01" });
	await slack.act("/channels/invite", { channel: "general", user: "U0SIMBOT01" });
	const before = slack.bot.received.length;
	await slack.say("bob", "<@U0SIMBOT01> hilfe");
	expect((await slack.bot.heard(before + 1))[before]?.text).toBe("hilfe");
});
