// What Slack sends, as far as it is read here. Everything else in a payload is left alone.
import { z } from "zod";

const Speech = z.object({
	user: z.string().optional(),
	bot_id: z.string().optional(),
	subtype: z.string().optional(),
	text: z
		.string()
		.nullish()
		.transform((text) => text ?? ""),
	ts: z.string(),
	thread_ts: z.string().optional(),
	edited: z.object({ ts: z.string().optional() }).nullish(),
});
export type Speech = z.infer<typeof Speech>;

/** A file that was sent: only its id can be relied on. */
const File = z.object({
	id: z.string(),
	name: z.string().nullish(),
	mimetype: z.string().nullish(),
	size: z.number().nullish(),
});
export type File = z.infer<typeof File>;

const SlackEvent = z.object({
	type: z.string(),
	subtype: z.string().optional(),
	channel: z.string().optional(),
	channel_type: z.string().optional(),
	user: z.string().optional(),
	bot_id: z.string().optional(),
	text: z
		.string()
		.nullish()
		.transform((text) => text ?? undefined),
	ts: z.string().optional(),
	thread_ts: z.string().optional(),
	tab: z.string().optional(),
	// Slack lists ten at most; an odd one is left out, not the message.
	files: z.array(File.nullable().catch(null)).optional().catch(undefined),
	message: Speech.optional(),
	previous_message: Speech.partial({ ts: true }).optional(),
});
export type SlackEvent = z.infer<typeof SlackEvent>;

export const EventCallback = z.object({
	type: z.literal("event_callback"),
	event_id: z.string(),
	// `user` is an object in some events (user_change); those are not listened to and must not be refused.
	event: z.preprocess(
		(event) =>
			typeof event === "object" && event !== null && "user" in event && typeof event.user !== "string"
				? { ...event, user: undefined }
				: event,
		SlackEvent,
	),
});

export const SlashCommand = z.object({
	command: z.string(),
	text: z.string().default(""),
	user_id: z.string(),
	channel_id: z.string(),
	channel_name: z.string().default(""),
	trigger_id: z.string(),
});
export type EventCallback = z.infer<typeof EventCallback>;
export type SlashCommand = z.infer<typeof SlashCommand>;

const User = z.object({ id: z.string() });
const Channel = z.object({ id: z.string(), name: z.string().default("") });
const Option = z.object({ value: z.string() });

const StateValue = z.object({
	type: z.string(),
	value: z.string().nullish(),
	selected_date: z.string().nullish(),
	selected_date_time: z.number().nullish(),
	selected_option: Option.nullish(),
	selected_options: z.array(Option).nullish(),
});
const View = z.object({
	id: z.string(),
	callback_id: z.string().default(""),
	private_metadata: z.string().default(""),
	state: z.object({ values: z.record(z.string(), z.record(z.string(), StateValue)) }).default({ values: {} }),
});
export type View = z.infer<typeof View>;

export const Interaction = z.discriminatedUnion("type", [
	z.object({
		type: z.literal("block_actions"),
		user: User,
		trigger_id: z.string().optional(),
		channel: Channel.optional(),
		container: z.object({
			type: z.string(),
			message_ts: z.string().optional(),
			thread_ts: z.string().optional(),
		}),
		message: z.object({ thread_ts: z.string().optional() }).optional(),
		actions: z
			.array(
				z.object({
					type: z.string(),
					action_id: z.string(),
					value: z.string().optional(),
					action_ts: z.string().default(""),
				}),
			)
			.min(1),
	}),
	z.object({
		type: z.literal("view_submission"),
		user: User,
		trigger_id: z.string().optional(),
		view: View,
	}),
	z.object({
		type: z.literal("block_suggestion"),
		user: User,
		action_id: z.string(),
		value: z.string().default(""),
		view: View.optional(),
	}),
	z.object({
		type: z.literal("message_action"),
		user: User,
		trigger_id: z.string(),
		callback_id: z.string(),
		channel: Channel,
		message_ts: z.string().optional(),
		message: Speech,
	}),
	z.object({ type: z.enum(["view_closed", "shortcut"]), user: User }),
]);
export type Interaction = z.infer<typeof Interaction>;
export type Interacted<Type extends Interaction["type"]> = Extract<Interaction, { type: Type }>;
