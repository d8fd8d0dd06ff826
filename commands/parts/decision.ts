/** What the decision commands share: arguments, the card of what was just written, where it is announced. */
import * as arg from "../../src/bot/args.ts";
import type { Context } from "../../src/bot/command.ts";
import { heading, type Part, type Reply } from "../../src/bot/reply.ts";
import type { Language } from "../../src/lib/text.ts";
import { GUEST } from "../../src/network/access.ts";
import { channelsOf } from "../../src/network/audience.ts";
import type { Channel, Decision, Key } from "../../src/network/records.ts";
import { upwards } from "../../src/network/regions.ts";
import { card } from "../../src/questions/cards/card.ts";
import { organisations } from "./records.ts";

export const number = arg.record("decision", {
	de: ["nr", "nummer"],
	en: ["number"],
	position: "one",
	label: { de: "Nummer", en: "number" },
	ask: {
		de: "Welcher Beschluss? (Nummer, zum Beispiel RK-2027-014)",
		en: "Which decision? (number, for example RK-2027-014)",
	},
});

/** `12/1/2` (yes/no/abstain) or `consensus`. */
function readVotes(typed: string): string | null {
	if (/^(?:einstimmig|konsens|im konsens|consensus|unanimous(?:ly)?)$/iu.test(typed.trim())) return "consensus";
	const counts = /^(\d{1,5})\s*[/:]\s*(\d{1,5})\s*[/:]\s*(\d{1,5})$/u.exec(typed.trim());
	return counts ? [counts[1], counts[2], counts[3]].map(Number).join("/") : null;
}

/** Everything about a decision but its text. */
export const details = {
	responsible: organisations({
		pick: "several",
		de: ["zuständig", "verantwortlich"],
		en: ["responsible"],
		label: { de: "Zuständig", en: "responsible" },
		ask: { de: "Wer ist zuständig?", en: "Who is responsible?" },
	}),
	due: arg.optional(
		arg.date({
			de: ["bis", "frist"],
			en: ["due", "until"],
			label: { de: "Bis", en: "due" },
			ask: { de: "Bis wann?", en: "Until when?" },
		}),
	),
	rationale: arg.optional(
		arg.text({
			de: ["begründung"],
			en: ["rationale"],
			label: { de: "Begründung", en: "rationale" },
			ask: { de: "Warum?", en: "Why?" },
		}),
	),
	event: arg.optional(
		arg.record("event", {
			de: ["termin"],
			en: ["event"],
			label: { de: "Termin", en: "event" },
			ask: { de: "Bei welchem Termin?", en: "At which event?" },
		}),
	),
	votes: arg.optional(
		arg.custom(
			{
				de: ["abstimmung"],
				en: ["votes"],
				label: { de: "Abstimmung", en: "votes" },
				ask: { de: "Wie wurde abgestimmt?", en: "How was the vote?" },
			},
			{
				de: "Zum Beispiel: 12/1/2 (ja/nein/enthalten) oder einstimmig.",
				en: "For example: 12/1/2 (yes/no/abstain) or consensus.",
			},
			readVotes,
		),
	),
	tag: arg.many(
		arg.text(
			{
				de: ["schlagwort", "schlagworte"],
				en: ["tag", "tags"],
				label: { de: "Schlagwort", en: "tag" },
				ask: { de: "Welche Schlagworte?", en: "Which tags?" },
			},
			100,
		),
	),
	supersedes: arg.optional(
		arg.record("decision", {
			de: ["ersetzt"],
			en: ["supersedes"],
			label: { de: "Ersetzt", en: "supersedes" },
			ask: { de: "Welchen Beschluss ersetzt er?", en: "Which decision does it supersede?" },
		}),
	),
};

/** The card of a decision that this very transaction wrote: the network in memory does not have it yet. */
export function cardOf(
	context: Pick<Context, "network" | "now" | "timezone">,
	decision: Decision,
	language: Language,
): Part[] {
	const decisions = new Map([[decision.key, decision]]);
	const replaced = decision.supersedes === null ? undefined : context.network.decision.get(decision.supersedes);
	if (replaced) decisions.set(replaced.key, replaced);
	const network = { ...context.network, decision: decisions };
	return card(
		network,
		{ type: "decision", key: decision.key },
		language,
		GUEST,
		context.now.toZonedDateTimeISO(context.timezone),
	);
}

/**
 * The channels that hear of a decision (chat.md): those of its event; without one, those whose regions are or lie above a region of the
 * channel it was made in, else of the responsible organisations.
 */
function listenersOf(context: Context, decision: Decision): Channel[] {
	const { network } = context;
	const event = decision.event === null ? undefined : network.event.get(decision.event);
	if (event) return channelsOf(network, event);
	const here = context.channel?.regions ?? [];
	const regions: Key[] =
		here.length > 0 ? here : decision.responsible.flatMap((key) => network.organisation.get(key)?.region ?? []);
	const wanted = new Set(regions.flatMap((region) => upwards(network, region)));
	return [...network.channel.values()].filter((channel) => channel.regions.some((region) => wanted.has(region)));
}

/** Tells the channels, each in its language. `version` keeps two changes of one decision apart. */
export async function announceDecision(
	context: Context,
	decision: Decision,
	what: { de: string; en: string },
	version: string,
): Promise<void> {
	await context.announce({
		key: `decision-${decision.key}-${version}`,
		channels: listenersOf(context, decision),
		reply: (language): Reply => ({
			parts: [heading(`${what[language]}: ${decision.key.toUpperCase()}`), ...cardOf(context, decision, language)],
			visibility: "open",
		}),
	});
}
