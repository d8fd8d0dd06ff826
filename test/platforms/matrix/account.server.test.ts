import { expect, test } from "vitest";
import { memory, oneLock } from "./lab.ts";
import { matrixSuite } from "./suite.ts";

const suite = matrixSuite();

test("two instances on one device: one hears, and when it ends the other goes on from its position", async () => {
	const room = await suite.lab.room("zwei");
	const kept = memory();
	const lock = oneLock();
	const first = await suite.begin(kept, { lock });
	const second = suite.make(kept, { lock });
	await second.platform.start();
	await expect.poll(() => second.platform.state()).toBe("standby");
	await expect(second.send({ key: "z-1", address: room })).rejects.toMatchObject({ outcome: "later" });
	await suite.lab.say("alice", room, "!eins");
	await suite.lab.heard({ room, contains: "eins" });
	await suite.end(first);
	await suite.lab.say("alice", room, "!zwei");
	await suite.lab.heard({ room, contains: "zwei", timeout: 15_000 });
	expect([first.received.length, second.received.length]).toEqual([1, 1]);
	await suite.clean();
});

test("with a password the bot keeps its device and its token, and logs in once more when the token dies", async () => {
	await suite.lab.call("POST", "/users", { name: "lotse", displayname: "Lotse" });
	const kept = memory();
	const more = { accessToken: undefined, user: "lotse", password: "lab-password" };
	const first = await suite.begin(kept, more);
	const device = kept.facts.get("device_id");
	expect(device).toMatch(/^LOTSE/);
	await suite.end(first);
	const second = await suite.begin(kept, more);
	expect((await suite.lab.calls({ op: "login" })).length).toBe(1);
	const token = kept.facts.get("access_token") ?? "";
	await fetch(`${suite.lab.synapse_url}/_matrix/client/v3/logout`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}` },
	});
	await suite.lab.call("POST", "/connections/drop");
	await expect
		.poll(() => kept.facts.get("access_token") !== token && second.platform.state() === "connected", {
			timeout: 10_000,
		})
		.toBe(true);
	expect(kept.facts.get("device_id")).toBe(device);
	await suite.clean();
});

test("a revoked token: down, one clear line in the log, no loop", async () => {
	const room = await suite.lab.room("widerrufen");
	const fake = await suite.begin(memory());
	await suite.lab.call("POST", "/users/logout", { user: "bot" });
	await expect(fake.send({ key: "w-1", address: room })).rejects.toMatchObject({ outcome: "later" });
	await expect.poll(() => fake.platform.state(), { timeout: 10_000 }).toBe("down");
	await suite.lab.idle();
	expect(fake.logged.filter((line) => line.includes("Matrix refuses the bot")).length).toBe(1);
	expect(fake.logged.join("\n")).not.toContain(suite.lab.bot.access_token);
	expect((await suite.lab.calls({ status: 401 })).length).toBeLessThanOrEqual(3);
	await suite.clean();
});
