// Opening a command's form, and the button that opens it where it cannot be opened now.
import type { Logger } from "pino";
import { z } from "zod";
import type { FormValues } from "../../bot/message.ts";
import type { Bot, CommandCard, Outgoing, Sent } from "../../bot/platform.ts";
import type { Language } from "../../lib/text.ts";
import { type Call, within } from "./api.ts";
import { viewOf } from "./form.ts";
import { formButton } from "./incoming.ts";
import type { Rendered } from "./render.ts";
import { cut } from "./text.ts";
import type { Triggers } from "./triggers.ts";
import { Trouble } from "./trouble.ts";

/** Opens the form that the reply asks for; null = there is none, or it cannot be opened (any more). */
export type OpenForm = (outgoing: Outgoing) => Promise<Sent | null>;

const Opened = z.object({ view: z.object({ id: z.string() }) });

export function formOpener(call: Call, bot: Bot, triggers: Triggers, log: Logger): OpenForm {
	return async ({ reply, language, address }) => {
		if (reply.form === undefined) return null;
		const card = bot.form(reply.form.command);
		const trigger = card === null ? null : triggers.take(reply.form.trigger);
		if (card === null || trigger === null) return null;
		const { place, timezone } = trigger;
		const labels = await labelsOf(bot, card, reply.form.values);
		const view = viewOf(card, reply.form.values, { language, timezone, place, labels, before: reply.form.before });
		try {
			const opened = await call("views.open", { trigger_id: reply.form.trigger, view }, Opened);
			return { ref: opened.view.id, address };
		} catch (error) {
			if (!(error instanceof Trouble)) throw error;
			log.warn({ command: card.name, code: error.code }, "a form could not be opened, offering a button instead");
			return null;
		}
	};
}

/** Slack shows a chosen record by its label, the values only know its key. */
async function labelsOf(bot: Bot, card: CommandCard, values: FormValues): Promise<Map<string, string>> {
	const nobody = { id: "", name: null, language: null, timezone: null };
	const asked = card.fields.flatMap(({ name, input }) =>
		input.kind === "record" ? (values[name] ?? []).map((key) => ({ key, type: input.type })) : [],
	);
	const found = await Promise.all(
		asked.map(async ({ key, type }) => {
			const options = await within(400, bot.suggest(type, key, nobody), []);
			return options.filter((option) => option.key === key);
		}),
	);
	return new Map(found.flat().map((option) => [option.key, option.label]));
}

/** Adds the button that opens the form; pressing it brings a fresh trigger. */
export function withFormButton(
	rendered: Rendered,
	form: { command: string; values: FormValues },
	line: string,
	language: Language,
): void {
	rendered.posts.at(-1)?.blocks.push({
		type: "actions",
		elements: [
			{
				type: "button",
				action_id: "form.0",
				style: "primary",
				text: { type: "plain_text", text: cut(language === "de" ? "Formular öffnen" : "Open form", 75), emoji: false },
				value: formButton(line, form.command, form.values),
			},
		],
	});
}
