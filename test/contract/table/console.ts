import { consoleChat } from "../console.ts";
import { type Cast, FAKE, recordsFor } from "./network.ts";
import type { TableDriver } from "./suite.ts";

/** The operator at the terminal. The channels are those of the expectations: they are only named in answers. */
const CAST: Cast = FAKE;

export async function consoleTable(): Promise<TableDriver> {
	const chat = await consoleChat(recordsFor(CAST), CAST.people.admin);
	return {
		cast: CAST,
		database: chat.database,
		async say({ line }) {
			// What an earlier scenario left open is no part of this one.
			await chat.say("abbrechen");
			return { text: await chat.say(line), alone: false };
		},
		findings: chat.findings,
		close: chat.close,
	};
}
