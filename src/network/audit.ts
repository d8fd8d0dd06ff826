/** The audit log's rows: who did what, when, through which chat. The database lets nobody change or delete them. */
import { z } from "zod";
import { Prisma, type Tx } from "../database/client.ts";
import type { PlatformName } from "../lib/platform.ts";
import type { Role } from "./enums.ts";

export interface AuditRow {
	at: Temporal.Instant;
	/** null = the operator at the shell, a guest of whom nothing is stored, or the bot by itself */
	personId: string | null;
	contact: string | null;
	role: Role | null;
	platform: PlatformName | null;
	address: string | null;
	/** Chat account; `operator` at the shell */
	userId: string | null;
	/** Machine-readable: `decision new`, `import`; `*` = several */
	command: string;
	status: "done" | "refused" | "failed";
	/** `type/key` */
	records: readonly string[];
	messageId: string | null;
	fingerprint: string | null;
	/** Reference that the person saw when it failed */
	fault: string | null;
	/** Numbers and keys, never what somebody wrote */
	details: object | null;
	/** How many attempts this row stands for */
	count: number;
}

const NOBODY: Omit<AuditRow, "at" | "command"> = {
	personId: null,
	contact: null,
	role: null,
	platform: null,
	address: null,
	userId: null,
	status: "done",
	records: [],
	messageId: null,
	fingerprint: null,
	fault: null,
	details: null,
	count: 1,
};

/** What is left out is nobody's, nothing's and `done`. */
export type Audited = Pick<AuditRow, "at" | "command"> & Partial<AuditRow>;

export async function insertAudit(tx: Tx, rows: readonly Audited[]): Promise<void> {
	if (rows.length === 0) return;
	await tx.audit.createMany({
		data: rows.map((row) => {
			const { at, contact, details, records, ...rest } = { ...NOBODY, ...row };
			return {
				...rest,
				at: at.toString(),
				contactKey: contact,
				records: [...records],
				details: details === null ? Prisma.DbNull : (z.json().parse(details) ?? Prisma.DbNull),
			};
		}),
	});
}

/** Whoever has the shell. */
export const BY_OPERATOR = { platform: "console", userId: "operator", role: "admin" } as const;
