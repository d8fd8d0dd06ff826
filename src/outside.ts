/** What commands may reach outside of their transactions, made from the running house. */
import { setTimeout as pause } from "node:timers/promises";
import { NotHere, type Outside } from "./bot/outside.ts";
import { DownloadError, type Platform } from "./bot/platform.ts";
import { UserError } from "./lib/errors.ts";
import type { OpenHouse } from "./main.ts";

const ATTEMPTS = 4;
const PAUSE_MS = 1_000;

/** @param platform where the message came from; null = nowhere that has files */
export function outsideOf(open: OpenHouse, platform: Platform | null, signal: AbortSignal): Outside {
	return {
		db: open.database.db,
		async download(file, most) {
			if (!platform?.download) throw noFiles();
			if (platform.state() !== "connected") throw new NotHere();
			const { download } = platform;
			return again(() => download(file, most, signal), signal);
		},
		// Only where it is asked for: the doctor knows every platform's requests.
		diagnose: async () => {
			const { examine } = await import("./doctor/index.ts");
			const { config, clock, grammar } = open;
			return examine({ config, clock, commands: grammar.commands, open });
		},
	};
}

const noFiles = () =>
	new UserError({
		de: "Hier lassen sich keine Dateien schicken. Auf der Kommandozeile geht es mit: npx lotse import PFAD",
		en: "No files can be sent here. On the command line it works with: npx lotse import PATH",
	});

/** Tried a few times where that makes sense. @throws UserError with what to do */
async function again(download: () => Promise<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await download();
		} catch (error) {
			if (!(error instanceof DownloadError)) throw error;
			const { outcome, reason, retryAfterMs } = error;
			if (outcome === "never" || attempt === ATTEMPTS) throw new UserError(reason);
			await pause(Math.max(retryAfterMs ?? 0, PAUSE_MS * 2 ** (attempt - 1)), undefined, { signal });
		}
	}
}
