/** What one look of the doctor found. Plain data; texts never hold a secret. */
import type { Finding } from "../bot/outside.ts";
import type { Text } from "../lib/text.ts";

export type Check = Finding;

/** Whoever can mend something: each mend begins with one of these. */
export const WHO = {
	operator: { de: "Betrieb von Lotse", en: "Lotse's operator" },
	database: { de: "Datenbankverwaltung", en: "Database administrator" },
	slack: { de: "Slack-Verwaltung", en: "Slack administrator" },
	matrix: { de: "Matrix-Verwaltung", en: "Matrix administrator" },
	organiser: { de: "Organisation des Netzwerks", en: "Organiser of the network" },
	admin: { de: "Administrator im Chat", en: "Administrator in chat" },
	member: { de: "Mitglied des Kanals", en: "Member of the channel" },
} as const satisfies Record<string, Text>;

/** Who does what. */
export const mend = (who: keyof typeof WHO, de: string, en: string): Text => ({
	de: `${WHO[who].de}: ${de}`,
	en: `${WHO[who].en}: ${en}`,
});

export const ok = (name: string, text: Text, mend: Text | null = null): Check => ({ name, status: "ok", text, mend });
export const warning = (name: string, text: Text, mend: Text): Check => ({ name, status: "warning", text, mend });
export const failed = (name: string, text: Text, mend: Text): Check => ({ name, status: "failed", text, mend });

/** The first few of many, and how many more there are. */
export function few(items: readonly string[], shown = 5): string {
	return items.length <= shown ? items.join(", ") : `${items.slice(0, shown).join(", ")} … (${items.length})`;
}

/** Why a request failed, in a word and without its address, which may hold a secret. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return "unknown";
	const { cause } = error;
	for (const each of [error, cause]) {
		if (typeof each === "object" && each !== null && "code" in each && typeof each.code === "string") return each.code;
	}
	return error.name === "TimeoutError" ? "timeout" : error.name;
}

/** A part that breaks off is one failed line, and the others are still looked at. */
export async function part(name: string, look: () => Promise<Check[]> | Check[]): Promise<Check[]> {
	try {
		return await look();
	} catch (error) {
		const reason = reasonOf(error);
		return [
			failed(
				name,
				{ de: `Diese Prüfung brach ab (${reason}).`, en: `This check broke off (${reason}).` },
				mend(
					"operator",
					"zuerst beheben, was sonst als Fehler gemeldet ist, dann noch einmal: npx lotse doctor",
					"first mend what else is reported as failed, then again: npx lotse doctor",
				),
			),
		];
	}
}
