/**
 * The Matrix platform: messages in, replies out, no business. Loaded only where Matrix is configured.
 * One instance holds the device and hears and speaks; the others stand by and take over when it ends.
 */
import type { Logger } from "pino";
import type { Bot, Lock, Outgoing, Platform, PlatformState, PlatformStore, Sent } from "../../bot/platform.ts";
import { DownloadError, SendError } from "../../bot/platform.ts";
import type { Clock } from "../../lib/clock.ts";
import { type Credentials, canRenew, signIn } from "./account.ts";
import { aliasesOf } from "./aliases.ts";
import { choresOf } from "./chores.ts";
import { LotseClient } from "./client.ts";
import { directsOf } from "./directs.ts";
import { download } from "./download.ts";
import { faultOf } from "./faults.ts";
import { listen } from "./listen.ts";
import { paceOf } from "./pace.ts";
import { backoff, type Pause, pause } from "./pause.ts";
import { type Rooms, roomsOf } from "./rooms.ts";
import { quieten } from "./sdk.ts";
import { type Sender, senderOf } from "./send.ts";

export interface MatrixOptions extends Credentials {
	/** `https://matrix.example.org` */
	homeserverUrl: string;
	bot: Bot;
	store: PlatformStore;
	lock: Lock;
	clock: Clock;
	log: Logger;
	/** Tests wait without waiting. */
	pause?: Pause;
}

const DEVICE = "matrix-device";
const STANDBY = 3000;
const FAREWELL = 5000;
const DOUBTS = 3;

export function matrixPlatform(options: MatrixOptions): Platform {
	const { bot, store, lock, clock, log } = options;
	const rest = options.pause ?? pause;
	const ended = new AbortController();
	let state: PlatformState = "connecting";
	let voice: { client: LotseClient; sender: Sender; rooms: Rooms } | null = null;
	let running: Promise<void> | null = null;
	/** Since the last sign-in the server has been heard: then a token that dies later is a new matter. */
	let heard = false;
	/** The server knew the token when it was asked who this is. */
	let known = false;
	const pace = paceOf(rest);

	function become(next: PlatformState): void {
		if (next === state) return;
		state = next;
		log.info({ state }, "Matrix");
	}

	/** From sign-in to the end of the loop. @throws what a request throws; only a dead token ends a loop that once began */
	async function session(signal: AbortSignal): Promise<void> {
		known = false;
		const { homeserverUrl } = options;
		const account = await signIn({ homeserverUrl, pace, signal }, options, store, log);
		known = true;
		const dead = new AbortController();
		const over = AbortSignal.any([signal, dead.signal]);
		const client = new LotseClient({
			homeserverUrl,
			accessToken: account.token,
			userId: account.userId,
			signal: over,
			pace,
		});
		const rooms = roomsOf(client, account.userId);
		const directs = directsOf(client, rooms, store);
		await directs.load();
		const aliases = aliasesOf(client, bot, clock, log);
		const chores = choresOf({ client, directs, aliases, bot, store, log, pause: rest, signal: over });
		await chores.load();
		const sender = senderOf({
			client,
			rooms,
			directs,
			aliases,
			log,
			pause: rest,
			signal: over,
			onDead: () => dead.abort(),
		});
		voice = { client, rooms, sender };
		try {
			await listen({
				client,
				rooms,
				directs,
				aliases,
				misses: new Map(),
				bot,
				store,
				chores,
				clock,
				log,
				pause: rest,
				signal: over,
				onState(next) {
					heard ||= next === "connected";
					become(next);
				},
			});
		} finally {
			voice = null;
		}
	}

	/** While the device is held. False = there is no way on without an administrator. */
	async function hold(signal: AbortSignal): Promise<boolean> {
		let failures = 0;
		let renewed = 0;
		let doubts = 0;
		while (!signal.aborted) {
			become("connecting");
			heard = false;
			try {
				await session(signal);
				// Ended by itself: the server called the token dead while something was sent. Signing in finds out.
				failures = 0;
			} catch (error) {
				const fault = faultOf(error);
				if (heard) failures = renewed = doubts = 0;
				// Refused although it was known a moment ago: asking once more who this is shows whether the token is really dead.
				if (fault.kind === "token" && known && doubts < DOUBTS) {
					doubts += 1;
					log.warn({ fault: fault.detail, doubts }, "the Matrix server refused the token, asking once more");
					await rest(backoff(doubts), signal);
					continue;
				}
				const refused =
					fault.kind === "token" || (!known && fault.kind === "refused" && fault.errcode === "M_FORBIDDEN");
				if (refused) {
					if (fault.kind === "token" && renewed === 0 && (await canRenew(options, store))) {
						renewed += 1;
						log.warn({ fault: fault.detail }, "the Matrix token is no longer valid, logging in again");
						continue;
					}
					log.error(
						{ fault: fault.detail },
						"Matrix refuses the bot: the access token is not (or no longer) valid, or the password is wrong. Set a new one and start again; until then the bot neither hears nor speaks on Matrix",
					);
					return false;
				}
				failures += 1;
				if (failures >= 3) become("down");
				log.warn({ fault: fault.detail, failures }, "the Matrix server cannot be reached, trying again");
				await rest(backoff(failures, fault.retryAfterMs), signal);
			}
		}
		return true;
	}

	async function run(): Promise<void> {
		while (!ended.signal.aborted) {
			const taken = await lock.take(DEVICE).catch(() => false);
			if (!taken) {
				become("standby");
				await rest(STANDBY, ended.signal);
				continue;
			}
			const lost = new AbortController();
			lock.onLost(DEVICE, () => lost.abort());
			const hopeful = await hold(AbortSignal.any([ended.signal, lost.signal]));
			await lock.release(DEVICE).catch(() => {});
			if (!hopeful) return become("down");
		}
	}

	return {
		name: "matrix",
		async start(): Promise<void> {
			quieten(log);
			running ??= run().catch((error: unknown) => {
				log.error({ fault: faultOf(error).detail }, "the Matrix platform ended");
				become("down");
			});
		},
		async stop(): Promise<void> {
			const speaking = voice?.sender.settle();
			ended.abort();
			const limit = new AbortController();
			await Promise.race([Promise.all([running, speaking]), pause(FAREWELL, limit.signal)]);
			limit.abort();
		},
		state: () => state,
		async send(outgoing: Outgoing): Promise<Sent> {
			if (voice !== null) return voice.sender.send(outgoing);
			throw new SendError(
				"later",
				{
					de: "Diese Instanz ist gerade nicht mit Matrix verbunden.",
					en: "This instance is not connected to Matrix just now.",
				},
				state === "down" ? 30_000 : 1000,
			);
		},
		async download(file, most, signal): Promise<Uint8Array> {
			if (voice !== null) return download(voice.client, file, most, signal);
			throw new DownloadError("later", {
				de: "Diese Instanz ist gerade nicht mit Matrix verbunden.",
				en: "This instance is not connected to Matrix just now.",
			});
		},
		async displayName(userId: string): Promise<string | null> {
			return voice === null ? null : voice.rooms.profileName(userId).catch(() => null);
		},
	};
}
