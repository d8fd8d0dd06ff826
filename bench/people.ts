/** Who asks: people in a simulated Slack and on a real Synapse, who see an answer when their own client does. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { start as startSlack } from "../test/support/slacksim/slacksim.mjs";

export interface Heard {
	/** Milliseconds from sending the question to seeing the answer. */
	ms: number;
	text: string;
}

/** Slack allows a message a second and channel, so that questions go round. */
const ASKERS = 12;

/** A workspace for one app: Slack gives an event to one connection of an app, so that two bots cannot share one. */
export async function openWorkspace(latencyMs: number) {
	const names = Array.from({ length: ASKERS }, (_, index) => `asker${index}`);
	const users = names.map((name, index) => ({
		name,
		id: `U0ASKER${String(index).padStart(3, "0")}`,
		locale: "de-DE",
		tz: "Europe/Berlin",
	}));
	const run = await startSlack({ config: { latencyMs, users, retryDelaysMs: [60_000] } });
	const call = async (path: string, body?: object) => {
		const answer = await fetch(`${run.controlUrl}${path}`, body && { method: "POST", body: JSON.stringify(body) });
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		const parsed: unknown = await answer.json();
		return parsed;
	};
	let round = 0;
	return {
		env: {
			SLACK_API_URL: run.slackApiUrl,
			SLACK_BOT_TOKEN: "xoxb-sim-bot-token",
			SLACK_APP_TOKEN: "xapp-sim-app-token",
		},
		admins: users.map(({ id }) => id),
		async ask(text: string): Promise<Heard> {
			const user = names[round++ % ASKERS] ?? "";
			const before = z
				.object({ messages: z.array(z.unknown()) })
				.parse(await call(`/messages?dm=${user}&from=U0SIMBOT01`).catch(() => ({ messages: [] })));
			const began = performance.now();
			await call("/message", { user, dm: true, text });
			const found = await call(`/wait/message?dm=${user}&count=${before.messages.length + 1}&timeout=60000`);
			const ms = performance.now() - began;
			const { message } = z.object({ message: z.looseObject({ text: z.string() }) }).parse(found);
			return { ms, text: JSON.stringify(message) };
		},
		close: () => run.close(),
	};
}

const Synced = z.object({
	next_batch: z.string(),
	rooms: z
		.object({
			join: z
				.record(
					z.string(),
					z.object({
						timeline: z.object({
							events: z.array(
								z.looseObject({
									type: z.string(),
									sender: z.string(),
									content: z.looseObject({ body: z.string().optional() }),
								}),
							),
						}),
					}),
				)
				.default({}),
		})
		.default({ join: {} }),
});

/** A person at Synapse with a direct message to a bot; the bot joins by itself. */
export async function openRoom(server: string, token: string, bot: string) {
	const call = async (method: string, path: string, body?: object) => {
		const answer = await fetch(`${server}/_matrix/client/v3${path}`, {
			method,
			headers: { authorization: `Bearer ${token}` },
			...(body && { body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		const parsed: unknown = await answer.json();
		return parsed;
	};
	const created = await call("POST", "/createRoom", { invite: [bot], is_direct: true, preset: "trusted_private_chat" });
	const { room_id: room } = z.object({ room_id: z.string() }).parse(created);
	const filter = encodeURIComponent(
		JSON.stringify({ presence: { types: [] }, room: { rooms: [room], timeline: { limit: 20 } } }),
	);
	let since = "";
	/** The next events of the room, when there are any. */
	async function next() {
		const from = since === "" ? "" : `&since=${since}`;
		const synced = Synced.parse(
			await call("GET", `/sync?timeout=${since === "" ? 0 : 30_000}&filter=${filter}${from}`),
		);
		since = synced.next_batch;
		return synced.rooms.join[room]?.timeline.events ?? [];
	}
	const hear = async (type: string) => {
		for (;;) for (const event of await next()) if (event.sender === bot && event.type === type) return event;
	};
	await hear("m.room.member");
	return {
		async ask(text: string): Promise<Heard> {
			// What came since the last answer (read receipts of the bot, a slow reaction) is not of this one.
			const began = performance.now();
			await call("PUT", `/rooms/${encodeURIComponent(room)}/send/m.room.message/${randomUUID()}`, {
				msgtype: "m.text",
				body: text,
			});
			const { content } = await hear("m.room.message");
			return { ms: performance.now() - began, text: content.body ?? "" };
		},
	};
}
