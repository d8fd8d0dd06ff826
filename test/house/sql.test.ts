/** No SQL is made from strings: values go in as parameters, and the few statements put together from our own words are listed here. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { ROOT } from "../support/dockerfile.ts";

/** Each place with why no outsider's word can get into its text. */
const REASONED: Record<string, string> = {
	"src/database/client.ts query": "hands the client's own statements and their parameters to the pool",
	"src/database/engine.ts exec": "the migration files of this repository",
	"src/database/engine.ts query": "the migration files of this repository",
	"src/database/locks.ts query": "one of a few fixed statements; the lock's name is a parameter",
	"src/database/signals.ts query": "LISTEN takes no parameter; the channel is a constant",
	"src/network/load.ts $queryRawUnsafe": "from the tables and columns of tables.ts; keys are a parameter",
	"src/network/load.ts text": "from the tables and columns of tables.ts; keys are a parameter",
	"src/network/save.ts $executeRawUnsafe": "from the tables and columns of tables.ts; records are a parameter",
	"src/network/save.ts text": "from the tables of tables.ts; keys are a parameter",
	"src/network/steps.ts text": "from the tables and columns of tables.ts; records are a parameter",
};

const UNSAFE = new Set(["$queryRawUnsafe", "$executeRawUnsafe", "raw", "exec", "query"]);
const QUERYING = /\b(db|tx|database|client|pool|pglite|prisma|made|boss|connection|sql|Prisma)\b/iu;
const STATEMENT =
	/^\s*(select\s.*\sfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|alter\s|drop\s|truncate\s|grant\s)/isu;

interface Found {
	place: string;
	code: string;
}

/** Statements that are not fixed: an unsafe call whose text is no literal, or a text that is SQL and has something put into it. */
function unsafe(path: string, text: string): Found[] {
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
	const found: Found[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			const { name, expression } = node.expression;
			const [first] = node.arguments;
			const fixed = first && (ts.isStringLiteral(first) || ts.isNoSubstitutionTemplateLiteral(first));
			if (UNSAFE.has(name.text) && QUERYING.test(expression.getText()) && first && !fixed)
				found.push({ place: `${path} ${name.text}`, code: node.getText() });
		}
		// `db.$queryRaw`…${value}`` makes parameters of what stands in it; any other template makes a text.
		const joined =
			(ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent)) ||
			(ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken);
		if (joined && STATEMENT.test(node.getText().slice(1))) found.push({ place: `${path} text`, code: node.getText() });
		node.forEachChild(visit);
	};
	visit(source);
	return found;
}

const files = ["src", "commands"].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
		.map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
		.filter((path) => !path.startsWith("src/database/generated/")),
);

describe("SQL", () => {
	test("is put together nowhere but in the places listed, and every place listed is there", () => {
		const places = files.flatMap((path) => unsafe(path, readFileSync(join(ROOT, path), "utf8")));
		expect(places.filter(({ place }) => !(place in REASONED))).toEqual([]);
		const seen = new Set(places.map(({ place }) => place));
		expect(Object.keys(REASONED).filter((place) => !seen.has(place))).toEqual([]);
	});

	test("what is put together is found, parameters are not", () => {
		const places = (code: string) => unsafe("a.ts", code.replaceAll("%", "$")).map(({ place }) => place);
		expect(places("await tx.%queryRawUnsafe(`SELECT %{name}`)")).toEqual(["a.ts $queryRawUnsafe"]);
		expect(places("await db.$executeRawUnsafe(sql)")).toEqual(["a.ts $executeRawUnsafe"]);
		expect(places('const q = "DELETE FROM contact WHERE key = " + key')).toEqual(["a.ts text"]);
		expect(places("const q = `SELECT * FROM contact WHERE name = '%{name}'`")).toEqual(["a.ts text"]);
		expect(places("Prisma.raw(order)")).toEqual(["a.ts raw"]);
		expect(places("await pool.query(text, [1])")).toEqual(["a.ts query"]);
		expect(places("await tx.$queryRaw`SELECT * FROM contact WHERE name = %{name}`")).toEqual([]);
		expect(places('await pool.query("SELECT 1")')).toEqual([]);
		expect(places("const found = pattern.exec(text)")).toEqual([]);
	});
});
