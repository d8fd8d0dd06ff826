import { describe, expect, test } from "vitest";
import { testBot } from "../support/chat.ts";
import { contact, LEIPZIG } from "../support/network.ts";

const RECORDS = { ...LEIPZIG, contact: [contact({ key: "stumm", name: "Stumm", organisation: "stadt-leipzig" })] };

describe("diagnose", () => {
	test("tells an administrator what is wrong, the worst first, and who mends it; privately in a channel", async () => {
		await using bot = await testBot({ records: RECORDS });
		// The test's clock stands still, so the doctor finds it wrong: that is the failure here.
		const [answer, ...more] = await bot.say("U-ADMIN", "!diagnose");
		expect(more).toEqual([]);
		expect(answer?.recipient).toBe("U-ADMIN");
		expect(answer?.text).toMatch(
			/^1 Fehler, \d+ Warnungen, \d+ in Ordnung\.\n• Fehler: Diese Maschine und die Datenbank liegen/u,
		);
		expect(answer?.text).toContain("→ Betrieb von Lotse: ");
		expect(answer?.text).toContain("Warnung: Ohne Telefon und E-Mail: stumm. → Organisation des Netzwerks: ");
	});

	test("says the same in English, on Matrix, and to nobody but administrators", async () => {
		await using bot = await testBot({ records: RECORDS });
		expect(await bot.ask("@admin:lab.test", "!doctor")).toContain("Warning: Without phone and e-mail: stumm.");
		expect(await bot.ask("U-ORG", "!diagnose")).toContain("Administrator");
		expect(await bot.ask("U-ORG", "!diagnose")).not.toContain("stumm");
	});
});
