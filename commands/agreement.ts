import { findCommand } from "./parts/find.ts";

export const agreement = findCommand({
	name: "agreement",
	words: { de: "vereinbarung", en: "agreement" },
	summary: { de: "Findet eine Vereinbarung und was sie zusagt", en: "Finds an agreement and what it promises" },
	example: { de: "vereinbarung Polizei WEISSER RING", en: "agreement police WEISSER RING" },
	type: "agreement",
});
