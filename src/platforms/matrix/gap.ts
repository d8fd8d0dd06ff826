// A sync brings at most fifty events a room. What is missing before them is fetched, as far back as it may still be answered.
import { type LotseClient, part } from "./client.ts";
import { type Event, eventsOf, messagesShape } from "./shapes.ts";

const PAGES = 20;
const TYPES = [
	"m.room.message",
	"m.room.encrypted",
	"m.room.redaction",
	"m.reaction",
	"m.room.member",
	"m.room.tombstone",
];
const HOUR = 3_600_000;

/**
 * The events between `since` and the limited timeline that begins at `from`, oldest first. It stops behind the page in which an event is older
 * than an hour: older commands are not answered, and that page is enough to say from when the bot was away.
 * @throws what a request throws
 */
export async function fillGap(
	client: LotseClient,
	room: string,
	from: string,
	since: string,
	now: Temporal.Instant,
): Promise<Event[]> {
	const pages: Event[][] = [];
	let at: string | undefined = from;
	while (at !== undefined && pages.length < PAGES) {
		const page: { chunk: unknown[]; end?: string | undefined } = await client.ask(
			messagesShape,
			"GET",
			`/rooms/${part(room)}/messages`,
			{
				query: { dir: "b", from: at, to: since, limit: 100, filter: JSON.stringify({ types: TYPES }) },
			},
		);
		const events = eventsOf(page.chunk);
		pages.push(events.reverse());
		at = page.chunk.length === 0 ? undefined : page.end;
		if (events.some((event) => (event.origin_server_ts ?? 0) < now.epochMilliseconds - HOUR)) break;
	}
	return pages.reverse().flat();
}
