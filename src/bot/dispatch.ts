/**
 * One pipeline for everything that is said: what is meant → may they → are the values right → run → reply.
 * Buttons carry command lines and come through here like typed ones. A UserError rolls back and is said (see inbox).
 */
import { fold } from "../lib/fold.ts";
import { atLeast } from "../network/access.ts";
import { openForm } from "./asking.ts";
import { type Raw, rawOf } from "./bind.ts";
import type { Command } from "./command.ts";
import { getConversation, type Pending } from "./conversation.ts";
import { filledIn } from "./forms.ts";
import { isSentence } from "./grammar.ts";
import type { Message } from "./message.ts";
import { openOrPrivate } from "./openness.ts";
import { note, text } from "./reply.ts";
import { faultOutcome, refuse, runCommand } from "./run.ts";
import { notUnderstood, outcome, say } from "./say.ts";
import type { Settled } from "./settled.ts";
import { type Handled, type House, type Talk, type Turn, wait, worldOf } from "./turn.ts";

const SILENCE: Handled = { outcome: null, command: null, fingerprint: null };
const CANCEL = new Set(["abbrechen", "abbruch", "cancel", "stop", "stopp"]);
const YES = new Set(["ja", "j", "yes", "y", "ok", "okay", "richtig", "genau"]);
const NO = new Set(["nein", "n", "no", "nicht"]);

export async function dispatch(house: House, turn: Turn): Promise<Handled> {
	const { message, asker, now } = turn;
	const talk: Talk = turn.converses
		? { ...(turn.conversation ?? (await getConversation(turn.tx, message.place, asker.userId, now))), changed: false }
		: { pending: null, topic: null, changed: false };
	const asked = talk.pending;
	const handled = await handle(house, turn, talk);
	const changed = talk.changed && turn.converses;
	// Known by the message that asks, so that it can say later what was chosen.
	if (changed && talk.pending && turn.answerKey !== null) talk.pending = { ...talk.pending, asked: turn.answerKey };
	const kept = changed && { talk: { pending: talk.pending, topic: talk.topic } };
	if (handled.outcome === null) return { ...handled, ...kept };
	const settled = asked && talk.changed ? settledBy(asked, message.text, handled) : null;
	return { ...handled, ...kept, outcome: openOrPrivate(turn, handled.outcome), ...(settled && { settled }) };
}

/** What an answer chose of what was asked; null = it was no answer to it. */
function settledBy(asked: Pending, typed: string, { answers, outcome: said }: Handled): Settled | null {
	const unanswered = said?.status === "refused" || said?.status === "invalid" || said?.status === "not_found";
	if (!answers || asked.asked === undefined || unanswered) return null;
	if (CANCEL.has(fold(typed))) return { key: asked.asked, chosen: null };
	const number = numberIn(typed);
	const chosen = number === null ? undefined : asked.choices[number - 1];
	return { key: asked.asked, chosen: chosen?.label ?? typed.trim().slice(0, 100) };
}

const numberIn = (typed: string) => {
	const number = /^(\d{1,2})[.)]?$/u.exec(typed.trim())?.[1];
	return number === undefined ? null : Number(number);
};

