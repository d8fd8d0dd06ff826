/** Files that were sent with a message: fetched within their limits, and read as `lotse import` reads them. */
import { clean } from "../../src/bot/args.ts";
import type { SentFile } from "../../src/bot/message.ts";
import type { Gathering, Outside } from "../../src/bot/outside.ts";
import type { Folder } from "../../src/exchange/read.ts";
import type { NamedBytes } from "../../src/exchange/source.ts";
import { UserError } from "../../src/lib/errors.ts";

export type { Folder } from "../../src/exchange/read.ts";

export const MIB = 1024 * 1024;
/** All files of one import together, and any that is sent. */
export const LARGEST = 20 * MIB;
const MOST_FILES = 20;
export const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Loaded only now: what reads workbooks is not needed for anything else in chat. */
export async function readFiles(files: readonly NamedBytes[]): Promise<Folder> {
	const [{ readSource }, { sourceOf }] = await Promise.all([
		import("../../src/exchange/read.ts"),
		import("../../src/exchange/source.ts"),
	]);
	return readSource(sourceOf(files));
}

/** Everything about them is looked at before the first byte is fetched. */
export async function download(outside: Outside, said: Gathering): Promise<NamedBytes[]> {
	const { kindOf } = await import("../../src/exchange/kinds.ts");
	const wanted = said.files.map((file) => ({ file, name: plainName(file.name) }));
	for (const { name } of wanted) kindOf(name, "alone");
	const twice = wanted.find(({ name }, index) => wanted.findIndex((one) => one.name === name) < index);
	if (twice || wanted.length > MOST_FILES)
		throw new UserError({
			de: twice ? `„${twice.name}“ ist zweimal dabei.` : `Das sind mehr als ${MOST_FILES} Dateien.`,
			en: twice ? `"${twice.name}" is there twice.` : `These are more than ${MOST_FILES} files.`,
		});
	tooLarge(wanted.reduce((sum, { file }) => sum + (file.size ?? 0), 0));
	const files: NamedBytes[] = [];
	let size = 0;
	for (const { file, name } of wanted) {
		const bytes = await fetchOne(outside, file, LARGEST - size);
		size += bytes.length;
		files.push({ name, bytes });
	}
	return files;
}

async function fetchOne(outside: Outside, file: SentFile, most: number): Promise<Uint8Array> {
	tooLarge(most <= 0 ? LARGEST + 1 : 0);
	const bytes = await outside.download(file, most);
	tooLarge(bytes.length > most ? LARGEST + 1 : 0);
	return bytes;
}

/** @throws UserError */
export function tooLarge(size: number): void {
	if (size <= LARGEST) return;
	throw new UserError({
		de: `Im Chat lassen sich höchstens ${LARGEST / MIB} MiB auf einmal einlesen. Auf der Kommandozeile geht es mit: npx lotse import PFAD`,
		en: `In chat at most ${LARGEST / MIB} MiB can be imported at once. On the command line it works with: npx lotse import PATH`,
	});
}

/** A name is anybody's choice: without folders and what cannot be seen, and no longer than a line. */
function plainName(name: string): string {
	const last = clean(name).replaceAll("\n", " ").split(/[\\/]/u).at(-1) ?? "";
	return last.length > 120 ? last.slice(-120) : last;
}
