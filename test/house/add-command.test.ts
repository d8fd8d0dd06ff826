/** A newcomer's command is one file (`phone.ts` beside this one) and one line (the list below): the house does the rest. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { commandReference } from "../../bin/docs.ts";
import { commands } from "../../commands/index.ts";
import { formOf } from "../../src/bot/forms.ts";
import { grammarOf } from "../../src/bot/grammar.ts";
import { manifest } from "../../src/platforms/slack/manifest.ts";
import { testBot } from "../support/chat.ts";
import { LEIPZIG } from "../support/network.ts";
import { phone } from "./phone.ts";

vi.mock("../../commands/index.ts", async (original) => {
	const { commands: before } = await original<typeof import("../../commands/index.ts")>();
	const { phone: added } = await import("./phone.ts");
	return { commands: [...before, added] };
});

describe("a command added in one file and one line", () => {
	test("is understood in both languages", () => {
		const grammar = grammarOf(commands);
		expect(grammar.find("telefon Stadt Leipzig")).toMatchObject({ command: { name: "phone" }, rest: "Stadt Leipzig" });
		expect(grammar.find("phone Stadt Leipzig")).toMatchObject({ command: { name: "phone" } });
		expect(grammar.nearest("telefn", "de")).toContain("telefon");
	});

	test("is answered on every platform", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("U-ORG", "!telefon Stadt Leipzig")).toMatch(/^Stadt Leipzig: /u);
		expect(await bot.ask("@org:lab.test", "!phone Stadt Leipzig")).toBe("Stadt Leipzig: no number entered");
		expect(await bot.ask("operator", "telefon Stadt Leipzig")).toMatch(/^Stadt Leipzig: /u);
	});

	test("asks for what is missing and names what is near", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("operator", "telefon")).toContain("Welche Organisation?");
		expect(await bot.ask("operator", "Stadt Leipzig", { entry: "answer" })).toMatch(/^Stadt Leipzig: /u);
		expect(await bot.ask("operator", "telefon Stadt Leibzig")).toContain("Stadt Leipzig");
	});

	test("stands in help, in the reference and in Slack's manifest", async () => {
		await using bot = await testBot({ records: LEIPZIG });
		expect(await bot.ask("operator", "hilfe")).toContain(phone.summary.de);
		expect(await bot.ask("operator", "hilfe telefon")).toContain("telefon Stadt Leipzig");
		const reference = commandReference(commands);
		expect(reference).toContain("\n## telefon · phone\n");
		expect(reference).toContain("| `ORGANISATION` | `ORGANISATION` | ja / yes | Welche Organisation?");
		const { slash_commands } = manifest({ commands, language: "de", requestUrl: null }).features;
		expect(slash_commands).toContainEqual({
			command: "/telefon",
			description: phone.summary.de,
			usage_hint: "Stadt Leipzig",
			should_escape: true,
		});
	});

	test("has a form", () => {
		expect(formOf(phone)).toEqual({
			name: "phone",
			title: { de: "Telefon", en: "Phone" },
			fields: [
				{
					name: "organisation",
					label: { de: "Organisation", en: "organisation" },
					hint: null,
					required: true,
					input: { kind: "record", type: "organisation", several: false },
				},
			],
		});
	});

	test("is what CONTRIBUTING shows", () => {
		const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");
		const file = read("phone.ts").replaceAll("../../src/", "../src/");
		expect(read("../../CONTRIBUTING.md")).toContain(`\`\`\`ts\n${file}\`\`\``);
	});
});
