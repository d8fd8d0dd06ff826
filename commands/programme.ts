import { findCommand } from "./parts/find.ts";

export const programme = findCommand({
	name: "programme",
	words: { de: "programm", en: "programme" },
	summary: { de: "Findet ein Programm und seine Mitglieder", en: "Finds a programme and its members" },
	example: { de: "programm ASSKomm", en: "programme ASSKomm" },
	type: "programme",
});
