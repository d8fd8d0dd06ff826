/** package-lock.json, as far as what runs with Lotse is told from it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const names = z.record(z.string(), z.string()).optional();
const entry = z.looseObject({
	name: z.string().optional(),
	version: z.string().optional(),
	integrity: z.string().optional(),
	resolved: z.string().optional(),
	license: z.string().optional(),
	deprecated: z.string().optional(),
	hasInstallScript: z.boolean().optional(),
	/** Only points to a folder of this repository (`resolved`). */
	link: z.boolean().optional(),
	dev: z.boolean().optional(),
	optional: z.boolean().optional(),
	/** A development tool that an optional part of something that runs would use too. */
	devOptional: z.boolean().optional(),
	dependencies: names,
	optionalDependencies: names,
	peerDependencies: names,
});
const lockFile = z.object({ packages: z.record(z.string(), entry) });
export type Entry = z.infer<typeof entry>;
export type Lock = z.infer<typeof lockFile>;

export const readLock = (root: string): Lock =>
	lockFile.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));

/** `node_modules/a/node_modules/@b/c` is a package called `@b/c`. */
export const nameOf = (path: string): string => path.replace(/^.*node_modules\//u, "");
