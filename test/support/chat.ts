/** A whole bot with chats that only remember: real database, still clock, nothing by itself. Tests read like the chat. */
import pino, { type Logger } from "pino";
import { commands } from "../../commands/index.ts";
import type { Command } from "../../src/bot/command.ts";
import { grammarOf } from "../../src/bot/grammar.ts";
import type { FormValues, Message, Place, SentFile } from "../../src/bot/message.ts";
import type { Outgoing, Platform, Sent } from "../../src/bot/platform.ts";
import { type Action, actionsOf, type Part, plainText } from "../../src/bot/reply.ts";
import type { Database } from "../../src/database/client.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { fixedClock } from "../../src/lib/clock.ts";
import type { Config } from "../../src/lib/config.ts";
import type { PlatformName } from "../../src/lib/platform.ts";
import { wire } from "../../src/main.ts";
import { RECORD_TYPES, type RecordOf, type RecordType } from "../../src/network/records.ts";
import { saveRecords } from "../../src/network/save.ts";
import { type PlatformMaker, startBot } from "../../src/start.ts";
import { testDatabase } from "./database.ts";

export interface Posted {
	platform: PlatformName;
	address: string;
	thread: string | null;
	recipient: string | null;
	text: string;
	actions: Action[];
	files: Extract<Part, { kind: "file" }>[];
	form: { command: string; values: FormValues; before?: FormValues } | null;
	key: string;
	/** The bot's own message that this one replaces. */
	edits: string | null;
	ref: string;
}

export interface Where {
	platform?: PlatformName;
	/** Channel or room; default `C-LEIPZIG`. */
	in?: string;
	thread?: string;
	direct?: boolean;
	entry?: Message["entry"];
	id?: string;
	twin?: string;
	/** A slash command: reads are answered to the asker alone, a form may open. */
	slash?: boolean;
	repliesTo?: { id: string; text: string };
	form?: { command: string; values: FormValues; before?: FormValues };
	about?: string;
	at?: string;
	mentions?: { name: string; id: string }[];
	/** Files by name; `download` of the options may say something else about them. */
	files?: Record<string, string | Uint8Array>;
}

function formIn({ reply: { form } }: Outgoing): Posted["form"] {
	if (!form) return null;
	const { command, values, before } = form;
	return { command, values, ...(before && { before }) };
}

export type Records = { [T in RecordType]?: RecordOf[T][] };

export const CONFIG: Config = {
	databaseUrl: null,
	dataDir: "./data",
	language: "de",
	timezone: "Europe/Berlin",
	network: null,
	admins: ["U-ADMIN", "@admin:lab.test"],
	port: 0,
	metricsToken: null,
	logLevel: "silent",
	slack: null,
	matrix: null,
};

export interface TestBotOptions {
	now?: string;
	records?: Records;
	/** A database to go on with, as after a restart or on a second instance; else a fresh one, closed with the bot. */
	database?: Database;
	/** Where the log goes; else nowhere. */
	log?: Logger;
	/** Refuses or loses what is sent, by platform. */
	sending?: (outgoing: Outgoing, platform: PlatformName) => Promise<void>;
	/** In the place of the bytes that were sent. */
	download?: (file: SentFile, most: number) => Promise<Uint8Array>;
	/** Commands beside the bot's own. */
	also?: readonly Command[];
	/** False: nothing is heard and sent here, as on an instance without the device. */
	connected?: () => boolean;
}

