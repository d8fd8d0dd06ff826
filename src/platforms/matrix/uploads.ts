// Files: none larger than the server takes is tried (Synapse breaks such a connection off, which looks like an outage), and none twice.
import type { Outgoing } from "../../bot/platform.ts";
import type { Text } from "../../lib/text.ts";
import { type LotseClient, parse } from "./client.ts";
import type { FilePart } from "./compose.ts";
import { faultOf } from "./faults.ts";
import { uploadLimitShape, uploadShape } from "./shapes.ts";

export interface Uploaded {
	file: FilePart;
	uri: string;
	bytes: number;
}

const MEBIBYTE = 1024 * 1024;
/** Synapse's default. */
const USUAL = 50 * MEBIBYTE;
/** Replies under way whose uploaded files are remembered. */
const REMEMBERED = 100;

const bytesOf = (file: FilePart): number => Buffer.byteLength(file.base64, "base64");
const size = (bytes: number): string => `${Math.ceil(bytes / MEBIBYTE)} MiB`;

const TOO_LARGE = (file: FilePart, most: number): Text => ({
	de: `Die Datei „${file.name}“ (${size(bytesOf(file))}) ist zu groß für diesen Matrix-Server; er nimmt höchstens ${size(most)}.`,
	en: `The file "${file.name}" (${size(bytesOf(file))}) is too large for this Matrix server, which takes at most ${size(most)}.`,
});

export function uploadsOf(client: LotseClient) {
	const made = new Map<string, Map<number, Uploaded>>();
	let limit: number | null = null;

	async function most(): Promise<number> {
		if (limit !== null) return limit;
		try {
			const raw = await client.doRequest("GET", "/_matrix/client/v1/media/config", null, null, 20_000);
			limit = parse(uploadLimitShape, raw, "media config")["m.upload.size"] ?? USUAL;
		} catch (error) {
			// A server that does not tell has the usual limit; one that is away is asked again.
			const { kind, errcode } = faultOf(error);
			if (kind !== "refused" && errcode !== "M_UNRECOGNIZED") throw error;
			limit = USUAL;
		}
		return limit;
	}

	async function upload(file: FilePart): Promise<Uploaded> {
		const raw = await client.doRequest(
			"POST",
			"/_matrix/media/v3/upload",
			{ filename: file.name.slice(0, 200).toWellFormed() },
			Buffer.from(file.base64, "base64"),
			120_000,
			false,
			file.mediaType,
		);
		return { file, uri: parse(uploadShape, raw, "upload").content_uri, bytes: bytesOf(file) };
	}

	return {
		/** The same, with a word in the place of each file that the server would not take. */
		async fitting(outgoing: Outgoing): Promise<Outgoing> {
			const { parts } = outgoing.reply;
			if (!parts.some((part) => part.kind === "image" || part.kind === "file")) return outgoing;
			const bound = await most();
			const fitted = parts.map((part) =>
				(part.kind === "image" || part.kind === "file") && bytesOf(part) > bound
					? { kind: "note" as const, line: TOO_LARGE(part, bound)[outgoing.language] }
					: part,
			);
			return { ...outgoing, reply: { ...outgoing.reply, parts: fitted } };
		},
		/** @param key of the reply: what was uploaded for it before a failure is used again */
		async all(key: string, files: readonly FilePart[]): Promise<Uploaded[]> {
			const known = made.get(key) ?? new Map<number, Uploaded>();
			if (files.length > 0) made.set(key, known);
			const oldest = made.keys().next();
			if (made.size > REMEMBERED && !oldest.done) made.delete(oldest.value);
			const uploaded: Uploaded[] = [];
			for (const [index, file] of files.entries()) {
				const one = known.get(index) ?? (await upload(file));
				known.set(index, one);
				uploaded.push(one);
			}
			return uploaded;
		},
		done: (key: string) => made.delete(key),
	};
}
