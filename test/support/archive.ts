/** Archives and workbooks as others write them, also such as nobody should: every field of the format may lie. */
import { crc32, deflateRawSync } from "node:zlib";

export interface Part {
	name: string;
	data: string | Uint8Array;
	/** Bits of the general purpose flag; 1 = encrypted. */
	flags?: number;
	/** What the directory says, where that is not true. */
	size?: number;
	mode?: number;
	method?: number;
	/** Has no bytes of its own: those of an earlier part. */
	sameAs?: string;
}

/** @param entries what the end of the directory says their number is */
export function archive(parts: readonly Part[], entries = parts.length): Buffer {
	const bodies: Buffer[] = [];
	const directory: Buffer[] = [];
	const offsets = new Map<string, number>();
	let offset = 0;
	for (const { name, data, flags = 0, size, mode = 0, method = 8, sameAs } of parts) {
		const raw = Buffer.from(data);
		const packed = method === 8 ? deflateRawSync(raw) : raw;
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(flags, 2);
		fields.writeUInt16LE(method, 4);
		fields.writeUInt32LE(crc32(raw), 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(size ?? raw.length, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		const at = sameAs === undefined ? offset : (offsets.get(sameAs) ?? 0);
		offsets.set(name, at);
		if (sameAs === undefined) {
			const body = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
			bodies.push(body);
			offset += body.length;
		}
		const end = Buffer.alloc(14);
		end.writeUInt32LE(mode * 65_536, 6);
		end.writeUInt32LE(at, 10);
		directory.push(Buffer.from("PK\x01\x02"), Buffer.from([20, 3]), fields, end, Buffer.from(name));
	}
	const list = Buffer.concat(directory);
	const last = Buffer.alloc(18);
	last.writeUInt16LE(entries, 4);
	last.writeUInt16LE(entries, 6);
	last.writeUInt32LE(list.length, 8);
	last.writeUInt32LE(offset, 12);
	return Buffer.concat([...bodies, list, Buffer.from("PK\x05\x06"), last]);
}

export interface BookParts {
	/** Sheet by name: all between `<worksheet>` and its end. */
	sheets: Record<string, string>;
	shared?: string;
	styles?: string;
	/** Of the workbook part. */
	properties?: string;
	/** Replaces or adds parts by name. */
	parts?: Record<string, string | Uint8Array>;
	/** A prefix for all names of elements, and targets from the root. */
	prefix?: string;
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The parts of a workbook as a small program writes them. */
export function bookParts({ sheets, shared, styles, properties = "", parts = {}, prefix = "" }: BookParts): Part[] {
	const names = Object.keys(sheets);
	const p = prefix === "" ? "" : `${prefix}:`;
	const ns = `xmlns${prefix === "" ? "" : `:${prefix}`}="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:rel="${OFFICE}"`;
	const root = prefix === "" ? "" : "/xl/";
	const relation = (id: string, type: string, target: string) =>
		`<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
	const all: Record<string, string | Uint8Array> = {
		"[Content_Types].xml": "<Types/>",
		"_rels/.rels": `<Relationships>${relation("a", "officeDocument", "xl/workbook.xml")}</Relationships>`,
		"xl/workbook.xml": `<?xml version="1.0"?><${p}workbook ${ns}>${properties}<${p}sheets>${names
			.map((name, index) => `<${p}sheet name="${name}" sheetId="${index + 1}" rel:id="s${index}"/>`)
			.join("")}</${p}sheets></${p}workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>${names
			.map((_, index) => relation(`s${index}`, "worksheet", `${root}worksheets/${index}.xml`))
			.join(
				"",
			)}${shared === undefined ? "" : relation("t", "sharedStrings", "sharedStrings.xml")}${styles === undefined ? "" : relation("y", "styles", "styles.xml")}</Relationships>`,
		...(shared === undefined ? {} : { "xl/sharedStrings.xml": shared }),
		...(styles === undefined ? {} : { "xl/styles.xml": styles }),
		...Object.fromEntries(
			names.map((name, index) => [
				`xl/worksheets/${index}.xml`,
				`<${p}worksheet ${ns}>${sheets[name] ?? ""}</${p}worksheet>`,
			]),
		),
		...parts,
	};
	return Object.entries(all).map(([name, data]) => ({ name, data }));
}

export const book = (parts: BookParts): Buffer => archive(bookParts(parts));

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Rows of text as sheet data. */
export const textRows = (rows: readonly (readonly string[])[]): string =>
	`<sheetData>${rows
		.map(
			(cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join("")}</row>`,
		)
		.join("")}</sheetData>`;
