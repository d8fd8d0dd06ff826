// The bytes of a file that somebody sent: looked up by its id, fetched with the token from Slack's own hosts and nowhere else.
import { z } from "zod";
import type { SentFile } from "../../bot/message.ts";
import { DownloadError } from "../../bot/platform.ts";
import type { Text } from "../../lib/text.ts";
import type { Call } from "./api.ts";
import { Trouble } from "./trouble.ts";

export interface Downloading {
	call: Call;
	botToken: string;
	/** Web API of a test workspace or of GovSlack; null = slack.com. */
	apiUrl: string | null;
}

const Info = z.object({
	file: z.object({
		mode: z.string().optional(),
		size: z.number().optional(),
		url_private: z.string().optional(),
		url_private_download: z.string().optional(),
	}),
});

const HOSTS = /(?:^|\.)(?:slack|slack-gov|slack-files)\.com$/;
const PATIENCE_MS = 10_000;
const MOST_HOPS = 3;

const never = (de: string, en: string) => new DownloadError("never", { de, en });
const LOST: Text = {
	de: "Die Datei war bei Slack gerade nicht zu holen. Bitte schicken Sie sie noch einmal.",
	en: "The file could not be fetched from Slack just now. Please send it again.",
};
const noScope = () =>
	never(
		"Slack hat statt der Datei eine Anmeldeseite geliefert: Der Slack-App fehlt die Berechtigung files:read. Bitte das Manifest abgleichen und die App neu installieren.",
		"Slack sent a sign-in page instead of the file: the Slack app lacks the scope files:read. Please compare its manifest and reinstall the app.",
	);
const tooLarge = (most: number) => {
	const size = Math.floor(most / (1024 * 1024));
	return never(`Die Datei ist größer als ${size} MiB.`, `The file is larger than ${size} MiB.`);
};

export function downloading(using: Downloading) {
	const own = using.apiUrl === null ? null : new URL(using.apiUrl).host;

	/** The token goes nowhere else, whatever an address says. */
	function trusted(address: string): URL {
		const url = URL.canParse(address) ? new URL(address) : null;
		if (url && (url.host === own || (url.protocol === "https:" && HOSTS.test(url.hostname) && url.port === "")))
			return url;
		throw never(
			"Die Datei liegt nicht bei Slack. Bitte laden Sie sie dort hoch, statt auf sie zu verweisen.",
			"The file is not kept by Slack. Please upload it there instead of linking to it.",
		);
	}

	async function addressOf(file: SentFile, most: number): Promise<URL> {
		let info: z.infer<typeof Info>;
		try {
			info = await using.call("files.info", { file: file.ref }, Info, PATIENCE_MS);
		} catch (error) {
			throw error instanceof Trouble ? refusalOf(error) : error;
		}
		if ((info.file.size ?? 0) > most) throw tooLarge(most);
		return trusted(info.file.url_private_download ?? info.file.url_private ?? "");
	}

	async function open(from: URL, signal: AbortSignal): Promise<Response> {
		let url = from;
		for (let hop = 0; hop < MOST_HOPS; hop++) {
			const headers = { authorization: `Bearer ${using.botToken}` };
			const response = await fetch(url, { headers, redirect: "manual", signal });
			if (response.status < 300 || response.status >= 400) return response;
			await response.body?.cancel();
			const next = new URL(response.headers.get("location") ?? "", url);
			// Without its scope Slack leads to where people sign in.
			if (!/\/files/.test(next.pathname)) throw noScope();
			url = trusted(next.href);
		}
		throw new DownloadError("later", LOST);
	}

	/** @throws DownloadError */
	return async (file: SentFile, most: number, signal: AbortSignal): Promise<Uint8Array> => {
		const address = await addressOf(file, most);
		try {
			const response = await open(address, signal);
			if (!response.ok) {
				await response.body?.cancel();
				const gone = response.status === 404 || response.status === 410;
				if (gone) throw never("Die Datei gibt es bei Slack nicht mehr.", "The file is no longer kept by Slack.");
				const wait = Number(response.headers.get("retry-after"));
				throw new DownloadError("later", LOST, Number.isFinite(wait) && wait > 0 ? wait * 1000 : null);
			}
			const page = /^text\/html\b/i.test(response.headers.get("content-type") ?? "");
			if (page && !/\.html?$/i.test(file.name)) {
				await response.body?.cancel();
				throw noScope();
			}
			return await readUpTo(response, most);
		} catch (error) {
			if (error instanceof DownloadError) throw error;
			throw new DownloadError("later", LOST);
		}
	};
}

/** A length that is not true ends here, not in memory. */
async function readUpTo(response: Response, most: number): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of response.body ?? []) {
		size += piece.length;
		// Leaving the loop cancels the rest.
		if (size > most) throw tooLarge(most);
		pieces.push(piece);
	}
	const declared = Number(response.headers.get("content-length"));
	if (response.headers.has("content-length") && !response.headers.has("content-encoding") && declared !== size)
		throw new DownloadError("later", LOST);
	return Buffer.concat(pieces);
}

function refusalOf({ code, outcome, retryAfterMs }: Trouble): DownloadError {
	if (code === "missing_scope") return noScope();
	if (code === "file_not_found" || code === "file_deleted" || code === "not_visible")
		return never("Die Datei gibt es bei Slack nicht mehr.", "The file is no longer kept by Slack.");
	return new DownloadError(outcome === "never" ? "never" : "later", LOST, retryAfterMs);
}
