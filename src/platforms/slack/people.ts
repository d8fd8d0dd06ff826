// Who a Slack user id is, and which conversations the bot can reach: asked once, kept for an hour.
import { z } from "zod";
import type { Sender } from "../../bot/message.ts";
import type { Language } from "../../lib/text.ts";
import { type Call, within } from "./api.ts";
import type { Pace } from "./pace.ts";
import { Trouble } from "./trouble.ts";

const Answer = z.object({
	user: z.object({
		name: z.string().optional(),
		real_name: z.string().optional(),
		tz: z.string().nullish(),
		locale: z.string().nullish(),
		profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
	}),
});
const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** Looking somebody up must not use up the three seconds for the acknowledgement: who is not known by then stays nameless. */
const PATIENCE_MS = 700;
const HOUR = 3_600_000;
const MOST = 5000;

export interface People {
	/** Waits a moment at most; what is not known by then is null. */
	sender(userId: string): Promise<Sender>;
	/** Names for mentions, likewise. */
	names(userIds: readonly string[]): Promise<Map<string, string>>;
	displayName(userId: string): Promise<string | null>;
	/** The direct conversation with a person. @throws Trouble */
	direct(userId: string): Promise<string>;
	/** May the bot write there? Unclear counts as yes. */
	reachable(channel: string): Promise<boolean>;
}

function languageOf(locale: string | null | undefined): Language | null {
	const language = locale?.slice(0, 2);
	return language === "de" || language === "en" ? language : null;
}

export function people(call: Call, pace: Pace): People {
	const senders = cache<Sender>(pace, async (id) => {
		const { user } = await call("users.info", { user: id, include_locale: true }, Answer);
		const names = [user.profile?.display_name, user.real_name, user.profile?.real_name, user.name];
		return {
			id,
			name: names.find((name) => name !== undefined && name !== "") ?? null,
			language: languageOf(user.locale),
			timezone: user.tz ?? null,
		};
	});
	const directs = cache(pace, async (id) => (await call("conversations.open", { users: id }, Opened)).channel.id);
	const members = cache(pace, async (channel) => {
		const Info = z.object({ channel: z.object({ is_member: z.boolean().optional(), is_im: z.boolean().optional() }) });
		try {
			const info = await call("conversations.info", { channel }, Info);
			return info.channel.is_im === true || info.channel.is_member !== false;
		} catch (error) {
			if (error instanceof Trouble && error.code === "channel_not_found") return false;
			throw error;
		}
	});
	const nameless = (id: string): Sender => ({ id, name: null, language: null, timezone: null });
	return {
		sender: (id) => within(PATIENCE_MS, senders.get(id), nameless(id)),
		async names(ids) {
			const found = await Promise.all(ids.map((id) => within(PATIENCE_MS, senders.get(id), nameless(id))));
			return new Map(found.flatMap((one) => (one.name === null ? [] : [[one.id, one.name]])));
		},
		async displayName(id) {
			try {
				return (await senders.get(id)).name;
			} catch {
				return null;
			}
		},
		direct: (id) => directs.get(id),
		async reachable(channel) {
			const found = await within(PATIENCE_MS, members.get(channel), true);
			// Somebody may invite the bot any moment: a "no" is not kept.
			if (!found) members.forget(channel);
			return found;
		},
	};
}

/** Asks once per key and hour, also where many ask at the same time; a failure is not kept. */
function cache<Value>(pace: Pace, ask: (key: string) => Promise<Value>) {
	const kept = new Map<string, { until: number; value: Promise<Value> }>();
	return {
		forget: (key: string) => kept.delete(key),
		get(key: string): Promise<Value> {
			const found = kept.get(key);
			if (found !== undefined && found.until > pace.now()) return found.value;
			const value = ask(key);
			kept.delete(key);
			kept.set(key, { until: pace.now() + HOUR, value });
			value.catch(() => kept.delete(key));
			for (const oldest of kept.keys()) {
				if (kept.size <= MOST) break;
				kept.delete(oldest);
			}
			return value;
		},
	};
}
