import { expect, test } from "vitest";
import { testBot } from "../support/chat.ts";

const person = (id: string) => ({ id, name: null, language: null, timezone: null });

test("put out of a bound channel: the administrators of that chat are told, once, and who did it", async () => {
	await using bot = await testBot();
	await bot.say("@admin:lab.test", "!kanal verbinden Leipzig", { in: "!leipzig:lab.test" });
	const port = bot.port("matrix");
	await port.removed("matrix", person("@bob:lab.test"), "!leipzig:lab.test", "$1");
	await port.removed("matrix", person("@bob:lab.test"), "!leipzig:lab.test", "$1");
	await port.removed("matrix", person("@bob:lab.test"), "!elsewhere:lab.test", "$2");
	const told = await bot.tick();
	expect(told.map(({ recipient, text }) => [recipient, text])).toEqual([
		["@admin:lab.test", expect.stringMatching(/^@bob:lab\.test hat mich aus dem Kanal „Leipzig“ entfernt/)],
	]);
});

test("put out a second time is told again", async () => {
	await using bot = await testBot();
	await bot.say("@admin:lab.test", "!kanal verbinden Leipzig", { in: "!leipzig:lab.test" });
	const port = bot.port("matrix");
	await port.removed("matrix", person("@bob:lab.test"), "!leipzig:lab.test", "$1");
	await port.removed("matrix", person("@bob:lab.test"), "!leipzig:lab.test", "$2");
	expect((await bot.tick()).length).toBe(2);
});

test("a storm of invitations by strangers reaches an administrator a few times a day, not more", async () => {
	await using bot = await testBot();
	const port = bot.port("matrix");
	for (let room = 0; room < 40; room++)
		expect(await port.invited("matrix", person("@eve:lab.test"), `!r${room}:lab.test`)).toBe("leave");
	expect(await port.invited("matrix", person("@eve:lab.test"), "!r0:lab.test")).toBe("leave");
	const told = await bot.tick();
	expect(told.length).toBe(3);
	expect(told.at(-1)?.text).toContain("ohne sie zu melden");
	for (let stranger = 0; stranger < 60; stranger++)
		await port.invited("matrix", person(`@eve${stranger}:lab.test`), "!r:lab.test");
	expect((await bot.tick()).length).toBe(17);
	await bot.tick("2026-11-23T09:00:00+01:00");
	await port.invited("matrix", person("@eve:lab.test"), "!r99:lab.test");
	expect((await bot.tick()).length).toBe(1);
});
