// One Synapse for a file of tests, small bots that end with each test, and what every test ends with: no rule broken, nothing said twice.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Message } from "../../../src/bot/message.ts";
import { type Reply, reply, text } from "../../../src/bot/reply.ts";
import { type Fake, fakeBot, type Memory, type OpenLab, openLab } from "./lab.ts";

const heardIt = (message: Message): Reply | null =>
	message.entry === "answer" || message.entry === "edit" ? null : reply(text(`Gehört: ${message.text}`));

export interface Suite {
	readonly lab: OpenLab;
	/** A bot that goes on with what `kept` remembers, once it is connected. */
	begin(kept: Memory, more?: object): Promise<Fake>;
	/** The same, not waited for. */
	make(kept: Memory, more?: object): Fake;
	/** What the bot said there. */
	textsIn(room: string): Promise<string[]>;
	/** @param expected kinds of rules that the test itself makes the bot break */
	clean(expected?: string[]): Promise<void>;
	end(fake: Fake): Promise<void>;
}

export function matrixSuite(options: Record<string, unknown> = {}, answer = heardIt): Suite {
	let lab: OpenLab | null = null;
	const fakes: Fake[] = [];
	const open = (): OpenLab => {
		if (lab === null) throw new Error("the lab is not open yet");
		return lab;
	};
	beforeAll(async () => {
		lab = await openLab(options);
	}, 400_000);
	afterAll(async () => {
		await lab?.end();
	});
	beforeEach(async () => {
		await open().call("POST", "/reset", { rooms: false });
	});
	afterEach(async ({ task }) => {
		if (task.result?.state === "fail") for (const fake of fakes) console.error(fake.logged.slice(-30).join(""));
		for (const fake of fakes.splice(0)) await suite.end(fake);
		await open().call("DELETE", "/faults");
	});

	const suite: Suite = {
		get lab() {
			return open();
		},
		make(kept, more = {}) {
			const account = { homeserverUrl: open().base_url, accessToken: open().bot.access_token };
			const fake = fakeBot({ ...account, ...more }, kept, answer);
			fakes.push(fake);
			return fake;
		},
		async begin(kept, more = {}) {
			const fake = suite.make(kept, more);
			await fake.platform.start();
			await expect.poll(() => fake.platform.state(), { timeout: 20_000 }).toBe("connected");
			return fake;
		},
		textsIn: async (room) => (await open().messages({ room, from: "bot" })).map((message) => message.text),
		async clean(expected = []) {
			await open().idle();
			expect(await open().violations()).toEqual(expected);
			expect(await open().duplicates()).toEqual([]);
		},
		async end(fake) {
			fake.ended = true;
			await fake.platform.stop();
		},
	};
	return suite;
}
