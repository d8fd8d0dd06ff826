/** Numbers of decisions, however they are spelt: `RK 2026-10-03`, `rk-2026-10-3`, `RK-2027-014`. */
import type { Key, Network } from "../network/records.ts";
import type { Token } from "./fold.ts";

export interface NumberFound {
	/** Null = it looks like a number, but no decision has it. */
	key: Key | null;
	text: string;
	/** Indexes of the tokens that it is made of. */
	tokens: number[];
}

const SHORTEST = 2;
const LONGEST = 7;
/** One digit may have been left out or put in front: 3, 03, 003. */
const paddings = (part: string) =>
	/^\d{1,2}$/.test(part) ? [part, part.padStart(2, "0"), part.padStart(3, "0")] : [part];

function spellings(parts: readonly string[]): string[] {
	return parts.reduce<string[]>(
		(heads, part) => heads.flatMap((head) => paddings(part).map((tail) => (head === "" ? tail : `${head}-${tail}`))),
		[""],
	);
}

export function numberIn(network: Network, text: readonly Token[]): NumberFound | null {
	for (let length = Math.min(LONGEST, text.length); length >= SHORTEST; length--) {
		for (let from = 0; from + length <= text.length; from++) {
			const part = text.slice(from, from + length);
			if (!part.some((token) => /\d/.test(token.word))) continue;
			const at = part.map((_, index) => from + index);
			const raw = part.map((token) => token.raw.toLowerCase());
			const key = spellings(raw).find((spelling) => network.decision.has(spelling));
			if (key !== undefined) return { key, text: key, tokens: at };
		}
	}
	const line = text.map((token) => token.word);
	for (let from = 0; from + 2 < line.length; from++) {
		const looks =
			/^[a-z]{1,4}$/.test(line[from] ?? "") &&
			/^(19|20)\d\d$/.test(line[from + 1] ?? "") &&
			/^\d{1,3}$/.test(line[from + 2] ?? "");
		if (!looks) continue;
		const length = /^\d{1,3}$/.test(line[from + 3] ?? "") && text[from + 3]?.gap === "-" ? 4 : 3;
		const tokens = Array.from({ length }, (_, index) => from + index);
		return { key: null, text: tokens.map((at) => text[at]?.raw).join("-"), tokens };
	}
	return null;
}
