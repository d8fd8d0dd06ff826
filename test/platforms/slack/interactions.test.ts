import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../../src/bot/message.ts";
import { actions, text } from "../../../src/bot/reply.ts";
import { back, CLEAN, type Workspace, workspace } from "./workspace.ts";

let slack: Workspace;

beforeAll(async () => {
	slack = await workspace();
	await slack.platform.start();
});
afterEach(async () => {
	slack.bot.handle = async () => {};
	slack.bot.store = async () => {};
	slack.bot.checks = () => null;
	expect(slack.bot.faults).toEqual([]);
	expect(await slack.findings()).toEqual(CLEAN);
});
afterAll(async () => {
	await slack.platform.stop();
	await slack.run.close();
});

async function heard(act: () => Promise<unknown>): Promise<Message> {
	const before = slack.bot.received.length;
	await act();
	const message = (await slack.bot.heard(before + 1))[before];
	if (message === undefined) throw new Error("nothing was heard");
	return message;
}

const opensForm = (values: Record<string, string[]> = {}) => {
	slack.bot.handle = async (message) => {
		const form = { command: "decision new", values: message.form?.values ?? values, trigger: message.trigger ?? "" };
		const reply = { parts: [text("Bitte füllen Sie das Formular aus.")], visibility: "private" as const, form };
		await slack.platform.send({
			...back(message),
			key: `form-${message.trigger}`,
			address: message.place.address,
			thread: message.place.thread,
			recipient: message.sender.id,
			repliesTo: null,
			edits: null,
			language: "de",
			reply,
			uncertain: false,
		});
	};
};

describe("slash commands", () => {
	test("/lotse and an alias become the full line", async () => {
		const general = await heard(() =>
			slack.act("/command", { user: "alice", channel: "general", command: "/lotse", text: "kontakt A & B" }),
		);
		expect(general).toMatchObject({
			entry: "command",
			text: "kontakt A & B",
			quiet: true,
			place: { address: "C0GENERAL0", thread: null, kind: "channel" },
		});
		expect(general.trigger).not.toBeNull();
		const alias = await heard(() =>
			slack.act("/command", {
				user: "bob",
				channel: "general",
				command: "/kontakt",
				text: "Opferschutz Zwickau @alice",
			}),
		);
		expect(alias).toMatchObject({
			text: "kontakt Opferschutz Zwickau @alice",
			mentions: [{ id: "U0ALICE001", name: "alice" }],
		});
		const bare = await heard(() => slack.act("/command", { user: "bob", channel: "general", command: "/termin" }));
		expect(bare.text).toBe("termin");
	});

	test("an answer to one person is ephemeral", async () => {
		slack.bot.handle = async (message) => {
			await slack.send(text("Nur für Sie"), { ...back(message), recipient: message.sender.id });
		};
		await heard(() => slack.act("/command", { user: "alice", channel: "general", command: "/lotse", text: "hilfe" }));
		expect(await slack.waitSaid({ contains: "Nur für Sie" })).toMatchObject({ subtype: "ephemeral", to: "U0ALICE001" });
	});

	test("where the bot is no member, the answer goes to the direct message", async () => {
		const message = await heard(() =>
			slack.act("/command", { user: "carol", channel: "random", command: "/lotse", text: "hilfe" }),
		);
		expect(message.place).toMatchObject({ kind: "direct", thread: null });
		expect(message.place.address).toMatch(/^D/);
	});

	test("what could not be stored is said to that person, and only then acknowledged", async () => {
		slack.bot.store = async () => {
			throw new Error("database is away");
		};
		const command = { user: "alice", channel: "general", command: "/lotse", text: "hilfe" };
		const answer = await slack.act("/command", command);
		expect(answer).toMatchObject({ acked: true, message: { subtype: "ephemeral", to: "U0ALICE001" } });
		expect(answer.message?.text).toContain("nicht gespeichert");
	});

	test("a store that hangs is answered within three seconds too", async () => {
		slack.bot.store = () => new Promise(() => {});
		const command = { user: "bob", channel: "general", command: "/lotse", text: "hilfe" };
		const answer = await slack.act("/command", command);
		expect(answer).toMatchObject({ acked: true, message: { text: expect.stringContaining("could not be stored") } });
	});
});

describe("buttons", () => {
	test("a button carries a command line and answers where it stands", async () => {
		const { ref } = await slack.send(actions({ label: "Zeigen", line: "beschluss zeigen RK-2027-014" }));
		const message = await heard(() =>
			slack.act("/click", { user: "bob", channel: "general", ts: ref, label: "Zeigen" }),
		);
		expect(message).toMatchObject({
			entry: "button",
			text: "beschluss zeigen RK-2027-014",
			about: ref,
			place: { address: "C0GENERAL0", thread: null },
			sender: { id: "U0BOB00002" },
		});
		expect(message.trigger).not.toBeNull();
	});

	test("a choice belongs to the person asked", async () => {
		const { ref } = await slack.send(
			actions({ label: "Stadt Zwickau", line: "kontakt stadt-zwickau", only: "U0ALICE001" }),
		);
		const click = { channel: "general", ts: ref, label: "Stadt Zwickau" };
		const count = slack.bot.received.length;
		await slack.act("/click", { user: "bob", ...click });
		expect(slack.bot.received.length).toBe(count);
		const message = await heard(() => slack.act("/click", { user: "alice", ...click }));
		expect(message.text).toBe("kontakt stadt-zwickau");
	});

	test("a press that could not be stored is told", async () => {
		const { ref } = await slack.send(actions({ label: "Los", line: "hilfe" }));
		slack.bot.store = async () => {
			throw new Error("database is away");
		};
		await slack.act("/click", { user: "alice", channel: "general", ts: ref, label: "Los" });
		expect(await slack.waitSaid({ contains: "gerade nicht gespeichert" })).toMatchObject({ to: "U0ALICE001" });
	});
});

