/**
 * Writes an archive whose bytes depend on nothing but its parts: no stamp of the moment or of the machine's zone. Each part is packed
 * as it comes; only what is packed is kept until its size is known.
 */
import { once } from "node:events";
import { crc32, createDeflateRaw } from "node:zlib";

export interface Sink {
	write(bytes: Uint8Array): Promise<void>;
}

export interface ZipWriter {
	add(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>;
	end(): Promise<void>;
}

interface Part {
	name: Buffer;
	crc: number;
	size: number;
	packed: number;
	offset: number;
}

/** 1 January 1980, where the count of the format begins. */
const STAMP = 0x0021;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
const VERSION = 20;

/** What a part's local header and its line in the directory have in common. */
function describe(bytes: Buffer, at: number, { crc, packed, size, name }: Part): void {
	bytes.writeUInt16LE(VERSION, at);
	bytes.writeUInt16LE(UTF8_NAMES, at + 2);
	bytes.writeUInt16LE(DEFLATED, at + 4);
	bytes.writeUInt16LE(STAMP, at + 8);
	bytes.writeUInt32LE(crc, at + 10);
	bytes.writeUInt32LE(packed, at + 14);
	bytes.writeUInt32LE(size, at + 18);
	bytes.writeUInt16LE(name.length, at + 22);
}

async function pack(pieces: Iterable<string> | AsyncIterable<string>) {
	const deflater = createDeflateRaw();
	const chunks: Buffer[] = [];
	deflater.on("data", (chunk: Buffer) => chunks.push(chunk));
	let crc = 0;
	let size = 0;
	for await (const piece of pieces) {
		const bytes = Buffer.from(piece);
		crc = crc32(bytes, crc);
		size += bytes.length;
		if (!deflater.write(bytes)) await once(deflater, "drain");
	}
	deflater.end();
	await once(deflater, "end");
	return { chunks, crc, size };
}

export function zipWriter(sink: Sink): ZipWriter {
	const parts: Part[] = [];
	let offset = 0;
	const write = async (bytes: Uint8Array) => {
		offset += bytes.length;
		await sink.write(bytes);
	};
	return {
		async add(name, pieces) {
			const { chunks, crc, size } = await pack(pieces);
			const packed = chunks.reduce((sum, { length }) => sum + length, 0);
			const part = { name: Buffer.from(name), crc, size, packed, offset };
			parts.push(part);
			const header = Buffer.alloc(30);
			header.writeUInt32LE(0x04034b50, 0);
			describe(header, 4, part);
			await write(Buffer.concat([header, part.name]));
			for (const chunk of chunks) await write(chunk);
		},
		async end() {
			const start = offset;
			for (const part of parts) {
				const entry = Buffer.alloc(46);
				entry.writeUInt32LE(0x02014b50, 0);
				entry.writeUInt16LE(VERSION, 4);
				describe(entry, 6, part);
				entry.writeUInt32LE(part.offset, 42);
				await write(Buffer.concat([entry, part.name]));
			}
			const last = Buffer.alloc(22);
			last.writeUInt32LE(0x06054b50, 0);
			last.writeUInt16LE(parts.length, 8);
			last.writeUInt16LE(parts.length, 10);
			last.writeUInt32LE(offset - start, 12);
			last.writeUInt32LE(start, 16);
			await write(last);
		},
	};
}
