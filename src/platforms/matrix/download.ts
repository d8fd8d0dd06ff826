// The bytes of a file that somebody sent: authenticated media, from the own homeserver only, capped while reading.
import type { SentFile } from "../../bot/message.ts";
import { DownloadError } from "../../bot/platform.ts";
import type { Text } from "../../lib/text.ts";
import { type LotseClient, part } from "./client.ts";

/** Server and id of `mxc://…`: nothing in them may become another path. */
const MXC = /^mxc:\/\/([A-Za-z0-9.:[\]-]{1,255})\/([A-Za-z0-9_-]{1,255})$/;

const never = (de: string, en: string) => new DownloadError("never", { de, en });
const LOST: Text = {
	de: "Die Datei war vom Matrix-Server gerade nicht zu holen. Bitte schicken Sie sie noch einmal.",
	en: "The file could not be fetched from the Matrix server just now. Please send it again.",
};
const tooLarge = (most: number) => {
	const size = Math.floor(most / (1024 * 1024));
	return never(`Die Datei ist größer als ${size} MiB.`, `The file is larger than ${size} MiB.`);
};

/** @throws DownloadError */
export async function download(
	client: Pick<LotseClient, "homeserverUrl" | "accessToken">,
	file: SentFile,
	most: number,
	signal: AbortSignal,
): Promise<Uint8Array> {
	const [, server, id] = MXC.exec(file.ref) ?? [];
	if (server === undefined || id === undefined) {
		throw never(
			"Diese Datei kann Lotse nicht lesen: Sie ist verschlüsselt oder hat keine gültige Adresse.",
			"Lotse cannot read this file: it is encrypted or has no valid address.",
		);
	}
	try {
		const response = await fetch(
			new URL(`/_matrix/client/v1/media/download/${part(server)}/${part(id)}?timeout_ms=20000`, client.homeserverUrl),
			{ headers: { authorization: `Bearer ${client.accessToken}` }, redirect: "error", signal },
		);
		if (!response.ok) throw await refusalOf(response);
		// A login portal answers 200 with a page.
		if (/^text\/html\b/i.test(response.headers.get("content-type") ?? "") && file.mediaType !== "text/html") {
			await response.body?.cancel();
			throw new DownloadError("later", LOST);
		}
		return await readUpTo(response, most);
	} catch (error) {
		if (error instanceof DownloadError) throw error;
		throw new DownloadError("later", LOST);
	}
}

async function refusalOf(response: Response): Promise<DownloadError> {
	const answer: unknown = await response.json().catch(() => null);
	const errcode = typeof answer === "object" && answer !== null && "errcode" in answer ? answer.errcode : null;
	const wait =
		typeof answer === "object" && answer !== null && "retry_after_ms" in answer ? answer.retry_after_ms : null;
	if (response.status === 404 && errcode === "M_NOT_FOUND")
		return never(
			"Die Datei gibt es auf dem Matrix-Server nicht (mehr).",
			"The file is not (or no longer) on the Matrix server.",
		);
	return new DownloadError("later", LOST, typeof wait === "number" ? wait : null);
}

/** A length that is not true ends here, not in memory. */
async function readUpTo(response: Response, most: number): Promise<Uint8Array> {
	const declared = response.headers.get("content-length");
	if (declared !== null && Number(declared) > most) {
		await response.body?.cancel();
		throw tooLarge(most);
	}
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of response.body ?? []) {
		size += piece.length;
		// Leaving the loop cancels the rest.
		if (size > most) throw tooLarge(most);
		pieces.push(piece);
	}
	if (declared !== null && !response.headers.has("content-encoding") && Number(declared) !== size)
		throw new DownloadError("later", LOST);
	return Buffer.concat(pieces);
}
