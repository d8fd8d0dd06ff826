import { expect, test } from "vitest";
import type { Figure, Programme } from "../../src/network/records.ts";
import { testBot } from "../support/chat.ts";

const programme: Programme = {
	key: "asskomm",
	name: "Allianz Sichere Sächsische Kommunen",
	organisation: null,
	aliases: ["ASSKomm"],
	description: null,
	url: null,
};
const figure = (given: Pick<Figure, "key" | "label" | "value" | "asOf"> & Partial<Figure>): Figure => ({
	programme: "asskomm",
	unit: null,
	source: "Jahresbericht",
	...given,
});
const records = {
	programme: [programme],
	figure: [
		figure({ key: "asskomm-beraten-2025", label: "advised", value: "95", unit: "Kommunen", asOf: "2025-12-31" }),
		figure({ key: "asskomm-beraten-2024", label: "advised", value: "80", unit: "Kommunen", asOf: "2024-12-31" }),
		figure({ key: "asskomm-geld", label: "funding_per_year", value: "1.5 Mio.", unit: "EUR", asOf: "2025-12-31" }),
	],
};

test("kennzahlen: by programme, by what is counted, by year; with date and source, newest first", async () => {
	await using bot = await testBot({ records });
	const all = await bot.ask("U-GAST", "kennzahlen ASSKomm");
	expect(all).toContain("Allianz Sichere Sächsische Kommunen");
	expect(all).toMatch(/95 Kommunen \(Stand 31\.12\.2025; Jahresbericht\).*\n.*80 Kommunen \(Stand 31\.12\.2024/u);
	expect(all).toContain("Eigene Angaben des Programms");
	const one = await bot.ask("U-GAST", "kennzahlen beraten 2024");
	expect(one).toContain("80 Kommunen");
	expect(one).not.toContain("95");
	expect(await bot.ask("U-GAST", "!figures funding ASSKomm")).toContain("Fördermittel im Jahr: 1.5 Mio. EUR");
	expect(await bot.ask("U-GAST", "kennzahlen Weißer Ring")).toBe(
		"Dazu habe ich keine Kennzahl.\nKennzahlen gibt es zu: Allianz Sichere Sächsische Kommunen.",
	);
});