describe("forms", () => {
	test("opened by a command, filled, faulty, corrected, and answered where it was opened", async () => {
		opensForm();
		await heard(() => slack.act("/command", { user: "alice", channel: "general", command: "/beschluss" }));
		await slack.wait("view?user=alice");
		const { options } = await slack.act("/suggest", { user: "alice", action_id: "responsible", value: "dippoldis" });
		expect(options?.map((option) => option.value)).toEqual(["stadt-dippoldiswalde"]);
		expect((await slack.act("/suggest", { user: "alice", action_id: "region", value: "" })).options).toHaveLength(1);

		slack.bot.handle = async () => {};
		slack.bot.checks = () => ({ due: "Dieser Tag liegt in der Vergangenheit.", unknown: "Und noch etwas." });
		const state = (value: object) => value;
		const values = {
			text: 'Fahrradstreife & "Licht" <ab> Mai',
			responsible: [state({ value: "stadt-dippoldiswalde", text: { type: "plain_text", text: "Stadt" } })],
			region: state({ value: "sn-zwickau", text: { type: "plain_text", text: "Zwickau" } }),
			due: "2027-03-31",
			start: 1_806_390_000,
			kind: "training",
		};
		const refused = await slack.act("/view/submit", { user: "alice", values });
		expect(refused.errors).toEqual({ due: "Dieser Tag liegt in der Vergangenheit.", text: "Und noch etwas." });

		slack.bot.checks = () => null;
		const message = await heard(() => slack.act("/view/submit", { user: "alice", values }));
		expect(message).toMatchObject({
			entry: "form",
			place: { address: "C0GENERAL0", thread: null, kind: "channel" },
			form: {
				command: "decision new",
				values: {
					text: ['Fahrradstreife & "Licht" <ab> Mai'],
					responsible: ["stadt-dippoldiswalde"],
					region: ["sn-zwickau"],
					due: ["2027-03-31"],
					start: ["2027-03-30T09:00"],
					kind: ["training"],
				},
			},
		});
	});

	test("what could not be stored keeps the form open", async () => {
		opensForm();
		await heard(() => slack.act("/command", { user: "bob", channel: "general", command: "/beschluss" }));
		await slack.wait("view?user=bob");
		slack.bot.store = async () => {
			throw new Error("database is away");
		};
		const kept = await slack.act("/view/submit", { user: "bob", values: { text: "Licht" } });
		expect(kept).toMatchObject({ errors: { text: expect.stringContaining("could not be stored") } });
		expect(kept.views).toHaveLength(1);
		await slack.act("/view/close", { user: "bob", all: true });
	});

	test("the message shortcut opens it with the message's text", async () => {
		opensForm();
		const { ts } = await slack.say("bob", "Wir machen das so, @alice & Co.");
		const message = await heard(() =>
			slack.act("/shortcut", { user: "alice", callback_id: "decision", channel: "general", ts }),
		);
		expect(message).toMatchObject({
			entry: "shortcut",
			form: { command: "decision new", values: { text: ["Wir machen das so, @alice & Co."] } },
		});
		const { view } = await slack.wait("view?user=alice");
		expect(JSON.stringify(view)).toContain('"initial_value":"Wir machen das so, @alice & Co."');
		await slack.act("/view/close", { user: "alice", all: true });
	});

	test("too late to open: a button that opens it", async () => {
		slack.bot.handle = async (message) => {
			const form = { command: "decision new", values: { text: ["Licht"] }, trigger: "1.2.too-old" };
			const reply = { parts: [text("Bitte öffnen Sie das Formular.")], visibility: "private" as const, form };
			await slack.send([], { ...back(message), key: "late-form", recipient: message.sender.id, reply });
		};
		await heard(() => slack.act("/command", { user: "alice", channel: "general", command: "/beschluss" }));
		const shown = await slack.waitSaid({ contains: "Bitte öffnen Sie das Formular." });
		opensForm();
		const press = { user: "alice", channel: "general", ts: shown.ts, label: "Formular öffnen" };
		const message = await heard(() => slack.act("/click", press));
		expect(message).toMatchObject({ entry: "shortcut", form: { values: { text: ["Licht"] } } });
		await slack.wait("view?user=alice");
		await slack.act("/view/close", { user: "alice", all: true });
	});
});

test("the App Home shows what the bot has for this person, with buttons that answer in the direct message", async () => {
	slack.bot.homeParts = [text("Ihre nächsten Termine"), actions({ label: "Alle", line: "termin liste" })];
	await slack.act("/home", { user: "alice" });
	const { view } = await slack.wait("home?user=alice");
	expect(JSON.stringify(view)).toContain("Ihre nächsten Termine");
	const message = await heard(() => slack.act("/view/action", { user: "alice", home: true, action_id: "run.0" }));
	expect(message).toMatchObject({ entry: "button", text: "termin liste", place: { kind: "direct" } });
});
