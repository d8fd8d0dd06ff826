/** How fast questions are answered, and what the lexicon costs, with a network of any size: `node bench/questions.ts [contacts]`. */
import { GUEST } from "../src/network/access.ts";
import { answer, buildLexicon } from "../src/questions/index.ts";
import { bigNetwork } from "./network.ts";

const QUESTIONS = [
	(town: string) => `Wer ist in ${town} für Opferschutz zuständig?`,
	(town: string) => `telefon stadt ${town.toLowerCase()}`,
	(town: string) => `Who is responsible for prevention in ${town}?`,
	(town: string) => `Wann wurde die Sicherheitspartnerschaft ${town} unterzeichnet?`,
	(town: string) => `Termine im Dezember in ${town}`,
	(town: string) => `Welche Beschlüsse der Stadt ${town} sind überfällig?`,
	(town: string) => `Was wurde zur Beleuchtung in ${town} beschlossen?`,
	(town: string) => `Nummer vom Jugendmat ${town}`,
	() => "Welche Vereinbarungen laufen in den nächsten drei Monaten aus?",
	() => "Wer ist in Nirgendwo für Jugend zuständig?",
];

if (import.meta.main) {
	for (const size of process.argv[2] ? [Number(process.argv[2])] : [1_000, 10_000, 100_000]) {
		const network = bigNetwork(size);
		globalThis.gc?.();
		const before = process.memoryUsage().heapUsed;
		const begun = performance.now();
		const lexicon = buildLexicon(network);
		const ready = performance.now() - begun;
		globalThis.gc?.();
		const heap = (process.memoryUsage().heapUsed - before) / 1e6;
		const times: { ms: number; text: string }[] = [];
		const towns = [...network.region.values()].filter(({ kind }) => kind === "municipality");
		for (let at = 0; at < 600; at++) {
			const text = QUESTIONS[at % QUESTIONS.length]?.(towns[(at * 37) % towns.length]?.name ?? "") ?? "";
			const start = performance.now();
			answer(lexicon, {
				text,
				language: null,
				now: Temporal.Instant.from("2026-11-22T08:00:00Z"),
				timezone: "Europe/Berlin",
				asker: GUEST,
				topic: null,
			});
			if (at >= 100) times.push({ ms: performance.now() - start, text });
		}
		times.sort((a, b) => a.ms - b.ms);
		const at = (part: number) => (times[Math.floor(times.length * part)]?.ms ?? 0).toFixed(1);
		const byKind = QUESTIONS.map((_, kind) => {
			const own = times.filter(({ text }) => text.slice(0, 12) === (QUESTIONS[kind]?.("x") ?? "").slice(0, 12));
			return (own[Math.floor(own.length / 2)]?.ms ?? 0).toFixed(1);
		});
		console.log(
			`${size} contacts: lexicon ${ready.toFixed(0)} ms, ${heap.toFixed(0)} MB; a question p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; by kind ${byKind.join(" ")}`,
		);
	}
}
