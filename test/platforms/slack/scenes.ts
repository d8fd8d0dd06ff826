/** One scene for each method that the bot calls, so that a fault of this method stands between a person and their answer. */
import type { Method } from "../../../src/platforms/slack/api.ts";
import type { SlackHouse } from "./house.ts";

export interface Stage {
	house: SlackHouse;
	/** A channel of this scene alone, with the bot and `user`. */
	channel: string;
	user: string;
	/** The next call of the method of which this holds fails. */
	arm(method: string, match?: object): Promise<void>;
	/** The next post here is stored, but its answer gets lost: the bot has to look it up. */
	lose(): Promise<void>;
}

/** What people saw in the end, beside what the ledger says. */
export type Seen = () => Promise<number>;

const FILE = {
	kind: "file",
	name: "",
	mediaType: "text/plain",
	base64: Buffer.from("Inhalt").toString("base64"),
} as const;

/** Messages of the bot in the scene's channel, or in a direct message. */
const open =
	({ house, channel }: Stage, where: object = {}): Seen =>
	async () =>
		(await house.said({ channel, ephemeral: "false", ...where })).length;

const whispered =
	({ house, channel, user }: Stage): Seen =>
	async () => {
		const here = (await house.said({ channel, user })).length;
		return here + (await house.said({ dm: user, ephemeral: "false" })).length;
	};

const slash = ({ house, channel, user }: Stage, command: string, text = "") =>
	house.act("/command", { channel, user, command, text });

export const SCENES: Partial<Record<Method | "files.upload", (stage: Stage) => Promise<Seen>>> = {
	async "chat.postMessage"(stage) {
		await stage.arm("chat.postMessage", { channel: stage.channel });
		await stage.house.say(stage.user, "<@U0SIMBOT01> hilfe", { channel: stage.channel });
		return open(stage);
	},
	async "chat.postEphemeral"(stage) {
		await stage.arm("chat.postEphemeral", { channel: stage.channel });
		await slash(stage, "/lotse", "hilfe");
		return whispered(stage);
	},
	async "chat.update"(stage) {
		const key = await stage.house.owe("Vorläufig.", { address: stage.channel });
		await stage.house.sent(key);
		await stage.arm("chat.update", { channel: stage.channel });
		await stage.house.owe("Endgültig.", { address: stage.channel, edits: key });
		return open(stage);
	},
	async "conversations.history"(stage) {
		await stage.lose();
		await stage.arm("conversations.history", { channel: stage.channel });
		await stage.house.owe("Im Kanal.", { address: stage.channel });
		return open(stage);
	},
	async "conversations.replies"(stage) {
		await stage.lose();
		await stage.arm("conversations.replies", { channel: stage.channel });
		await stage.house.say(stage.user, "<@U0SIMBOT01> hilfe", { channel: stage.channel });
		return open(stage);
	},
	async "conversations.info"(stage) {
		await stage.arm("conversations.info", { channel: stage.channel });
		await slash(stage, "/lotse", "hilfe");
		return whispered(stage);
	},
	async "conversations.open"(stage) {
		await stage.arm("conversations.open", { users: stage.user });
		await stage.house.owe("Direkt.", { address: stage.user, recipient: stage.user });
		return open(stage, { channel: "", dm: stage.user });
	},
	async "users.info"(stage) {
		await stage.arm("users.info", { user: stage.user });
		await stage.house.say(stage.user, "<@U0SIMBOT01> hilfe", { channel: stage.channel });
		return open(stage);
	},
	async "files.getUploadURLExternal"(stage) {
		const name = `a-${stage.channel}.txt`;
		await stage.arm("files.getUploadURLExternal", { filename: name });
		await stage.house.owe([{ ...FILE, name }], { address: stage.channel });
		return shared(stage, name);
	},
	async "files.upload"(stage) {
		const name = `b-${stage.channel}.txt`;
		await stage.arm("files.upload");
		await stage.house.owe([{ ...FILE, name }], { address: stage.channel });
		return shared(stage, name);
	},
	async "files.completeUploadExternal"(stage) {
		const name = `c-${stage.channel}.txt`;
		await stage.arm("files.completeUploadExternal", { channel_id: stage.channel });
		await stage.house.owe([{ ...FILE, name }], { address: stage.channel });
		return shared(stage, name);
	},
	async "files.info"({ house, user, arm }) {
		const files = [{ name: "netz.csv", content: "key,name\na,b\n" }];
		const sent = await house.act("/message", { user, dm: true, text: "", files });
		await arm("files.info");
		const [ref = ""] = sent.files ?? [];
		const got = await house.download(ref).then(
			(bytes) => Buffer.from(bytes).toString(),
			// What is final is said to the person.
			(error: Error) => (error.name === "UserError" ? "told" : error.name),
		);
		return async () => (got === "told" || got.startsWith("key,name") ? 1 : 0);
	},
	async "views.open"({ house, channel, arm }) {
		await arm("views.open");
		await house.act("/channels/invite", { channel, user: "alice" });
		await house.act("/command", { user: "alice", channel, command: "/beschluss", text: "" });
		return async () => {
			const calls = await house.calls("views.open");
			const form = calls.some(({ args, ok }) => ok === true && JSON.stringify(args).includes(channel)) ? 1 : 0;
			// Where it may have opened although its answer got lost, the button stands there too.
			return Math.max(form, (await house.said({ channel, user: "alice", contains: "Formular öffnen" })).length);
		};
	},
	async "views.publish"({ house, user, arm }) {
		await arm("views.publish", { user_id: user });
		await house.act("/home", { user });
		return async () => {
			const { view } = await house.control(`GET /home?user=${user}`, house.shapes.home);
			return view === null ? 0 : 1;
		};
	},
};

/** The words and the file under them: two messages, seen as one. */
function shared({ house, channel }: Stage, name: string): Seen {
	return async () => {
		const said = await house.said({ channel, ephemeral: "false" });
		const files = said.filter((message) => JSON.stringify(message).includes(`"name":"${name}"`)).length;
		return said.length === 2 && files === 1 ? 1 : said.length > 2 || files > 1 ? 2 : 0;
	};
}
