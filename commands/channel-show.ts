import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { card } from "../src/questions/cards/card.ts";

export const channelShow = command({
	name: "channel show",
	words: { de: ["kanal zeigen", "kanal"], en: ["channel show", "channel"] },
	summary: { de: "Zeigt, womit dieser Kanal verbunden ist", en: "Shows what this channel is bound to" },
	example: { de: "kanal zeigen", en: "channel show" },
	role: "guest",
	writes: false,
	args: {},
	async run(context) {
		const { channel, language } = context;
		if (channel === null) {
			const line = {
				de: "Dieser Kanal ist nicht verbunden. Ein Administrator verbindet ihn mit: kanal verbinden NAME --region REGION",
				en: "This channel is not bound. An administrator binds it with: channel bind NAME --region REGION",
			};
			return { status: "not_found", records: [], reply: reply(text(line[language])) };
		}
		const now = context.now.toZonedDateTimeISO(context.timezone);
		const parts = card(context.network, { type: "channel", key: channel.key }, language, context.asker, now);
		return { status: "done", records: [{ type: "channel", key: channel.key }], reply: { parts, visibility: "open" } };
	},
});
