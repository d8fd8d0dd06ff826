// A whole bot on a real homeserver: a table dropped into the direct room, a number that confirms it, and a workbook that comes back.
import { afterAll, beforeAll, expect, test } from "vitest";
import { matrixPlatform } from "../../../src/platforms/matrix/index.ts";
import { type HouseUnderTest, houseWith } from "../../contract/driver.ts";
import { contact, organisation } from "../../support/network.ts";
import { type OpenLab, openLab } from "./lab.ts";

let lab: OpenLab;
let house: HouseUnderTest;

beforeAll(async () => {
	lab = await openLab();
	const records = {
		organisation: [organisation({ key: "stadt-a", name: "Stadt A", kind: "municipality" })],
		contact: [
			contact({ key: "anna", name: "Anna Alt", organisation: "stadt-a" }),
			contact({ key: "bob", name: "Bob", organisation: "stadt-a", matrixUser: "@bob:lab.test" }),
		],
	};
	// The homeserver's events carry real time.
	const now = Temporal.Now.instant().toString();
	house = await houseWith(
		records,
		{ admins: ["@alice:lab.test"] },
		(open) => [
			{
				name: "matrix",
				make: async ({ bot, store, lock }) => ({
					listener: null,
					platform: matrixPlatform({
						homeserverUrl: lab.base_url,
						accessToken: lab.bot.access_token,
						bot,
						store,
						lock,
						clock: open.clock,
						log: open.log,
					}),
				}),
			},
		],
		now,
	);
	await lab.synced();
}, 400_000);
afterAll(async () => {
	await house?.close();
	await lab?.end();
});

const file = (user: string, name: string, content: string | Buffer) =>
	lab.call("POST", "/message", {
		user,
		dm: true,
		files: [{ name, base64: Buffer.from(content).toString("base64"), type: "text/csv" }],
	});
const heard = (user: string, contains: string) => lab.heard({ dm: user, contains, timeout: 20_000 });

test("a table is checked, and imported by its number", async () => {
	await file("alice", "contacts.csv", "key,name,organisation\nanna,Anna Amsel,stadt-a\nbert,Bert Buche,stadt-a\n");
	await heard("alice", "Soll das übernommen werden");
	expect(await house.database.db.contact.count({ where: { key: "bert" } })).toBe(0);
	await lab.sayDirect("alice", "1");
	await heard("alice", "Übernommen");
	const names = await house.database.db.contact.findMany({ select: { name: true }, orderBy: { key: "asc" } });
	expect(names.map(({ name }) => name)).toEqual(["Anna Amsel", "Bert Buche", "Bob"]);
});

test("two tables, each a message of its own as clients send them, are checked together", async () => {
	await file("alice", "contacts.csv", "key,name,organisation\ncarl,Carl Clemens,stadt-c\n");
	await heard("alice", "stadt-c");
	await file("alice", "organisations.csv", "key,name,kind\nstadt-c,Stadt C,municipality\n");
	await heard("alice", "Zusammen geprüft mit: contacts.csv");
	await lab.sayDirect("alice", "Verwerfen");
	await heard("alice", "Verworfen");
	expect(await house.database.db.uploadFile.count()).toBe(0);
});

test("whoever may not is told who may", async () => {
	await file("bob", "contacts.csv", "key,name\n");
	expect((await heard("bob", "nicht abgerufen")).text).toMatch(/Administrator/);
});

test("a file in a room is left alone", async () => {
	const room = await lab.room("dateien");
	await lab.call("POST", "/file", { user: "alice", room, name: "contacts.csv", content: "key,name\n" });
	const asked = await lab.say("alice", room, "!hilfe");
	expect((await lab.heard({ room, timeout: 20_000 })).reply_to).toBe(asked);
});

test("the network comes as a workbook, once, though the server fails on the way", async () => {
	await lab.fault({ op: "upload", kind: "http_500", status: 502, times: 1 });
	await lab.fault({ op: "send", kind: "reset_after", times: 1 });
	await lab.sayDirect("alice", "export");
	const books = async () =>
		(await lab.messages({ dm: "alice", from: "bot" })).filter(({ text }) => text.startsWith("netzwerk-"));
	await expect
		.poll(
			async () => {
				house.clock.set(house.clock.now().add({ seconds: 30 }).toString());
				await house.running.tick();
				return (await books()).map(({ msgtype }) => msgtype);
			},
			{ timeout: 15_000, interval: 500 },
		)
		.toEqual(["m.file"]);
	await house.running.settle();
	await lab.idle();
	expect(await books()).toHaveLength(1);
	expect(await lab.duplicates()).toEqual([]);
});
