/** What people write, who they are and how they are reached stands in no log, whatever goes wrong; nor what opens doors. */
import { describe, expect, test } from "vitest";
import { makeLog } from "../../src/lib/log.ts";
import { testBot } from "../support/chat.ts";
import { contact, LEIPZIG } from "../support/network.ts";

/** Words that stand nowhere else, as texts, names, numbers and secrets come in. */
const CANARIES = ["Kanarienwort", "Zaunkönigin", "7714253", "zaunkoenig.example", "U-ZAUNKOENIG", "geheim-4711"];

const found = (text: string) => CANARIES.filter((canary) => text.includes(canary));

const RECORDS = {
	...LEIPZIG,
	contact: [
		...(LEIPZIG.contact ?? []),
		contact({
			key: "zk",
			name: "Frau Zaunkönigin",
			organisation: "stadt-leipzig",
			topics: ["traffic_safety"],
			phone: "+493417714253",
			email: "post@zaunkoenig.example",
			visibility: "public",
		}),
	],
};

const TALK = [
	"wer ist in Leipzig für Verkehrssicherheit zuständig?",
	"who is Frau Zaunkönigin?",
	"Kanarienwort?",
	'!beschluss "Kanarienwort für alle" --zuständig "Stadt Leipzig" --bis 31.03.2027 --begründung "wegen Frau Zaunkönigin"',
	'!beschluss "Kanarienwort offen',
	"!beschluss --bis Kanarienwort",
	'!termin neu "Schulung Kanarienwort" --beginn 19.01.2027 --ort "bei 0341 7714253"',
	'!termin neu "Schulung Kanarienwort" --beginn "Kanarienwort"',
	"!kanarienwortbefehl",
	"!rolle geben Zaunkönigin organisator",
	"!kanal verbinden --region Kanarienwort",
	"ruf 0341 7714253 an oder post@zaunkoenig.example, Token xoxb-geheim-4711",
];

describe("a whole conversation at LOG_LEVEL=trace", () => {
	test("leaves no word, name, number or secret in log, metrics, audit or the forgotten inbox", async () => {
		const lines: string[] = [];
		let trouble = 0;
		await using bot = await testBot({
			records: RECORDS,
			log: makeLog("trace", { write: (line) => void lines.push(line) }),
			async sending(outgoing) {
				// Libraries put into their errors whatever they have at hand.
				if (++trouble % 3 === 0) {
					throw Object.assign(new Error(`cannot post "${JSON.stringify(outgoing.reply)}" to ${outgoing.address}`), {
						data: outgoing,
						config: { headers: { authorization: "Bearer geheim-4711" } },
						response: { text: JSON.stringify(outgoing) },
					});
				}
			},
		});
		let answered = 0;
		for (const who of ["U-ZAUNKOENIG", "@org:lab.test"])
			for (const line of TALK) answered += (await bot.say(who, line)).length;
		await bot.tick("2026-11-22T12:00:00+01:00");
		await bot.tick("2027-01-19T07:00:00+01:00");
		// It did talk, and it did fail: else nothing would be proved.
		expect(answered).toBeGreaterThan(12);
		expect(bot.sent.some(({ text }) => text.includes("Zaunkönigin"))).toBe(true);
		expect(bot.sent.some(({ text }) => text.includes("7714253"))).toBe(true);
		expect(lines.filter((line) => line.includes("sending failed unexpectedly")).length).toBeGreaterThan(5);

		expect(found(lines.join(""))).toEqual([]);
		const metrics = await bot.metrics();
		expect(found(await metrics.text())).toEqual([]);
		// Who did something stands in the audit trail by account; what was said does not.
		const audit = JSON.stringify(await bot.db.audit.findMany(), (_, value) => (typeof value === "bigint" ? "" : value));
		expect(found(audit).filter((canary) => canary !== "U-ZAUNKOENIG")).toEqual([]);
		const inbox = await bot.db.inbox.findMany({ where: { doneAt: { not: null } }, select: { body: true } });
		expect(found(JSON.stringify(inbox))).toEqual([]);
	}, 60_000);

	test("a fault of ours says where it was, and not about what", async () => {
		const lines: string[] = [];
		await using bot = await testBot({
			records: RECORDS,
			log: makeLog("trace", { write: (line) => void lines.push(line) }),
		});
		// A command that breaks as a database does: with the values that it was given.
		await bot.db.$executeRaw`ALTER TABLE decision ADD CONSTRAINT canary CHECK (text NOT LIKE 'Kanarienwort%')`;
		const said = await bot.ask("U-ORG", '!beschluss "Kanarienwort für alle"');
		expect(said).toContain("Das hat nicht geklappt");
		const failed = lines.find((line) => line.includes("handling a message failed")) ?? "";
		expect(JSON.parse(failed)).toMatchObject({ level: "error", platform: "slack", reference: expect.any(String) });
		expect(failed).toContain("commands/");
		expect(found(lines.join(""))).toEqual([]);
	});
});
