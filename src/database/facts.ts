/** Small durable facts by scope and name: sync positions, device ids, first start. */
import type { Tx } from "./client.ts";

export async function findFact(tx: Tx, scope: string, name: string): Promise<string | null> {
	const fact = await tx.fact.findUnique({ where: { scope_name: { scope, name } }, select: { value: true } });
	return fact?.value ?? null;
}

export async function setFact(tx: Tx, scope: string, name: string, value: string): Promise<void> {
	// One statement, so that two who set the same new fact at once do not meet.
	await tx.$executeRaw`INSERT INTO fact (scope, name, value) VALUES (${scope}, ${name}, ${value})
		ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`;
}
