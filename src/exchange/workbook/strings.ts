/** The texts that a workbook's cells share: kept in memory, so there is a limit to them. */
import { LONGEST_CELL } from "../csv.ts";
import { Excess } from "../refusal.ts";
import { readXml } from "./xml.ts";

const MOST_STRINGS = 1_500_000;
const MOST_CHARACTERS = 60_000_000;

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** What XML cannot hold stands as `_x000D_` in a worksheet. */
export const unescapeText = (text: string): string =>
	text.includes("_x")
		? text.replaceAll(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
		: text;

export function openStrings(pieces: AsyncIterable<Uint8Array> | null): () => Promise<readonly string[]> {
	let reading: Promise<readonly string[]> | null = null;
	return () => {
		reading ??= pieces === null ? Promise.resolve([]) : readStrings(pieces);
		return reading;
	};
}

async function readStrings(pieces: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
	const strings: string[] = [];
	let characters = 0;
	let text = "";
	let inText = false;
	/** How a word is read out, in East Asia: no part of the text. */
	let phonetic = false;
	await readXml(pieces, {
		open(name) {
			if (name === "si") text = "";
			else if (name === "t") inText = !phonetic;
			else if (name === "rPh") phonetic = true;
		},
		text(more) {
			if (inText && text.length <= LONGEST_CELL) text += more.slice(0, LONGEST_CELL * 8);
		},
		close(name) {
			if (name === "t") inText = false;
			else if (name === "rPh") phonetic = false;
			if (name !== "si") return;
			const whole = unescapeText(text).slice(0, LONGEST_CELL + 1);
			strings.push(whole);
			characters += whole.length;
			if (strings.length > MOST_STRINGS || characters > MOST_CHARACTERS)
				throw new Excess({
					de: "die Arbeitsmappe enthält mehr Text, als ein Netzwerk haben kann",
					en: "the workbook holds more text than a network can have",
				});
		},
	});
	return strings;
}
