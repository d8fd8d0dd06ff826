/** A part's XML, element by element, as it is unpacked: no document type, no entities of its own, and a limit to everything. */
import { SaxesParser } from "saxes";
import { Excess, Refusal } from "../refusal.ts";

export interface XmlReader {
	/** Names come without their prefix. */
	open?(name: string, attributes: Readonly<Record<string, string>>): void;
	close?(name: string): void;
	text?(text: string): void;
	/** The row that is being read, for a refusal. */
	line?(): number;
}

const DEEPEST = 64;
const MOST_ATTRIBUTES = 100;
/** Nothing comes of so many characters: one text, name or comment of a size that no worksheet has. */
const LONGEST = 4 * 1024 * 1024;

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** @throws Refusal */
export async function readXml(pieces: AsyncIterable<Uint8Array>, reader: XmlReader): Promise<void> {
	for await (const _ of xmlPieces(pieces, reader));
}

/** Gives a turn after each piece, for a reader that hands on what it has found so far. @throws Refusal */
export async function* xmlPieces(pieces: AsyncIterable<Uint8Array>, reader: XmlReader): AsyncGenerator<void> {
	const line = () => reader.line?.() ?? 1;
	const refuse = (de: string, en: string) => new Refusal({ de, en }, null, line());
	const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
	let depth = 0;
	let attributes = 0;
	let fed = 0;
	let heard = 0;
	parser.on("doctype", () => {
		throw refuse("die Arbeitsmappe erklärt eigene XML-Entitäten", "the workbook declares XML entities of its own");
	});
	parser.on("opentagstart", () => {
		attributes = 0;
		heard = fed;
		if (++depth > DEEPEST)
			throw refuse("die Arbeitsmappe ist zu tief verschachtelt", "the workbook is nested too deeply");
	});
	parser.on("attribute", () => {
		heard = fed;
		if (++attributes > MOST_ATTRIBUTES)
			throw refuse(
				"ein Element der Arbeitsmappe hat zu viele Attribute",
				"an element of the workbook has too many attributes",
			);
	});
	parser.on("opentag", (tag) => reader.open?.(local(tag.name), tag.attributes));
	parser.on("closetag", (tag) => {
		heard = fed;
		depth--;
		reader.close?.(local(tag.name));
	});
	const text = (content: string) => reader.text?.(content);
	parser.on("text", text);
	parser.on("cdata", text);
	let decoder: TextDecoder | null = null;
	const feed = (content: string) => {
		try {
			fed += content.length;
			parser.write(content);
		} catch (error) {
			throw error instanceof Refusal
				? error
				: refuse("die Arbeitsmappe ist beschädigt (kein gültiges XML)", "the workbook is damaged (no valid XML)");
		}
		if (fed - heard > LONGEST)
			throw new Excess(
				{
					de: "hier steht ein Text von über vier Millionen Zeichen",
					en: "here is a text of over four million characters",
				},
				null,
				line(),
			);
	};
	const decode = (piece?: Uint8Array) => {
		try {
			return decoder?.decode(piece, { stream: piece !== undefined }) ?? "";
		} catch {
			throw refuse("die Arbeitsmappe ist nicht in UTF-8 geschrieben", "the workbook is not written in UTF-8");
		}
	};
	for await (const piece of pieces) {
		decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
		feed(decode(piece));
		yield;
	}
	feed(decode());
	try {
		parser.close();
	} catch {
		throw refuse("die Arbeitsmappe endet zu früh", "the workbook ends too early");
	}
}

const encodingOf = (piece: Uint8Array) =>
	piece[0] === 0xff && piece[1] === 0xfe ? "utf-16le" : piece[0] === 0xfe && piece[1] === 0xff ? "utf-16be" : "utf-8";
