// A sync brings at most fifty events a room. What is missing before them is fetched.
import { type LotseClient, part } from "./client.ts";
import { faultOf } from "./faults.ts";
import { backoff, type Pause } from "./pause.ts";
import { type Event, eventsOf, messagesShape } from "./shapes.ts";

/** Of a hundred events each; what is older than ten thousand events is not read. */
const PAGES = 100;
/** Pages behind the first hour, read only to find whether the bot must say that it was away. */
const OLD_PAGES = 30;
const TRIES = 4;
const TYPES = [
	"m.room.message",
	"m.room.encrypted",
	"m.room.redaction",
	"m.reaction",
	"m.room.member",
	"m.room.tombstone",
];
const HOUR = 3_600_000;

export interface Gap {
	client: LotseClient;
	pause: Pause;
	signal: AbortSignal;
	room: string;
	/** Where the known timeline begins. */
	from: string;
	/** The stored position; null = it is lost, and only the last hour counts. */
	to: string | null;
	now: Temporal.Instant;
	/** Behind this event, nothing counts any more. */
	isEnd(event: Event): boolean;
	/** Is it said to the bot? One such event that is too old to be answered is enough to say that the bot was away. */
	isCall(event: Event): boolean;
}

/** The missing events, oldest first. @throws what a request throws, after a few tries: then nothing was taken */
export async function fillGap(gap: Gap): Promise<Event[]> {
	const pages: Event[][] = [];
	let at: string | undefined = gap.from;
	let old = 0;
	const isOld = (event: Event) => (event.origin_server_ts ?? 0) < gap.now.epochMilliseconds - HOUR;
	while (at !== undefined && pages.length < PAGES && old < OLD_PAGES) {
		const page = await pageOf(gap, at);
		const events = eventsOf(page.chunk);
		pages.push(events.toReversed());
		at = page.end === at ? undefined : page.end;
		if (events.some(gap.isEnd)) break;
		// The oldest ones of the page decide: a single event may carry any time that its server likes.
		const past = events.length > 0 && events.slice(-5).every(isOld);
		if (past && (gap.to === null || events.some((event) => isOld(event) && gap.isCall(event)))) break;
		if (past) old += 1;
	}
	return pages.reverse().flat();
}

async function pageOf(
	{ client, pause, signal, room, to }: Gap,
	from: string,
): Promise<{ chunk: unknown[]; end?: string | undefined }> {
	const filter = JSON.stringify({ types: TYPES });
	const query = { dir: "b", from, limit: 100, filter, ...(to === null ? {} : { to }) };
	for (let tries = 1; ; tries++) {
		try {
			return await client.ask(messagesShape, "GET", `/rooms/${part(room)}/messages`, { query });
		} catch (error) {
			const { kind, retryAfterMs } = faultOf(error);
			// Begun anew, the pages before would be fetched again: a long gap would hardly ever be filled over a bad line.
			if ((kind !== "away" && kind !== "limited") || tries === TRIES || signal.aborted) throw error;
			await pause(backoff(tries, retryAfterMs), signal);
		}
	}
}
