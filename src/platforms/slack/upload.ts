// Files by Slack's three steps: ask for an address, send the bytes there, share the file in a conversation.
import { z } from "zod";
import type { Call } from "./api.ts";
import type { Upload } from "./render.ts";
import { Trouble } from "./trouble.ts";

const Ticket = z.object({ upload_url: z.url(), file_id: z.string() });
const UPLOAD_MS = 60_000;

/** @throws Trouble */
export async function share(call: Call, file: Upload, channel: string, thread: string | null): Promise<void> {
	if (file.content.length === 0) return;
	const about = { filename: file.name, length: file.content.length, ...(file.alt ? { alt_txt: file.alt } : {}) };
	const ticket = await call("files.getUploadURLExternal", about, Ticket);
	await put(ticket.upload_url, file.content);
	const target = { channel_id: channel, ...(thread === null ? {} : { thread_ts: thread }) };
	await call(
		"files.completeUploadExternal",
		{ files: [{ id: ticket.file_id, title: file.name }], ...target },
		z.object({ ok: z.boolean() }),
	);
}

/** Bytes that nobody shared yet are seen by nobody, so any failure may be tried again. */
async function put(url: string, content: Buffer): Promise<void> {
	try {
		const body = new Uint8Array(content);
		const response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(UPLOAD_MS) });
		await response.body?.cancel();
		if (!response.ok) throw new Trouble("later", `upload_${response.status}`);
	} catch (error) {
		throw error instanceof Trouble ? error : new Trouble("later", "upload_failed");
	}
}
