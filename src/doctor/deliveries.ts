/** What the bot owes and could not send, and channels that nothing can be sent to. */
import { LATE_MINUTES } from "../bot/ledger.ts";
import type { Db } from "../database/client.ts";
import type { Config } from "../lib/config.ts";
import type { Network } from "../network/records.ts";
import { type Check, few, mend, ok, warning } from "./check.ts";

/** Bound channels of a chat that the bot has no credentials for. */
export function checkChannels(network: Network, config: Config): Check[] {
	// With no chat at all there is nothing to post to, and the sample network names channels of both.
	if (config.slack === null && config.matrix === null) return [];
	const silent = [...network.channel.values()].filter(
		({ platform }) =>
			(platform === "slack" && config.slack === null) || (platform === "matrix" && config.matrix === null),
	);
	if (silent.length === 0) return [];
	const names = few(silent.map(({ key }) => key));
	return [
		warning(
			"channels",
			{
				de: `Für diese Kanäle fehlen die Zugangsdaten: ${names}.`,
				en: `There are no credentials for these channels: ${names}.`,
			},
			mend(
				"operator",
				'SLACK_… oder MATRIX_… setzen (.env.example), oder die Kanäle lösen: npx lotse run "kanal lösen" --channel KANAL',
				'set SLACK_… or MATRIX_… (.env.example), or unbind the channels: npx lotse run "channel unbind" --channel CHANNEL',
			),
		),
	];
}

async function where(db: Db, what: object): Promise<string> {
	const rows = await db.delivery.groupBy({
		by: ["platform", "address", "channelKey"],
		where: what,
		_count: { id: true },
		orderBy: { _count: { id: "desc" } },
		take: 20,
	});
	return few(
		rows.map(({ platform, channelKey, address, _count }) => `${channelKey ?? `${platform} ${address}`} ${_count.id}`),
	);
}

/** A month back: what is older was told long ago. */
const RECENT = { hours: 30 * 24 };

export async function checkDeliveries(db: Db, now: Temporal.Instant): Promise<Check[]> {
	const parked = { state: "parked" as const, createdAt: { gte: now.subtract(RECENT).toString() } };
	const late = { state: "owed" as const, dueAt: { lt: now.subtract({ minutes: LATE_MINUTES }).toString() } };
	const [refused, waiting] = [await db.delivery.count({ where: parked }), await db.delivery.count({ where: late })];
	if (refused + waiting === 0)
		return [ok("deliveries", { de: "Keine Nachricht ist liegen geblieben.", en: "No message is stuck." })];
	const checks: Check[] = [];
	if (refused > 0) {
		const places = await where(db, parked);
		checks.push(
			warning(
				"deliveries",
				{
					de: `${refused} Nachrichten wurden abgewiesen (30 Tage): ${places}.`,
					en: `${refused} messages were refused (30 days): ${places}.`,
				},
				mend(
					"admin",
					"Gründe und Abhilfe je Kanal: npx lotse run erinnerungen",
					"reasons and mends of each channel: npx lotse run reminders",
				),
			),
		);
	}
	if (waiting > 0) {
		const places = await where(db, late);
		checks.push(
			warning(
				"deliveries",
				{
					de: `${waiting} fällige Nachrichten warten noch: ${places}.`,
					en: `${waiting} messages that are due still wait: ${places}.`,
				},
				mend(
					"operator",
					"läuft der Bot, und ist der Chat erreichbar? curl http://localhost:PORT/health",
					"does the bot run, and can the chat be reached? curl http://localhost:PORT/health",
				),
			),
		);
	}
	return checks;
}
