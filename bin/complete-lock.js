// Completes package-lock.json by the packages for other platforms that the registry at hand did not serve when it was written:
// npm leaves them out then, and `npm ci` refuses such a lock. Run it after `npm install`; it changes nothing where nothing is missing.
import { readFileSync, writeFileSync } from "node:fs";

const OS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "aix", "win32"];
const CPU = {
	arm64: "arm64",
	aarch64: "arm64",
	x64: "x64",
	ia32: "ia32",
	arm: "arm",
	ppc64: "ppc64",
	riscv64: "riscv64",
	s390x: "s390x",
	loong64: "loong64",
	wasm32: "wasm32",
	x86: "ia32",
	mips64el: "mips64el",
};

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = lock.packages;
let added = 0;
for (const [path, entry] of Object.entries({ ...packages })) {
	if (path === "") continue;
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		if (packages[`${path}/node_modules/${name}`] || packages[`node_modules/${name}`] || !/^\d+\.\d+\.\d+/.test(version))
			continue;
		const words = name.split(/[/-]/);
		const os = OS.find((each) => words.includes(each));
		const cpu = Object.entries(CPU).find(([word]) => words.includes(word))?.[1];
		packages[`node_modules/${name}`] = {
			version,
			...(cpu ? { cpu: [cpu] } : {}),
			...(entry.dev ? { dev: true } : {}),
			optional: true,
			...(os ? { os: [os] } : {}),
			...(words.includes("musl") ? { libc: ["musl"] } : words.includes("gnu") ? { libc: ["glibc"] } : {}),
		};
		added++;
	}
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added > 0) writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} added`);
