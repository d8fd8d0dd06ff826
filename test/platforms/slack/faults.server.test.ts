/** Every kind of fault on every method that the bot calls: everybody is answered exactly once all the same, or it is parked and told. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { METHODS } from "../../../src/platforms/slack/api.ts";
import { CLEAN } from "./actors.ts";
import { ADMIN, type SlackHouse, slackHouse } from "./house.ts";
import { SCENES, type Seen, type Stage } from "./scenes.ts";

interface Kind {
	kind: string;
	more?: object;
	/** The call took effect, or may have, although the bot cannot know. */
	unsure?: boolean;
	/** Slack refuses for good: the message is parked with a reason. */
	final?: boolean;
}

const refused = (error: string): Kind => ({ kind: "error", more: { error }, final: true });
const failed = (error: string): Kind => ({ kind: "error", more: { error } });

/** Each group at once, every kind on every method. */
const GROUPS: Record<string, Kind[]> = {
	"not carried out, and the answer says so or gets lost": [
		{ kind: "http_500" },
		{ kind: "http_500", more: { status: 503 } },
		{ kind: "reset_before" },
		{ kind: "timeout" },
	],
	"too fast": [{ kind: "ratelimited", more: { retryAfter: 1 } }, failed("ratelimited")],
	"carried out, but the answer gets lost or comes late": [
		{ kind: "http_500", more: { execute: true }, unsure: true },
		{ kind: "reset_after", unsure: true },
		{ kind: "timeout", more: { execute: true }, unsure: true },
		{ kind: "malformed", unsure: true },
		{ kind: "delay", more: { delayMs: 400 } },
		{ kind: "delay", more: { delayMs: 3500 }, unsure: true },
	],
	"Slack is unwell": [failed("internal_error"), failed("fatal_error")],
	"the token is refused": [failed("invalid_auth"), failed("token_revoked"), failed("account_inactive")],
	"refused for good": ["channel_not_found", "not_in_channel", "is_archived", "missing_scope"].map(refused),
};

/** While Slack pauses the bot, it does without these: people stay nameless, a form becomes a button, an App Home is opened again. */
const SPARED = new Set(["users.info", "conversations.info", "views.open", "views.publish"]);

let house: SlackHouse;
let count = 0;

beforeAll(async () => {
	house = await slackHouse();
});
afterEach(async () => {
	await house.control("DELETE /faults", house.shapes.any);
	await house.forgive();
});
afterAll(() => house.close());

async function stage({ kind, more }: Kind): Promise<Stage> {
	const number = String(++count).padStart(4, "0");
	const channel = `C0SCENE${number}`;
	const user = `U0SCENE${number}`;
	await house.act("/users", { name: `scene-${number}`, id: user, locale: "de-DE", tz: "Europe/Berlin" });
	await house.act("/channels", { name: `scene-${number}`, id: channel, bot: true, members: [user] });
	return {
		house,
		channel,
		user,
		arm: (method, match = {}) => house.fault(method, kind, { ...more, match }),
		lose: () => house.fault("chat.postMessage", "reset_after", { match: { channel } }),
	};
}

test("there is a scene for every method", () => {
	expect(Object.keys(METHODS).filter((method) => method !== "auth.test" && !(method in SCENES))).toEqual([]);
});

interface Played {
	/** Fault and method, for whoever reads a failure. */
	name: string;
	method: string;
	kind: Kind;
	stage: Stage;
	seen: Seen;
}

const play = (kinds: readonly Kind[]): Promise<Played[]> =>
	Promise.all(
		kinds.flatMap((kind) =>
			Object.entries(SCENES).map(async ([method, scene]) => {
				const at = await stage(kind);
				const name = [kind.kind, JSON.stringify(kind.more ?? {}), method].join(" ");
				return { name, method, kind, stage: at, seen: await scene(at) };
			}),
		),
	);

type Rows = Awaited<ReturnType<SlackHouse["rows"]>>;

/** What is wrong about one scene; empty = nothing. */
async function faultsOf({ kind, method, stage: { channel, user }, seen }: Played, rows: Rows): Promise<string[]> {
	const own = rows.filter((row) => row.address === channel || row.address === user);
	const parked = own.filter((row) => row.state === "parked");
	const times = await seen();
	// Chat.md allows this one: nobody can look up what only one person sees.
	const most = method === "chat.postEphemeral" && kind.unsure ? 2 : 1;
	const told = (row: Rows[number]) =>
		row.recipient !== null || rows.some((one) => one.address === ADMIN && one.text.includes(channel));
	return [
		...(times > most ? [`seen ${times} times`] : []),
		...(times === 0 && parked.length === 0 && method !== "views.publish" ? ["lost"] : []),
		...(parked.length > 0 && !kind.final ? ["parked although it can be sent"] : []),
		...parked.filter((row) => row.reason === null).map(() => "parked without a reason"),
		...parked.filter((row) => !told(row)).map(() => "no administrator was told"),
		...own.filter((row) => row.state === "owed").map(() => "still owed"),
	];
}

test.each(Object.entries(GROUPS))(
	"%s",
	async (_name, kinds) => {
		const before = house.logged().length;
		const played = await play(kinds);
		await house.settled(60_000);
		await house.idle();
		const { faults } = await house.control("GET /faults", house.shapes.faults);
		const unmet = faults.filter(({ times, method }) => times > 0 && !SPARED.has(method));
		expect(unmet).toEqual([]);
		const rows = await house.rows();
		for (const one of played) expect([one.name, await faultsOf(one, rows)]).toEqual([one.name, []]);
		// Whether acknowledgements are in time under load is another test's matter; nothing may come of it here.
		expect(await house.findings(["ack_late", "ack_missing"])).toEqual(CLEAN);
		const logged = house.logged().slice(before).join("");
		if (kinds.some((kind) => kind.final)) expect(logged).toContain("refused for good");
		expect(logged).not.toMatch(/xoxb|xapp|sim-signing|Vorläufig|Endgültig|hilfe|unexpectedly/);
		expect(house.platforms[0]?.state()).toBe("connected");
	},
	120_000,
);
