/** A command's values out of a line or a form: every fault before anything that is missing (cli.md, "Machine-readable output"). */
import { fold, nearestWords } from "../lib/fold.ts";
import type { Text } from "../lib/text.ts";
import type { Arg, Fault, World } from "./args.ts";
import type { Command } from "./command.ts";
import { quote, readLine, type Token } from "./line.ts";
import type { FormValues } from "./message.ts";

/** Raw values by argument name. */
export type Raw = Readonly<Record<string, readonly string[]>>;

export type Bound =
	| { kind: "ok"; values: Record<string, unknown> }
	| { kind: "fault"; arg: string | null; raw: string; fault: Fault }
	| { kind: "missing"; missing: readonly string[] };

const invalid = (text: Text): Fault => ({ kind: "invalid", text });

/** The argument that an option's name means, in either language, with or without umlauts. */
function findOption(command: Command, name: string): string | null {
	const folded = fold(name);
	for (const [key, arg] of Object.entries(command.args)) {
		if (fold(key) === folded || [...arg.de, ...arg.en].some((each) => fold(each) === folded)) return key;
	}
	return null;
}

const values = (tokens: readonly Token[]) => tokens.map((token) => token.value);

/** Splits the rest of a line into raw values. */
export function rawOf(command: Command, rest: string, world: World): { raw: Raw } | { fault: Fault } {
	const args = Object.entries(command.args);
	const whole = args.find(([, arg]) => arg.position === "line");
	if (whole && !/(?:^|\s)--/u.test(rest)) return { raw: rest === "" ? {} : { [whole[0]]: [rest] } };
	const line = readLine(rest);
	if (line.unclosed !== null) {
		const shown = rest.slice(line.unclosed, line.unclosed + 40);
		return {
			fault: invalid({
				de: `Hier beginnt ein Anführungszeichen, das nicht geschlossen wird: ${shown}`,
				en: `A quotation mark is opened here and never closed: ${shown}`,
			}),
		};
	}
	const raw: Record<string, string[]> = {};
	const spare: Token[] = [];
	for (const option of line.options) {
		const name = findOption(command, option.name);
		const arg = name === null ? undefined : command.args[name];
		if (name === null || !arg) return { fault: unknownOption(command, option.name, world) };
		raw[name] ??= [];
		const taken = longestReadable(arg, option.tokens, world);
		raw[name].push(values(option.tokens.slice(0, taken)).join(" "));
		spare.push(...option.tokens.slice(taken));
	}
	const words = [...line.words, ...spare].sort((a, b) => a.at - b.at);
	return takePositions(command, words, raw);
}

/** Options take the words up to the next one; what they cannot read is left to the command's own values. */
function longestReadable(arg: Arg, tokens: readonly Token[], world: World): number {
	// A date or a name has few words: a long text is tried whole, then only its beginnings, so that 10,000 words cost nothing.
	const counts = [tokens.length, ...Array.from({ length: 12 }, (_, index) => 12 - index)];
	for (const count of counts.filter((each, index) => each <= tokens.length && (index === 0 || each < tokens.length))) {
		if (count === 0) continue;
		if (arg.read([values(tokens.slice(0, count)).join(" ")], world).ok) return count;
	}
	return tokens.length;
}

function takePositions(
	command: Command,
	words: Token[],
	raw: Record<string, string[]>,
): { raw: Raw } | { fault: Fault } {
	const positions = Object.entries(command.args).filter(([name, arg]) => arg.position && !(name in raw));
	const singles = positions.filter(([, arg]) => arg.position === "one");
	let left = words.length;
	let singlesLeft = singles.length;
	let index = 0;
	for (const [name, arg] of positions) {
		if (left <= 0) break;
		const surplus = Math.max(1, left - (singlesLeft - (arg.position === "one" ? 1 : 0)));
		const count = arg.position === "one" ? 1 : Math.min(left, surplus);
		raw[name] = [values(words.slice(index, index + count)).join(" ")];
		index += count;
		left -= count;
		if (arg.position === "one") singlesLeft--;
	}
	const extra = words[index];
	if (extra) {
		return {
			fault: invalid({
				de: `Mit „${extra.value.slice(0, 40)}“ kann „${command.words.de[0]}“ nichts anfangen. Beispiel: ${command.example.de}`,
				en: `"${command.words.en[0]}" has no use for "${extra.value.slice(0, 40)}". Example: ${command.example.en}`,
			}),
		};
	}
	return { raw };
}

function unknownOption(command: Command, name: string, world: World): Fault {
	const known = Object.values(command.args)
		.filter((arg) => !arg.hidden)
		.map((arg) => arg[world.language][0])
		.filter((each) => each !== undefined);
	const near = nearestWords(name.slice(0, 40), known, 1)[0];
	const list = known.map((each) => `--${each}`).join(", ");
	const shown = name.slice(0, 40);
	return invalid({
		de: `Die Angabe „--${shown}“ gibt es bei „${command.words.de[0]}“ nicht.${near ? ` Meinten Sie --${near}?` : ""} ${list ? `Möglich: ${list}` : ""}`.trim(),
		en: `"${command.words.en[0]}" has no option "--${shown}".${near ? ` Did you mean --${near}?` : ""} ${list ? `Possible: ${list}` : ""}`.trim(),
	});
}

/** Reads every raw value; the first fault wins over what is missing. */
export function bind(command: Command, raw: Raw, world: World): Bound {
	const read: Record<string, unknown> = {};
	const missing: string[] = [];
	for (const [name, arg] of Object.entries(command.args)) {
		const given = raw[name] ?? [];
		if (arg.required && given.every((value) => value.trim() === "")) {
			missing.push(name);
			continue;
		}
		const reading = arg.read(given, world);
		if (!reading.ok) return { kind: "fault", arg: name, raw: reading.raw, fault: reading.fault };
		read[name] = reading.value;
	}
	return missing.length > 0 ? { kind: "missing", missing } : { kind: "ok", values: read };
}

/** The command line that says these values: what a button carries. */
export function lineOf(command: Command, raw: Raw | FormValues, language: "de" | "en" = "de"): string {
	const parts: string[] = [command.words[language][0] ?? command.name];
	for (const [name, arg] of Object.entries(command.args)) {
		const given = (raw[name] ?? []).filter((value) => value !== "");
		if (given.length === 0) continue;
		if (arg.position === "line") parts.push(given.join(" "));
		else parts.push(`--${arg[language][0] ?? name}=${quote(given.join(arg.several ? "|" : " "))}`);
	}
	return parts.join(" ");
}
