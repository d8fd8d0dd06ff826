import { findFact } from "../../src/database/facts.ts";
import { matrixPlatform } from "../../src/platforms/matrix/index.ts";
import { openLab } from "../platforms/matrix/lab.ts";
import { type Driver, houseWith, normalised } from "./driver.ts";
import { RECORDS } from "./scenarios.ts";

/** The person is alice in a room with the bot; answers are replies to what she said. */
export async function matrixDriver(): Promise<Driver> {
	const lab = await openLab();
	const room = await lab.room("vertrag");
	const records = {
		...RECORDS,
		channel: (RECORDS.channel ?? []).map((each) =>
			each.key === "mx-leipzig" ? { ...each, address: room, language: "de" as const } : each,
		),
	};
	// The homeserver's events carry real time.
	const now = Temporal.Now.instant().toString();
	const house = await houseWith(
		records,
		{ admins: ["@alice:lab.test"] },
		(open) => [
			{
				name: "matrix",
				make: async ({ bot, store, lock }) => ({
					listener: null,
					platform: matrixPlatform({
						homeserverUrl: lab.base_url,
						accessToken: lab.bot.access_token,
						bot,
						store,
						lock,
						clock: open.clock,
						log: open.log,
					}),
				}),
			},
		],
		now,
	);
	await lab.synced();
	return {
		database: house.database,
		async say(line) {
			const id = await lab.say("alice", room, `Lotse: ${line}`);
			for (;;) {
				const messages = await lab.messages({ room, from: "bot", since: id });
				const answer = messages.find((message) => message.reply_to === id);
				if (answer) return normalised(await whole(answer.text));
				await lab.get("/wait/message", { room, since: messages.at(-1)?.id ?? id, timeout: 10_000 });
			}
		},
		async findings() {
			await lab.idle();
			const messages = await lab.messages({ room, from: "bot" });
			const pings = messages.filter((message) => JSON.stringify(message.mentions ?? {}).length > 20);
			return [...(await lab.violations()), ...pings];
		},
		async close() {
			await house.close();
			await lab.end();
		},
	};

	/** A private answer stands in the direct message; the word in the room points there. */
	async function whole(text: string): Promise<string> {
		if (!/Direktnachricht/u.test(text)) return text;
		const direct = await findFact(house.database.db, "matrix", "direct:@alice:lab.test");
		const messages = direct === null ? [] : await lab.messages({ room: direct, from: "bot" });
		return messages.at(-1)?.text ?? text;
	}
}
