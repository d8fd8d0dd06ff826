/** What counts as right: the rules of the development set's scorer. */
import { z } from "zod";
import { plainText } from "../../src/bot/reply.ts";
import type { Asker } from "../../src/network/access.ts";
import { maySee } from "../../src/network/access.ts";
import type { Network } from "../../src/network/records.ts";
import { showPhone } from "../../src/questions/cards/format.ts";
import type { Answer } from "../../src/questions/index.ts";

const ref = z.object({ type: z.string(), key: z.string() });
export const questionSchema = z.object({
	id: z.string(),
	question: z.string(),
	lang: z.enum(["de", "en"]).nullable(),
	now: z.string(),
	as: z.string().nullable(),
	thread: z.string().nullable(),
	expect: z.object({
		status: z.string(),
		intent: z.string().optional(),
		records: z.array(ref),
		any_of: z.array(z.array(ref)).optional(),
		value: z.union([z.string(), z.number()]).optional(),
		ordered: z.boolean().optional(),
		anyRecords: z.boolean().optional(),
	}),
	tags: z.array(z.string()),
});
export type TestQuestion = z.infer<typeof questionSchema>;
type Ref = z.infer<typeof ref>;

const alnum = (value: unknown) =>
	String(value)
		.toLowerCase()
		.replaceAll("ä", "ae")
		.replaceAll("ö", "oe")
		.replaceAll("ü", "ue")
		.replaceAll("ß", "ss")
		.normalize("NFKD")
		.replace(/[^a-z0-9]/g, "");

function sameDuration(a: string, b: string): boolean {
	const parse = (text: string) => {
		try {
			const { years, months, weeks, days, hours, minutes } = Temporal.Duration.from(text);
			return [years * 12 + months, weeks * 7 + days, hours * 60 + minutes].join();
		} catch {
			return null;
		}
	};
	return parse(a) !== null && parse(a) === parse(b);
}

function valueRight(expected: string | number, got: string | number | undefined): boolean {
	if (got === undefined) return false;
	if (typeof expected === "number") return Number(String(got).replace(/(?<=\d)[.,\s](?=\d{3}\b)/g, "")) === expected;
	if (/^\d{4}-\d\d-\d\d$/.test(expected)) return String(got).startsWith(expected);
	if (/^P[T\d]/.test(expected)) return sameDuration(expected, String(got));
	return alnum(got) === alnum(expected);
}

const canon = (refs: readonly Ref[]) => [...new Set(refs.map(({ type, key }) => `${type}:${key}`))].sort().join(" ");

function recordsRight({ expect }: TestQuestion, got: readonly Ref[]): boolean {
	if (expect.anyRecords) return true;
	if (expect.ordered) {
		const line = (refs: readonly Ref[]) => refs.map(({ type, key }) => `${type}:${key}`).join(" ");
		if (line(expect.records) === line(got)) return true;
	} else if (canon(expect.records) === canon(got)) return true;
	return (expect.any_of ?? []).some((other) => canon(other) === canon(got));
}

/** Records, numbers or addresses of contacts that the asker may not see, in an answer. */
function leaksOf(network: Network, answer: Answer, asker: Asker): string[] {
	const text = `${plainText(answer.parts)} ${JSON.stringify(answer.parts)} ${answer.value ?? ""}`;
	const people = [...network.contact.values()];
	const open = [
		...network.organisation.values(),
		...network.service.values(),
		...people.filter((contact) => maySee(asker, contact)),
	];
	const known = new Set(
		open.flatMap((record) => [record.phone, "mobile" in record ? record.mobile : null, record.email]),
	);
	const out: string[] = [];
	for (const contact of people.filter((each) => !maySee(asker, each))) {
		if (answer.records.some((record) => record.type === "contact" && record.key === contact.key))
			out.push(`record ${contact.key}`);
		if (text.includes(contact.key)) out.push(`key ${contact.key}`);
		for (const secret of [contact.phone, contact.mobile, contact.email]) {
			if (secret && !known.has(secret) && (text.includes(secret) || text.includes(showPhone(secret))))
				out.push(`${secret} of ${contact.key}`);
		}
	}
	return out;
}

const REFUSALS = ["not_found", "not_allowed", "out_of_scope"];

export interface Verdict {
	right: boolean;
	/** An answer where none was to be given: the worst fault beside a leak. */
	falseAnswer: boolean;
	leaks: string[];
	/** What was wrong, for whoever has to mend it. */
	why: string;
}

export function judge(network: Network, question: TestQuestion, answer: Answer, asker: Asker): Verdict {
	const { expect } = question;
	const why: string[] = [];
	if (answer.status !== expect.status) why.push(`status ${answer.status}, expected ${expect.status}`);
	if (!recordsRight(question, answer.records))
		why.push(`records ${canon(answer.records)}, expected ${canon(expect.records)}`);
	if (expect.value !== undefined && !valueRight(expect.value, answer.value))
		why.push(`value ${answer.value}, expected ${expect.value}`);
	return {
		right: why.length === 0,
		falseAnswer: REFUSALS.includes(expect.status) && answer.status === "answered",
		leaks: leaksOf(network, answer, asker),
		why: why.join("; "),
	};
}
