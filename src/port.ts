/** What the bot gives each platform, made from the house: storing, checking forms, suggesting, greeting. */
import { checkForm, formOf } from "./bot/forms.ts";
import { homeOf } from "./bot/home.ts";
import type { Inbox } from "./bot/inbox.ts";
import { invitationOf } from "./bot/invited.ts";
import type { Message, Sender } from "./bot/message.ts";
import { movePlace } from "./bot/moved.ts";
import { whoIs } from "./bot/people.ts";
import { channelAt, languageFor } from "./bot/place.ts";
import type { Bot } from "./bot/platform.ts";
import { tellRemoved } from "./bot/removed.ts";
import { worldOf } from "./bot/turn.ts";
import type { PlatformName } from "./lib/platform.ts";
import type { OpenHouse } from "./main.ts";
import { card } from "./questions/cards/card.ts";
import { lexiconOf, suggest } from "./questions/lexicon.ts";

export function portFor(open: OpenHouse, inbox: Inbox, name: PlatformName): Bot {
	const { config, clock, database, live, house, door } = open;

	/** A person in a place, outside of any message being handled. */
	async function turnOf(sender: Sender, address: string, message?: Message) {
		const network = await live.current();
		const asker = await whoIs(database.db, network, door, name, sender);
		const place = message?.place ?? { platform: name, address, thread: null, kind: "channel" as const };
		const language = languageFor(
			asker.language,
			{ place, sender },
			channelAt(network, { place })?.language ?? null,
			config.language,
		);
		return { network, asker, language, now: clock.now() };
	}

	return {
		receive: (messages, position) =>
			inbox.receive(messages, position && { name: `${name}/${position.name}`, value: position.value }),
		async check(message) {
			const command = message.form && house.grammar.byName(message.form.command);
			if (!command || !message.form) return null;
			const turn = await turnOf(message.sender, message.place.address, message);
			return checkForm(command, message.form, worldOf(house, { ...turn, message }), turn.network);
		},
		suggest: async (type, typed) => suggest(lexiconOf(await live.current()), type, typed, 100),
		form(command) {
			const known = house.grammar.byName(command);
			return known ? formOf(known) : null;
		},
		languageOf: async (sender, address) => (await turnOf(sender, address)).language,
		async home(platform, sender) {
			const turn = await turnOf(sender, "");
			const now = turn.now.toZonedDateTimeISO(config.timezone);
			return homeOf({
				...turn,
				timezone: config.timezone,
				platform,
				commands: house.grammar.commands,
				card: (ref, asker, language) => card(turn.network, ref, language, asker, now),
			});
		},
		moved: (platform, from, to) => movePlace(database.db, clock, platform, from, to),
		addresses: async (platform) =>
			[...(await live.current()).channel.values()]
				.filter((channel) => channel.platform === platform)
				.map((channel) => channel.address),
		removed: (platform, by, address, event) => tellRemoved(open, { platform, by, address, event }),
		invited: (platform, sender, address) => invitationOf(open, platform, sender, address),
	};
}