export async function testBot({
	now = "2026-11-22T09:00:00+01:00",
	records = {},
	database,
	sending,
	log = pino({ level: "silent" }),
	download,
	also = [],
	connected = () => true,
}: TestBotOptions = {}) {
	const clock = fixedClock(Temporal.Instant.from(now).toString());
	const own = database ?? (await testDatabase());
	await inTransaction(own.db, async (tx) => {
		for (const type of RECORD_TYPES) await put(type);
		async function put<T extends RecordType>(type: T): Promise<void> {
			const rows = records[type];
			if (rows && rows.length > 0)
				await saveRecords(tx, type, rows, { at: clock.now(), author: null, change: "imported" });
		}
	});
	const open = await wire(CONFIG, clock, log, own, "test");
	if (also.length > 0) open.house.grammar = grammarOf([...commands, ...also]);
	const sent: Posted[] = [];
	const contents = new Map<string, Uint8Array>();
	const platform = (name: PlatformName): Platform => ({
		name,
		start: async () => {},
		stop: async () => {},
		state: () => (connected() ? "connected" : "standby"),
		async download(file, most) {
			if (download) return download(file, most);
			const content = contents.get(file.ref);
			if (!content) throw new Error(`nobody sent ${file.ref}`);
			return content;
		},
		async send(outgoing): Promise<Sent> {
			await sending?.(outgoing, name);
			sent.push({
				platform: name,
				address: outgoing.address,
				thread: outgoing.thread,
				recipient: outgoing.recipient,
				text: plainText(outgoing.reply.parts),
				actions: actionsOf(outgoing.reply.parts),
				files: outgoing.reply.parts.flatMap((part) => (part.kind === "file" ? [part] : [])),
				form: formIn(outgoing),
				key: outgoing.key,
				edits: outgoing.edits,
				ref: `ref-${outgoing.key}`,
			});
			return { ref: `ref-${outgoing.key}`, address: outgoing.address };
		},
		displayName: async () => null,
	});
	const ports: Partial<Record<PlatformName, Parameters<PlatformMaker["make"]>[0]>> = {};
	const makers = (["slack", "matrix", "console"] as const).map(
		(name): PlatformMaker => ({
			name,
			async make(given) {
				ports[name] = given;
				return { platform: platform(name), listener: null };
			},
		}),
	);
	const running = await startBot(open, makers, false);
	let count = 0;

	function message(who: string, text: string, where: Where): Message {
		const name = where.platform ?? (who.startsWith("@") ? "matrix" : who === "operator" ? "console" : "slack");
		const place: Place = {
			platform: name,
			address:
				where.in ??
				(where.direct
					? `D-${who}`
					: name === "console"
						? "console-de"
						: name === "matrix"
							? "!leipzig:lab.test"
							: "C-LEIPZIG"),
			thread: where.thread ?? null,
			kind: where.direct || name === "console" ? "direct" : "channel",
		};
		const strict = text.startsWith("!") || where.slash;
		return {
			id: where.id ?? `m${++count}`,
			twin: where.twin ?? null,
			entry:
				where.entry ?? (place.kind === "direct" ? (strict ? "command" : "direct") : strict ? "command" : "mention"),
			place,
			sender: { id: who, name: who, language: null, timezone: null },
			text: text.replace(/^!/u, ""),
			...(where.mentions ? { mentions: where.mentions } : {}),
			...(where.files ? { files: Object.entries(where.files).map(filed) } : {}),
			at: where.at ?? clock.now().toString(),
			repliesTo: where.repliesTo ?? null,
			form: where.form ?? null,
			about: where.about ?? null,
			trigger: where.slash ? "trigger" : null,
			quiet: where.slash ?? false,
		};
	}

	function filed([name, given]: [string, string | Uint8Array]): SentFile {
		const content = typeof given === "string" ? Buffer.from(given) : given;
		const ref = `file-${contents.size + 1}`;
		contents.set(ref, content);
		return { name, mediaType: null, size: content.length, ref };
	}

	/** Says something and returns what was posted because of it, everywhere. */
	async function say(who: string, text: string, where: Where = {}): Promise<Posted[]> {
		const before = sent.length;
		const said = message(who, text, where);
		await ports[said.place.platform]?.bot.receive([said]);
		await running.settle();
		return sent.slice(before);
	}

	return {
		say,
		/** The text of the one answer. */
		async ask(who: string, text: string, where: Where = {}): Promise<string> {
			const posted = await say(who, text, where);
			return posted.map((each) => each.text).join("\n---\n");
		},
		/** Moves time and looks once for what is due. */
		async tick(to?: string): Promise<Posted[]> {
			if (to) clock.set(Temporal.Instant.from(to).toString());
			const before = sent.length;
			await running.tick();
			await running.settle();
			return sent.slice(before);
		},
		message,
		sent,
		clock,
		open,
		port: (name: PlatformName) => {
			const given = ports[name];
			if (!given) throw new Error(`no port for ${name}`);
			return given.bot;
		},
		db: own.db,
		database: own,
		settle: running.settle,
		metrics: running.metrics,
		async close() {
			await running.stop();
			if (!database) await own.close();
		},
		async [Symbol.asyncDispose]() {
			await this.close();
		},
	};
}

export type TestBot = Awaited<ReturnType<typeof testBot>>;
