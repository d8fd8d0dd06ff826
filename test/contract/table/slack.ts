import { slackChat } from "../slack.ts";
import { type Cast, recordsFor } from "./network.ts";
import type { TableDriver } from "./suite.ts";

const CAST: Cast = {
	platform: "slack",
	people: { guest: "U0GAST0001", partner: "U0BERG0001", organiser: "U0ORG00001", admin: "U0ADMIN001" },
	channels: { de: "C0GENERAL0", en: "C0ENGLISH0" },
};

/** Each scenario is a thread of its own, begun by mentioning the bot in the channel of its language. */
export async function slackTable(): Promise<TableDriver> {
	const chat = await slackChat(recordsFor(CAST), [CAST.people.admin], Object.values(CAST.people), ["english"]);
	return {
		cast: CAST,
		database: chat.house.database,
		async say({ language, line, role }) {
			const user = CAST.people[role];
			const channel = CAST.channels[language];
			const thread = await chat.mention(user, channel, line, null);
			return chat.answer(user, channel, thread, thread);
		},
		// How quickly it acknowledges is looked at elsewhere, on a machine that does nothing else.
		findings: async () => (await chat.findings()).filter((found) => !JSON.stringify(found).includes("ack_late")),
		close: chat.close,
	};
}
