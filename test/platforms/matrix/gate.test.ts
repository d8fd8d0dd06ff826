import fc from "fast-check";
import { expect, test } from "vitest";
import { gateOf } from "../../../src/platforms/matrix/gate.ts";
import { kindOf, paceOf } from "../../../src/platforms/matrix/pace.ts";

/** A server that counts as Synapse does: so many at once, then so many a second. */
function serverOf(burst: number, perSecond: number) {
	let now = 0;
	let used = 0;
	let counted = 0;
	return {
		now: () => now,
		wait(ms: number) {
			now += ms;
		},
		/** Milliseconds to wait, or 0 = taken. */
		take(): number {
			used = Math.max(0, used - ((now - counted) / 1000) * perSecond);
			counted = now;
			if (used + 1 > burst + 1e-9) return Math.ceil(((used + 1 - burst) / perSecond) * 1000);
			used += 1;
			return 0;
		},
	};
}

/** Sends them all, one after the other; what was refused and how long it took. */
function send(count: number, urgent: boolean, server: ReturnType<typeof serverOf>, gate: ReturnType<typeof gateOf>) {
	let refused = 0;
	for (let sent = 0; sent < count; ) {
		const closed = gate.closedFor(urgent);
		if (closed > 0) {
			server.wait(closed);
			continue;
		}
		const wait = server.take();
		if (wait === 0) {
			gate.accepted();
			sent += 1;
		} else {
			gate.limited(wait);
			refused += 1;
		}
	}
	return refused;
}

test("sixty reminders on a server with Synapse's limits: a handful of refusals, and no slower than the server allows", () => {
	const server = serverOf(10, 0.2);
	const refused = send(60, false, server, gateOf(server.now));
	expect(refused).toBeLessThanOrEqual(6);
	expect(server.now()).toBeLessThan(290_000);
});

test("while reminders wait, an answer goes at once", () => {
	const server = serverOf(10, 0.2);
	const gate = gateOf(server.now);
	send(30, false, server, gate);
	expect(gate.closedFor(false)).toBeGreaterThan(0);
	expect(gate.closedFor(true)).toBe(0);
	expect(server.take()).toBe(0);
});

test("whatever the server's limit is: nothing is sent before the time it named, and the pace comes near to its own", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.1, max: 20, noNaN: true }), (burst, perSecond) => {
			const server = serverOf(burst, perSecond);
			const gate = gateOf(server.now);
			const refused = send(100, false, server, gate);
			expect(refused).toBeLessThanOrEqual(30);
			const shortest = (Math.max(0, 100 - burst) / perSecond) * 1000;
			expect(server.now()).toBeLessThan(shortest * 3 + 60_000);
		}),
		{ numRuns: 2000 },
	);
});

test("a refusal closes for everything, urgent or not, to the millisecond", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: 0, max: 40 }), (wait, before) => {
			let now = 0;
			const gate = gateOf(() => now);
			for (let sent = 0; sent < before; sent++) gate.accepted();
			gate.limited(wait);
			now += wait - 1;
			expect([gate.closedFor(true) > 0, gate.closedFor(false) > 0, gate.affords(1)]).toEqual([true, true, false]);
			now += 102;
			expect(gate.closedFor(true)).toBe(0);
		}),
	);
});

test("reactions are left out after a refusal until answers have room again", () => {
	const server = serverOf(10, 0.2);
	const gate = gateOf(server.now);
	for (let sent = 0; sent < 9; sent++) gate.accepted();
	expect(gate.affords(2)).toBe(true);
	gate.limited(2000);
	server.wait(2100);
	expect([gate.closedFor(true), gate.affords(2)]).toEqual([0, false]);
	server.wait(24_000);
	expect(gate.affords(2)).toBe(true);
});

test("one refusal of a server without limits is forgotten with time", () => {
	let now = 0;
	const gate = gateOf(() => now);
	gate.limited(1000);
	for (let sent = 0; sent < 100; sent++) {
		now += gate.closedFor(false);
		gate.accepted();
	}
	expect(gate.closedFor(false)).toBe(0);
	expect(gate.affords(5)).toBe(true);
});

test("while the server fails, a hundred requests at once become at most ten a second", async () => {
	let now = 0;
	const at: number[] = [];
	const pace = paceOf(
		async (ms) => {
			now += ms;
		},
		() => now,
	);
	const signal = new AbortController().signal;
	const fail = async () => {
		at.push(now);
		throw new Error("away");
	};
	await Promise.allSettled(Array.from({ length: 100 }, () => pace.run(false, signal, fail, () => true)));
	expect(at.length).toBe(100);
	for (const begin of at)
		expect(at.filter((each) => each >= begin && each < begin + 1000).length).toBeLessThanOrEqual(12);
	expect(now).toBeGreaterThan(9000);
});

test.each([
	["PUT", "/_matrix/client/v3/rooms/%21a%3Ab/send/m.room.message/t", "message"],
	["PUT", "/_matrix/client/v3/rooms/%21a/send/m.reaction/t", "message"],
	["GET", "/_matrix/client/v3/rooms/%21a/members", "GET members"],
	["GET", "/_matrix/client/v3/rooms/%21a/state/m.room.name/", "GET state"],
	["POST", "/_matrix/client/v3/join/%21a", "POST join"],
	["POST", "/_matrix/client/v3/createRoom", "POST createRoom"],
	["POST", "/_matrix/media/v3/upload", "POST upload"],
	["GET", "/_matrix/client/v3/sync", "GET sync"],
])("%s %s is counted as %s", (method, path, kind) => {
	expect(kindOf(method, path)).toBe(kind);
});
