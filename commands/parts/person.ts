/** A person as an administrator names them: a contact of the network, a chat account, or a mention. */
import * as arg from "../../src/bot/args.ts";
import type { Context, Person } from "../../src/bot/command.ts";
import { ensurePerson } from "../../src/bot/people.ts";
import { fold } from "../../src/lib/fold.ts";
import type { PlatformName } from "../../src/lib/platform.ts";
import type { Key } from "../../src/network/records.ts";

export type PersonRef = { contact: Key } | { account: string; platform: PlatformName; name: string };

const contact = arg.record("contact", {
	de: ["person"],
	en: ["person"],
	position: "words",
	label: { de: "Person", en: "person" },
	ask: {
		de: "Wer? (Name eines Kontakts, Slack-ID oder Matrix-ID)",
		en: "Who? (name of a contact, Slack id or Matrix id)",
	},
});

function accountOf(typed: string, name: string): PersonRef | null {
	if (/^[UW][A-Z0-9]{5,20}$/u.test(typed)) return { account: typed, platform: "slack", name };
	if (/^@[^\s:]+:\S+$/u.test(typed)) return { account: typed, platform: "matrix", name };
	return null;
}

export const person: arg.Arg<PersonRef> = {
	...contact,
	read(raw, world) {
		const typed = arg.clean(raw.join(" "));
		const mentioned = world.mentions.find((each) => fold(each.name) === fold(typed.replace(/^@/u, "")));
		const account = accountOf(mentioned?.id ?? typed, mentioned?.name ?? typed);
		if (account) return { ok: true, value: account };
		const reading = contact.read(raw, world);
		return reading.ok ? { ok: true, value: { contact: reading.value } } : reading;
	},
};

/** The row of that person, made now if there is none. A contact's chat account is that contact's person. */
export async function personRow(context: Context, ref: PersonRef): Promise<{ id: string; name: string }> {
	const key = "contact" in ref ? ref.contact : contactOfAccount(context, ref.account);
	const known = key === null ? undefined : context.network.contact.get(key);
	const name = known?.name ?? ("account" in ref ? ref.name : ref.contact);
	const whom: Pick<Person, "id" | "name" | "contact" | "platform" | "userId" | "operator"> = {
		id: null,
		name,
		contact: key,
		platform: "account" in ref ? ref.platform : "console",
		userId: "account" in ref ? ref.account : `contact:${key}`,
		operator: false,
	};
	const id = await ensurePerson(context.tx, whom);
	if (id === null) throw new Error("only the operator has no row");
	return { id, name };
}

function contactOfAccount(context: Context, account: string): Key | null {
	for (const each of context.network.contact.values()) {
		if (each.slackUser === account || each.matrixUser === account) return each.key;
	}
	return null;
}
