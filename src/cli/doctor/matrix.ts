/** Matrix: is the homeserver there, is the token taken, is the bot in the rooms that it posts to, which of them are encrypted? */
import { z } from "zod";
import type { MatrixConfig } from "../../lib/config.ts";
import type { Network } from "../../network/records.ts";
import { ask, type Check, failed, few, ok, reasonOf, warning } from "./check.ts";

const errorShape = z.object({ errcode: z.string() });
const whoShape = z.object({ user_id: z.string(), device_id: z.string().optional() });
const roomsShape = z.object({ joined_rooms: z.array(z.string()) });

/** More rooms than these are not asked one by one whether they are encrypted. */
const MOST_ROOMS = 50;

const unreachable = (reason: string) =>
	failed(
		"matrix homeserver",
		{ de: `Der Homeserver ist nicht erreichbar (${reason}).`, en: `The homeserver cannot be reached (${reason}).` },
		{
			de: "MATRIX_HOMESERVER_URL prüfen (die Adresse der Client-API, nicht die der Kennungen).",
			en: "Check MATRIX_HOMESERVER_URL (the address of the client API, not that of the ids).",
		},
	);

async function account(call: (path: string) => ReturnType<typeof ask>, config: MatrixConfig): Promise<Check> {
	const { body, status } = await call("account/whoami");
	const who = whoShape.safeParse(body);
	if (who.success) {
		const device = who.data.device_id ?? "?";
		return ok("matrix account", {
			de: `Angemeldet als ${who.data.user_id}, Gerät ${device}.`,
			en: `Signed in as ${who.data.user_id}, device ${device}.`,
		});
	}
	const code = errorShape.safeParse(body).data?.errcode ?? String(status);
	const text = {
		de: `Der Homeserver nimmt den Token nicht an (${code}).`,
		en: `The homeserver does not take the token (${code}).`,
	};
	if (config.accessToken === null) {
		return warning("matrix account", text, {
			de: "Lotse meldet sich beim Start mit dem Kennwort neu an.",
			en: "Lotse signs in anew with the password when it starts.",
		});
	}
	return failed("matrix account", text, {
		de: "Matrix-Verwaltung: einen neuen Token für Lotse ausstellen und in MATRIX_ACCESS_TOKEN setzen (docs/matrix.md).",
		en: "Matrix administrator: issue a new token for Lotse and set it in MATRIX_ACCESS_TOKEN (docs/matrix.md).",
	});
}

function membership(joined: ReadonlySet<string>, network: Network): Check[] {
	const bound = [...network.channel.values()].filter(({ platform }) => platform === "matrix");
	if (bound.length === 0) return [];
	// An alias (#room:server) is resolved by the bot when it posts.
	const away = bound.filter(({ address }) => address.startsWith("!") && !joined.has(address));
	if (away.length === 0)
		return [
			ok("matrix rooms", {
				de: `Lotse ist in allen ${bound.length} verbundenen Räumen.`,
				en: `Lotse is in all ${bound.length} bound rooms.`,
			}),
		];
	const names = few(away.map(({ key, name }) => name ?? key));
	return [
		warning(
			"matrix rooms",
			{
				de: `Lotse ist nicht in: ${names}. Dort kommt nichts an.`,
				en: `Lotse is not in: ${names}. Nothing arrives there.`,
			},
			{ de: "Ein Partner, der im Raum ist: Lotse einladen.", en: "A partner who is in the room: invite Lotse." },
		),
	];
}

async function encryption(call: (path: string) => ReturnType<typeof ask>, joined: readonly string[]): Promise<Check> {
	let encrypted = 0;
	for (const room of joined.slice(0, MOST_ROOMS)) {
		const { status } = await call(`rooms/${encodeURIComponent(room)}/state/m.room.encryption/`);
		if (status === 200) encrypted += 1;
	}
	if (encrypted === 0)
		return ok("matrix encryption", { de: "Kein Raum ist verschlüsselt.", en: "No room is encrypted." });
	return warning(
		"matrix encryption",
		{
			de: `${encrypted} Räume sind verschlüsselt. Diese Version kann dort nicht lesen und sagt es einmal.`,
			en: `${encrypted} rooms are encrypted. This version cannot read there, and says so once.`,
		},
		{
			de: "Organisatoren: Lotse in einem Raum ohne Verschlüsselung benutzen.",
			en: "Organisers: use Lotse in a room without encryption.",
		},
	);
}

/** A bot cannot read its own limit: this is told in any case. */
function rateLimit(config: MatrixConfig, user: string | null): Check {
	const who = user ?? config.user ?? "@lotse:…";
	return ok(
		"matrix rate limit",
		{
			de: "Ohne Ausnahme lässt Synapse 10 Nachrichten zu, danach eine alle 5 s: 50 Erinnerungen brauchen 200 s.",
			en: "Without an exemption Synapse allows 10 messages, then one every 5 s: 50 reminders take 200 s.",
		},
		{
			de: `Matrix-Verwaltung: POST /_synapse/admin/v1/users/${who}/override_ratelimit mit {"messages_per_second":0,"burst_count":0}`,
			en: `Matrix administrator: POST /_synapse/admin/v1/users/${who}/override_ratelimit with {"messages_per_second":0,"burst_count":0}`,
		},
	);
}

/** @param stored the token that the bot got by its password and keeps, where it has one */
export async function checkMatrix(
	config: MatrixConfig,
	stored: string | null,
	network: Network | null,
): Promise<Check[]> {
	const base = config.homeserverUrl.replace(/\/+$/u, "");
	try {
		const versions = await ask(`${base}/_matrix/client/versions`);
		if (versions.status !== 200) return [unreachable(`HTTP ${versions.status}`)];
		const server = ok("matrix homeserver", { de: "Der Homeserver antwortet.", en: "The homeserver answers." });
		const token = config.accessToken ?? stored;
		if (token === null || token === "") {
			const text = {
				de: "Noch nicht angemeldet: Lotse meldet sich beim Start mit dem Kennwort an.",
				en: "Not signed in yet: Lotse signs in with the password when it starts.",
			};
			return [server, ok("matrix account", text), rateLimit(config, null)];
		}
		const call = (path: string) =>
			ask(`${base}/_matrix/client/v3/${path}`, { headers: { authorization: `Bearer ${token}` } });
		const who = await account(call, config);
		if (who.status !== "ok") return [server, who];
		const rooms = roomsShape.safeParse((await call("joined_rooms")).body).data?.joined_rooms ?? [];
		const placed = network === null ? [] : membership(new Set(rooms), network);
		return [server, who, ...placed, await encryption(call, rooms), rateLimit(config, config.user)];
	} catch (error) {
		return [unreachable(reasonOf(error))];
	}
}
