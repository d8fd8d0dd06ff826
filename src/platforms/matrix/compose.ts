// One owed message → the contents of the Matrix events it takes. Pure.
import type { Outgoing } from "../../bot/platform.ts";
import { actionsOf, type Part, plainText } from "../../bot/reply.ts";
import { clean, render } from "./render.ts";
import { ACTIONS } from "./shapes.ts";
import { split } from "./split.ts";

export type FilePart = Extract<Part, { kind: "image" | "file" }>;
export type EventContent = Record<string, unknown>;

export interface Composed {
	texts: EventContent[];
	files: FilePart[];
	/** How many actions the last text offers. */
	actions: number;
}

/** More messages than this are one message and a file: the server's limit is ten at once for all rooms together. */
const MOST = 4;
/** Bytes for command lines beside the text; beyond that numbers are typed. */
const LINES = 12_000;

export function compose(outgoing: Outgoing): Composed {
	const { parts } = outgoing.reply;
	const files = parts.filter((part) => part.kind === "image" || part.kind === "file");
	const shown = parts.filter((part) => part.kind !== "image" && part.kind !== "file");
	let messages = split(shown);
	if (messages.length > MOST) {
		files.push(wholeAsFile(shown));
		messages = [[...(messages[0] ?? []), TRUNCATED[outgoing.language]]];
	}
	if (shown.length === 0) messages = [];
	const texts = messages.map((each, index) => messageOf(outgoing, each, index));
	return { texts, files, actions: actionsOf(messages.at(-1) ?? []).length };
}

const TRUNCATED: Record<Outgoing["language"], Part> = {
	de: { kind: "note", line: "Die Antwort ist zu lang für eine Nachricht. Sie steht ganz in der Datei." },
	en: { kind: "note", line: "The answer is too long for a message. All of it is in the file." },
};

function wholeAsFile(parts: readonly Part[]): FilePart {
	const base64 = Buffer.from(plainText(parts), "utf8").toString("base64");
	return { kind: "file", name: "lotse.txt", mediaType: "text/plain; charset=utf-8", base64 };
}

function messageOf(outgoing: Outgoing, parts: readonly Part[], index: number): EventContent {
	const { body, html } = render(parts);
	const lines = actionsOf(parts).map(({ line, only }) => (only === undefined ? { line } : { line, only }));
	const content = {
		msgtype: "m.notice",
		body: body === "" ? "–" : body,
		format: "org.matrix.custom.html",
		formatted_body: html === "" ? "–" : html,
		// Said expressly: an answer calls nobody, whatever stands in it.
		"m.mentions": {},
		...(lines.length > 0 && Buffer.byteLength(JSON.stringify(lines)) <= LINES ? { [ACTIONS]: lines } : {}),
	};
	if (outgoing.edits !== null && index === 0) {
		return {
			msgtype: "m.notice",
			body: `* ${body.slice(0, 500).toWellFormed()}`,
			"m.mentions": {},
			"m.new_content": content,
			"m.relates_to": { rel_type: "m.replace", event_id: outgoing.edits },
		};
	}
	return { ...content, ...relationOf(outgoing, index === 0) };
}

/** In the thread it was asked in, or as a reply; only the first of several repeats what it answers. */
export function relationOf(
	{ thread, repliesTo }: Pick<Outgoing, "thread" | "repliesTo">,
	first: boolean,
): EventContent {
	if (thread !== null) {
		return {
			"m.relates_to": {
				rel_type: "m.thread",
				event_id: thread,
				is_falling_back: true,
				"m.in_reply_to": { event_id: repliesTo ?? thread },
			},
		};
	}
	return repliesTo !== null && first ? { "m.relates_to": { "m.in_reply_to": { event_id: repliesTo } } } : {};
}

export function fileContent(file: FilePart, uri: string, bytes: number, outgoing: Outgoing): EventContent {
	const alt = file.kind === "image" ? clean(file.alt) : "";
	return {
		msgtype: file.kind === "image" ? "m.image" : "m.file",
		body: alt === "" ? clean(file.name) : alt,
		filename: clean(file.name),
		url: uri,
		info: { mimetype: file.mediaType, size: bytes },
		"m.mentions": {},
		...relationOf(outgoing, false),
	};
}
