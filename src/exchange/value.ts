/** What stands in a cell: text in CSV, and in a workbook also numbers, dates, times and truth values, which become the text a CSV cell would hold. */
import type { Text } from "../lib/text.ts";

export type Value =
	| string
	| { is: "number"; text: string }
	| Moment
	| { is: "truth"; value: boolean }
	/** A formula, an error value: never read, reported where it stands. */
	| { is: "refused"; problem: Text; shown: string; formula?: true };

export interface Moment {
	is: "moment";
	/** Local date and time to the second; null = a time of day or a span without a date. */
	at: string | null;
	seconds: number;
	/** By the cell's number format. */
	looks: "date" | "date and time" | "time" | "span";
}

/** What a column holds, where a workbook has more than text for it. */
export type Shape = "text" | "date" | "local time" | "duration" | "yes or no" | "number";

const two = (value: number) => String(value).padStart(2, "0");
const MIDNIGHT = "T00:00:00";

/** `2026-11-22T09:30:00` as `2026-11-22T09:30`; seconds that are not zero stay, and whoever reads the cell refuses them. */
const toMinute = (at: string) => (at.endsWith(":00") ? at.slice(0, -3) : at);

function durationOf(seconds: number): string {
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const parts = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${rest ? `${rest}S` : ""}`;
	return `PT${parts || "0S"}`;
}

const clock = (seconds: number) =>
	`${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${seconds % 60 ? `:${two(seconds % 60)}` : ""}`;

/** The text that a CSV file would have in this place. */
export function textOf(value: Exclude<Value, { is: "refused" }>, shape: Shape): string {
	if (typeof value === "string") return value;
	if (value.is === "number") return value.text;
	if (value.is === "truth") return value.value ? "yes" : "no";
	if (value.at === null) return shape === "duration" ? durationOf(value.seconds) : clock(value.seconds);
	if (shape === "local time") return toMinute(value.at);
	return value.at.endsWith(MIDNIGHT) ? value.at.slice(0, -MIDNIGHT.length) : toMinute(value.at);
}

export const isBlank = (value: Value | undefined): boolean => value === undefined || value === "";

/** The text as a person sees it, for fault reports. */
export const shownText = (value: Value | undefined, shape: Shape): string =>
	value === undefined ? "" : typeof value !== "string" && value.is === "refused" ? value.shown : textOf(value, shape);
