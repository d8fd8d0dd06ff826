import { expect, test } from "vitest";
import { reply, text } from "../../../src/bot/reply.ts";
import { type Pause, pause } from "../../../src/platforms/matrix/pause.ts";
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

const password = { accessToken: undefined, password: "lab-password" };
async function account(name: string): Promise<object> {
	await suite.lab.call("POST", "/users", { name, displayname: name });
	return { ...password, user: name };
}

test("a soft logout is a login with the same device; the token that was configured is not replaced", async () => {
	const kept = memory();
	const fake = await suite.begin(kept, await account("sanft"));
	const device = kept.facts.get("device_id");
	await suite.lab.fault({ op: "sync", kind: "error", errcode: "M_UNKNOWN_TOKEN", soft_logout: true });
	await suite.lab.fault({ op: "whoami", kind: "error", errcode: "M_UNKNOWN_TOKEN", soft_logout: true });
	await suite.lab.call("POST", "/connections/drop");
	await suite.lab.get("/wait/call", { op: "login", count: 2, timeout: 15_000 });
	await expect.poll(() => fake.platform.state(), { timeout: 15_000 }).toBe("connected");
	expect(kept.facts.get("device_id")).toBe(device);
	await suite.clean();
});

test("after a new login with the stored device, what was sent before is not sent twice; with a new device it would be", async () => {
	const kept = memory();
	const more = await account("geraet");
	const first = await suite.begin(kept, more);
	const room = await suite.lab.room("geraete", { members: ["geraet"] });
	await suite.lab.call("POST", "/join", { room, user: "geraet" }).catch(() => null);
	const owed = { key: "d-1", address: room, reply: reply(text("Einmal")) };
	const { ref } = await first.send(owed);
	await suite.end(first);
	kept.facts.set("access_token", "");
	const again = await suite.begin(kept, more);
	expect((await again.send(owed)).ref).toBe(ref);
	await suite.end(again);
	const stranger = await suite.begin(memory(), more);
	expect((await stranger.send(owed)).ref).not.toBe(ref);
});

test("a login that the server puts off for 333 seconds is asked for once, and the bot says that it is not there", async () => {
	const waits: number[] = [];
	const quick: Pause = async (ms, signal) => {
		waits.push(ms);
		await pause(Math.min(ms, 50), signal);
	};
	await suite.lab.fault({ op: "login", kind: "ratelimited", retryAfterMs: 333_000, times: 50 });
	const fake = suite.make(memory(), { ...(await account("geduld")), pause: quick });
	await fake.platform.start();
	await expect.poll(() => waits.filter((ms) => ms > 300_000).length, { timeout: 15_000 }).toBeGreaterThan(5);
	expect((await suite.lab.calls({ op: "login" })).length).toBe(1);
	expect(["connecting", "down"]).toContain(fake.platform.state());
	await suite.clean();
});

test("a deactivated account: down, one clear line in the log, no loop", async () => {
	const fake = await suite.begin(memory(), await account("weg"));
	await suite.lab.call("POST", "/users/deactivate", { user: "weg" });
	await suite.lab.call("POST", "/connections/drop");
	await expect.poll(() => fake.platform.state(), { timeout: 20_000 }).toBe("down");
	await suite.lab.idle();
	expect(fake.logged.filter((line) => line.includes("Matrix refuses the bot")).length).toBe(1);
	expect((await suite.lab.calls({ op: "login" })).length).toBeLessThanOrEqual(2);
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
