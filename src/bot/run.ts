/** Runs one command for one person: role, values, what is missing or ambiguous, confirmation, repetition. */
import { createHash } from "node:crypto";
import { type Asker, atLeast, maySee } from "../network/access.ts";
import type { RecordRef } from "../network/records.ts";
import type { Fault } from "./args.ts";
import { bind, lineOf, type Raw } from "./bind.ts";
import type { Command, Context, Outcome } from "./command.ts";
import { ensurePerson } from "./people.ts";
import { type Action, actionsOf } from "./reply.ts";
import { askFor, chooseReply, labelOf, missingReply, outcome, refusal, say, unknownRecord } from "./say.ts";
import { type Handled, type House, type Talk, type Turn, wait, worldOf } from "./turn.ts";

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
	const opens = command.slack?.emptyOpens ? house.grammar.byName(command.slack.emptyOpens) : null;
	const empty = Object.values(raw).every((values) => values.every((value) => value === ""));
	if (opens && empty && turn.message.trigger && atLeast(turn.asker.role, opens.role))
		return done(openForm(turn, opens, {}));
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
	if (bound.kind === "missing") return done(askForMissing(turn, talk, command, raw, bound.missing));
	if (command.writes && !certain && turn.converses && turn.asker.platform !== "console")
		return done(confirm(turn, talk, command, raw));
	const fingerprint = command.once ? fingerprintOf(command, raw) : null;
	if (fingerprint) {
		const repeated = await findRepeated(turn, fingerprint);
		if (repeated) return done(repeated);
	}
	const context = contextOf(house, turn, talk);
	if (command.may && !(await command.may(context, bound.values)))
		return done(await refusedOutcome(house, turn, command));
	const result = await command.run(context, bound.values);
	// What only running could find missing (a kind that the title does not tell) is asked for like the rest.
	if (result.status === "needs" && result.missing?.length)
		return done(askForMissing(turn, talk, command, raw, result.missing));
	keepChoices(turn, talk, command, result);
	return done(result, fingerprint);
}

const copy = (raw: Raw): Record<string, string[]> =>
	Object.fromEntries(Object.entries(raw).map(([name, values]) => [name, [...values]]));

function offerChoice(
	turn: Turn,
	talk: Talk,
	command: Command,
	raw: Raw,
	name: string,
	fault: Extract<Fault, { kind: "several" }>,
): Outcome {
	// Of several values only the ambiguous one is replaced.
	const pieces = command.args[name]?.several
		? (raw[name] ?? []).flatMap((value) => value.split("|")).map((value) => value.trim())
		: [fault.typed];
	const others = pieces.filter((piece) => piece !== fault.typed);
	const choices = fault.refs.slice(0, 9).map((ref) => ({
		label: labelOf(turn.network, ref),
		line: lineOf(command, { ...raw, [name]: [...others, ref.key] }, turn.language),
	}));
	if (turn.converses)
		wait(talk, { command: command.name, raw: { ...copy(raw), [name]: others }, asking: name, choices, confirm: false });
	return outcome(
		"choose",
		chooseReply(choices, turn.asker.userId, turn.language, fault.refs.length > choices.length),
		fault.refs,
	);
}

function askForMissing(turn: Turn, talk: Talk, command: Command, raw: Raw, missing: readonly string[]): Outcome {
	const first = missing[0] ?? "";
	if (turn.message.trigger && command.slack?.form) return { ...openForm(turn, command, raw), missing };
	if (!turn.converses) return { ...outcome("needs", missingReply(command, missing, turn.language)), missing };
	const input = command.args[first]?.input;
	const choices: Action[] =
		input?.kind === "select"
			? input.options.map((option) => ({
					label: option.label[turn.language],
					line: lineOf(command, { ...raw, [first]: [option.value] }, turn.language),
					only: turn.asker.userId,
				}))
			: [];
	wait(talk, {
		command: command.name,
		raw: copy(raw),
		asking: first,
		choices: choices.map(({ label, line }) => ({ label, line })),
		confirm: false,
	});
	return { ...outcome("needs", askFor(command, first, turn.language, choices)), missing };
}

