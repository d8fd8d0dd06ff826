/** What people do in a simulated workspace, and what they see there. */
import { z } from "zod";
import type { Run } from "../../support/slacksim/slacksim.mjs";

const ControlError = z.object({ error: z.string() });

export type Control = <Answer>(route: string, shape: z.ZodType<Answer>, body?: object) => Promise<Answer>;

export function controlOf(run: Run): Control {
	return async function control<Answer>(route: string, shape: z.ZodType<Answer>, body?: object): Promise<Answer> {
		const [method, path] = route.split(" ");
		const init = body === undefined ? {} : { body: JSON.stringify(body) };
		const response = await fetch(`${run.controlUrl}${path}`, { method, ...init });
		const answer: unknown = await response.json();
		if (!response.ok) throw new Error(`${route}: ${ControlError.safeParse(answer).data?.error ?? response.status}`);
		return shape.parse(answer);
	};
}

const Block = z.looseObject({
	type: z.string(),
	elements: z.array(z.looseObject({ type: z.string().optional(), value: z.string().optional() })).optional(),
});
const Shown = z.looseObject({
	text: z.string(),
	ts: z.string(),
	user: z.string().optional(),
	thread_ts: z.string().optional(),
	subtype: z.string().optional(),
	to: z.string().optional(),
	blocks: z.array(Block).optional(),
});
export type Shown = z.infer<typeof Shown>;
const Violations = z.object({
	errors: z.number(),
	violations: z.array(z.looseObject({ kind: z.string(), severity: z.string() })),
});
const Acted = z.looseObject({
	acked: z.boolean().optional(),
	ts: z.string().optional(),
	channel: z.string().optional(),
	files: z.array(z.string()).optional(),
	user_error: z.string().optional(),
	message: Shown.optional(),
	errors: z.unknown().optional(),
	views: z.array(z.looseObject({})).optional(),
	options: z.array(z.looseObject({ value: z.string() })).optional(),
});

export function actorsOf(control: Control) {
	return {
		/** A person's message in a channel (or `dm`), as the Slack client would send it. */
		async say(user: string, words: string, more: object = {}) {
			const said = await control("POST /message", Acted, { user, channel: "general", text: words, ...more });
			return { ts: said.ts ?? "", channel: said.channel ?? "" };
		},
		act: (route: string, body: object) => control(`POST ${route}`, Acted, body),
		async fault(method: string, kind: string, more: object = {}) {
			await control("POST /faults", z.looseObject({}), { method, kind, ...more });
		},
		/** What the bot said, as a person there sees it. */
		async said(where: object = {}): Promise<Shown[]> {
			const query = new URLSearchParams({ channel: "general", ...where }).toString();
			const { messages } = await control(`GET /messages?${query}`, z.object({ messages: z.array(Shown) }));
			return messages.filter((message) => message.user === "U0SIMBOT01");
		},
		async waitSaid(where: object = {}): Promise<Shown> {
			const query = new URLSearchParams({ channel: "general", ...where }).toString();
			return (await control(`GET /wait/message?${query}`, z.object({ message: Shown }))).message;
		},
		async calls(method: string) {
			const Call = z.object({
				method: z.string(),
				args: z.record(z.string(), z.unknown()),
				ok: z.boolean().nullable(),
			});
			return (await control(`GET /calls?method=${method}`, z.object({ calls: z.array(Call) }))).calls;
		},
		async wait(what: string) {
			return control(`GET /wait/${what}`, z.looseObject({}));
		},
		async idle(ms = 150) {
			await control(`GET /wait/idle?ms=${ms}`, z.looseObject({}));
		},
		/** What a test provoked on purpose is not counted. */
		async forgive() {
			await control("DELETE /violations", z.looseObject({}));
		},
		/** Nobody saw an error, no rule was broken, nothing was said twice. */
		async findings(allowed: readonly string[] = []) {
			await control("GET /wait/idle?ms=150", z.looseObject({}));
			const { violations } = await control("GET /violations", Violations);
			const { duplicates } = await control("GET /duplicates", z.object({ duplicates: z.array(z.unknown()) }));
			const errors = violations.filter(({ kind, severity }) => severity === "error" && !allowed.includes(kind));
			return { errors, duplicates };
		},
	};
}

/** `findings` of a test in which all went well. */
export const CLEAN = { errors: [], duplicates: [] };
