/** Matrix: is the homeserver there, is the token taken, is the same device used, what slows the bot? */
import { z } from "zod";
import type { Clock } from "../lib/clock.ts";
import type { Config, MatrixConfig } from "../lib/config.ts";
import type { Network } from "../network/records.ts";
import { matrixAdmins, unknownAdministrators } from "./administrators.ts";
import { type Answer, ask, clockAgainst } from "./ask.ts";
import { type Check, failed, mend, ok, part, reasonOf, warning } from "./check.ts";
import { checkMatrixRooms } from "./matrix-rooms.ts";

const errorShape = z.object({ errcode: z.string() });
const whoShape = z.object({ user_id: z.string(), device_id: z.string().optional() });

/** One request of the client API, below `/_matrix/client/v3/`. */
export type MatrixCall = (path: string) => Promise<Answer>;

const errorOf = ({ body, status }: Answer): string => errorShape.safeParse(body).data?.errcode ?? `HTTP ${status}`;

const unreachable = (reason: string) =>
	failed(
		"matrix homeserver",
		{ de: `Der Homeserver ist nicht erreichbar (${reason}).`, en: `The homeserver cannot be reached (${reason}).` },
		mend(
			"operator",
			"MATRIX_HOMESERVER_URL prüfen: die Adresse der Client-API, nicht die der Kennungen",
			"check MATRIX_HOMESERVER_URL: the address of the client API, not that of the ids",
		),
	);

interface Account {
	user: string | null;
	checks: Check[];
}

async function account(call: MatrixCall, config: MatrixConfig, device: string | null): Promise<Account> {
	const answer = await call("account/whoami");
	const who = whoShape.safeParse(answer.body).data;
	if (answer.status === 200 && who) {
		const used = who.device_id ?? "?";
		const signedIn = {
			de: `Angemeldet als ${who.user_id}, Gerät ${used}.`,
			en: `Signed in as ${who.user_id}, device ${used}.`,
		};
		if (device === null || device === used) return { user: who.user_id, checks: [ok("matrix account", signedIn)] };
		return {
			user: who.user_id,
			checks: [
				warning(
					"matrix account",
					{
						de: `${signedIn.de} Vorher war es Gerät ${device}: Eine Nachricht von ungewissem Schicksal kann einmal doppelt kommen.`,
						en: `${signedIn.en} Before it was device ${device}: a message of unknown fate may come twice, once.`,
					},
					mend(
						"operator",
						"nur einen Token für Lotse benutzen; nach dem nächsten Start ist das neue Gerät gemerkt",
						"use only one token for Lotse; after the next start the new device is remembered",
					),
				),
			],
		};
	}
	const text = {
		de: `Der Homeserver nimmt den Token nicht an (${errorOf(answer)}).`,
		en: `The homeserver does not take the token (${errorOf(answer)}).`,
	};
	const check =
		config.accessToken === null
			? warning(
					"matrix account",
					text,
					mend(
						"operator",
						"Lotse (neu) starten: es meldet sich dann mit dem Kennwort an",
						"start Lotse (anew): it then signs in with the password",
					),
				)
			: failed(
					"matrix account",
					text,
					mend(
						"matrix",
						"einen neuen Token für Lotse ausstellen; der Betrieb setzt ihn in MATRIX_ACCESS_TOKEN (docs/matrix.md)",
						"issue a new token for Lotse; the operator sets it in MATRIX_ACCESS_TOKEN (docs/matrix.md)",
					),
				);
	return { user: null, checks: [check] };
}

/** What Synapse allows a user by default: so many messages at once, then one in so many seconds. */
const AT_ONCE = 10;
const THEN_S = 5;

/** A bot cannot read its own limit: this is told in any case, with what it means for this network. */
function rateLimit(config: MatrixConfig, user: string | null, network: Network | null): Check {
	const who = encodeURIComponent(user ?? config.user ?? "@lotse:…");
	const rooms = [...(network?.channel.values() ?? [])].filter(({ platform }) => platform === "matrix").length;
	const seconds = Math.max(0, rooms - AT_ONCE) * THEN_S;
	return ok(
		"matrix rate limit",
		{
			de: `Ohne Ausnahme lässt Synapse ${AT_ONCE} Nachrichten zu, danach eine alle ${THEN_S} s: 50 Erinnerungen brauchen 200 s, eine an alle ${rooms} verbundenen Räume ${seconds} s.`,
			en: `Without an exemption Synapse allows ${AT_ONCE} messages, then one every ${THEN_S} s: 50 reminders take 200 s, one to all ${rooms} bound rooms ${seconds} s.`,
		},
		mend(
			"matrix",
			`Lotse ausnehmen: curl -X POST -H "Authorization: Bearer ADMIN_TOKEN" -d '{"messages_per_second":0,"burst_count":0}' HOMESERVER/_synapse/admin/v1/users/${who}/override_ratelimit`,
			`exempt Lotse: curl -X POST -H "Authorization: Bearer ADMIN_TOKEN" -d '{"messages_per_second":0,"burst_count":0}' HOMESERVER/_synapse/admin/v1/users/${who}/override_ratelimit`,
		),
	);
}

async function administrators(call: MatrixCall, config: Config): Promise<Check[]> {
	const unknown: string[] = [];
	for (const id of matrixAdmins(config)) {
		const { status } = await call(`profile/${encodeURIComponent(id)}`);
		if (status === 404) unknown.push(id);
	}
	return unknownAdministrators("matrix", unknown);
}

export interface MatrixCase {
	config: Config;
	network: Network | null;
	clock: Clock;
	/** The token that the bot got by its password and keeps, where it has one. */
	token: string | null;
	/** The device that it used last. */
	device: string | null;
}

export async function checkMatrix(matrix: MatrixConfig, found: MatrixCase): Promise<Check[]> {
	const { config, network, clock } = found;
	const base = matrix.homeserverUrl.replace(/\/+$/u, "");
	try {
		const versions = await ask(`${base}/_matrix/client/versions`);
		if (versions.status !== 200) return [unreachable(`HTTP ${versions.status}`)];
		const server = [
			ok("matrix homeserver", { de: "Der Homeserver antwortet.", en: "The homeserver answers." }),
			...clockAgainst("matrix", versions, clock),
		];
		const token = matrix.accessToken ?? found.token;
		if (token === null || token === "") {
			const text = {
				de: "Noch nicht angemeldet: Lotse meldet sich beim Start mit dem Kennwort an.",
				en: "Not signed in yet: Lotse signs in with the password when it starts.",
			};
			return [...server, ok("matrix account", text), rateLimit(matrix, null, network)];
		}
		const call: MatrixCall = (path) =>
			ask(`${base}/_matrix/client/v3/${path}`, { headers: { authorization: `Bearer ${token}` } });
		const { user, checks } = await account(call, matrix, found.device);
		if (user === null) return [...server, ...checks];
		return [
			...server,
			...checks,
			...(await part("matrix rooms", () => checkMatrixRooms(call, user, network, matrix))),
			...(await part("matrix administrators", () => administrators(call, config))),
			rateLimit(matrix, user, network),
		];
	} catch (error) {
		return [unreachable(reasonOf(error))];
	}
}
