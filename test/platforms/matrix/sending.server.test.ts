import { expect, test } from "vitest";
import { SendError } from "../../../src/bot/platform.ts";
import { actions, reply, text } from "../../../src/bot/reply.ts";
import { memory } from "./lab.ts";
import { matrixSuite } from "./suite.ts";

const suite = matrixSuite();

test("an answer that was lost on the way is not posted twice", async () => {
	const room = await suite.lab.room("verloren");
	const fake = await suite.begin(memory());
	for (const fault of ["reset_after", "malformed", "truncated", "http_500"]) {
		await suite.lab.fault({ op: "send", kind: fault, execute: true, match: { room } });
		const owed = { key: `k-${fault}`, address: room, reply: reply(text(`Nur einmal: ${fault}`)) };
		await expect(fake.send(owed)).rejects.toMatchObject({ name: "SendError", outcome: "later" });
		await expect.poll(async () => (await fake.send(owed).catch(() => null))?.ref, { timeout: 10_000 }).toMatch(/^\$/);
	}
	expect((await suite.textsIn(room)).length).toBe(4);
	await suite.clean();
});

test("a limit is honoured to the end, for every message, and reactions are left out for a while", async () => {
	const room = await suite.lab.room("grenze");
	const fake = await suite.begin(memory());
	await suite.lab.fault({ op: "send", kind: "ratelimited", retryAfterMs: 1200, match: { room } });
	const refused = await fake.send({ key: "g-1", address: room }).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(SendError);
	expect(refused).toMatchObject({ outcome: "later", retryAfterMs: 1200 });
	const early = await fake.send({ key: "g-2", address: room }).catch((error: unknown) => error);
	expect(early).toMatchObject({ outcome: "later" });
	expect((await suite.lab.calls({ op: "send" })).length).toBe(1);
	const asked = await suite.lab.say("alice", room, "Welche gibt es?");
	const choice = reply(text("Welche?"), actions({ label: "Eine", line: "eins" }, { label: "Andere", line: "zwei" }));
	await expect
		.poll(
			() =>
				fake
					.send({ key: "g-3", address: room, repliesTo: asked, reply: choice })
					.then(() => "sent")
					.catch(() => "later"),
			{ timeout: 5000 },
		)
		.toBe("sent");
	await suite.lab.idle();
	expect((await suite.lab.calls({ op: "send", type: "m.reaction" })).length).toBe(0);
	await suite.clean();
});
