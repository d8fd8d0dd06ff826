// Buttons, forms, suggestions and message shortcuts. Slack does not deliver these again, so that whoever acted is told
// where one could not be stored.
import { z } from "zod";
import type { Message, Sender } from "../../bot/message.ts";
import { within } from "./api.ts";
import { type Delivery, directPlace, faultOf, type Intake, NOT_STORED, placeFor } from "./delivery.ts";
import { commandOf, faultsFor, openedAt, suggestions, valuesOf } from "./form.ts";
import * as incoming from "./incoming.ts";
import type { Interacted, Interaction } from "./payloads.ts";
import { mentioned, readable } from "./text.ts";
import { Trouble } from "./trouble.ts";

export function interactions(using: Intake): (interaction: Interaction, delivery: Delivery) => Promise<void> {
	const { bot, call, clock, people, log } = using;

	return async (interaction, delivery) => {
		switch (interaction.type) {
			case "block_actions":
				return press(interaction, delivery);
			case "view_submission":
				return submit(interaction, delivery);
			case "block_suggestion":
				return suggest(interaction, delivery);
			case "message_action":
				return shortcut(interaction, delivery);
			default:
				return delivery.ack();
		}
	};

	async function press(press: Interacted<"block_actions">, delivery: Delivery) {
		const [action] = press.actions;
		const { channel, container, user } = press;
		if (action?.type !== "button" || !action.value || !incoming.mayPress(action.action_id, user.id)) {
			return delivery.ack();
		}
		const { action_id, action_ts, value } = action;
		const parent = press.message?.thread_ts ?? container.thread_ts ?? null;
		const thread = parent === container.message_ts ? null : parent;
		const [sender, place] = await Promise.all([
			people.sender(user.id),
			channel === undefined ? homePlace(user.id) : placeFor(people, channel.id, user.id, thread),
		]);
		if (place === null) return delivery.ack();
		const message = incoming.pressed(press, { action_id, action_ts, value }, place, sender, now());
		return storeOrTell(message, delivery);
	}

	/** A button of the App Home is answered in the direct message. */
	async function homePlace(user: string) {
		const direct = await within(1500, people.direct(user), null);
		return direct === null ? null : directPlace(direct);
	}

	async function shortcut(action: Interacted<"message_action">, delivery: Delivery) {
		const found = using.commands.find((one) => one.slack?.shortcut?.id === action.callback_id);
		const into = found?.slack?.shortcut?.into;
		if (found === undefined || into === undefined) return delivery.ack();
		const { message, user } = action;
		const thread = message.thread_ts === undefined || message.thread_ts === message.ts ? null : message.thread_ts;
		const [sender, names, place] = await Promise.all([
			people.sender(user.id),
			people.names(mentioned(message.text)),
			placeFor(people, action.channel.id, user.id, thread),
		]);
		const text = readable(message.text, names, using.self());
		const target = { command: found.name, into };
		return storeOrTell(incoming.shortcutMessage(action, target, text, place, sender, now()), delivery);
	}

	async function storeOrTell(message: Message, { ack, stored }: Delivery) {
		const { place, sender, trigger } = message;
		if (trigger !== null) using.triggers.note(trigger, place, sender.timezone ?? using.timezone);
		const safe = await stored(message);
		await ack();
		if (!safe) await tell(message);
	}

	async function tell({ place, sender }: Message) {
		const said = { channel: place.address, user: sender.id, text: NOT_STORED[sender.language ?? "de"] };
		try {
			await call("chat.postEphemeral", said, z.object({}));
		} catch (error) {
			if (!(error instanceof Trouble)) throw error;
			log.warn({ code: error.code }, "a person could not be told that their button was not stored");
		}
	}

	async function submit(submission: Interacted<"view_submission">, { ack, left, stored }: Delivery) {
		const { user, view } = submission;
		const command = commandOf(view.callback_id);
		const card = command === null ? null : bot.form(command);
		if (card === null) return ack();
		const opened = openedAt(view);
		const [sender, place] = await Promise.all([people.sender(user.id), opened?.place ?? homePlace(user.id)]);
		const refuse = (faults: Record<string, string>) =>
			ack({ response_action: "errors", errors: faultsFor(card, faults) });
		const busy = { [card.fields[0]?.name ?? ""]: NOT_STORED[sender.language ?? "de"] };
		if (place === null) return refuse(busy);
		const values = valuesOf(view, opened?.timezone ?? sender.timezone ?? using.timezone);
		const message = incoming.submitted(
			submission,
			{ command: card.name, values, ...(opened?.before && { before: opened.before }) },
			place,
			sender,
			now(),
		);
		if (message.trigger !== null) {
			using.triggers.note(message.trigger, place, opened?.timezone ?? sender.timezone ?? using.timezone);
		}
		const checked = bot.check(message);
		checked.catch((error) => log.error(faultOf(error), "a form could not be checked"));
		const faults = await within(left(), checked, busy);
		if (faults !== null && Object.keys(faults).length > 0) return refuse(faults);
		return (await stored(message)) ? ack() : refuse(busy);
	}

	async function suggest({ action_id, user, value, view }: Interacted<"block_suggestion">, { ack, left }: Delivery) {
		const command = commandOf(view?.callback_id ?? "");
		const field = command === null ? undefined : bot.form(command)?.fields.find((one) => one.name === action_id);
		if (field?.input.kind !== "record") return ack({ options: [] });
		const { type } = field.input;
		const sender: Sender = await people.sender(user.id);
		return ack({ options: suggestions(await within(left(), bot.suggest(type, value, sender), [])) });
	}

	function now(): string {
		return clock.now().toString();
	}
}
