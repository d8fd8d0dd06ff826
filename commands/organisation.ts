import { findCommand } from "./parts/find.ts";

export const organisation = findCommand({
	name: "organisation",
	words: { de: "organisation", en: "organisation" },
	summary: { de: "Findet eine Organisation", en: "Finds an organisation" },
	example: { de: "organisation Polizeidirektion Leipzig", en: "organisation Leipzig police directorate" },
	type: "organisation",
});
