/** Files that an administrator sent in chat, from the dry run to the confirmation. Personal data: the contents go as soon as they are not needed. */
import { randomUUID } from "node:crypto";
import type { Db, Tx } from "../database/client.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { NamedBytes } from "./source.ts";

/** `faulty`: more CSV files may complete it. `replaced`: a later file stands in its place. */
export type UploadState = "waiting" | "faulty" | "imported" | "discarded" | "replaced";

/** Whose it is: this account, in this conversation. */
export interface Owner {
	platform: PlatformName;
	address: string;
	userId: string;
}

export interface Upload extends Owner {
	id: string;
	state: string;
	prune: boolean;
	/** Of what the dry run showed; null = it has faults. */
	digest: string | null;
	at: Date;
	expiresAt: Date;
}

const KEPT = { hours: 1 };
const OPEN = ["waiting", "faulty"];
const SELECT = {
	id: true,
	platform: true,
	address: true,
	userId: true,
	state: true,
	prune: true,
	digest: true,
	at: true,
	expiresAt: true,
} as const;

/** The one that waits for this person's word; null = none. */
export async function findOpenUpload(db: Db | Tx, owner: Owner, now: Temporal.Instant): Promise<Upload | null> {
	return db.upload.findFirst({
		where: { ...owner, state: { in: OPEN }, expiresAt: { gt: now.toString() } },
		orderBy: { at: "desc" },
		select: SELECT,
	});
}

export async function findUpload(db: Db | Tx, id: string): Promise<Upload | null> {
	return db.upload.findUnique({ where: { id }, select: SELECT });
}

/** Nobody else confirms or discards it until the transaction ends. */
export async function lockUpload(tx: Tx, id: string): Promise<Upload | null> {
	await tx.$queryRaw`SELECT id FROM upload WHERE id = ${id}::uuid FOR UPDATE`;
	return findUpload(tx, id);
}

/** Nobody else adds to what this person sends until the transaction ends. */
export async function lockOwner(tx: Tx, { platform, address, userId }: Owner): Promise<void> {
	await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`upload ${platform} ${address} ${userId}`}, 0))`;
}

/** In the order of their names. */
export async function listUploadFiles(db: Db | Tx, uploadId: string): Promise<NamedBytes[]> {
	const rows = await db.$queryRaw<{ name: string; content: string }[]>`
		SELECT name, encode(content, 'base64') AS content FROM upload_file WHERE upload_id = ${uploadId}::uuid ORDER BY name`;
	return rows.map(({ name, content }) => ({ name, bytes: Buffer.from(content, "base64") }));
}

/** Keeps files for an hour, in the place of what this person sent before. @returns its id */
export async function keepUpload(
	tx: Tx,
	owner: Owner,
	files: readonly NamedBytes[],
	{ digest, prune, now }: { digest: string | null; prune: boolean; now: Temporal.Instant },
): Promise<string> {
	await closeOpenUploads(tx, owner, "replaced");
	const id = randomUUID();
	await tx.upload.create({
		data: {
			...owner,
			id,
			state: digest === null ? "faulty" : "waiting",
			prune,
			digest,
			at: now.toString(),
			expiresAt: now.add(KEPT).toString(),
		},
		select: { id: true },
	});
	for (const { name, bytes } of files) {
		// As text: the client takes seconds, during which nothing else happens, over 20 MiB of bytes.
		const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
		await tx.$executeRaw`INSERT INTO upload_file (upload_id, name, content) VALUES (${id}::uuid, ${name}, decode(${content}, 'base64'))`;
	}
	return id;
}

/** What it would do has changed; null = it has faults now. */
export async function changeUpload(tx: Tx, id: string, digest: string | null): Promise<void> {
	await tx.upload.update({
		where: { id },
		data: { digest, state: digest === null ? "faulty" : "waiting" },
		select: { id: true },
	});
}

/** Its contents go at once; that it was there is known until it would have expired. */
export async function closeUpload(tx: Tx, id: string, state: UploadState): Promise<void> {
	await tx.uploadFile.deleteMany({ where: { uploadId: id } });
	await tx.upload.update({ where: { id }, data: { state }, select: { id: true } });
}

export async function closeOpenUploads(tx: Tx, owner: Owner, state: UploadState): Promise<void> {
	const open = await tx.upload.findMany({ where: { ...owner, state: { in: OPEN } }, select: { id: true } });
	for (const { id } of open) await closeUpload(tx, id, state);
}

/** Drops what nobody confirmed within the hour. */
export async function forgetUploads(db: Db, now: Temporal.Instant): Promise<void> {
	await db.upload.deleteMany({ where: { expiresAt: { lte: now.toString() } } });
}
