/** The little of the tar format (ustar) that a backup needs: plain files with short names, written and read as streams. */

const BLOCK = 512;
const NAME = 100;

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

/** What stands before a file's content. */
function headerOf(name: string, size: number): Buffer {
	const header = Buffer.alloc(BLOCK);
	if (Buffer.byteLength(name) > NAME) throw new Error(`a name is too long for a backup: ${name}`);
	header.write(name, 0);
	header.write("0000600\0", 100);
	header.write("0000000\0".repeat(2), 108);
	header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
	header.write("00000000000\0", 136);
	header.write(" ".repeat(8), 148);
	header.write("0", 156);
	header.write("ustar\u000000", 257);
	const sum = header.reduce((total, byte) => total + byte, 0);
	header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
	return header;
}

export interface Entry {
	name: string;
	size: number;
	/** To be read to its end before the next entry is asked for. */
	content: AsyncIterable<Uint8Array>;
}

export async function* writeTar(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
	for await (const { name, size, content } of entries) {
		yield headerOf(name, size);
		let written = 0;
		for await (const chunk of content) {
			written += chunk.length;
			yield chunk;
		}
		if (written !== size) throw new Error(`${name} changed while it was read`);
		yield Buffer.alloc(padding(size));
	}
	yield Buffer.alloc(2 * BLOCK);
}

/** Is no tar, or ends in the middle. */
export class BrokenArchive extends Error {}

/** @throws BrokenArchive */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
	const chunks = source[Symbol.asyncIterator]();
	let held: Uint8Array = new Uint8Array(0);

	/** So many bytes, in the pieces in which they come. */
	async function* take(count: number): AsyncGenerator<Uint8Array> {
		for (let left = count; left > 0; ) {
			if (held.length === 0) {
				const next = await chunks.next();
				if (next.done) throw new BrokenArchive("ends in the middle");
				held = next.value;
			}
			const piece = held.subarray(0, left);
			held = held.subarray(piece.length);
			left -= piece.length;
			yield piece;
		}
	}

	async function block(): Promise<Buffer> {
		const pieces: Uint8Array[] = [];
		for await (const piece of take(BLOCK)) pieces.push(piece);
		return Buffer.concat(pieces);
	}

	for (;;) {
		const header = await block();
		if (header[0] === 0) return;
		const field = (from: number, length: number) => header.toString("utf8", from, from + length).split("\0")[0] ?? "";
		const size = Number.parseInt(field(124, 12), 8);
		if (field(257, 5) !== "ustar" || !Number.isSafeInteger(size) || size < 0) throw new BrokenArchive("no tar");
		yield { name: field(0, NAME), size, content: take(size) };
		for await (const _ of take(padding(size))) {
			// Only to get past it.
		}
	}
}