function confirm(turn: Turn, talk: Talk, command: Command, raw: Raw): Outcome {
	const line = lineOf(command, raw, turn.language);
	wait(talk, { command: command.name, raw: copy(raw), asking: null, choices: [], confirm: true });
	const yes = {
		label: { de: "Ja", en: "Yes" }[turn.language],
		line,
		style: "primary" as const,
		only: turn.asker.userId,
	};
	const no = {
		label: { de: "Nein", en: "No" }[turn.language],
		line: { de: "abbrechen", en: "cancel" }[turn.language],
		only: turn.asker.userId,
	};
	return outcome(
		"needs",
		say({ de: `Soll ich das so eintragen? ${line}`, en: `Shall I store this? ${line}` }[turn.language], {
			kind: "actions",
			actions: [yes, no],
		}),
	);
}

const fingerprintOf = (command: Command, raw: Raw) =>
	createHash("sha256")
		.update(JSON.stringify([command.name, Object.entries(raw).sort()]))
		.digest("hex");

/** The same by the same person in the same place within a minute: double clicks and doubled deliveries make nothing new. */
async function findRepeated(turn: Turn, fingerprint: string): Promise<Outcome | null> {
	const { place } = turn.message;
	const earlier = await turn.tx.audit.findFirst({
		where: {
			platform: place.platform,
			address: place.address,
			userId: turn.asker.userId,
			fingerprint,
			status: "done",
			at: { gte: turn.now.subtract({ seconds: 60 }).toString() },
		},
		orderBy: { id: "desc" },
		select: { id: true, records: true },
	});
	if (!earlier) return null;
	const undone = await turn.tx.audit.findFirst({
		where: {
			id: { gt: earlier.id },
			status: "done",
			command: { in: ["decision undo", "event cancel"] },
			records: { hasSome: earlier.records },
		},
		select: { id: true },
	});
	if (undone) return null;
	const keys = earlier.records.map((record) => record.split("/").slice(1).join("/").toUpperCase()).join(", ");
	const refs = earlier.records.flatMap((each): RecordRef[] => {
		const [type, ...key] = each.split("/");
		return type === "decision" || type === "event" ? [{ type, key: key.join("/") }] : [];
	});
	return outcome(
		"done",
		say({ de: `Bereits eingetragen: ${keys}`, en: `Already stored: ${keys}` }[turn.language]),
		refs,
	);
}

function contextOf(house: House, turn: Turn, talk: Talk): Context {
	const { message, asker } = turn;
	return {
		tx: turn.tx,
		network: turn.network,
		now: turn.now,
		timezone: house.timezone,
		asker,
		language: turn.language,
		place: turn.placed ? message.place : null,
		channel: turn.channel,
		messageId: message.id,
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

/** What the reply offers to choose from can be answered by its number. */
function keepChoices(turn: Turn, talk: Talk, command: Command, result: Outcome): void {
	const choices = actionsOf(result.reply.parts).map(({ label, line }) => ({ label, line }));
	if (result.status !== "choose" || choices.length === 0 || !turn.converses) return;
	wait(talk, { command: command.name, raw: {}, asking: null, choices, confirm: false });
}

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

/** Asks the platform for the form; where it cannot be opened, a button runs the line again. */
export function openForm(turn: Turn, command: Command, values: Raw): Outcome {
	const line = lineOf(command, values, turn.language);
	const parts = [
		...say({ de: "Hier öffnen Sie das Formular:", en: "Open the form here:" }[turn.language]).parts,
		{
			kind: "actions" as const,
			actions: [{ label: { de: "Formular öffnen", en: "Open form" }[turn.language], line, style: "primary" as const }],
		},
	];
	const filled = Object.fromEntries(Object.entries(values).map(([name, given]) => [name, [...given]]));
	return {
		...outcome("needs", {
			parts,
			visibility: "private",
			form: { command: command.name, values: filled, trigger: turn.message.trigger ?? "" },
		}),
		missing: Object.entries(command.args)
			.filter(([name, arg]) => arg.required && !values[name]?.length)
			.map(([name]) => name),
	};
}
