/** Network folders on disk for tests. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestFolder extends AsyncDisposable {
	path: string;
	write(files: Record<string, string | Uint8Array>): Promise<void>;
	/** All files by name. */
	read(): Promise<Record<string, string>>;
	bytes(): Promise<Record<string, Buffer>>;
}

export async function testFolder(files: Record<string, string | Uint8Array> = {}): Promise<TestFolder> {
	const path = await mkdtemp(join(tmpdir(), "lotse-folder-"));
	const folder: TestFolder = {
		path,
		async write(more) {
			for (const [name, content] of Object.entries(more)) await writeFile(join(path, name), content);
		},
		async read() {
			const found: Record<string, string> = {};
			for (const name of await readdir(path)) found[name] = await readFile(join(path, name), "utf8");
			return found;
		},
		async bytes() {
			const found: Record<string, Buffer> = {};
			for (const name of await readdir(path)) found[name] = await readFile(join(path, name));
			return found;
		},
		[Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
	};
	await folder.write(files);
	return folder;
}