async function handle(house: House, turn: Turn, talk: Talk): Promise<Handled> {
	const { message } = turn;
	if (message.entry === "form" || message.entry === "shortcut") return handleForm(house, turn, talk);
	// `!` in front makes it a command, whatever the bot waits for.
	const waits =
		!message.text.trimStart().startsWith("!") &&
		(message.entry === "answer" ||
			message.entry === "direct" ||
			message.entry === "choice" ||
			message.entry === "mention");
	if (CANCEL.has(fold(message.text))) {
		if (talk.pending === null && message.entry === "answer") return SILENCE;
		const had = talk.pending !== null;
		wait(talk, null);
		const line = had
			? { de: "Abgebrochen. Es wurde nichts eingetragen.", en: "Cancelled. Nothing was stored." }
			: { de: "Es läuft gerade keine Eingabe.", en: "There is nothing to cancel." };
		return { ...SILENCE, outcome: outcome("done", say(line[turn.language])), answers: had };
	}
	const dropped = await handleFiles(house, turn, talk);
	if (dropped) return dropped;
	// A pressed choice is the answer that was waited for.
	if (talk.pending?.choices.some((choice) => choice.line === message.text)) wait(talk, null);
	// A mention is a new matter, unless it replies to the bot's question: clients mention whom they reply to.
	if (talk.pending !== null && waits && (message.entry !== "mention" || message.repliesTo !== null)) {
		const answered = await handleAnswer(house, turn, talk, talk.pending);
		if (answered) return { ...answered, answers: true };
	}
	if (message.entry === "answer") return SILENCE;
	return handleLine(house, turn, talk, message.text);
}

/** Files that come with no other command than the one that takes them. Null = the words count. */
async function handleFiles(house: House, turn: Turn, talk: Talk): Promise<Handled | null> {
	const { entry, files = [] } = turn.message;
	const words = turn.message.text.trim();
	if (files.length === 0 || entry === "answer" || entry === "edit") return null;
	const takes = house.grammar.commands.filter((command) => command.takesFiles !== undefined);
	const taker = takes.find((command) => files.some(({ name }) => command.takesFiles?.(name))) ?? takes[0];
	const found = words === "" ? null : house.grammar.find(words.replace(/^!\s*/u, ""));
	const meant = taker !== undefined && (words === "" || files.some(({ name }) => taker.takesFiles?.(name)));
	if (!meant || (found !== null && (entry === "command" || isCommand(found.command, found.rest, house)))) return null;
	const handled = await runCommand(house, turn, talk, taker, {}, true);
	const { outcome: result } = handled;
	if (result?.status !== "refused") return handled;
	const unread = { de: "Ihre Datei wurde nicht abgerufen.", en: "Your file was not fetched." }[turn.language];
	return {
		...handled,
		outcome: { ...result, reply: { ...result.reply, parts: [text(unread), ...result.reply.parts] } },
	};
}

/** The next message of a person for whom the bot waits. Null = it is something else after all. */
async function handleAnswer(house: House, turn: Turn, talk: Talk, pending: Pending): Promise<Handled | null> {
	const typed = turn.message.text.trim();
	const command = house.grammar.byName(pending.command);
	if (!command) return null;
	const number = numberIn(typed);
	const word = fold(typed).replace(/[.!]+$/u, "");
	const chosen =
		number === null ? pending.choices.find(({ label }) => fold(label) === word) : pending.choices[number - 1];
	if (chosen) {
		wait(talk, null);
		return handleLine(house, turn, talk, chosen.line);
	}
	if (pending.confirm) {
		if (!YES.has(word) && !NO.has(word)) return null;
		wait(talk, null);
		if (YES.has(word)) return runCommand(house, turn, talk, command, pending.raw, true);
		return {
			...SILENCE,
			outcome: outcome(
				"done",
				say({ de: "Gut, es wird nichts eingetragen.", en: "All right, nothing is stored." }[turn.language]),
			),
		};
	}
	if (pending.asking === null) {
		if (turn.message.entry === "direct") return null;
		return {
			...SILENCE,
			outcome: outcome(
				"choose",
				say(
					{
						de: `Bitte antworten Sie mit einer Nummer von 1 bis ${pending.choices.length} oder mit „abbrechen“.`,
						en: `Please answer with a number from 1 to ${pending.choices.length}, or "cancel".`,
					}[turn.language],
				),
			),
		};
	}
	wait(talk, null);
	return runCommand(
		house,
		turn,
		talk,
		command,
		{ ...pending.raw, [pending.asking]: [...(pending.raw[pending.asking] ?? []), typed] },
		true,
	);
}

