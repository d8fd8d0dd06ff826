import { findFact } from "../../../src/database/facts.ts";
import type { Role } from "../../../src/network/enums.ts";
import { matrixPlatform } from "../../../src/platforms/matrix/index.ts";
import { openLab } from "../../platforms/matrix/lab.ts";
import { houseWith } from "../driver.ts";
import { type Cast, FAKE, recordsFor } from "./network.ts";
import type { TableDriver } from "./suite.ts";

const PEOPLE = {
	guest: "@gast:lab.test",
	partner: "@berg:lab.test",
	organiser: "@org:lab.test",
	admin: "@leitung:lab.test",
};
const NAMES = Object.values(PEOPLE).map((id) => id.slice(1, id.indexOf(":")));
/** What stands in the room instead of a private answer. */
const WORD = /^(?:Die Antwort steht in unserer Direktnachricht|The answer is in our direct message)\.$/u;

/** Everybody in two rooms of a real homeserver, one German, one English; a private answer stands in the direct message. */
export async function matrixTable(): Promise<TableDriver> {
	const lab = await openLab({ users: NAMES });
	const members = { by: "leitung", members: ["gast", "berg", "org"] };
	// A guest has no name but that of the account.
	await lab.call("POST", "/users/displayname", { user: "gast", displayname: PEOPLE.guest });
	const channels = { de: await lab.room("tafel", members), en: await lab.room("table", members) };
	const cast: Cast = { ...FAKE, people: PEOPLE, channels };
	const house = await houseWith(recordsFor(cast), { admins: [cast.people.admin] }, (open) => [
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
	]);
	await lab.synced();

	async function inRoom(room: string, since: string): Promise<string> {
		for (;;) {
			const messages = await lab.messages({ room, from: "bot", since });
			await house.running.settle();
			if (messages.some((message) => message.reply_to === since)) {
				const all = await lab.messages({ room, from: "bot", since });
				return all.map(({ text }) => text).join("\n");
			}
			await lab.get("/wait/message", { room, since: messages.at(-1)?.id ?? since, timeout: 10_000 });
		}
	}

	async function whispered(role: Role) {
		const direct = await findFact(house.database.db, "matrix", `direct:${PEOPLE[role]}`);
		return direct === null ? [] : lab.messages({ room: direct, from: "bot" });
	}

	return {
		cast,
		database: house.database,
		async say({ language, line, role }) {
			const room = channels[language];
			const name = NAMES.find((each) => PEOPLE[role].startsWith(`@${each}:`)) ?? "";
			const before = new Set((await whispered(role)).map(({ id }) => id));
			const text = await inRoom(room, await lab.say(name, room, `Lotse: ${line}`));
			if (!WORD.test(text)) return { text, alone: false };
			const fresh = (await whispered(role)).filter(({ id }) => !before.has(id));
			return { text: fresh.map((message) => message.text).join("\n"), alone: true };
		},
		async findings() {
			await lab.idle();
			return lab.violations();
		},
		async close() {
			await house.close();
			await lab.end();
		},
	};
}
