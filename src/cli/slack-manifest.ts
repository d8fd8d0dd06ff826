import { commands } from "../../commands/index.ts";
import { manifest } from "../platforms/slack/manifest.ts";
import { type Subcommand, UsageError } from "./io.ts";
import { readOptions } from "./options.ts";

export const slackManifestCommand: Subcommand = {
	name: "slack-manifest",
	usage: "lotse slack-manifest [--url https://…/slack/events] [--lang de|en] [--json]",
	about: {
		de: "gibt das Manifest der Slack-App aus, immer als JSON: genau die Rechte, Ereignisse und Befehle, die Lotse benutzt. Ohne --url für Socket Mode, mit --url für HTTP",
		en: "prints the Slack app's manifest, always as JSON: exactly the scopes, events and commands that Lotse uses. Without --url for Socket Mode, with --url for HTTP",
	},
	async run(args, io, { environment }) {
		const { values, positionals } = readOptions(args, {
			json: { type: "boolean", default: false },
			url: { type: "string" },
			lang: { type: "string" },
		});
		const { url, lang } = values;
		if (positionals.length > 0) throw new UsageError(positionals.join(" "));
		if (lang !== undefined && lang !== "de" && lang !== "en") throw new UsageError("--lang: de, en");
		if (url !== undefined && !(URL.canParse(url) && new URL(url).protocol === "https:"))
			throw new UsageError("--url: https://lotse.example.org/slack/events");
		const language = lang ?? environment.config.language;
		const made = manifest({ commands, language, requestUrl: url ?? null });
		io.out(`${values.json ? JSON.stringify(made) : JSON.stringify(made, null, 2)}\n`);
		return 0;
	},
};
