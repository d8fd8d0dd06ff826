// What Slack delivers, stored before it is acknowledged, within Slack's three seconds.
import { within } from "./api.ts";
import { type Ack, type Delivery, faultOf, type Intake, NOT_STORED, placeFor } from "./delivery.ts";
import { publishHome } from "./home.ts";
import * as incoming from "./incoming.ts";
import { interactions } from "./interactions.ts";
import { EventCallback, Interaction, SlashCommand } from "./payloads.ts";
import { mentioned, readable } from "./text.ts";

/** After this an acknowledgement comes too late for Slack, which delivers an event again. */
const ACK_MS = 2850;
/** A person at the other end is told a little earlier that it did not work. */
const STORE_MS = 2500;

export function intake(using: Intake): (body: unknown, ack: Ack) => Promise<void> {
	const { bot, people, clock, pace, log } = using;
	const interact = interactions(using);

	return async (body, ack) => {
		const started = pace.now();
		const left = () => Math.max(0, STORE_MS - (pace.now() - started));
		const delivery: Delivery = {
			ack,
			left,
			async stored(message) {
				const receive = async () => {
					await bot.receive([message]);
					return true;
				};
				const received = receive();
				received.catch((error) => log.error(faultOf(error), "what came from Slack could not be stored"));
				return within(left(), received, false);
			},
		};
		const event = EventCallback.safeParse(body);
		if (event.success) return hear(event.data, ack, started);
		const slash = SlashCommand.safeParse(body);
		if (slash.success) return command(slash.data, delivery);
		const interaction = Interaction.safeParse(body);
		if (interaction.success) return interact(interaction.data, delivery);
		// Delivered again it would be as strange: acknowledged, so that Slack stops.
		log.warn({ fields: interaction.error.issues.map((issue) => issue.path.join(".")) }, "unknown delivery from Slack");
		return ack();
	};

	async function hear(
		{ event, event_id }: { event: EventCallback["event"]; event_id: string },
		ack: Ack,
		started: number,
	) {
		const self = using.self();
		const said = incoming.saidIn(event, self);
		if (said === null) {
			await ack();
			if (event.type === "app_home_opened" && event.tab !== "messages" && event.user !== undefined) {
				await publishHome(using, event.user);
			}
			return;
		}
		const others = mentioned(said.raw).filter((id) => id !== self);
		const [sender, names] = await Promise.all([people.sender(said.user), people.names(others)]);
		await bot.receive([incoming.messageOf(event_id, said, sender, names, self)]);
		if (pace.now() - started < ACK_MS) await ack();
	}

	async function command(slash: SlashCommand, { ack, stored }: Delivery) {
		const [sender, names, place] = await Promise.all([
			people.sender(slash.user_id),
			people.names(mentioned(slash.text)),
			placeFor(people, slash.channel_id, slash.user_id, null),
		]);
		const line = incoming.slashLine(slash, using.commands, readable(slash.text, names, using.self()));
		using.triggers.note(slash.trigger_id, place, sender.timezone ?? using.timezone);
		const message = incoming.slashMessage(slash, place, sender, line, names, clock.now().toString());
		if (await stored(message)) return ack();
		return ack({ response_type: "ephemeral", text: NOT_STORED[sender.language ?? "de"] });
	}
}
