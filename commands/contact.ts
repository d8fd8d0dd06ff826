import { findCommand } from "./parts/find.ts";

export const contact = findCommand({
	name: "contact",
	words: { de: "kontakt", en: "contact" },
	summary: {
		de: "Findet einen Kontakt: Thema, Region, Organisation oder Name, in beliebiger Reihenfolge",
		en: "Finds a contact: topic, region, organisation or name in any order",
	},
	example: { de: "kontakt Opferschutz Zwickau", en: "contact victim support Zwickau" },
	type: "contact",
	alias: "kontakt",
});
