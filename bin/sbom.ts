/**
 * `npm run sbom`: what runs with Lotse, as CycloneDX 1.5 (JSON) on standard output, made from package-lock.json.
 * Not by `npm sbom --omit dev`: that of npm 11.19 leaves out what development tools use as well (zod, for one).
 */
import { join } from "node:path";
import { BY_FILE } from "./licences.ts";
import { type Entry, type Lock, nameOf, readLock } from "./lock.ts";

interface Component {
	type: "application" | "library";
	"bom-ref": string;
	name: string;
	version: string;
	purl: string;
	/** `optional`: for one kind of machine, or used by development tools too. */
	scope: "required" | "optional";
	licenses: ({ license: { id: string } } | { expression: string })[];
	hashes: { alg: string; content: string }[];
}

export interface Sbom {
	bomFormat: "CycloneDX";
	specVersion: "1.5";
	version: 1;
	metadata: { component: Component };
	components: Component[];
	dependencies: { ref: string; dependsOn: string[] }[];
}

const ALGORITHMS: Record<string, string> = { sha512: "SHA-512", sha384: "SHA-384", sha256: "SHA-256", sha1: "SHA-1" };

/** `sha512-<base64>`, perhaps several. */
const hashes = (integrity: string | undefined) =>
	(integrity ?? "").split(" ").flatMap((each) => {
		const [name = "", digest = ""] = each.split(/-(.*)/su);
		const alg = ALGORITHMS[name];
		return alg ? [{ alg, content: Buffer.from(digest, "base64").toString("hex") }] : [];
	});

function licences(name: string, { license }: Entry): Component["licenses"] {
	const stated = license ?? BY_FILE[name]?.licence;
	if (!stated) return [];
	return / /u.test(stated) ? [{ expression: stated }] : [{ license: { id: stated } }];
}

function component(name: string, each: Entry, type: Component["type"] = "library"): Component {
	const version = each.version ?? "0";
	const purl = `pkg:npm/${name.replace(/^@/u, "%40")}@${version}`;
	return {
		type,
		"bom-ref": purl,
		name,
		version,
		purl,
		scope: each.optional || each.devOptional ? "optional" : "required",
		licenses: licences(name, each),
		hashes: hashes(each.integrity),
	};
}

/** The entry that a package at `path` gets when it asks for `name`: its own, or the nearest above. */
function findFrom(lock: Lock, path: string, name: string): string | null {
	for (let folder = path; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/u, "")) {
		const found = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
		if (lock.packages[found]) return found;
		if (folder === "") return null;
	}
}

export function sbomOf(lock: Lock): Sbom {
	const own = lock.packages[""] ?? {};
	/** What a path stands for: a link for the folder that it points to, under the name that it is asked for by. */
	const entryAt = (path: string): Entry => {
		const each = lock.packages[path] ?? {};
		return each.link && each.resolved ? { ...lock.packages[each.resolved], integrity: undefined } : each;
	};
	const paths = Object.entries(lock.packages)
		.filter(([path, each]) => path.includes("node_modules/") && !each.dev)
		.map(([path]) => path);
	const byPath = new Map(paths.map((path) => [path, component(nameOf(path), entryAt(path))]));
	const root = component(own.name ?? "lotse", own, "application");
	const dependsOn = (path: string, each: Entry) => [
		...new Set(
			Object.keys({ ...each.dependencies, ...each.optionalDependencies, ...each.peerDependencies }).flatMap((name) => {
				const at = findFrom(lock, path, name);
				const ref = at === null ? undefined : byPath.get(at)?.["bom-ref"];
				return ref ? [ref] : [];
			}),
		),
	];
	const unique = new Map([...byPath.values()].map((each) => [each["bom-ref"], each]));
	const graph = new Map<string, string[]>();
	for (const [path, { "bom-ref": ref }] of byPath)
		graph.set(ref, [...new Set([...(graph.get(ref) ?? []), ...dependsOn(path, entryAt(path))])].sort());
	return {
		bomFormat: "CycloneDX",
		specVersion: "1.5",
		version: 1,
		metadata: { component: root },
		components: [...unique.values()].sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1)),
		dependencies: [
			{ ref: root["bom-ref"], dependsOn: dependsOn("", own) },
			...[...graph].map(([ref, on]) => ({ ref, dependsOn: on })),
		],
	};
}

if (import.meta.main) console.log(JSON.stringify(sbomOf(readLock(join(import.meta.dirname, ".."))), null, 2));
