/** A word from one instance to the others, over PostgreSQL's LISTEN and NOTIFY. Only a hint to look sooner: nothing depends on its arrival. */
import pg from "pg";
import type { Logger } from "pino";
import type { Database } from "./client.ts";

export interface Signals {
	/** Tells the other instances. */
	tell(name: string): Promise<void>;
	close(): Promise<void>;
}

const CHANNEL = "lotse";
const AGAIN_MS = 5_000;

/** @param heard called with what another instance told; never on the embedded database, where there is no other */
export function openSignals(
	{ url, rows }: Pick<Database, "url" | "rows">,
	heard: (name: string) => void,
	log: Logger,
): Signals {
	if (url === null) return { tell: async () => {}, close: async () => {} };
	let closed = false;
	let client: pg.Client | null = null;
	let again: NodeJS.Timeout | null = null;

	async function listen(address: string): Promise<void> {
		const made = new pg.Client({ connectionString: address, application_name: "lotse signals", keepAlive: true });
		const broke = () => {
			if (client !== made) return;
			client = null;
			made.end().catch(() => {});
			if (!closed) again = setTimeout(() => void listen(address), AGAIN_MS).unref();
		};
		client = made;
		made.on("error", broke);
		made.on("end", broke);
		made.on("notification", ({ payload, processId }) => {
			if (payload !== undefined && processId !== undefined) heard(payload);
		});
		try {
			await made.connect();
			await made.query(`LISTEN ${CHANNEL}`);
		} catch (error) {
			log.warn({ err: error }, "cannot hear other instances; looking every few seconds instead");
			broke();
		}
	}

	void listen(url);
	return {
		async tell(name) {
			await rows("SELECT pg_notify($1, $2)", [CHANNEL, name]);
		},
		async close() {
			closed = true;
			if (again) clearTimeout(again);
			const open = client;
			client = null;
			await open?.end().catch(() => {});
		},
	};
}
