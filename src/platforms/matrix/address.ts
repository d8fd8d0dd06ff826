// Is this line meant for the bot, and what does it say without mention, `!` and quoted fallback? Pure.
import type { Entry } from "../../bot/message.ts";
import type { Content } from "./shapes.ts";

export interface Own {
	id: string;
	/** Display names it goes by in this place. */
	names: readonly string[];
}

export interface Said {
	entry: Extract<Entry, "command" | "mention" | "direct" | "answer">;
	text: string;
}

/**
 * @param people names of people by id, for mentions that stand in the text as ids
 * @returns what was said, as a command, a mention, a direct message, or an answer (= anything else in a room)
 */
export function read(content: Content, own: Own, direct: boolean, people: ReadonlyMap<string, string>): Said {
	const isReply = content["m.relates_to"]?.["m.in_reply_to"] !== undefined;
	const mentions = content["m.mentions"]?.user_ids ?? [];
	const whole = withoutFallback(content.body ?? "", isReply).trim();
	const called = withoutCall(whole, own, mentions.includes(own.id), content.formatted_body);
	const text = withNames(called ?? whole, mentions, people).trim();
	// "!" and a word: one exclamation mark more or less at the head of ordinary talk is no command.
	const command = /^!\s*(?=[\p{L}\p{N}])/u.exec(text);
	if (command) return { entry: "command", text: text.slice(command[0].length) };
	return { entry: direct ? "direct" : called === null ? "answer" : "mention", text };
}

/** Clients used to repeat what they reply to: `> <@user:server> …` and an empty line. */
export function withoutFallback(body: string, isReply: boolean): string {
	if (!isReply || !/^> (?:\* )?<@/.test(body)) return body;
	const lines = body.split("\n");
	const first = lines.findIndex((line) => !line.startsWith(">"));
	return first < 0 ? "" : lines.slice(first).join("\n").replace(/^\n/, "");
}

/** The line without the call at its head (or its pill anywhere); null = the bot is not called. */
function withoutCall(line: string, own: Own, mentioned: boolean, html: string | undefined): string | null {
	const localpart = own.id.slice(1).split(":")[0] ?? own.id;
	const names = [...new Set([own.id, ...own.names, localpart, "Lotse"])].sort((a, b) => b.length - a.length);
	const lower = line.toLowerCase();
	for (const name of names) {
		for (const call of [name, `@${name}`]) {
			if (!lower.startsWith(call.toLowerCase())) continue;
			const rest = line.slice(call.length);
			if (/^\s*[:,]/.test(rest)) return rest.replace(/^\s*[:,]\s*/, "");
			if (mentioned && /^(?:\s|$|[?!.])/.test(rest)) return rest.trimStart();
		}
	}
	if (!mentioned) return null;
	const label = pillOf(html, own.id);
	return label === null
		? line
		: line
				.replace(label, "")
				.replace(/[ \t]{2,}/g, " ")
				.replace(/(?<![\s,])[\s,]+(?=[?!.]?$)/, "");
}

/** The text of the link to this person, as clients write a mention. */
function pillOf(html: string | undefined, id: string): string | null {
	for (const [, target, label] of (html ?? "").matchAll(
		/<a\s[^<>]{0,300}?href=["']https:\/\/matrix\.to\/#\/([^"'?<>]{1,400})[^<>]{0,300}>([^<]{0,300})<\/a>/gi,
	)) {
		if (target && label && decoded(target) === id)
			return label
				.replace(/&lt;/g, "<")
				.replace(/&gt;/g, ">")
				.replace(/&quot;/g, '"')
				.replace(/&#39;/g, "'")
				.replace(/&amp;/g, "&");
	}
	return null;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function withNames(line: string, mentioned: readonly string[], people: ReadonlyMap<string, string>): string {
	return mentioned.reduce((text, id) => {
		const name = people.get(id);
		return name === undefined ? text : text.replaceAll(id, () => plainName(name));
	}, line);
}

/** A display name is anybody's choice: inside a command line it must not close a quote, begin an option or another line. */
export function plainName(name: string): string {
	return name
		.slice(0, 1000)
		.toWellFormed()
		.replace(/["„“”»«|<>\p{Cf}]/gu, "")
		.replace(/(?!\s)\p{Cc}/gu, "")
		.replace(/-{2,}/g, "-")
		.replace(/\s+/g, " ")
		.trim()
		.slice(0, 100)
		.toWellFormed()
		.trimEnd();
}
