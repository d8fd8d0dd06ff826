import { findCommand } from "./parts/find.ts";

export const material = findCommand({
	name: "material",
	words: { de: "material", en: "material" },
	summary: { de: "Findet Broschüren und Informationsmaterial", en: "Finds brochures and information material" },
	example: { de: "material Faltblatt", en: "material leaflet" },
	type: "material",
});
