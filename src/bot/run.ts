/** Runs one command for one person: role, values, what is missing or ambiguous, confirmation, repetition. */
import type { Text } from "../lib/text.ts";
import { atLeast } from "../network/access.ts";
import type { Fault } from "./args.ts";
import { askForMissing, confirm, copy, keepChoices, offerChoice } from "./asking.ts";
import { bind, type Raw } from "./bind.ts";
import type { Command, Context, Outcome } from "./command.ts";
import { NeedsOutside } from "./outside.ts";
import { ensurePerson } from "./people.ts";
import { findRepeated, fingerprintOf } from "./repeat.ts";
import { chooseReply, outcome, refusal, say, unknownRecord } from "./say.ts";
import { type Handled, type House, type Talk, type Turn, wait, worldOf } from "./turn.ts";

/** A form with the present values came back as it was. */
const UNCHANGED: Text = {
	de: "Im Formular wurde nichts geändert; der Eintrag ist wie vorher.",
	en: "Nothing was changed in the form; the entry is as before.",
};

export async function refuse(house: House, turn: Turn, command: Command): Promise<Outcome | null> {
	if (atLeast(turn.asker.role, command.leastRole ?? command.role)) return null;
	return refusedOutcome(house, turn, command);
}

async function refusedOutcome(house: House, turn: Turn, command: Command): Promise<Outcome> {
	const admins = await house.admins(turn.tx, turn.network);
	return outcome("refused", { ...refusal(command.role, admins, turn.language), visibility: "private" });
}

export function faultOutcome(turn: Turn, fault: Fault): Outcome {
	if (fault.kind === "unknown" && !fault.hidden) return unknownRecord(turn.network, fault, turn.language);
	if (fault.kind === "unknown") {
		return outcome(
			"refused",
			say(
				{
					de: "Dazu gibt es nur Einträge, die Sie nicht sehen dürfen. Dafür brauchen Sie eine höhere Rolle.",
					en: "There are only entries that you may not see. You need a higher role.",
				}[turn.language],
			),
		);
	}
	if (fault.kind === "several")
		return outcome("choose", chooseReply([], turn.asker.userId, turn.language, false), fault.refs);
	return outcome("invalid", say(fault.text[turn.language]));
}

export async function runCommand(
	house: House,
	turn: Turn,
	talk: Talk,
	command: Command,
	raw: Raw,
	certain: boolean,
): Promise<Handled> {
	const done = (result: Outcome, fingerprint: string | null = null): Handled => ({
		outcome: result,
		command: command.name,
		fingerprint,
	});
	const refused = await refuse(house, turn, command);
	if (refused) return done(refused);
	const bound = bind(command, raw, worldOf(house, turn));
	if (bound.kind === "fault") {
		if (bound.fault.kind === "several" && bound.arg)
			return done(offerChoice(turn, talk, command, raw, bound.arg, bound.fault));
		const result = faultOutcome(turn, bound.fault);
		// In a dialogue the person may simply try again.
		if (turn.converses && bound.arg && result.status !== "refused") {
			wait(talk, {
				command: command.name,
				raw: { ...copy(raw), [bound.arg]: [] },
				asking: bound.arg,
				choices: [],
				confirm: false,
			});
		}
		return done(result);
	}
	if (bound.kind === "missing") return done(askForMissing(house, turn, talk, command, raw, bound.missing));
	if (command.once && !certain && turn.converses && turn.asker.platform !== "console")
		return done(confirm(turn, talk, command, raw));
	const fingerprint = command.once ? fingerprintOf(command, raw) : null;
	if (fingerprint) {
		const repeated = await findRepeated(turn, fingerprint);
		if (repeated) return done(repeated);
	}
	const context = contextOf(house, turn, talk);
	if (command.may && !(await command.may(context, bound.values)))
		return done(
			command.mayNot && atLeast(turn.asker.role, command.role)
				? outcome("refused", { ...say(command.mayNot[turn.language]), visibility: "private" })
				: await refusedOutcome(house, turn, command),
		);
	const { gathered } = turn;
	if (command.gather && gathered?.command !== command.name) {
		const { asker, language, now } = turn;
		const said = { files: context.files, place: context.place, asker, language, now };
		throw new NeedsOutside(command.name, async (outside) => command.gather?.(outside, said, bound.values));
	}
	const result = await command.run(context, bound.values, gathered?.value);
	// What only running could find missing (a kind that the title does not tell) is asked for like the rest.
	if (result.status === "needs" && turn.message.entry === "form" && command.prefill)
		return done(outcome("invalid", say(UNCHANGED[turn.language])));
	if (result.status === "needs" && result.missing?.length)
		return done(askForMissing(house, turn, talk, command, raw, result.missing));
	keepChoices(turn, talk, command, result);
	return done(result, fingerprint);
}

function contextOf(house: House, turn: Turn, talk: Talk): Context {
	const { message, asker } = turn;
	return {
		tx: turn.tx,
		network: turn.network,
		now: turn.now,
		timezone: house.timezone,
		standardLanguage: house.language,
		asker,
		language: turn.language,
		place: turn.placed ? message.place : null,
		channel: turn.channel,
		messageId: message.id,
		files: message.files ?? [],
		commands: house.grammar.commands,
		topic: talk.topic,
		remember(topic) {
			talk.topic = topic;
			talk.changed = true;
		},
		announce: (announcement) => house.announce(turn.tx, announcement, turn.placed ? message.place : null, turn.now),
		personId: () => ensurePerson(turn.tx, asker),
	};
}
