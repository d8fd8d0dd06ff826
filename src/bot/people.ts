/** Who is it? A chat account becomes a person with a contact, a role and a language (chat.md, "Roles"). */
import { z } from "zod";
import { Prisma, type Tx } from "../database/client.ts";
import type { PlatformName } from "../lib/platform.ts";
import { LANGUAGES } from "../lib/text.ts";
import { atLeast, roleOfContact } from "../network/access.ts";
import { ROLES, type Role } from "../network/enums.ts";
import type { Contact, Key, Network } from "../network/records.ts";
import type { Person } from "./command.ts";
import type { Sender } from "./message.ts";

export interface Door {
	/** LOTSE_ADMINS: Slack and Matrix ids. */
	admins: readonly string[];
	timezone: string;
}

/** The user id of whoever has the shell: they have the database too. */
export const OPERATOR = "operator";

const accounts = new WeakMap<Network, Map<string, Contact>>();

/** Contacts by the chat accounts they name; built once for each state of the network. */
function contactsByAccount(network: Network): Map<string, Contact> {
	const known = accounts.get(network);
	if (known) return known;
	const made = new Map<string, Contact>();
	for (const contact of network.contact.values()) {
		for (const id of [contact.slackUser, contact.matrixUser]) {
			if (id && !made.has(id)) made.set(id, contact);
		}
	}
	accounts.set(network, made);
	return made;
}

const higher = (a: Role, b: Role): Role => (atLeast(a, b) ? a : b);

/** What is stored of a person. */
export interface Stored {
	id: string;
	name: string;
	contactKey: string | null;
	language: Person["language"];
	timezone: string | null;
	identities: { userId: string }[];
	grants: { role: Role; series: string }[];
}

const stored: z.ZodType<Stored> = z.object({
	id: z.string(),
	name: z.string(),
	contactKey: z.string().nullable(),
	language: z.enum(LANGUAGES).nullable(),
	timezone: z.string().nullable(),
	identities: z.array(z.object({ userId: z.string() })),
	grants: z.array(z.object({ role: z.enum(ROLES), series: z.string() })),
});
const storedRows = z.array(z.object({ person: stored }));

/** Of the person `p` of a statement, with accounts and roles: every message asks for it. */
export const STORED_PERSON = Prisma.sql`
	jsonb_build_object('id', p.id, 'name', p.name, 'contactKey', p.contact, 'language', p.language, 'timezone', p.timezone,
		'identities', (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', i.user_id)), '[]') FROM identity i WHERE i.person = p.id),
		'grants', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'series', g.series)), '[]') FROM "grant" g WHERE g.person = p.id)
	)`;

/** @param found as `STORED_PERSON` gave it; null = nobody was found */
export const storedOf = (found: unknown): Stored | null => (found === null ? null : stored.parse(found));

/** By the chat account first, else by the contact. */
async function findStored(
	tx: Tx,
	account: { platform: PlatformName; userId: string } | null,
	contact: Key | null,
): Promise<Stored | null> {
	const rows = storedRows.parse(
		await tx.$queryRaw`
			SELECT ${STORED_PERSON} AS person
			FROM person p
			WHERE p.id = coalesce(
				(SELECT person FROM identity WHERE platform = ${account?.platform ?? null}::platform_name AND user_id = ${account?.userId ?? null}),
				(SELECT id FROM person WHERE contact = ${contact}))`,
	);
	return rows[0]?.person ?? null;
}

/**
 * The person behind a chat account, with their role; an unknown account is a guest, of whom nothing is stored.
 * @param found by this very account; left out = not looked for yet
 */
export async function whoIs(
	tx: Tx,
	network: Network,
	door: Door,
	platform: PlatformName,
	sender: Sender,
	found?: Stored | null,
): Promise<Person> {
	if (platform === "console" && sender.id === OPERATOR) return operator(sender, door);
	const named = contactsByAccount(network).get(sender.id) ?? null;
	const account = found === undefined ? { platform, userId: sender.id } : null;
	const look = account !== null || (found === null && named !== null);
	const known = look ? await findStored(tx, account, named?.key ?? null) : (found ?? null);
	return personOf(network, door, platform, sender, known, named);
}

/** The person whose contact this is, wherever they write from: `--as`. */
export async function personOfContact(tx: Tx, network: Network, door: Door, contact: Contact): Promise<Person> {
	const known = await findStored(tx, null, contact.key);
	const sender = { id: `contact:${contact.key}`, name: contact.name, language: null, timezone: null };
	return personOf(network, door, "console", sender, known, contact);
}

function personOf(
	network: Network,
	door: Door,
	platform: PlatformName,
	sender: Sender,
	stored: Stored | null,
	named: Contact | null,
): Person {
	const contact = (stored?.contactKey ? network.contact.get(stored.contactKey) : undefined) ?? named;
	const ids = [
		sender.id,
		contact?.slackUser,
		contact?.matrixUser,
		...(stored?.identities ?? []).map((each) => each.userId),
	];
	const byContact: Role = contact ? roleOfContact(contact) : "guest";
	const granted = stored?.grants ?? [];
	let role = granted.reduce<Role>((best, grant) => higher(best, grant.role), byContact);
	if (ids.some((id) => id && door.admins.includes(id))) role = "admin";
	const inAllSeries =
		atLeast(byContact, "organiser") ||
		role === "admin" ||
		granted.some((grant) => grant.role === "organiser" && grant.series === "");
	return {
		id: stored?.id ?? null,
		name: contact?.name ?? stored?.name ?? sender.name ?? sender.id,
		contact: contact?.key ?? null,
		role,
		platform,
		userId: sender.id,
		series: inAllSeries ? null : granted.filter((grant) => grant.series !== "").map((grant) => grant.series),
		language: stored?.language ?? null,
		timezone: sender.timezone ?? stored?.timezone ?? door.timezone,
		operator: false,
	};
}

function operator(sender: Sender, door: Door): Person {
	return {
		id: null,
		name: "Operator",
		contact: null,
		role: "admin",
		platform: "console",
		userId: sender.id,
		series: null,
		language: null,
		timezone: door.timezone,
		operator: true,
	};
}

/** The row of a person, made now if there is none: whoever writes something is remembered as its author. */
export async function ensurePerson(
	tx: Tx,
	person: Pick<Person, "id" | "name" | "contact" | "platform" | "userId" | "operator">,
): Promise<string | null> {
	if (person.operator) return null;
	const existing =
		person.id ??
		(
			await tx.identity.findUnique({
				where: { platform_userId: { platform: person.platform, userId: person.userId } },
				select: { personId: true },
			})
		)?.personId ??
		(person.contact === null
			? undefined
			: (await tx.person.findUnique({ where: { contactKey: person.contact }, select: { id: true } }))?.id);
	const id =
		existing ??
		(await tx.person.create({ data: { name: person.name, contactKey: person.contact }, select: { id: true } })).id;
	// `--as CONTACT` is no chat account: only real ones are kept as identities.
	if (!person.userId.startsWith("contact:")) {
		await tx.identity.createMany({
			data: [{ platform: person.platform, userId: person.userId, personId: id }],
			skipDuplicates: true,
		});
	}
	return id;
}
