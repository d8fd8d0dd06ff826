// A Reply as Slack messages: Block Kit within its limits, an escaped fallback text, and files. Pure.
import type { types } from "@slack/bolt";
import { type Part, plainText } from "../../bot/reply.ts";
import type { Language } from "../../lib/text.ts";
import { actionRows, MESSAGE_CHARS, note, type Piece, paragraph, piecesOf } from "./blocks.ts";
import { cut, escapeText, showable } from "./text.ts";

export interface Post {
	/** Notification and screen-reader text, escaped. */
	text: string;
	blocks: types.KnownBlock[];
}
export interface Upload {
	name: string;
	content: Buffer;
	/** For screen readers; null where it is no image. */
	alt: string | null;
}
export interface Rendered {
	posts: Post[];
	files: Upload[];
}

const BLOCK_COST = 125;
const MESSAGE_BLOCKS = 45;
const FALLBACK_CHARS = 3900;
/** More than so many messages for one reply become one message and a text file. */
const MOST_POSTS = 4;

export function render(parts: readonly Part[], language: Language, surface: "message" | "home" = "message"): Rendered {
	const files: Upload[] = [];
	const pieces: Piece[] = [];
	let buttons = 0;
	for (const part of parts) {
		if (part.kind === "image" || part.kind === "file") {
			const alt = part.kind === "image" ? part.alt : null;
			files.push({ name: fileName(part.name), content: Buffer.from(part.base64, "base64"), alt });
			if (surface === "home") pieces.push(...paragraph(alt ?? part.name));
			continue;
		}
		if (part.kind === "actions") {
			pieces.push(...actionRows(part.actions, buttons));
			buttons += part.actions.length;
			continue;
		}
		pieces.push(...piecesOf(part, surface));
	}
	// Something has to stand there: files and forms hang on a message.
	if (pieces.length === 0) pieces.push(...paragraph(files.map((file) => file.alt ?? file.name).join(", ") || "–"));
	if (surface === "home") return { posts: [postOf(pieces.slice(0, 100))], files: [] };
	const posts = pack(pieces).map(postOf);
	if (posts.length <= MOST_POSTS) return { posts, files };
	return shortened(parts, pieces, files, language);
}

/** Pieces in order, as many per message as fit; Slack takes one table per message. */
function pack(pieces: readonly Piece[]): Piece[][] {
	const posts: Piece[][] = [];
	let size = 0;
	for (const piece of pieces) {
		const post = posts.at(-1);
		const cost = piece.size + BLOCK_COST;
		const secondTable = piece.block.type === "table" && post?.some((other) => other.block.type === "table") === true;
		if (post === undefined || post.length === MESSAGE_BLOCKS || size + cost > MESSAGE_CHARS || secondTable) {
			posts.push([piece]);
			size = cost;
		} else {
			post.push(piece);
			size += cost;
		}
	}
	return posts;
}

function postOf(pieces: readonly Piece[]): Post {
	const said = pieces.flatMap((piece) => (piece.text === "" ? [] : [piece.text])).join("\n");
	const labels = pieces.flatMap(({ block }) =>
		block.type === "actions" ? block.elements.flatMap((one) => (one.type === "button" ? [one.text.text] : [])) : [],
	);
	return { text: fallback(said || labels.join(" · ") || "–"), blocks: pieces.map((piece) => piece.block) };
}

function fallback(text: string): string {
	for (let max = FALLBACK_CHARS; ; max -= 200) {
		const escaped = escapeText(cut(text, max));
		if (escaped.length <= FALLBACK_CHARS) return escaped;
	}
}

/** The first message as it is, the whole text as a file, and every button. */
function shortened(parts: readonly Part[], pieces: readonly Piece[], files: Upload[], language: Language): Rendered {
	const buttons = pieces.filter((piece) => piece.block.type === "actions");
	const [first = []] = pack(pieces.filter((piece) => piece.block.type !== "actions"));
	const hint = note(
		language === "de" ? "Gekürzt; alles steht in der angehängten Datei." : "Shortened; the attached file has it all.",
	);
	const kept = first.slice(0, MESSAGE_BLOCKS - buttons.length - hint.length);
	const words = parts.filter((part) => part.kind !== "actions" && part.kind !== "image" && part.kind !== "file");
	const whole = {
		name: language === "de" ? "antwort.txt" : "answer.txt",
		content: Buffer.from(plainText(words)),
		alt: null,
	};
	return { posts: [postOf([...kept, ...hint, ...buttons.slice(0, 4)])], files: [...files, whole] };
}

const fileName = (name: string) => cut(showable(name).replace(/[/\\\n\t]/g, "_"), 200) || "datei";
