import { findCommand } from "./parts/find.ts";

export const project = findCommand({
	name: "project",
	words: { de: "projekt", en: "project" },
	summary: { de: "Findet ein Projekt", en: "Finds a project" },
	example: { de: "projekt Bahnhof Zwickau", en: "project station Zwickau" },
	type: "project",
});
