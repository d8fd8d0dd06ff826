/** Who edits a message that wrote something is privately offered to amend it; all other edits are nobody's business. */
import { rawOf } from "./bind.ts";
import { quote } from "./line.ts";
import { outcome, say } from "./say.ts";
import { type Handled, type House, type Turn, worldOf } from "./turn.ts";

const SILENCE: Handled = { outcome: null, command: null, fingerprint: null };

const AMENDS: Record<string, { command: string; type: string; into: string }> = {
	"decision new": { command: "decision amend", type: "decision", into: "text" },
	"event new": { command: "event change", type: "event", into: "title" },
};

export async function offerAmendment(house: House, turn: Turn): Promise<Handled> {
	const { message, asker, language } = turn;
	if (message.about === null) return SILENCE;
	const wrote = await turn.tx.audit.findFirst({
		where: { platform: message.place.platform, messageId: message.about, userId: asker.userId, status: "done" },
		orderBy: { id: "desc" },
		select: { command: true, records: true },
	});
	const amends = wrote ? AMENDS[wrote.command] : undefined;
	const key = wrote?.records[0]?.split("/")[1];
	const found = house.grammar.find(message.text.replace(/^!\s*/u, ""));
	const amending = amends ? house.grammar.byName(amends.command) : null;
	if (!amends || !key || !found || !amending) return SILENCE;
	const split = rawOf(found.command, found.rest, worldOf(house, turn));
	const value = "raw" in split ? split.raw[amends.into]?.join(" ") : undefined;
	if (!value) return SILENCE;
	const words = amending.words[language][0] ?? amending.name;
	const line =
		amends.into === "text"
			? `${words} ${key} ${quote(value)}`
			: `${words} ${key} --${{ de: "titel", en: "title" }[language]}=${quote(value)}`;
	const shown = key.toUpperCase();
	return {
		...SILENCE,
		outcome: outcome("needs", {
			...say(
				{
					de: `Sie haben die Nachricht geändert, mit der ${shown} eingetragen wurde. Der Eintrag ist unverändert. Soll er jetzt so lauten: „${value}“?`,
					en: `You edited the message that stored ${shown}. The entry is unchanged. Shall it now read: "${value}"?`,
				}[language],
				{
					kind: "actions",
					actions: [
						{
							label: { de: "Eintrag ändern", en: "Amend entry" }[language],
							line,
							style: "primary",
							only: asker.userId,
						},
					],
				},
			),
			visibility: "private",
		}),
	};
}
