/** Matrix: is the bot in the rooms that it posts to, may it write there, and are they encrypted? */
import { z } from "zod";
import type { MatrixConfig } from "../lib/config.ts";
import type { Channel, Network } from "../network/records.ts";
import { type Check, failed, few, mend, ok, warning } from "./check.ts";
import type { MatrixCall } from "./matrix.ts";

const roomsShape = z.object({ joined_rooms: z.array(z.string()) });
const aliasShape = z.object({ room_id: z.string() });
const level = z.number().optional().catch(undefined);
const levels = z.record(z.string(), z.number().catch(0)).catch({});
const powerShape = z.object({
	users: levels.optional(),
	users_default: level,
	events: levels.optional(),
	events_default: level,
});

/** More rooms than these are not asked one by one. */
const MOST = 50;

const part = encodeURIComponent;
const nameOf = ({ key, name }: Channel) => name ?? key;

/** The bound rooms with their ids; an alias is resolved as the bot does when it posts. */
async function boundRooms(call: MatrixCall, network: Network): Promise<{ channel: Channel; room: string | null }[]> {
	const rooms: { channel: Channel; room: string | null }[] = [];
	for (const channel of network.channel.values()) {
		if (channel.platform !== "matrix") continue;
		if (!channel.address.startsWith("#")) rooms.push({ channel, room: channel.address });
		else {
			const { body } = await call(`directory/room/${part(channel.address)}`);
			rooms.push({ channel, room: aliasShape.safeParse(body).data?.room_id ?? null });
		}
	}
	return rooms;
}

/** All that Lotse needs in a room is to write messages and reactions there. */
async function maySpeak(call: MatrixCall, room: string, user: string): Promise<boolean> {
	const { status, body } = await call(`rooms/${part(room)}/state/m.room.power_levels/`);
	const power = status === 200 ? powerShape.safeParse(body).data : undefined;
	if (power === undefined) return true;
	const own = power.users?.[user] ?? power.users_default ?? 0;
	return ["m.room.message", "m.reaction"].every((type) => own >= (power.events?.[type] ?? power.events_default ?? 0));
}

const isEncrypted = async (call: MatrixCall, room: string) =>
	(await call(`rooms/${part(room)}/state/m.room.encryption/`)).status === 200;

function membership(away: readonly Channel[], bound: number): Check {
	if (away.length === 0)
		return ok("matrix rooms", {
			de: `Lotse ist in allen ${bound} verbundenen Räumen.`,
			en: `Lotse is in all ${bound} bound rooms.`,
		});
	const names = few(away.map(nameOf));
	return warning(
		"matrix rooms",
		{
			de: `Lotse ist nicht in: ${names}. Dort kommt nichts an.`,
			en: `Lotse is not in: ${names}. Nothing arrives there.`,
		},
		mend(
			"member",
			"als Partner, der im Raum ist: Lotse einladen (eine Sperre zuvor aufheben)",
			"as a partner who is in the room: invite Lotse (lift a ban before)",
		),
	);
}

function rights(mute: readonly Channel[], seen: number): Check[] {
	if (seen === 0) return [];
	if (mute.length === 0)
		return [
			ok("matrix rights", {
				de: "Lotse darf in jedem davon schreiben; andere Rechte braucht es nicht.",
				en: "Lotse may write in each of them; it needs no other rights.",
			}),
		];
	const names = few(mute.map(nameOf));
	return [
		failed(
			"matrix rights",
			{ de: `Lotse darf nicht schreiben in: ${names}.`, en: `Lotse may not write in: ${names}.` },
			mend(
				"matrix",
				"als Verwalter des Raums: Rechte → „Nachrichten senden“ und Reaktionen für Lotse erlauben (Stufe anheben)",
				"as the room's administrator: permissions → allow Lotse to send messages and reactions (raise its level)",
			),
		),
	];
}

function encryption(encrypted: number, { encryption: wanted, storeKey }: MatrixConfig): Check[] {
	const checks: Check[] = [];
	if (wanted === "on" && storeKey === null)
		checks.push(
			ok(
				"matrix store key",
				{
					de: "MATRIX_STORE_KEY ist nicht gesetzt: Lotse bedient nur Räume ohne Verschlüsselung.",
					en: "MATRIX_STORE_KEY is not set: Lotse serves rooms without encryption only.",
				},
				mend(
					"operator",
					"einen Schlüssel machen und in .env setzen: openssl rand -base64 32",
					"make a key and set it in .env: openssl rand -base64 32",
				),
			),
		);
	if (encrypted === 0)
		return [...checks, ok("matrix encryption", { de: "Kein Raum ist verschlüsselt.", en: "No room is encrypted." })];
	return [
		...checks,
		warning(
			"matrix encryption",
			{
				de: `${encrypted} Räume sind verschlüsselt. Diese Version kann dort nicht lesen und sagt es einmal.`,
				en: `${encrypted} rooms are encrypted. This version cannot read there, and says so once.`,
			},
			mend("organiser", "Lotse in einem Raum ohne Verschlüsselung benutzen", "use Lotse in a room without encryption"),
		),
	];
}

export async function checkMatrixRooms(
	call: MatrixCall,
	user: string,
	network: Network | null,
	config: MatrixConfig,
): Promise<Check[]> {
	const joined = new Set(roomsShape.safeParse((await call("joined_rooms")).body).data?.joined_rooms ?? []);
	const bound = network === null ? [] : await boundRooms(call, network);
	const away = bound.filter(({ room }) => room === null || !joined.has(room)).map(({ channel }) => channel);
	const mute: Channel[] = [];
	const present = bound.filter(({ channel }) => !away.includes(channel)).slice(0, MOST);
	for (const { channel, room } of present) if (room !== null && !(await maySpeak(call, room, user))) mute.push(channel);
	let encrypted = 0;
	for (const room of [...joined].slice(0, MOST)) if (await isEncrypted(call, room)) encrypted += 1;
	return [
		...(bound.length === 0 ? [] : [membership(away, bound.length), ...rights(mute, present.length)]),
		...encryption(encrypted, config),
	];
}
