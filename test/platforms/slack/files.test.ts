// Files that people send: what the bot learns of them, and how it fetches them.
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SentFile } from "../../../src/bot/message.ts";
import { DownloadError } from "../../../src/bot/platform.ts";
import { CLEAN, type Workspace, workspace } from "./workspace.ts";

const MIB = 1024 * 1024;
let slack: Workspace;

beforeAll(async () => {
	slack = await workspace();
	await slack.platform.start();
});
afterAll(async () => {
	expect(await slack.findings()).toEqual(CLEAN);
	await slack.platform.stop();
	await slack.run.close();
});

async function sent(content: string, more: object = {}): Promise<SentFile> {
	const before = slack.bot.received.length;
	const files = [{ name: "contacts.csv", mimetype: "text/csv", content }];
	await slack.say("alice", "", { dm: true, channel: undefined, files, ...more });
	const message = (await slack.bot.heard(before + 1))[before];
	expect(message).toMatchObject({ entry: "direct", text: "", place: { kind: "direct" } });
	const file = message?.files?.[0];
	if (!file) throw new Error("no file came");
	return file;
}

const fetched = async (file: SentFile, most = MIB) =>
	Buffer.from((await slack.platform.download?.(file, most, AbortSignal.timeout(20_000))) ?? []).toString();

async function refused(file: SentFile, most = MIB): Promise<DownloadError> {
	const error: unknown = await fetched(file, most).then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (error instanceof DownloadError) return error;
	throw new Error("it was not refused");
}

describe("a file in a direct message", () => {
	test("is named, and fetched byte for byte", async () => {
		const file = await sent("key,name\nä,Ö\n");
		expect(file).toMatchObject({ name: "contacts.csv", mediaType: "text/csv", size: 15 });
		expect(await fetched(file)).toBe("key,name\nä,Ö\n");
	});

	test("too large a one is refused before it is fetched", async () => {
		const file = await sent("x".repeat(2_000));
		expect((await refused(file, 1_000)).outcome).toBe("never");
	});

	test("what Slack cannot give just now may be tried again", async () => {
		const file = await sent("key\n");
		for (const kind of ["http_500", "reset_before", "reset_after"]) {
			await slack.fault("files.download", kind);
			expect((await refused(file)).outcome).toBe("later");
		}
		await slack.fault("files.download", "ratelimited", { retryAfter: 7 });
		expect(await refused(file)).toMatchObject({ outcome: "later", retryAfterMs: 7000 });
		expect(await fetched(file)).toBe("key\n");
	});

	test("a file that was deleted meanwhile is named as such", async () => {
		const error = await refused({ name: "contacts.csv", mediaType: null, size: 4, ref: "F0NEVERWAS" });
		expect(error).toMatchObject({ outcome: "never", reason: { de: "Die Datei gibt es bei Slack nicht mehr." } });
	});
});

describe("the token", () => {
	test("is not shown to another host that an address leads to", async () => {
		const shown: unknown[] = [];
		const stranger = createServer((request, response) => {
			shown.push(request.headers.authorization);
			response.end("key\n");
		});
		await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
		const address = stranger.address();
		const port = typeof address === "object" ? address?.port : 0;
		const file = await sent("key\n");
		await slack.fault("files.download", "redirect", { location: `http://127.0.0.1:${port}/files-pri/x` });
		expect((await refused(file)).outcome).toBe("never");
		await slack.fault("files.download", "redirect", { location: "https://files.slack.com.evil.example/files-pri/x" });
		expect((await refused(file)).outcome).toBe("never");
		expect(shown).toEqual([]);
		stranger.close();
	});

	test("a sign-in page in the place of the file is no file", async () => {
		const file = await sent("key\n");
		await slack.fault("files.download", "redirect", { location: "/?redir=%2Ffiles-pri" });
		expect((await refused(file)).reason.de).toMatch(/Anmeldeseite.*files:read/);
	});

	test("without the scope files:read the refusal names it", async () => {
		const poor = await workspace({ scopes: ["im:history", "im:read", "im:write", "users:read", "chat:write"] });
		await poor.platform.start();
		await poor.say("alice", "", { dm: true, channel: undefined, files: [{ name: "contacts.csv", content: "key\n" }] });
		const file = (await poor.bot.heard(1))[0]?.files?.[0];
		if (!file) throw new Error("no file came");
		await expect(poor.platform.download?.(file, MIB, AbortSignal.timeout(20_000))).rejects.toMatchObject({
			outcome: "never",
			reason: { de: expect.stringMatching(/files:read/) },
		});
		await poor.platform.stop();
		await poor.run.close();
	});
});

test("a file in a channel without a mention brings nothing but its words", async () => {
	const before = slack.bot.received.length;
	await slack.say("bob", "unsere Liste", { files: [{ name: "liste.csv", content: "key\n" }] });
	expect((await slack.bot.heard(before + 1))[before]).toMatchObject({ entry: "answer", text: "unsere Liste" });
});
