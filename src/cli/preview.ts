import { plainText } from "../bot/reply.ts";
import { previewMessages } from "../reminders/preview.ts";
import { json, type Subcommand, UsageError } from "./io.ts";
import { readInstant, readOptions } from "./options.ts";

export const previewCommand: Subcommand = {
	name: "preview",
	usage: "lotse preview --from INSTANT --to INSTANT [--json]",
	about: {
		de: "zeigt, was in einem Zeitraum gepostet würde; nichts wird gesendet",
		en: "shows what would be posted in a window; nothing is sent",
	},
	async run(args, io, lender) {
		const { values, positionals } = readOptions(args, {
			from: { type: "string" },
			to: { type: "string" },
			json: { type: "boolean", default: false },
		});
		if (!values.from || !values.to || positionals.length > 0) throw new UsageError("--from, --to");
		const { config } = lender.environment;
		const from = readInstant(values.from, config.timezone, "from");
		const to = readInstant(values.to, config.timezone, "to");
		const { live } = await lender.house();
		const messages = previewMessages(await live.current(), from, to, { timezone: config.timezone });
		if (values.json) {
			json(
				io,
				messages.map(({ reply, ...rest }) => ({ ...rest, text: plainText(reply.parts) })),
			);
			return 0;
		}
		if (messages.length === 0)
			io.out(
				config.language === "de" ? "In diesem Zeitraum wird nichts gepostet.\n" : "Nothing is posted in this window.\n",
			);
		for (const message of messages) {
			const at = Temporal.Instant.from(message.at).toZonedDateTimeISO(config.timezone);
			io.out(`${at.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ")}  ${message.channel}\n`);
			io.out(`${plainText(message.reply.parts).replace(/^/gmu, "    ")}\n`);
		}
		return 0;
	},
};
