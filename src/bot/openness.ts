import { type Asker, maySee } from "../network/access.ts";
import type { Outcome } from "./command.ts";
import type { Turn } from "./turn.ts";

/** What not everybody in the room may read goes to the asker alone (chat.md, "Openly or privately"). */
export function openOrPrivate(turn: Turn, result: Outcome): Outcome {
	if (turn.message.place.kind === "direct" || result.reply.visibility === "private") return result;
	const room: Asker = { role: turn.channel ? "partner" : "guest", contact: null };
	const restricted = [...result.records, ...(result.shown ?? [])].some((ref) => {
		if (ref.type !== "contact") return false;
		const contact = turn.network.contact.get(ref.key);
		const deputy = contact?.deputy ? turn.network.contact.get(contact.deputy) : undefined;
		return [contact, deputy].some((each) => each && maySee(turn.asker, each) && !maySee(room, each));
	});
	return restricted ? { ...result, reply: { ...result.reply, visibility: "private" } } : result;
}
