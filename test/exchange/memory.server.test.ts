/** Files that were made to fill the memory, against the command as an administrator runs it: its peak is measured by the process itself. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { zipWriter } from "../../src/exchange/workbook/zip.ts";
import { archive, bookParts } from "../support/archive.ts";
import { testFolder } from "../support/folder.ts";

const LOTSE = join(import.meta.dirname, "../../bin/lotse.js");
const PEAK = "data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))";
const MEBIBYTE = 1024;
const HEAD = '<c t="str"><v>key</v></c><c t="str"><v>name</v></c><c t="str"><v>kind</v></c>';

async function run(cwd: string, ...args: string[]) {
	const env = { PATH: process.env.PATH, LOG_LEVEL: "error", NODE_OPTIONS: `--import "${PEAK}"` };
	const child = spawn(process.execPath, [LOTSE, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (chunk) => {
			said += chunk;
		});
	const [exit] = await once(child, "exit");
	const peak = Math.max(...[...said.matchAll(/peak (\d+)/g)].map(([, kibibytes]) => Number(kibibytes)));
	return { exit, said, peak: peak / MEBIBYTE };
}

/** Does not shrink when packed. */
function noise(length: number): string {
	let state = 7;
	return Array.from({ length }, () => {
		state = (state * 48_271) % 2_147_483_647;
		return (state % 36).toString(36);
	}).join("");
}

function* times(count: number, piece: (at: number) => string): Generator<string> {
	for (let at = 0; at < count; at++) yield piece(at);
}

async function writeBook(path: string, replaced: Record<string, () => Iterable<string>>) {
	const file = await open(path, "w");
	const zip = zipWriter({ write: async (bytes) => void (await file.writeFile(bytes)) });
	for (const { name, data } of bookParts({
		sheets: { regions: `<sheetData><row>${HEAD}</row></sheetData>` },
		shared: "<sst/>",
	}))
		await zip.add(name, replaced[name]?.() ?? [String(data)]);
	await zip.end();
	await file.close();
}

const SHEET = "xl/worksheets/0.xml";
function* sheet(rows: Iterable<string>): Generator<string> {
	yield `<worksheet><sheetData><row>${HEAD}</row>`;
	yield* rows;
	yield "</sheetData></worksheet>";
}
function* strings(): Generator<string> {
	yield "<sst>";
	yield* times(1_600, (at) =>
		Array.from({ length: 1_000 }, (_, one) => `<si><t>Organisation Nr. ${at * 1_000 + one} im Netz</t></si>`).join(""),
	);
	yield "</sst>";
}

test("each is refused within 512 MiB, with its file and line, and the database holds what it held", async () => {
	await using folder = await testFolder({ "regions.csv": "key,name,kind\na,A,land\n" });
	const at = (name: string) => join(folder.path, name);
	expect(await run(folder.path, "import", "regions.csv")).toMatchObject({ exit: 0 });

	const csv = createWriteStream(at("contacts.csv"));
	csv.write("key,organisation,name\na,a,");
	for (const piece of times(200, () => "x".repeat(1_000_000))) if (!csv.write(piece)) await once(csv, "drain");
	csv.end("\n");
	await once(csv, "finish");
	await folder.write({ "events.csv": `${[...times(1_000_000, (n) => `c${n},`)].join("")}x\n` });
	const thousand = (at: number) =>
		Array.from(
			{ length: 1_000 },
			(_, one) =>
				`<row><c t="str"><v>k${at * 1_000 + one}</v></c><c t="str"><v>N</v></c><c t="str"><v>land</v></c></row>`,
		).join("");
	await writeBook(at("rows.xlsx"), { [SHEET]: () => sheet(times(300, thousand)) });
	await writeBook(at("strings.xlsx"), { "xl/sharedStrings.xml": strings });
	const piece = noise(1_000_000);
	await writeBook(at("cell.xlsx"), {
		[SHEET]: () => sheet(['<row><c t="str"><v>', ...times(200, () => piece), "</v></c></row>"]),
	});
	await writeBook(at("zeros.xlsx"), { [SHEET]: () => times(1_000, () => "0".repeat(1_000_000)) });
	const lying = bookParts({ sheets: { regions: "" } }).map((part) =>
		part.name === SHEET ? { ...part, data: Buffer.alloc(300_000_000), size: 100 } : part,
	);
	await folder.write({ "lying.xlsx": archive(lying) });

	for (const [name, words] of [
		["contacts.csv", "contacts.csv:2 name: die Zelle hat mehr als 100.000 Zeichen"],
		["events.csv", "events.csv:1: 1000001 Spalten sind zu viele"],
		["rows.xlsx", "rows.xlsx[regions]:250002: die Tabelle hat mehr als 250.000 Zeilen"],
		["strings.xlsx", "strings.xlsx[regions]:1: die Arbeitsmappe enthält mehr Text"],
		["cell.xlsx", "cell.xlsx[regions]:2: hier steht ein Text von über vier Millionen Zeichen"],
		["zeros.xlsx", "zeros.xlsx:1: das Archiv wird beim Entpacken übermäßig groß"],
		["lying.xlsx", "lying.xlsx[regions]:1: die Arbeitsmappe ist beschädigt"],
	] as const) {
		const { exit, said, peak } = await run(folder.path, "import", name);
		console.log(`${name}: ${peak.toFixed(0)} MiB`);
		expect(exit).toBe(1);
		expect(said).toContain(words);
		expect(peak).toBeGreaterThan(50);
		expect(peak, name).toBeLessThan(512);
	}
	await run(folder.path, "export", "danach");
	expect((await run(folder.path, "import", "danach", "--dry-run")).said).toContain(
		"regions: 0 neu, 0 geändert, 1 gleich",
	);
}, 600_000);
