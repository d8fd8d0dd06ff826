import { findCommand } from "./parts/find.ts";

export const service = findCommand({
	name: "service",
	words: { de: "angebot", en: "service" },
	summary: { de: "Findet ein Hilfsangebot", en: "Finds an offer of help" },
	example: { de: "angebot Traumatherapie Dresden", en: "service trauma therapy Dresden" },
	type: "service",
});
