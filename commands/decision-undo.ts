import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { findAuthor, getDecision, loggedAt, updateDecision } from "../src/network/decisions.ts";
import { announceDecision, number } from "./parts/decision.ts";

const MINUTES = 5;

export const decisionUndo = command({
	name: "decision undo",
	words: { de: ["beschluss zurück", "beschluss zurücknehmen"], en: ["decision undo"] },
	summary: {
		de: "Eigenen Beschluss innerhalb von fünf Minuten zurücknehmen",
		en: "Undo one's own decision within five minutes",
	},
	example: { de: "beschluss zurück RK-2027-014", en: "decision undo RK-2027-014" },
	role: "organiser",
	writes: true,
	args: { number },
	mayNot: {
		de: "Zurücknehmen kann einen Beschluss nur, wer ihn eingetragen hat. Als ungültig kennzeichnen Sie ihn mit: beschluss status NUMMER widerrufen",
		en: "Only the person who recorded a decision can undo it. You can mark it as no longer valid with: decision status NUMBER revoked",
	},
	async may(context, args) {
		// What the operator logged has no author; only the operator takes it back.
		const author = await findAuthor(context.tx, args.number);
		return context.asker.operator ? author === null : author !== null && author === context.asker.id;
	},
	async run(context, args) {
		const before = await getDecision(context.tx, args.number);
		const at = await loggedAt(context.tx, before.key);
		const shown = before.key.toUpperCase();
		if (before.status === "revoked")
			throw new UserError({ de: `${shown} ist bereits widerrufen.`, en: `${shown} is already revoked.` });
		if (Temporal.Instant.compare(at.add({ minutes: MINUTES }), context.now) < 0) {
			throw new UserError({
				de: `${shown} kann nicht mehr zurückgenommen werden: das geht nur ${MINUTES} Minuten lang. Später: beschluss status ${shown} widerrufen`,
				en: `${shown} can no longer be undone: that works for ${MINUTES} minutes only. Later: decision status ${shown} revoked`,
			});
		}
		const after = { ...before, status: "revoked" as const };
		const version = await updateDecision(context.tx, after, {
			author: await context.personId(),
			at: context.now,
			change: "undone",
		});
		await announceDecision(context, after, { de: "Beschluss zurückgenommen", en: "Decision undone" }, String(version));
		const line = {
			de: `${shown} ist zurückgenommen. Die Nummer bleibt vergeben, als widerrufen.`,
			en: `${shown} is undone. The number stays taken, as revoked.`,
		};
		return {
			status: "done",
			records: [{ type: "decision", key: after.key }],
			reply: reply(text(line[context.language])),
		};
	},
});
