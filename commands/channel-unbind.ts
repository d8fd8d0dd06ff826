import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { removeChannel } from "../src/network/channels.ts";

export const channelUnbind = command({
	name: "channel unbind",
	words: { de: ["kanal lösen"], en: ["channel unbind"] },
	summary: { de: "Löst diesen Kanal: Er bekommt nichts mehr", en: "Unbinds this channel: it gets nothing any more" },
	example: { de: "kanal lösen", en: "channel unbind" },
	role: "admin",
	writes: true,
	args: {},
	async run(context) {
		const { channel, language, network } = context;
		if (channel === null)
			throw new UserError({ de: "Dieser Kanal ist nicht verbunden.", en: "This channel is not bound." });
		const named = [...network.event.values()].filter((event) => event.channels.includes(channel.key));
		if (named.length > 0) {
			const titles = named
				.slice(0, 3)
				.map((event) => event.title)
				.join(", ");
			throw new UserError({
				de: `Termine nennen diesen Kanal noch: ${titles}. Ändern Sie zuerst deren Kanal (termin ändern … --kanal …).`,
				en: `Events still name this channel: ${titles}. Change their channel first (event change … --channel …).`,
			});
		}
		await removeChannel(context.tx, channel.key);
		const line = {
			de: "Dieser Kanal ist gelöst und bekommt nichts mehr.",
			en: "This channel is unbound and gets nothing any more.",
		};
		return { status: "done", records: [{ type: "channel", key: channel.key }], reply: reply(text(line[language])) };
	},
});
