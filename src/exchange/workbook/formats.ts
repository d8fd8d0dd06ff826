/** What a cell's number format says about its number: a date, a time, a share, leading zeros. */
import type { Value } from "../value.ts";
import { momentOf } from "./serial.ts";

export type Format = "plain" | "date" | "date and time" | "time" | "span" | "percent" | { digits: number };

/** The formats that every workbook has without naming them; 27 to 36 and 50 to 58 are dates in East Asia. */
export function builtInFormat(id: number): Format {
	if (id === 9 || id === 10) return "percent";
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return "date";
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return "time";
	if (id === 22) return "date and time";
	return id === 46 ? "span" : "plain";
}

export function readFormat(code: string): Format {
	// Quoted words, escaped and padding characters, colours and countries say nothing.
	const [first = ""] = code
		.replaceAll(/"[^"]*"|\\.|[_*]./g, "")
		.replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
		.split(";");
	if (/^0{2,}$/.test(first)) return { digits: first.length };
	if (/general|@/i.test(first)) return "plain";
	if (/\[[hms]+\]/i.test(first)) return "span";
	const time = /[hs]/i.test(first);
	const date = /[yd]/i.test(first) || (/m/i.test(first) && !time);
	if (date || time) return date && time ? "date and time" : date ? "date" : "time";
	return first.includes("%") ? "percent" : "plain";
}

/** Fifteen digits are what a spreadsheet shows; what comes after is noise of binary fractions. */
function decimal(number: number): string {
	if (Number.isInteger(number)) return BigInt(number).toString();
	const text = String(Number(number.toPrecision(15)));
	return text.includes("e") ? number.toFixed(20).replace(/\.?0+$/, "") : text;
}

export function numberCell(written: string, format: Format, from1904: boolean): Value {
	const number = Number(written);
	if (written.trim() === "" || !Number.isFinite(number))
		return {
			is: "refused",
			shown: written,
			problem: { de: `„${written.slice(0, 40)}“ ist keine Zahl`, en: `"${written.slice(0, 40)}" is no number` },
		};
	if (format === "plain") return { is: "number", text: decimal(number) };
	if (format === "percent") return { is: "number", text: `${decimal(Number((number * 100).toPrecision(15)))}%` };
	if (typeof format === "object") return { is: "number", text: decimal(number).padStart(format.digits, "0") };
	return (
		momentOf(number, format, from1904) ?? {
			is: "refused",
			shown: written,
			problem: { de: `der Tag ${written} der Zählung ist kein Datum`, en: `day ${written} of the count is no date` },
		}
	);
}
