// What Lotse reads of a homeserver's answers. Tolerant: a field of a wrong type counts as absent, a strange event is skipped.
import { z } from "zod";

const relation = z.object({
	rel_type: z.string().optional().catch(undefined),
	event_id: z.string().optional().catch(undefined),
	key: z.string().optional().catch(undefined),
	is_falling_back: z.boolean().optional().catch(undefined),
	"m.in_reply_to": z.object({ event_id: z.string() }).optional().catch(undefined),
});

/** Where a message keeps the command lines of its numbered actions: they survive restarts and are encrypted with it. */
export const ACTIONS = "app.lotse.actions";

const content = z.object({
	msgtype: z.string().optional().catch(undefined),
	body: z.string().optional().catch(undefined),
	formatted_body: z.string().optional().catch(undefined),
	/** Where it is there and differs, `body` is what was written beside the file. */
	filename: z.string().optional().catch(undefined),
	/** `mxc://…`; of an encrypted file it is elsewhere. */
	url: z.string().optional().catch(undefined),
	info: z
		.object({ mimetype: z.string().optional().catch(undefined), size: z.number().optional().catch(undefined) })
		.optional()
		.catch(undefined),
	"m.mentions": z
		.object({ user_ids: z.array(z.string()).catch([]).default([]) })
		.optional()
		.catch(undefined),
	"m.relates_to": relation.optional().catch(undefined),
	"m.new_content": z.record(z.string(), z.unknown()).optional().catch(undefined),
	[ACTIONS]: z
		.array(z.object({ line: z.string(), only: z.string().optional() }))
		.optional()
		.catch(undefined),
	membership: z.string().optional().catch(undefined),
	displayname: z.string().optional().catch(undefined),
	is_direct: z.boolean().optional().catch(undefined),
	redacts: z.string().optional().catch(undefined),
	replacement_room: z.string().optional().catch(undefined),
	name: z.string().optional().catch(undefined),
});
export const contentShape = content;
export type Content = z.infer<typeof content>;

export const eventShape = z.object({
	type: z.string(),
	event_id: z.string().startsWith("$").optional(),
	sender: z.string(),
	origin_server_ts: z.number().optional(),
	state_key: z.string().optional(),
	redacts: z.string().optional(),
	content,
	unsigned: z
		.object({
			prev_content: z.object({ membership: z.string().optional() }).optional().catch(undefined),
			"m.relations": z
				.object({ "m.replace": z.object({ content }).optional().catch(undefined) })
				.optional()
				.catch(undefined),
		})
		.optional()
		.catch(undefined),
});
export type Event = z.infer<typeof eventShape>;

/** The events among them that are events at all. */
export const eventsOf = (raw: readonly unknown[]): Event[] =>
	raw.flatMap((each) => {
		const event = eventShape.safeParse(each);
		return event.success ? [event.data] : [];
	});

const some = z.object({ events: z.array(z.unknown()).default([]) }).default({ events: [] });
const joinedRoom = z.object({
	state: some,
	timeline: z
		.object({
			limited: z.boolean().default(false),
			prev_batch: z.string().optional(),
			events: z.array(z.unknown()).default([]),
		})
		.default({ limited: false, events: [] }),
});
const rooms = z.object({
	join: z.record(z.string(), joinedRoom).default({}),
	invite: z.record(z.string(), z.object({ invite_state: some })).default({}),
	leave: z.record(z.string(), z.unknown()).default({}),
});
export const syncShape = z.object({
	next_batch: z.string().min(1),
	rooms: rooms.default({ join: {}, invite: {}, leave: {} }),
});
export type Sync = z.infer<typeof syncShape>;

export const messagesShape = z.object({ chunk: z.array(z.unknown()), end: z.string().optional() });
export const membersShape = z.object({ chunk: z.array(z.unknown()) });
export const directShape = z.record(z.string(), z.array(z.string()));
export const loginShape = z.object({ user_id: z.string(), access_token: z.string(), device_id: z.string() });
export const whoamiShape = z.object({ user_id: z.string(), device_id: z.string().optional() });
export const sentShape = z.object({ event_id: z.string().startsWith("$") });
export const roomShape = z.object({ room_id: z.string().startsWith("!") });
export const uploadShape = z.object({ content_uri: z.string().startsWith("mxc://") });
export const profileShape = z.object({ displayname: z.string().optional().catch(undefined) });
