import * as arg from "../src/bot/args.ts";
import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { fold } from "../src/lib/fold.ts";
import { upsertChannel } from "../src/network/channels.ts";
import { TOPIC } from "../src/network/labels.ts";
import type { Channel } from "../src/network/records.ts";
import { language, regions } from "./parts/records.ts";

export const channelBind = command({
	name: "channel bind",
	words: { de: ["kanal verbinden"], en: ["channel bind"] },
	summary: {
		de: "Verbindet diesen Kanal: Er bekommt Erinnerungen und Beschlüsse seiner Regionen",
		en: "Binds this channel: it gets the reminders and decisions of its regions",
	},
	example: {
		de: 'kanal verbinden "Netzwerk Leipzig" --region Leipzig',
		en: 'channel bind "Network Leipzig" --region Leipzig --language en',
	},
	role: "admin",
	writes: true,
	args: {
		name: arg.optional(
			arg.text(
				{
					de: ["name"],
					en: ["name"],
					position: "words",
					label: { de: "Name", en: "name" },
					ask: { de: "Wie heißt der Kanal?", en: "What is the channel called?" },
				},
				100,
			),
		),
		region: regions,
		topic: arg.many(
			arg.choice(
				{
					de: ["thema"],
					en: ["topic"],
					label: { de: "Thema", en: "topic" },
					ask: { de: "Welches Thema?", en: "Which topic?" },
				},
				TOPIC,
			),
		),
		language: arg.optional(language({ de: "Welche Sprache?", en: "Which language?" })),
	},
	async run(context, args) {
		const { network, place } = context;
		if (place === null || place.kind === "direct") {
			throw new UserError({
				de: "Verbinden lässt sich nur ein Kanal oder Raum: schreiben Sie den Befehl dort.",
				en: "Only a channel or room can be bound: write the command there.",
			});
		}
		const before = context.channel;
		const channel: Channel = {
			key: before?.key ?? freeKey(args.name ?? place.address, network.channel),
			platform: place.platform,
			address: place.address,
			name: args.name ?? before?.name ?? null,
			language: args.language ?? before?.language ?? context.standardLanguage,
			regions: args.region.length > 0 ? args.region : (before?.regions ?? []),
			topics: args.topic.length > 0 ? args.topic : (before?.topics ?? []),
			purpose: before?.purpose ?? null,
		};
		await upsertChannel(context.tx, channel);
		const regions = channel.regions.map((key) => network.region.get(key)?.name ?? key).join(", ");
		const line = {
			de: `Dieser Kanal ist verbunden (${channel.key}). ${regions ? `Er bekommt Erinnerungen und Beschlüsse für: ${regions}.` : "Ohne --region bekommt er nur, was ihn ausdrücklich nennt."}`,
			en: `This channel is bound (${channel.key}). ${regions ? `It gets reminders and decisions for: ${regions}.` : "Without --region it only gets what names it."}`,
		};
		return {
			status: "done",
			records: [{ type: "channel", key: channel.key }],
			reply: reply(text(line[context.language])),
		};
	},
});

function freeKey(name: string, taken: ReadonlyMap<string, unknown>): string {
	const base =
		fold(name)
			.replace(/[^a-z0-9]+/gu, "-")
			.replace(/^-+|-+$/gu, "")
			.slice(0, 70) || "kanal";
	let key = base;
	for (let count = 2; taken.has(key); count++) key = `${base}-${count}`;
	return key;
}
