/** Who may see which record. Everything that is not a contact is visible to everyone (questions/README, network-folder). */
import { ROLES, type Role } from "./enums.ts";
import type { Contact, Key } from "./records.ts";

export interface Asker {
	role: Role;
	/** The contact that this person is; null = none known. */
	contact: Key | null;
}

export const GUEST: Asker = { role: "guest", contact: null };

export const atLeast = (role: Role, needed: Role) => ROLES.indexOf(role) >= ROLES.indexOf(needed);

const NEEDED: Record<Contact["visibility"], Role> = {
	public: "guest",
	partners: "partner",
	organisers: "organiser",
};

export const maySee = (asker: Asker, contact: Contact) => atLeast(asker.role, NEEDED[contact.visibility]);

/** A contact's own role: partner; organiser if its topics include `coordination`. */
export const roleOfContact = (contact: Contact): Role =>
	contact.topics.includes("coordination") ? "organiser" : "partner";
