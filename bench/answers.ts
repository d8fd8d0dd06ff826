/**
 * What one answer costs inside of the bot, from the message's arrival to the platform's send: `node bench/answers.ts [contacts]`, on the
 * embedded database, or on a server with DATABASE_URL (an empty, migrated database). With 0 contacts: the sample network.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "../src/bot/message.ts";
import type { Bot, Outgoing } from "../src/bot/platform.ts";
import { openDatabase } from "../src/database/client.ts";
import { migrate } from "../src/database/migrate.ts";
import { importFolder } from "../src/exchange/import.ts";
import { systemClock } from "../src/lib/clock.ts";
import { readConfig } from "../src/lib/config.ts";
import { makeLog } from "../src/lib/log.ts";
import { openHouse } from "../src/main.ts";
import { startBot } from "../src/start.ts";
import { writeNetwork } from "./network.ts";
import { quantile, root } from "./page.ts";

const contacts = Number(process.argv[2] ?? 0);
const ROUNDS = Number(process.argv[3] ?? 300);
const folder = mkdtempSync(join(tmpdir(), "lotse-bench-"));
const url = process.env.DATABASE_URL ?? null;
const database = await openDatabase({ url, dataDir: join(folder, "data") });
await migrate(database);
const path = contacts === 0 ? join(root, "sample/network") : join(folder, "network");
if (contacts > 0) await writeNetwork(path, contacts);
const imported = await importFolder(database.db, path, {
	dryRun: false,
	prune: false,
	now: systemClock.now(),
	language: "de",
	author: null,
});
if (imported.status !== "done") throw new Error("the network was refused");

const config = readConfig({ LOTSE_ADMINS: "U0ADMIN" });
const open = await openHouse(config, systemClock, makeLog("error"), database);
let receive: Bot["receive"] = async () => {};
let answered: (outgoing: Outgoing) => void = () => {};
const running = await startBot(
	open,
	[
		{
			name: "slack",
			async make({ bot }) {
				({ receive } = bot);
				return {
					listener: null,
					platform: {
						name: "slack",
						start: async () => {},
						stop: async () => {},
						state: () => "connected",
						displayName: async () => null,
						async send(outgoing) {
							answered(outgoing);
							return { ref: outgoing.key, address: outgoing.address };
						},
					},
				};
			},
		},
	],
	false,
);

const message = (number: number): Message => ({
	id: `Ev${number}`,
	twin: null,
	entry: "direct",
	place: { platform: "slack", address: `D${number % 12}`, thread: null, kind: "direct" },
	sender: { id: "U0ADMIN", name: "Admin", language: "de", timezone: "Europe/Berlin" },
	text: "wer ist für Opferschutz in Zwickau zuständig?",
	at: systemClock.now().toString(),
	repliesTo: null,
	form: null,
	about: null,
	trigger: null,
	quiet: false,
});

const stored: number[] = [];
const total: number[] = [];
let spent = process.cpuUsage();
const WARM = 40;
for (let number = 0; number < ROUNDS + WARM; number++) {
	if (number === WARM) spent = process.cpuUsage();
	const began = performance.now();
	const answer = new Promise<Outgoing>((done) => {
		answered = done;
	});
	await receive([message(number)]);
	const kept = performance.now() - began;
	await answer;
	if (number >= WARM) {
		stored.push(kept);
		total.push(performance.now() - began);
	}
	await running.settle();
	await pause(1);
}
const { user, system } = process.cpuUsage(spent);
console.log(
	`${contacts === 0 ? "sample network" : `${contacts} contacts`}, ${database.kind}: stored after ${quantile(stored, 0.5).toFixed(1)} ms, sent after ${quantile(total, 0.5).toFixed(1)} ms (95 of 100: ${quantile(total, 0.95).toFixed(1)}); ${((user + system) / 1000 / ROUNDS).toFixed(1)} ms of processor time for each`,
);
await running.stop();
await open.close();
rmSync(folder, { recursive: true, force: true });
