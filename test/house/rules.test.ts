/** Rules of the house that no linter knows. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

const list = (folder: string) =>
	readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
		.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
		.filter((path) => !path.startsWith("src/database/generated/"));

interface Parsed {
	path: string;
	source: ts.SourceFile;
}

function parse(path: string): Parsed {
	const text = readFileSync(join(root, path), "utf8");
	return { path, source: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true) };
}

/** `path:line code` of every node of which this holds. */
function found(files: readonly Parsed[], is: (node: ts.Node) => boolean): string[] {
	return files.flatMap(({ path, source }) => {
		const hits: string[] = [];
		const visit = (node: ts.Node): void => {
			if (is(node)) {
				const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
				hits.push(`${path}:${line} ${node.getText().replace(/\s+/g, " ").slice(0, 80)}`);
			}
			node.forEachChild(visit);
		};
		visit(source);
		return hits;
	});
}

const code = [...list("src"), ...list("commands")].map(parse);
/** Without this file, which names what it looks for. */
const tests = list("test")
	.filter((path) => path !== "test/house/rules.test.ts")
	.map(parse);

const named = (node: ts.Node, object: string, property: string) =>
	ts.isPropertyAccessExpression(node) && node.expression.getText() === object && node.name.text === property;

describe("the world is handed in", () => {
	const outside = code.filter(({ path }) => !/^src\/(lib\/|main\.ts$|cli\.ts$|cli\/)/u.test(path));

	test("only lib and the command line know what time it is, or use Date, which reads the zone of the process", () => {
		const isNow = (node: ts.Node) =>
			(ts.isNewExpression(node) && node.expression.getText() === "Date") ||
			named(node, "Date", "now") ||
			named(node, "Temporal", "Now");
		expect(found(outside, isNow)).toEqual([]);
	});

	test("only lib and the command line read the environment", () => {
		expect(found(outside, (node) => named(node, "process", "env"))).toEqual([]);
	});
});

describe("types are believed because they are checked", () => {
	test("nothing is cast", () => {
		const isCast = (node: ts.Node) =>
			ts.isTypeAssertionExpression(node) || (ts.isAsExpression(node) && node.type.getText() !== "const");
		expect(found(code, isCast)).toEqual([]);
	});

	test("nothing is declared to be there with `!`", () => {
		expect(found(code, ts.isNonNullExpression)).toEqual([]);
	});

	test("the compiler is never told to look away", () => {
		const silenced = [...code, ...tests].filter(({ source }) => /@ts-(ignore|nocheck|expect-error)/u.test(source.text));
		expect(silenced.map(({ path }) => path)).toEqual([]);
	});
});

describe("nothing is put off", () => {
	test("no test is skipped, singled out or planned", () => {
		const isPutOff = (node: ts.Node) =>
			ts.isPropertyAccessExpression(node) &&
			["skip", "only", "todo", "skipIf", "runIf", "fails"].includes(node.name.text) &&
			/^(test|it|describe|suite)\b/u.test(node.expression.getText());
		expect(found(tests, isPutOff)).toEqual([]);
	});

	test("no note says that something is still to be done", () => {
		const note = /\b(TODO|FIXME|XXX)\b/u;
		expect([...code, ...tests].filter(({ source }) => note.test(source.text)).map(({ path }) => path)).toEqual([]);
	});
});
