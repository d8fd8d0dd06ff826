/** The least that a Slack bot can do: Bolt, one listener, one answer. What Lotse needs more is its own. */
import bolt from "@slack/bolt";

const app = new bolt.App({
	token: process.env.SLACK_BOT_TOKEN ?? "",
	appToken: process.env.SLACK_APP_TOKEN ?? "",
	socketMode: true,
	clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? "" },
});
app.message(async ({ message, say }) => {
	if (message.subtype === undefined) await say(`echo: ${message.text ?? ""}`);
});
await app.start();
console.log("ready");
