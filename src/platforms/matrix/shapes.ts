// What Lotse reads of a homeserver's answers. Tolerant: a field of a wrong type counts as absent, a strange event is skipped.
import { z } from "zod";

/** Ids are stored, compared and sent back: none of them holds anything that a log or a database could not take. */
const id = (sigil: string) =>
	z
		.string()
		.max(255)
		.refine((text) => text.startsWith(sigil) && text.length > 1 && !/[\p{Cc}\p{Cs}\s]/u.test(text));
const eventId = id("$");
const userId = id("@");

const relation = z.object({
	rel_type: z.string().optional().catch(undefined),
	event_id: eventId.optional().catch(undefined),
	key: z.string().optional().catch(undefined),
	is_falling_back: z.boolean().optional().catch(undefined),
	"m.in_reply_to": z.object({ event_id: eventId }).optional().catch(undefined),
});

/** Where a message keeps the command lines of its numbered actions: they survive restarts and are encrypted with it. */
export const ACTIONS = "app.lotse.actions";

/** Of many mentions only the first count: an answer names a handful of people at most. */
const MENTIONS = 50;
function usersOf(ids: readonly unknown[]): string[] {
	return ids.slice(0, MENTIONS).flatMap((each) => {
		const parsed = userId.safeParse(each);
		return parsed.success ? [parsed.data] : [];
	});
}

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
		.object({ user_ids: z.array(z.unknown()).catch([]).default([]).transform(usersOf) })
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
	redacts: eventId.optional().catch(undefined),
	replacement_room: id("!").optional().catch(undefined),
	name: z.string().optional().catch(undefined),
});
export const contentShape = content;
export type Content = z.infer<typeof content>;

export const eventShape = z.object({
	type: z.string(),
	event_id: eventId.optional(),
	sender: userId,
	origin_server_ts: z.number().optional().catch(undefined),
	state_key: z.string().optional().catch(undefined),
	redacts: eventId.optional().catch(undefined),
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

const events = z.array(z.unknown()).catch([]);
const some = z.object({ events }).catch({ events: [] });
export const joinedShape = z.object({
	state: some,
	timeline: z
		.object({ limited: z.boolean().catch(false), prev_batch: z.string().optional().catch(undefined), events })
		.catch({ limited: false, events: [] }),
});
export const leftShape = z.object({ timeline: some });
export const invitedShape = z.object({ invite_state: some });
export const accountShape = some;

/** Rooms by id; what is in them is read one by one, so that a strange one holds up no other. */
const byRoom = z.record(z.string(), z.unknown()).catch({});
export const syncShape = z.object({
	next_batch: z.string().min(1),
	rooms: z.object({ join: byRoom, invite: byRoom, leave: byRoom }).catch({ join: {}, invite: {}, leave: {} }),
	account_data: z.unknown().optional(),
});
export type Sync = z.infer<typeof syncShape>;

export const messagesShape = z.object({ chunk: z.array(z.unknown()), end: z.string().optional().catch(undefined) });
export const membersShape = z.object({ chunk: z.array(z.unknown()) });
/** Anybody who may use the account may have written it: what does not fit is left out. */
export const directShape = z.record(z.string(), z.array(z.string()).catch([]));
export const loginShape = z.object({ user_id: z.string(), access_token: z.string(), device_id: z.string() });
export const whoamiShape = z.object({ user_id: z.string(), device_id: z.string().optional() });
export const sentShape = z.object({ event_id: eventId });
export const roomShape = z.object({ room_id: id("!") });
export const uploadShape = z.object({ content_uri: z.string().startsWith("mxc://") });
export const profileShape = z.object({ displayname: z.string().optional().catch(undefined) });
/** Bytes; a server that names no limit has Synapse's. */
export const uploadLimitShape = z.object({ "m.upload.size": z.number().int().positive().optional().catch(undefined) });
