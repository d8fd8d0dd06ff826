/**
 * Made from the commands themselves: each command's example as every role, each argument that it needs left out, each argument
 * with a value that it cannot take or that means several, and its help. A new command is in the table without a word.
 */
import { commands } from "../../../commands/index.ts";
import type { Arg, World } from "../../../src/bot/args.ts";
import { lineOf, type Raw, rawOf } from "../../../src/bot/bind.ts";
import type { Command } from "../../../src/bot/command.ts";
import { grammarOf } from "../../../src/bot/grammar.ts";
import type { Language } from "../../../src/lib/text.ts";
import { ROLES, type Role } from "../../../src/network/enums.ts";
import { byKey, EMPTY_NETWORK } from "../../../src/network/load.ts";
import type { Network } from "../../../src/network/records.ts";
import { RECORD_TYPES } from "../../../src/network/records.ts";
import { lexiconOf, resolve } from "../../../src/questions/lexicon.ts";
import { NOW } from "../scenarios.ts";
import { type Cast, FAKE, recordsFor } from "./network.ts";

export interface Scenario {
	command: string;
	kind: keyof typeof TITLES;
	title: string;
	role: Role;
	language: Language;
	line: string;
}

function networkOf(cast: Cast): Network {
	const records = recordsFor(cast);
	const network = { ...EMPTY_NETWORK };
	const put = <T extends (typeof RECORD_TYPES)[number]>(type: T) => {
		const rows = records[type];
		if (rows) Object.assign(network, { [type]: byKey(rows) });
	};
	for (const type of RECORD_TYPES) put(type);
	return network;
}

const network = networkOf(FAKE);

const worldIn = (language: Language): World => ({
	language,
	now: Temporal.Instant.from(NOW).toZonedDateTimeISO("Europe/Berlin"),
	asker: { role: "admin", contact: null },
	mentions: [],
	resolve: (type, typed) => resolve(lexiconOf(network), type, typed, { role: "admin", contact: null }),
});

/** Values that no argument of their kind takes; the last is too long for any. */
const WRONG = ["Unsinn", "???", "x".repeat(5000)];
/** Parts of names that several records bear. */
const SEVERAL = ["Stadt", "Opferhilfe", "Ramona", "Leipzig", "Netzwerk", "der"];

function wrongValue(arg: Arg, world: World): string | null {
	return WRONG.find((value) => !arg.read([value], world).ok) ?? null;
}

function severalValue(arg: Arg, world: World): string | null {
	return (
		SEVERAL.find((value) => {
			const reading = arg.read([value], world);
			return !reading.ok && reading.fault.kind === "several";
		}) ?? null
	);
}

const TITLES = {
	example: { de: "Beispiel", en: "Example" },
	nothing: { de: "Nur der Befehl", en: "The command alone" },
	missing: { de: "Es fehlt", en: "Missing" },
	wrong: { de: "Falscher Wert", en: "Wrong value" },
	several: { de: "Mehrere passen", en: "Several fit" },
	option: { de: "Unbekannte Angabe", en: "Unknown option" },
	quote: { de: "Offenes Anführungszeichen", en: "Open quotation mark" },
	help: { de: "Hilfe", en: "Help" },
} as const;

const grammar = grammarOf(commands);

function scenariosOf(command: Command, language: Language): Scenario[] {
	const world = worldIn(language);
	const words = command.words[language][0] ?? command.name;
	const base = { command: command.name, language };
	const label = (arg: Arg) => arg.label[language];
	const scenario = (title: keyof typeof TITLES, line: string, about = "", role: Role = "admin"): Scenario => ({
		...base,
		kind: title,
		title: `${TITLES[title][language]}${about ? `: ${about}` : ""}`,
		role,
		line,
	});
	const example = command.example[language];
	const found = grammar.find(example);
	const split = found ? rawOf(command, found.rest, world) : null;
	const raw: Raw = split && "raw" in split ? split.raw : {};
	const args = Object.entries(command.args).filter(([, arg]) => !arg.hidden);
	const typed = (values: Raw) => lineOf(command, values, language);
	const without = (name: string) => Object.fromEntries(Object.entries(raw).filter(([each]) => each !== name));
	const roles = language === "de" ? ROLES : (["guest", "admin"] as const);
	const all: Scenario[] = roles.map((role) => scenario("example", example, "", role));
	if (args.length > 0) all.push(scenario("nothing", words));
	for (const [name, arg] of args) {
		if (arg.required && Object.keys(raw).length > 1) all.push(scenario("missing", typed(without(name)), label(arg)));
		const wrong = wrongValue(arg, world);
		if (wrong) all.push(scenario("wrong", typed({ ...raw, [name]: [wrong] }), label(arg)));
		const several = severalValue(arg, world);
		if (several) all.push(scenario("several", typed({ ...raw, [name]: [several] }), label(arg)));
	}
	if (language === "de" && args.some(([, arg]) => arg.position !== "line")) {
		all.push(scenario("option", `${words} --unsinn=1`));
		all.push(scenario("quote", `${words} "Licht`));
	}
	all.push(scenario("help", `${{ de: "hilfe", en: "help" }[language]} ${words}`));
	// The example and nothing else may be the same line.
	return all.filter(
		(each, index) => all.findIndex((other) => other.line === each.line && other.role === each.role) === index,
	);
}

export const SCENARIOS: readonly Scenario[] = commands.flatMap((command) =>
	(["de", "en"] as const).flatMap((language) => scenariosOf(command, language)),
);