async function handleForm(house: House, turn: Turn, talk: Talk): Promise<Handled> {
	const form = turn.message.form;
	const command = form && house.grammar.byName(form.command);
	if (!form || !command) return { ...SILENCE, outcome: outcome("failed", notUnderstood([], turn.language)) };
	if (turn.message.entry === "form") {
		const values = filledIn(command, form, turn.network, worldOf(house, turn));
		return runCommand(house, turn, talk, command, values, true);
	}
	const refused = await refuse(house, turn, command);
	return { ...SILENCE, command: command.name, outcome: refused ?? openForm(house, turn, command, form.values) };
}

/** A typed or pressed command line, or a question. */
async function handleLine(house: House, turn: Turn, talk: Talk, typed: string): Promise<Handled> {
	const strict = turn.message.entry === "command" || turn.message.entry === "button" || turn.message.entry === "choice";
	const line = typed.trim().replace(/^!\s*/u, "");
	const found = line === "" ? null : house.grammar.find(line);
	const certain = strict || typed.trim().startsWith("!");
	const opened = found === null ? null : openInstead(house, turn, found.command, line);
	if (opened) return opened;
	if (found && (certain || isCommand(found.command, found.rest, house))) {
		const world = worldOf(house, turn);
		const split = rawOf(found.command, found.rest, world);
		if ("fault" in split) return { ...SILENCE, command: found.command.name, outcome: faultOutcome(turn, split.fault) };
		return runCommand(
			house,
			turn,
			talk,
			found.command,
			withReply(found.command, split.raw, turn.message),
			certain || quotedValues(found.rest),
		);
	}
	const ask = house.grammar.byName("ask");
	const help = house.grammar.byName("help");
	if (line === "" && help) return runCommand(house, turn, talk, help, {}, true);
	if (certain || !ask) {
		return {
			...SILENCE,
			outcome: outcome("not_found", notUnderstood(house.grammar.nearest(line, turn.language), turn.language)),
		};
	}
	const answered = await runCommand(house, turn, talk, ask, { text: [line] }, true);
	const near = house.grammar.nearest(line, turn.language);
	if (answered.outcome?.status !== "not_found" || near.length === 0) return answered;
	// Neither a question that could be answered nor a command: both are said.
	const meant = note(
		{ de: `Oder meinten Sie den Befehl: ${near.join(", ")}?`, en: `Or did you mean the command: ${near.join(", ")}?` }[
			turn.language
		],
	);
	const { outcome: result } = answered;
	return { ...answered, outcome: { ...result, reply: { ...result.reply, parts: [...result.reply.parts, meant] } } };
}

/** A command's word alone may open another one's form, for whoever may fill it in: `/termin` enters an event. */
function openInstead(house: House, turn: Turn, command: Command, line: string): Handled | null {
	const other = command.slack?.emptyOpens ? house.grammar.byName(command.slack.emptyOpens) : null;
	const alone = [command.words.de[0], command.words.en[0]].some(
		(word) => word !== undefined && fold(word) === fold(line),
	);
	if (!other || !alone || turn.message.trigger === null || !atLeast(turn.asker.role, other.role)) return null;
	return { ...SILENCE, command: other.name, outcome: openForm(house, turn, other, {}) };
}

/** Without `!`: help only alone or before a command's name, a find word only where no sentence follows (chat.md). */
function isCommand(command: Command, rest: string, house: House): boolean {
	if (command.name === "help") return rest === "" || house.grammar.find(rest) !== null;
	return !((command.finds ?? false) && isSentence(rest)) && !/\?\s*$/u.test(rest);
}

const quotedValues = (rest: string) => /["„“»]/u.test(rest) || /(?:^|\s)--/u.test(rest);

function withReply(command: Command, raw: Raw, message: Message): Raw {
	if (!command.replyInto || !message.repliesTo || raw[command.replyInto]?.length) return raw;
	return { ...raw, [command.replyInto]: [message.repliesTo.text] };
}
