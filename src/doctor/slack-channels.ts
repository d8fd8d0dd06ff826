/** Slack: is the bot in the channels that it posts to, and are they still open? */
import { z } from "zod";
import type { Channel, Network } from "../network/records.ts";
import { type Check, few, mend, ok, warning } from "./check.ts";
import type { SlackCall } from "./slack.ts";

const answerShape = z.object({ ok: z.boolean(), error: z.string().optional() });
const pageShape = answerShape.extend({
	channels: z.array(z.object({ id: z.string() })).default([]),
	response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const infoShape = answerShape.extend({ channel: z.object({ is_archived: z.boolean().optional() }).optional() });

/** More channels than these are not asked one by one why the bot is not there. */
const MOST = 20;

/** Ids of the open channels that the bot is in; null = it may not list them (a missing scope is named elsewhere). */
async function joinedChannels(call: SlackCall): Promise<ReadonlySet<string> | null> {
	const joined = new Set<string>();
	let cursor = "";
	do {
		const { body } = await call("users.conversations", {
			types: "public_channel,private_channel",
			exclude_archived: "true",
			limit: "200",
			...(cursor === "" ? {} : { cursor }),
		});
		const page = pageShape.safeParse(body);
		if (!page.success || !page.data.ok) return null;
		for (const { id } of page.data.channels) joined.add(id);
		cursor = page.data.response_metadata?.next_cursor ?? "";
	} while (cursor !== "");
	return joined;
}

const names = (channels: readonly Channel[]) => few(channels.map(({ key, name }) => name ?? key));

export async function checkSlackChannels(call: SlackCall, network: Network): Promise<Check[]> {
	const bound = [...network.channel.values()].filter(({ platform }) => platform === "slack");
	if (bound.length === 0) return [];
	const joined = await joinedChannels(call);
	if (joined === null) return [];
	const away = bound.filter(({ address }) => !joined.has(address));
	if (away.length === 0)
		return [
			ok("slack channels", {
				de: `Lotse ist in allen ${bound.length} verbundenen Kanälen.`,
				en: `Lotse is in all ${bound.length} bound channels.`,
			}),
		];
	const archived: Channel[] = [];
	for (const channel of away.slice(0, MOST)) {
		const { body } = await call("conversations.info", { channel: channel.address });
		if (infoShape.safeParse(body).data?.channel?.is_archived) archived.push(channel);
	}
	const outside = away.filter((channel) => !archived.includes(channel));
	return [
		...(archived.length === 0
			? []
			: [
					warning(
						"slack channels",
						{
							de: `Archiviert: ${names(archived)}. Dort kommt nichts an.`,
							en: `Archived: ${names(archived)}. Nothing arrives there.`,
						},
						mend(
							"slack",
							'die Kanäle aus dem Archiv holen; oder ein Administrator löst sie: npx lotse run "kanal lösen" --channel KANAL',
							'bring the channels back from the archive; or an administrator unbinds them: npx lotse run "channel unbind" --channel CHANNEL',
						),
					),
				]),
		...(outside.length === 0
			? []
			: [
					warning(
						"slack channels",
						{
							de: `Lotse ist nicht in: ${names(outside)}. Dort kommt nichts an.`,
							en: `Lotse is not in: ${names(outside)}. Nothing arrives there.`,
						},
						mend("member", "im Kanal schreiben: /invite @Lotse", "write in the channel: /invite @Lotse"),
					),
				]),
	];
}
