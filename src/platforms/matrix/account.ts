// Who the bot is on the homeserver: its token, its user and always the same device.
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { PlatformStore } from "../../bot/platform.ts";
import { type ClientOptions, LotseClient } from "./client.ts";
import { loginShape, whoamiShape } from "./shapes.ts";

/** A token, or user and password. With a password the bot keeps its token in the store: logins are few (six in a row and Synapse refuses for minutes). */
export interface Credentials {
	accessToken?: string | null;
	user?: string | null;
	password?: string | null;
}

export interface Account {
	userId: string;
	deviceId: string;
	token: string;
}

/**
 * The account to go on with. The device stays the same over restarts and logins, because the server remembers transaction ids by device:
 * with another one a message of unknown fate would be posted twice.
 * @throws what a request throws
 */
export async function signIn(
	reach: Reach,
	credentials: Credentials,
	store: PlatformStore,
	log: Logger,
): Promise<Account> {
	const token = credentials.accessToken ?? ((await store.get("access_token")) || null);
	return token === null ? logIn(reach, credentials, store, log) : whoAmI(reach, token, store, log);
}

/** The token died: only a login can make a new one, and only where there is a password and no token was configured. */
export async function canRenew(credentials: Credentials, store: PlatformStore): Promise<boolean> {
	if ((credentials.accessToken ?? null) !== null || (credentials.password ?? null) === null) return false;
	await store.set("access_token", "");
	return true;
}

/** How to reach the homeserver before it is known who the bot is there. */
export type Reach = Pick<ClientOptions, "homeserverUrl" | "pace" | "signal">;

const bare = (reach: Reach, accessToken: string) => new LotseClient({ ...reach, accessToken, userId: "" });

async function whoAmI(reach: Reach, token: string, store: PlatformStore, log: Logger): Promise<Account> {
	const who = await bare(reach, token).ask(whoamiShape, "GET", "/account/whoami");
	const deviceId = who.device_id ?? "";
	const known = await store.get("device_id");
	if (known !== null && known !== deviceId) {
		log.warn(
			{ deviceId },
			"the Matrix token belongs to another device than before: a message of unknown fate may be posted twice",
		);
	}
	await store.set("device_id", deviceId);
	await keepUser(store, who.user_id, log);
	return { userId: who.user_id, deviceId, token };
}

async function logIn(reach: Reach, credentials: Credentials, store: PlatformStore, log: Logger): Promise<Account> {
	const { user, password } = credentials;
	if (!user || !password) throw new Error("Matrix needs an access token, or a user and a password");
	// The device's name is ours to choose, and stored before the login: a crash in between does not make a second device.
	const deviceId = (await store.get("device_id")) || `LOTSE${randomBytes(5).toString("hex").toUpperCase()}`;
	await store.set("device_id", deviceId);
	const answer = await bare(reach, "").ask(loginShape, "POST", "/login", {
		body: {
			type: "m.login.password",
			identifier: { type: "m.id.user", user },
			password,
			device_id: deviceId,
			initial_device_display_name: "Lotse",
		},
	});
	await store.set("access_token", answer.access_token);
	await keepUser(store, answer.user_id, log);
	log.info({ deviceId: answer.device_id }, "logged in to Matrix");
	return { userId: answer.user_id, deviceId: answer.device_id, token: answer.access_token };
}

/** Another account has read another stream: its position means nothing for this one. */
async function keepUser(store: PlatformStore, userId: string, log: Logger): Promise<void> {
	const known = await store.get("user_id");
	if (known === userId) return;
	if (known !== null) {
		log.warn("the Matrix account is another one than before: it hears from now on only");
		await store.set("sync", "");
	}
	await store.set("user_id", userId);
}
